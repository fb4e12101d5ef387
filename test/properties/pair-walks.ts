import type { WalkBehavior, WalkSetup } from "../support/fleet-acts.ts";
import type { Step } from "../support/fleet-steps.ts";
import {
  aWalk,
  cancel,
  comeBack,
  remove,
  send,
  type WrittenWalk,
  wait,
} from "../support/written-walks.ts";

const silent: WalkBehavior = { type: "neverReplies" };
const long: WalkBehavior = { type: "exits", seconds: 80, exitCode: 0 };
/** The alarm of a command is read a minute after its send [rec-2026-10-01-alarms]. */
const alarmed: readonly Step[] = [wait(10), { type: "alarm", state: "ALARM" }, wait(60)];

/** Walks that lead to the pairs of detail and event that random walks seldom reach, one for each. */
export const PAIR_WALKS: Readonly<Record<string, WrittenWalk>> = {
  "expired on Pending": aWalk({ behavior: silent }, [send({ window: "1" }), wait(60)]),
  "alarmed on Pending": aWalk({ behavior: silent }, [watched({ window: "1" }), ...alarmed]),
  "rejected on Pending": aWalk({ behavior: silent }, [send({ window: "1" }), remove(1)]),
  // The process goes on, and ends 80 s after its start, which changes nothing.
  "alarmed on InProgress": aWalk({ behavior: long }, [watched(), ...alarmed, wait(30)]),
  "rejected on InProgress": aWalk({ agent: "undeliverable" }, [send(), wait(0)]),
  "agentBack on Delayed": aWalk({ agent: "unreachable" }, [send(), wait(5), comeBack(0)]),
  "cancelAsked on Delayed": aWalk({ agent: "unreachable" }, [send(), wait(5), cancel]),
  "expired on Delayed": aWalk({ agent: "unreachable" }, [send(), wait(60)]),
  "alarmed on Delayed": aWalk({ agent: "unreachable" }, [watched(), ...alarmed]),
  "rejected on Delayed": aWalk({ agent: "unreachable" }, [send(), wait(5), remove(0)]),
  "agentReplied on Cancelling": aWalk({}, [send(), wait(1), cancel, wait(5)]),
  "recalled on Cancelling": aWalk({ agent: "unreachable" }, [send(), wait(1), cancel]),
  "expired on Cancelling": aWalk({ behavior: silent }, [send(), cancel, wait(60)]),
  "alarmed on Cancelling": aWalk({ behavior: silent }, [watched(), cancel, ...alarmed]),
  "rejected on Cancelling": aWalk({ behavior: silent }, [send(), wait(1), cancel, remove(0)]),
};

/** The same as examples of a property over walks. */
export const EXAMPLES: [WalkSetup, readonly Step[]][] = Object.values(PAIR_WALKS).map(
  ({ setup, steps }) => [setup, steps],
);

/** A command that watches an alarm, and does not expire before the alarm is read. */
function watched({ window = "100%" } = {}): Step {
  return send({ window, executionTimeout: 300, watchesAlarm: true });
}

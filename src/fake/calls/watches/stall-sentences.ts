import type { Duration } from "../../../time/duration.ts";

/** What goes on while time stands still. */
export type Standstill =
  | {
      readonly type: "look";
      readonly commandId: string;
      readonly operation: string;
      /** Whether somebody listens to notifications besides. */
      readonly isListening: boolean;
    }
  | { readonly type: "listener"; readonly commandId: string }
  | { readonly type: "call"; readonly operation: string }
  | { readonly type: "handler"; readonly operation: string };

/** Why time stands still. */
export type StallReason =
  /** A virtual clock that skips, on which nobody sleeps. */
  | "nobodySleeps"
  /** A virtual clock that only `advance` moves. */
  | "neverSkips"
  | "isServed"
  | "inBubble"
  /** In a bubble that is on the clock of something else. */
  | "inBubbleOfOther"
  /** A virtual clock, and a runner whose timers are not the real ones. */
  | "fakeTimers"
  /** The wall clock, which fake timers or a faked `Date` have stopped. */
  | "stoppedWallClock"
  /** A clock that is none of ours. */
  | "ownClock";

/** A test that hangs, as far as it is known. */
export interface Stall {
  readonly standstill: Standstill;
  readonly reason: StallReason;
  /** For how long, in real time. */
  readonly realMs: number;
  /** What calls themselves have taken meanwhile, and nothing else. */
  readonly movedMs: number;
  readonly callTakes: Duration | undefined;
}

const BUBBLE = "`await inVirtualTime(fake, async () => …)` of ssm-run-command/fake/node";
const ADVANCE = "`await fake.clock.advance(…)`";
const BY_THEMSELVES =
  '`vi.setTimerTickMode("nextTimerAsync")`, `jest.useFakeTimers({ advanceTimers: true })`';

/** What happened, to which command, for how many real seconds, and what to do about it. */
export function stallSentence(stall: Stall): string {
  return `${whatHappens(stall)}: ${why(stall)}`;
}

function whatHappens({ standstill, reason, realMs, movedMs }: Stall): string {
  const real = `${seconds(realMs)} real seconds`;
  const isVirtual = reason !== "stoppedWallClock" && reason !== "ownClock";
  const time = isVirtual ? "virtual time" : "the clock of the fake";
  const stands =
    movedMs === 0
      ? `${time} has not moved for ${real}`
      : `${time} has moved by ${seconds(movedMs)} s only in ${real}, which is what calls themselves took`;
  switch (standstill.type) {
    case "look":
      return `Somebody looks at command ${standstill.commandId} (${standstill.operation}) while it is open, and ${stands}`;
    case "listener":
      return `Somebody listens to notifications while command ${standstill.commandId} is open, and ${stands}`;
    case "call":
      return `A call of ${standstill.operation} takes its time on the clock of the fake, and ${stands}`;
    case "handler":
      return `A handler of ${standstill.operation} (fake.on) has not answered for ${real}`;
  }
}

function why({ standstill, reason, callTakes }: Stall): string {
  if (standstill.type === "handler") {
    return "the call waits until it does. Let it return an answer, or nothing to let the call pass, and do not await what needs that call.";
  }
  switch (reason) {
    case "nobodySleeps":
      if (standstill.type === "listener") {
        return `listening does not move it. Wait for the command (waitForTerminal of RunCommandClient), or call ${ADVANCE}.`;
      }
      return `${ownTimers(callTakes)}${listensBesides(standstill)}`;
    case "neverSkips":
      return `its clock was made with \`skips: false\`, and nobody advances it. Call ${ADVANCE}, or leave \`skips: false\` out.`;
    case "isServed":
      return `the fake is served over HTTP on a virtual clock, which does not move while other processes wait. Give it \`systemClock\` or \`scaledClock(60)\`, or move its clock in this process: ${ADVANCE}.`;
    case "inBubble":
      return `the code is inside inVirtualTime, but waits between its calls for something that is not virtual there: a timer that was made outside or by a function that was kept, or another process. Make its timers inside, by the global setTimeout.`;
    case "inBubbleOfOther":
      return `the code is inside inVirtualTime of another fake, whose clock it moves. Open the bubble with this fake, or give both one clock: \`new FakeSsm({ clock: other.clock })\`.`;
    case "fakeTimers":
      return `the runner's fake timers are on, and they do not move the fake's clock. Leave them out and run the code in ${BUBBLE}, or make the fake \`new FakeSsm({ clock: systemClock })\` under timers that advance by themselves (${BY_THEMSELVES}).`;
    case "stoppedWallClock":
      return `it follows the runner's fake timers or a faked \`Date\`, and nobody advances them. Let them advance by themselves (${BY_THEMSELVES}), call \`await vi.advanceTimersByTimeAsync(…)\`, or leave them and \`clock\` out and run the code in ${BUBBLE}.`;
    case "ownClock":
      return `it was given its clock, and nobody moves that. Move it, or leave \`clock\` out and run the code in ${BUBBLE}.`;
  }
}

function ownTimers(callTakes: Duration | undefined): string {
  if (callTakes === undefined) {
    return `the code waits on timers of its own. Run it in ${BUBBLE}, wait with RunCommandClient (it finds the clock; a wrapped request handler must keep its \`clock\`), or call ${ADVANCE}.`;
  }
  return `the code waits on timers of its own, and \`callTakes: ${JSON.stringify(callTakes)}\` moves time only when it calls. Run it in ${BUBBLE}, or give the fake a larger \`callTakes\`.`;
}

function listensBesides(standstill: Standstill): string {
  const isListening = standstill.type === "look" && standstill.isListening;
  return isListening ? " Listening to notifications does not move time either." : "";
}

function seconds(ms: number): string {
  return (ms / 1_000).toFixed(1);
}

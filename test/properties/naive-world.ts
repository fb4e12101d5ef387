import type { AlarmState, SendAct, WalkNode, WalkSetup } from "../support/fleet-acts.ts";
import type { NaiveDetail } from "./naive-roll-up.ts";

/** A command on one node, and what its agent is at. Instants are milliseconds since 1970. */
export interface NaiveInvocation {
  readonly instanceId: string;
  detail: NaiveDetail;
  code: number;
  /** It was handed to an agent that could not be reached, and lies there. */
  waitsSince: number | undefined;
  /** What the process will have come to, and when. None: the agent is not heard of, or has nothing more to say. */
  process: { endsAt: number; detail: NaiveDetail; code: number } | undefined;
  /** When a cancel reaches the agent. */
  killAt: number;
}

/** A command, and what became of it. */
export interface NaiveCommand extends SendAct {
  readonly at: number;
  readonly expiresAt: number;
  readonly invocations: NaiveInvocation[];
  /** The instant up to which time has passed for it. */
  livedUntil: number;
  pollsAlarmAt: number;
  /** The state in which its alarm stopped it; OK: it did not. */
  alarmed: AlarmState;
  wholeCancel: boolean;
}

/** All that there is at one moment. */
export interface NaiveWorld extends Pick<WalkSetup, "lateness"> {
  nodes: { -readonly [K in keyof WalkNode]: WalkNode[K] }[];
  commands: NaiveCommand[];
  alarm: AlarmState;
}

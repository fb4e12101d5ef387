import type { AlarmState, SendAct, WalkNode, WalkSetup } from "../support/fleet-acts.ts";
import type { NaiveDetail } from "./naive-roll-up.ts";

/** A command on one node, and what its agent does. Instants are milliseconds since 1970. */
export interface NaiveInvocation {
  readonly instanceId: string;
  detail: NaiveDetail;
  code: number;
  /** Since when it waits for an agent that could not be reached. */
  waitsSince: number | undefined;
  /** How and when the process will end. Undefined: the agent is not heard of, or has nothing more to report. */
  process: { endsAt: number; detail: NaiveDetail; code: number } | undefined;
  /** When a cancel reaches the agent. */
  killAt: number;
}

/** A command, and its state. */
export interface NaiveCommand extends SendAct {
  readonly at: number;
  readonly expiresAt: number;
  readonly invocations: NaiveInvocation[];
  /** The instant up to which time has passed for it. */
  livedUntil: number;
  pollsAlarmAt: number;
  /** The state of its alarm that stopped it; OK when none did. */
  alarmed: AlarmState;
  wholeCancel: boolean;
}

/** Everything in the account at one moment. */
export interface NaiveWorld extends Pick<WalkSetup, "lateness"> {
  nodes: { -readonly [K in keyof WalkNode]: WalkNode[K] }[];
  commands: NaiveCommand[];
  alarm: AlarmState;
}

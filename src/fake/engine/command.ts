import type { AlarmStateInformation } from "@aws-sdk/client-ssm";
import type { InvocationDetail } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { InvocationEvent } from "./invocation.ts";
import {
  bucketOf,
  moved,
  nextRollout,
  type RateLimits,
  type Rejection,
  type Rollout,
  type Stop,
  startRollout,
} from "./rollout.ts";
import type { Settings } from "./settings.ts";

/**
 * How far a command has come: its targets are not known yet, its records are not made yet, it is being sent, or it is over.
 */
export type CommandStage = "targetsUnknown" | "recordsPending" | "rollingOut" | "closed";

/** The state of a command that was sent. */
export interface CommandState {
  readonly stage: CommandStage;
  readonly rollout: Rollout;
  /**
   * Whether the rollout has to be asked for its next step once everything else of this instant has happened. This deadline
   * alone is state and not an effect: most moves in a fleet ask for it, and only the first one of an instant counts.
   */
  readonly isAdvanceDue: boolean;
  /** Nodes whose cancel came before the records existed. */
  readonly earlyCancels: readonly string[];
  /** Why it will have no invocations, while that does not show yet. */
  readonly hiddenRejection: Exclude<Rejection, "overQuota"> | undefined;
  /** The alarm that stopped it. */
  readonly triggeredAlarm: AlarmStateInformation | undefined;
  readonly closedAt: EpochMs | undefined;
}

/** What does not change about a command, and what its rules depend on. */
export interface CommandContext {
  readonly requestedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly limits: RateLimits;
  /** How many nodes it names; undefined for a command by targets. */
  readonly nodes: number | undefined;
  /** Whether all its targets list ids of nodes: these are not expanded late. */
  readonly hasTargetsOfIds: boolean;
  /** The alarm that it watches. */
  readonly alarm: { readonly name: string; readonly ignoresFailure: boolean } | undefined;
  readonly settings: Settings;
  /** In milliseconds. */
  readonly latency: Readonly<
    Record<
      | "visibilityDelay"
      | "targetExpansionDelay"
      | "idExpansionDelay"
      | "expirySweepLag"
      | "alarmPollEvery",
      number
    >
  >;
}

/** What reading an alarm gives: its state, or that it cannot be read. */
export type AlarmRead = "OK" | "ALARM" | "INSUFFICIENT_DATA" | "UNKNOWN";

export type CommandEvent = { readonly at: EpochMs } & (
  | { readonly type: "targetsKnown"; readonly count: number }
  /** The answer to SendCommand leaves. */
  | { readonly type: "answered" }
  | { readonly type: "groupDenied" }
  /** The records can be made; `pending` counts the invocations that are pending in the account. */
  | { readonly type: "recordsDue"; readonly pending: number }
  | { readonly type: "recordsMade" }
  | { readonly type: "moved"; readonly from: InvocationDetail; readonly to: InvocationDetail }
  | { readonly type: "advance" }
  /** For the whole command, or for some of its nodes. */
  | { readonly type: "cancelAsked"; readonly instanceIds?: readonly string[] }
  | { readonly type: "alarmRead"; readonly state: AlarmRead }
  | { readonly type: "expired" }
);

/** What a deadline of a command is for. */
export type CommandDeadline = "expandTargets" | "makeRecords" | "expire" | "pollAlarm" | "advance";

export type CommandEffect =
  | { readonly type: "schedule"; readonly deadline: CommandDeadline; readonly at: EpochMs }
  | { readonly type: "makeRecords" }
  /** To the invocations from the index `from` up to, but without, `end`; or to those of some nodes. */
  | {
      readonly type: "tell";
      readonly from: number;
      readonly end: number;
      readonly event: InvocationEvent;
    }
  | {
      readonly type: "tellNodes";
      readonly instanceIds: readonly string[];
      readonly event: InvocationEvent;
    }
  /** Asks the rollout once more, when all effects before this one have happened. */
  | { readonly type: "advanceAgain" };

type Next = readonly [next: CommandState, effects: readonly CommandEffect[]];
type Row = {
  readonly [E in CommandEvent["type"]]?: (
    state: CommandState,
    event: Extract<CommandEvent, { readonly type: E }>,
    context: CommandContext,
  ) => Next;
};

/** A command that was just sent, and what has to be done about it. */
export function newCommand(context: CommandContext): Next {
  const { requestedAt, expiresAt, limits, nodes, alarm, settings, latency } = context;
  const isExpandedLate = nodes === undefined && !context.hasTargetsOfIds;
  const state: CommandState = {
    stage: nodes === undefined ? "targetsUnknown" : "recordsPending",
    rollout: startRollout(nodes ?? 0, limits, settings),
    isAdvanceDue: false,
    earlyCancels: NOBODY,
    hiddenRejection: undefined,
    triggeredAlarm: undefined,
    closedAt: undefined,
  };
  return [
    state,
    [
      ...(isExpandedLate
        ? [schedule("expandTargets", requestedAt + latency.targetExpansionDelay)]
        : NOTHING),
      ...(alarm === undefined
        ? NOTHING
        : [schedule("pollAlarm", requestedAt + latency.alarmPollEvery)]),
      schedule("expire", expiresAt + latency.expirySweepLag),
    ],
  ];
}

/**
 * What may happen to a command. An event that a stage does not name changes nothing; `closed` is `{}`: it is final.
 *
 * - The records of ids, also as targets, are made when the answer to SendCommand has left: who had that answer found them
 *   in seven of seven recordings [rec-2026-09-27-managed-execution].
 * - A command that will have no invocations (no target, a group that may not be listed, over the quota) is over when its
 *   records would be made, and no sooner than those of tags.
 * - A cancel, an alarm or the expiry that comes before the records exist applies to them once they do (our decision).
 * - An alarm that cannot be read stops the command too, unless the request says to ignore that; then the alarm is read
 *   again later [rec-2026-10-01-alarms].
 */
export const COMMAND_LIFECYCLE = {
  targetsUnknown: { answered, targetsKnown, groupDenied, cancelAsked, alarmRead },
  recordsPending: { answered, recordsDue, recordsMade, moved: hasMoved, cancelAsked, alarmRead },
  rollingOut: { moved: hasMoved, advance, cancelAsked, alarmRead, expired },
  closed: {},
} as const satisfies Record<CommandStage, Row>;

/** The command after an event, and what the service has to do next. The same state means that nothing happened. */
export function nextCommand(
  state: CommandState,
  event: CommandEvent,
  context: CommandContext,
): Next {
  const row: Row = COMMAND_LIFECYCLE[state.stage];
  // A row's function takes the event that it is named after.
  const step = row[event.type] as
    | ((state: CommandState, event: CommandEvent, context: CommandContext) => Next)
    | undefined;
  return step === undefined ? [state, NOTHING] : step(state, event, context);
}

function answered(
  state: CommandState,
  { at }: { readonly at: EpochMs },
  { nodes, hasTargetsOfIds, latency }: CommandContext,
): Next {
  if (nodes !== undefined) return [state, [schedule("makeRecords", at + latency.visibilityDelay)]];
  return [
    state,
    hasTargetsOfIds ? [schedule("expandTargets", at + latency.idExpansionDelay)] : NOTHING,
  ];
}

function targetsKnown(
  state: CommandState,
  { at, count }: { readonly at: EpochMs; readonly count: number },
  context: CommandContext,
): Next {
  if (count === 0) return rejectLater(state, { at, rejection: "noTargets" }, context);
  const { limits, settings, latency } = context;
  const { cancelAsked: isCancelled, stop } = state.rollout;
  const rollout = { ...startRollout(count, limits, settings), cancelAsked: isCancelled, stop };
  const records = schedule("makeRecords", at + latency.visibilityDelay);
  return [{ ...state, stage: "recordsPending", rollout }, [records]];
}

function groupDenied(
  state: CommandState,
  { at }: { readonly at: EpochMs },
  context: CommandContext,
): Next {
  return rejectLater(state, { at, rejection: "groupDenied" }, context);
}

function recordsDue(
  state: CommandState,
  { pending }: { readonly pending: number },
  { settings }: CommandContext,
): Next {
  if (state.hiddenRejection !== undefined) return reject(state, state.hiddenRejection);
  const quota = settings.pendingInvocationQuota;
  if (quota !== undefined && pending + state.rollout.total > quota) {
    return reject(state, "overQuota");
  }
  return [state, [{ type: "makeRecords" }]];
}

/** Applies what came before the records existed. */
function recordsMade(
  state: CommandState,
  { at }: { readonly at: EpochMs },
  { expiresAt, latency }: CommandContext,
): Next {
  const { rollout, earlyCancels } = state;
  const effects: CommandEffect[] = [];
  if (at >= expiresAt + latency.expirySweepLag) effects.push(tell({ type: "expired", at }));
  if (rollout.stop !== undefined) effects.push(tell({ type: "alarmed", at }));
  const cancel = { type: "cancelAsked", at } as const;
  if (rollout.cancelAsked) effects.push(tell(cancel));
  else if (earlyCancels.length > 0) {
    effects.push({ type: "tellNodes", instanceIds: earlyCancels, event: cancel });
  }
  return [{ ...state, stage: "rollingOut", earlyCancels: NOBODY, isAdvanceDue: true }, effects];
}

function hasMoved(
  state: CommandState,
  { from, to }: { readonly from: InvocationDetail; readonly to: InvocationDetail },
): Next {
  const rollout = moved(state.rollout, { from, to });
  // A node that answers again has acknowledged, which a ramp may wait for.
  const mayLeadOn = bucketOf(to) !== "sent" || bucketOf(from) === "delayed";
  const wantsAdvance = mayLeadOn && !state.isAdvanceDue;
  if (rollout === state.rollout && !wantsAdvance) return [state, NOTHING];
  const next = withRollout(state, rollout, state.isAdvanceDue || wantsAdvance);
  return [next, NOTHING];
}

function advance(
  state: CommandState,
  { at }: { readonly at: EpochMs },
  { settings }: CommandContext,
): Next {
  const [rollout, wanted] = nextRollout(state.rollout, settings);
  switch (wanted?.type) {
    case undefined: {
      const isSame = rollout === state.rollout && !state.isAdvanceDue;
      return [isSame ? state : withRollout(state, rollout, false), NOTHING];
    }
    case "send":
      return [
        withRollout(state, rollout, false),
        [tell({ type: "sent", at }, wanted.index, wanted.index + 1), ADVANCE_AGAIN],
      ];
    case "terminate":
      return [
        withRollout(state, rollout, false),
        [tell({ type: "stopped", at }, wanted.from), ADVANCE_AGAIN],
      ];
    case "close":
      return [{ ...state, stage: "closed", rollout, isAdvanceDue: false, closedAt: at }, NOTHING];
  }
}

function cancelAsked(
  state: CommandState,
  { at, instanceIds }: { readonly at: EpochMs; readonly instanceIds?: readonly string[] },
): Next {
  const event = { type: "cancelAsked", at } as const;
  if (instanceIds === undefined) {
    return [{ ...state, rollout: { ...state.rollout, cancelAsked: true } }, [tell(event)]];
  }
  if (state.stage === "rollingOut") return [state, [{ type: "tellNodes", instanceIds, event }]];
  return [{ ...state, earlyCancels: [...state.earlyCancels, ...instanceIds] }, NOTHING];
}

function alarmRead(
  state: CommandState,
  { at, state: read }: { readonly at: EpochMs; readonly state: AlarmRead },
  { alarm, latency }: CommandContext,
): Next {
  const { rollout, stage } = state;
  const isOpen = rollout.pending + rollout.sent + rollout.delayed > 0;
  const isOver = stage === "rollingOut" && rollout.rejected === undefined && !isOpen;
  if (alarm === undefined || isOver) return [state, NOTHING];
  const isHarmless = read === "OK" || read === "INSUFFICIENT_DATA";
  if (isHarmless || (read === "UNKNOWN" && alarm.ignoresFailure)) {
    return [state, [schedule("pollAlarm", at + latency.alarmPollEvery)]];
  }
  const stop: Stop = read === "ALARM" ? "alarm" : "unknownAlarm";
  const triggeredAlarm = { Name: alarm.name, State: read };
  return [
    { ...state, rollout: { ...rollout, stop }, triggeredAlarm },
    [tell({ type: "alarmed", at })],
  ];
}

function expired(state: CommandState, { at }: { readonly at: EpochMs }): Next {
  return [state, [tell({ type: "expired", at })]];
}

/** A command that will have no invocations stays Pending for as long as one by tags would. */
function rejectLater(
  state: CommandState,
  { at, rejection }: { readonly at: EpochMs; readonly rejection: CommandState["hiddenRejection"] },
  { requestedAt, latency }: CommandContext,
): Next {
  const known = Math.max(at, requestedAt + latency.targetExpansionDelay);
  return [
    { ...state, stage: "recordsPending", hiddenRejection: rejection },
    [schedule("makeRecords", known + latency.visibilityDelay)],
  ];
}

/** A command that will have no invocations: all that is left is to close it. */
function reject(state: CommandState, rejected: Rejection): Next {
  const rollout = { ...state.rollout, rejected, pending: 0, total: 0 };
  return [{ ...state, stage: "rollingOut", rollout, isAdvanceDue: true }, NOTHING];
}

/** Field by field, because a fleet copies it at every step. */
function withRollout(state: CommandState, rollout: Rollout, isAdvanceDue: boolean): CommandState {
  return {
    stage: state.stage,
    rollout,
    isAdvanceDue,
    earlyCancels: state.earlyCancels,
    hiddenRejection: state.hiddenRejection,
    triggeredAlarm: state.triggeredAlarm,
    closedAt: state.closedAt,
  };
}

function schedule(deadline: CommandDeadline, at: EpochMs): CommandEffect {
  return { type: "schedule", deadline, at };
}

function tell(event: InvocationEvent, from = 0, end = Infinity): CommandEffect {
  return { type: "tell", from, end, event };
}

const NOTHING: readonly never[] = [];
const NOBODY: readonly string[] = [];
const ADVANCE_AGAIN: CommandEffect = { type: "advanceAgain" };

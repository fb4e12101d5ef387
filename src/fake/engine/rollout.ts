import type { InvocationDetail } from "../../domain/status.ts";
import type { Settings } from "./settings.ts";

/**
 * Where an invocation counts while its command runs. `pending` has not been sent, `sent` and `delayed` are in flight, the
 * others have ended. `failed` alone spends MaxErrors.
 */
export type Bucket =
  | "pending"
  | "sent"
  | "delayed"
  | "succeeded"
  | "failed"
  | "deliveryTimedOut"
  | "cancelled"
  | "unusable"
  | "terminated";

/**
 * Where each detail counts. A script that ran too long spends MaxErrors, a node that was never reached does not
 * [api-ssm-model].
 */
export const BUCKETS: Readonly<Record<InvocationDetail, Bucket>> = {
  Pending: "pending",
  InProgress: "sent",
  Delayed: "delayed",
  Cancelling: "sent",
  Success: "succeeded",
  Failed: "failed",
  ExecutionTimedOut: "failed",
  DeliveryTimedOut: "deliveryTimedOut",
  Cancelled: "cancelled",
  Undeliverable: "unusable",
  Terminated: "terminated",
  InvalidPlatform: "unusable",
  AccessDenied: "unusable",
};

/** Where a detail counts. */
export function bucketOf(detail: InvocationDetail): Bucket {
  return BUCKETS[detail];
}

/** Why a rollout sends no more. */
export type Stop = "budget" | "alarm" | "unknownAlarm";

/** Why a command has no invocations at all. */
export type Rejection = "groupDenied" | "noTargets" | "overQuota";

/**
 * The rollout of one command: its window, its error budget, and how many invocations are where. The counts are updated with
 * every move, never counted again.
 */
export interface Rollout extends Readonly<Record<Bucket, number>> {
  readonly total: number;
  /** MaxConcurrency, as a number of nodes. */
  readonly window: number;
  /** MaxErrors, as a number of nodes: the errors that are allowed. */
  readonly budget: number;
  /** The index of the invocation to send next. */
  readonly next: number;
  readonly stop: Stop | undefined;
  readonly rejected: Rejection | undefined;
  /** A cancel of the whole command was requested while some of it was open. */
  readonly cancelAsked: boolean;
  readonly closed: boolean;
}

export type RolloutEffect =
  | { readonly type: "send"; readonly index: number }
  | { readonly type: "terminate"; readonly from: number }
  | { readonly type: "close" };

export interface RateLimits {
  readonly maxConcurrency: string;
  readonly maxErrors: string;
}

export type RolloutSettings = Pick<
  Settings,
  "percentRounding" | "delayedHoldsSlot" | "terminatedAt" | "ramp"
>;

/** The rollout of `total` nodes before anything was sent. */
export function startRollout(
  total: number,
  limits: RateLimits,
  settings: Pick<RolloutSettings, "percentRounding">,
): Rollout {
  const share = (limit: string) =>
    resolveLimit(limit, { of: total, rounding: settings.percentRounding });
  return {
    total,
    window: Math.max(1, share(limits.maxConcurrency)),
    budget: share(limits.maxErrors),
    next: 0,
    stop: undefined,
    rejected: undefined,
    cancelAsked: false,
    closed: false,
    pending: total,
    sent: 0,
    delayed: 0,
    succeeded: 0,
    failed: 0,
    deliveryTimedOut: 0,
    cancelled: 0,
    unusable: 0,
    terminated: 0,
  };
}

type Draft = { -readonly [M in keyof Rollout]: Rollout[M] };

/** The counters after one invocation has moved. */
export function moved(
  rollout: Rollout,
  { from, to }: { readonly from: InvocationDetail; readonly to: InvocationDetail },
): Rollout {
  const [left, entered] = [BUCKETS[from], BUCKETS[to]];
  if (left === entered) return rollout;
  const next = copyOf(rollout);
  next[left]--;
  next[entered]++;
  return next;
}

/**
 * The next thing that the rollout wants done, if there is one; the service asks until nothing is left.
 *
 * - Sending stops when the errors *exceed* MaxErrors: 0 stops after the first, 3 at the fourth, 10 % of 50 at the sixth;
 *   only Failed and ExecutionTimedOut count; what is in flight runs to its end [guide-send-multiple].
 * - At most `window` nodes are in flight; a place is filled again as soon as one ends (a sliding window; our decision).
 */
export function nextRollout(
  rollout: Rollout,
  settings: RolloutSettings,
): readonly [next: Rollout, effect: RolloutEffect | undefined] {
  if (rollout.closed) return [rollout, undefined];
  if (rollout.stop === undefined && rollout.failed > rollout.budget) {
    return nextRollout({ ...rollout, stop: "budget" }, settings);
  }
  const inFlight = rollout.sent + rollout.delayed;
  if (rollout.pending > 0 && rollout.next < rollout.total) {
    if (rollout.stop === undefined) {
      const occupied = settings.delayedHoldsSlot ? inFlight : rollout.sent;
      const isFull = occupied >= rollout.window || rollout.next >= rampLimit(rollout, settings);
      if (isFull) return [rollout, undefined];
      const index = rollout.next;
      const sent = copyOf(rollout);
      sent.next = index + 1;
      return [sent, { type: "send", index }];
    }
    if (settings.terminatedAt === "stop" || inFlight === 0) {
      return [
        { ...rollout, next: rollout.total },
        { type: "terminate", from: rollout.next },
      ];
    }
  }
  if (rollout.pending + inFlight > 0) return [rollout, undefined];
  return [{ ...rollout, closed: true }, { type: "close" }];
}

/** Field by field, because a fleet copies it at every step: a literal is one allocation, a spread of so many is slow. */
function copyOf(rollout: Rollout): Draft {
  return {
    total: rollout.total,
    window: rollout.window,
    budget: rollout.budget,
    next: rollout.next,
    stop: rollout.stop,
    rejected: rollout.rejected,
    cancelAsked: rollout.cancelAsked,
    closed: rollout.closed,
    pending: rollout.pending,
    sent: rollout.sent,
    delayed: rollout.delayed,
    succeeded: rollout.succeeded,
    failed: rollout.failed,
    deliveryTimedOut: rollout.deliveryTimedOut,
    cancelled: rollout.cancelled,
    unusable: rollout.unusable,
    terminated: rollout.terminated,
  };
}

/** Invocations that have ended, in whatever way: what the service calls CompletedCount. */
export function completedCount(rollout: Rollout): number {
  return rollout.total - rollout.pending - rollout.sent - rollout.delayed;
}

/**
 * How many may have been sent so far while the rollout ramps up: one, then two more, then twice as many each time.
 * [guide-2018-send-multiple] waits for the end of those sent before, [guide-send-multiple] for their acknowledgement.
 * Neither says how it grows (question 9 of docs/settings.md).
 */
function rampLimit(rollout: Rollout, { ramp }: RolloutSettings): number {
  if (ramp === "none") return Infinity;
  const heard = completedCount(rollout) + (ramp === "ack" ? rollout.sent : 0);
  return 2 * 2 ** Math.floor(Math.log2(heard + 1)) - 1;
}

/** `"3"` is 3; `"10%"` of 50 is 5. How AWS rounds is question 8 of docs/settings.md. */
function resolveLimit(
  limit: string,
  { of, rounding }: { of: number; rounding: Settings["percentRounding"] },
): number {
  const amount = Number.parseInt(limit, 10);
  return limit.endsWith("%") ? Math[rounding]((amount * of) / 100) : amount;
}

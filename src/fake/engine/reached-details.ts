import { INVOCATION_DETAILS, type InvocationDetail } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Invocation } from "./invocation.ts";

/** A detail that an invocation came to have, and when. */
export interface ReachedDetail {
  readonly at: EpochMs;
  readonly detail: InvocationDetail;
}

/**
 * The details that an invocation has come to have since it was made, when it was Pending; in their order. Computed from
 * what the record of an invocation keeps, so that nothing is stored for it.
 */
export function reachedDetails(invocation: Invocation): readonly ReachedDetail[] {
  const { sentAt, delayedAt, cancelAskedAt, endedAt, detail } = invocation;
  const reached: ReachedDetail[] = [];
  const add = (at: EpochMs | undefined, to: InvocationDetail) => {
    if (at !== undefined) reached.push({ at, detail: to });
  };
  add(sentAt, "InProgress");
  add(delayedAt, "Delayed");
  // What the agent does not have is Cancelled at once.
  const mayHaveIt = sentAt !== undefined && delayedAt === undefined;
  if (mayHaveIt || detail !== "Cancelled" || endedAt !== cancelAskedAt) {
    add(cancelAskedAt, "Cancelling");
  }
  if (INVOCATION_DETAILS[detail].terminal) add(endedAt, detail);
  return reached;
}

import { INVOCATION_DETAILS, type InvocationDetail } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Invocation } from "./invocation.ts";

/** A detail that an invocation came to have, and when. */
export interface Move {
  readonly at: EpochMs;
  readonly to: InvocationDetail;
}

/**
 * The details that an invocation has come to have since it was made, when it was Pending; in their order. Computed from
 * what the record of an invocation keeps, so that nothing is stored for it.
 */
export function movesOf(invocation: Invocation): readonly Move[] {
  const { sentAt, delayedAt, cancelAskedAt, endedAt, detail } = invocation;
  const moves: Move[] = [];
  const add = (at: EpochMs | undefined, to: InvocationDetail) => {
    if (at !== undefined) moves.push({ at, to });
  };
  add(sentAt, "InProgress");
  add(delayedAt, "Delayed");
  // What the agent does not have is Cancelled at once.
  const mayHaveIt = sentAt !== undefined && delayedAt === undefined;
  if (mayHaveIt || detail !== "Cancelled" || endedAt !== cancelAskedAt) {
    add(cancelAskedAt, "Cancelling");
  }
  if (INVOCATION_DETAILS[detail].terminal) add(endedAt, detail);
  return moves;
}

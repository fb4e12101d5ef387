import { type Duration, toMs } from "../../time/duration.ts";

const FIRST_MS = 1_000;
const LONGEST_MS = 10_000;
const GROWTH = 1.5;

/** What decides the intervals between polls. */
export interface PollPace {
  /** Random numbers, at least 0 and below 1. */
  readonly random: () => number;
  /** A fixed interval instead of growing ones. */
  readonly pollEvery?: Duration | undefined;
}

/**
 * The pauses between polls, one per call, in milliseconds: 1 s, growing by the factor 1.5 up to 10 s, each up to 20 %
 * shorter or longer so that many waiters do not poll in step. Our decision: the SDK's own waiter pauses for up to 120 s, so
 * it may notice an end minutes late.
 *
 * @throws RangeError and TypeError as {@link fixedInterval} does.
 */
export function pollIntervals({ random, pollEvery }: PollPace): () => number {
  if (pollEvery !== undefined) {
    const fixed = fixedInterval(pollEvery);
    return () => fixed;
  }
  let next = FIRST_MS;
  return () => {
    const interval = Math.round(next * (0.8 + 0.4 * random()));
    next = Math.min(next * GROWTH, LONGEST_MS);
    return interval;
  };
}

/**
 * The milliseconds of a `pollEvery`.
 *
 * @throws RangeError when it is zero; TypeError when it is not a duration.
 */
export function fixedInterval(pollEvery: Duration): number {
  const ms = toMs(pollEvery, "pollEvery");
  if (ms > 0) return ms;
  throw new RangeError(`pollEvery is ${JSON.stringify(pollEvery)}. Give it at least "1ms".`);
}

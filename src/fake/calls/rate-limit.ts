import { inMessage } from "../../domain/in-message.ts";
import type { EpochMs } from "../../time/clock.ts";
import { checkWindow, type FaultWindow, type NamedFault } from "./fault-when.ts";

/** Calls that passed at one instant. */
interface Passed {
  readonly at: EpochMs;
  calls: number;
}

/**
 * At most so many calls in any second. A rate that is no whole number is the largest whole number of calls, one at least, in
 * the time that they take at this rate: 0.5 is one call in two seconds.
 *
 * It keeps one number for each instant within that time, and nothing of the time before.
 */
export class RateLimit {
  readonly #most: number;
  readonly #withinMs: number;
  /** Oldest first. */
  #passed: Passed[] = [];

  /** @param perSecond - A finite number above zero. */
  constructor(perSecond: number) {
    this.#most = Math.max(1, Math.floor(perSecond));
    this.#withinMs = (this.#most / perSecond) * 1_000;
  }

  /** Whether one more call at this instant is beyond the rate. */
  isReached(at: EpochMs): boolean {
    // A clock may have been put back: what is ahead of it would hold calls up until then.
    this.#passed = this.#passed.filter(
      (passed) => passed.at > at - this.#withinMs && passed.at <= at,
    );
    return this.#passed.reduce((sum, { calls }) => sum + calls, 0) >= this.#most;
  }

  /** Takes note of a call that passes. */
  pass(at: EpochMs): void {
    const latest = this.#passed.at(-1);
    if (latest?.at === at) latest.calls++;
    else this.#passed.push({ at, calls: 1 });
  }
}

/**
 * Refuses a limit on calls that is no rate.
 *
 * @throws RangeError; the same as for a window, too.
 */
export function checkRate(
  limit: FaultWindow & { readonly perSecond: number },
  { label, operation }: NamedFault,
): void {
  // JavaScript callers may leave it out.
  const perSecond: unknown = limit?.perSecond;
  if (typeof perSecond !== "number" || !(perSecond > 0 && Number.isFinite(perSecond))) {
    throw new RangeError(
      `The fault "${label} ${operation}" lets ${perSecond === undefined ? "no number of" : inMessage(perSecond)} calls pass in a second. Say { perSecond: N } with a number above zero: 0.5 is one call in two seconds.`,
    );
  }
  checkWindow(limit, { label, operation });
}

/**
 * A sleep on a `VirtualClock`, an advance, or a call of a fake ended early because the clock, or the fake, was reset.
 *
 * @example
 * ```ts
 * const clock = new VirtualClock({ skips: false });
 * const sleeping = clock.sleep("2h");
 * clock.reset();
 * await sleeping.catch((error: unknown) => error instanceof ClockResetError); //=> true
 * ```
 */
export class ClockResetError extends Error {
  /** Always `"ClockResetError"`. */
  override readonly name = "ClockResetError";
}

import type { Duration } from "./duration.ts";

/**
 * Options of `VirtualClock`.
 *
 * @example
 * ```ts
 * const options: VirtualClockOptions = { start: "2030-06-01T12:00:00Z", skips: false };
 * const clock = new VirtualClock(options);
 * await clock.advance("90s"); // the only thing that moves it
 * new Date(clock.now()).toISOString(); //=> "2030-06-01T12:01:30.000Z"
 * ```
 */
export interface VirtualClockOptions {
  /**
   * The instant at which the clock begins, as an ISO 8601 string, or `"now"`: the present second.
   * @default "2024-01-01T00:00:00.000Z"
   */
  start?: string;
  /** Whether time skips to the next event while code sleeps on the clock. @default true */
  skips?: boolean;
  /** How many timers may be scheduled for the present instant and run in it before that is an error. @default 10000 */
  runawayLimit?: number;
  /** Real time after which a clock that does not skip warns that it is slept on and not advanced. @default "1s" */
  warnAfter?: Duration;
}

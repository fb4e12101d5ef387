import { checkOptions, type OptionTable } from "../domain/options.ts";
import { type Duration, toMs } from "./duration.ts";

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
  start?: string | undefined;
  /** Whether time skips to the next event while code sleeps on the clock. @default true */
  skips?: boolean | undefined;
  /** How many timers may be scheduled for the present instant and run in it before that is an error. @default 10000 */
  runawayLimit?: number | undefined;
  /** Real time after which a clock that does not skip warns that it is slept on and not advanced. @default "1s" */
  warnAfter?: Duration | undefined;
}

/** The options of `VirtualClock`. */
export const VIRTUAL_CLOCK_OPTIONS = {
  start: "a string",
  skips: "a boolean",
  runawayLimit: "any",
  warnAfter: "any",
} as const satisfies OptionTable<VirtualClockOptions>;

const DEFAULTS = {
  start: "2024-01-01T00:00:00.000Z",
  skips: true,
  runawayLimit: 10_000,
  warnAfter: "1s",
} as const satisfies Required<VirtualClockOptions>;

/**
 * All options of a clock: those that are given, and the defaults.
 *
 * @throws TypeError for an option that does not exist, or a value that it cannot have.
 */
export function clockOptions(given: VirtualClockOptions | undefined): Given {
  checkOptions(given, VIRTUAL_CLOCK_OPTIONS, "new VirtualClock()");
  const stated = Object.entries(given ?? {}).filter(([, value]) => value !== undefined);
  const options: Given = { ...DEFAULTS, ...Object.fromEntries(stated) };
  const { runawayLimit, warnAfter } = options;
  if (!Number.isInteger(runawayLimit) || runawayLimit < 1) {
    throw new TypeError(
      `runawayLimit of new VirtualClock() is ${String(runawayLimit)}. Give it how many timers may run in one instant, a whole number above zero.`,
    );
  }
  toMs(warnAfter, "warnAfter of new VirtualClock()");
  return options;
}

/** All options of a clock, none left out. */
type Given = {
  readonly [Name in keyof VirtualClockOptions]-?: Exclude<VirtualClockOptions[Name], undefined>;
};

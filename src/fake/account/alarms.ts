/**
 * What CloudWatch would say of an alarm; `UNKNOWN` when it cannot be read, or is gone.
 *
 * @example
 * ```ts
 * const state: AlarmState = fake.alarms.get("cpu"); //=> "UNKNOWN"
 * // nobody has set it yet
 * ```
 */
export type AlarmState = "OK" | "ALARM" | "UNKNOWN";

const STATES: readonly AlarmState[] = ["OK", "ALARM", "UNKNOWN"];

/**
 * The CloudWatch alarms that commands can watch (`AlarmConfiguration`). The service reads an alarm every so often
 * (`consistency.alarmPollEvery`), so that a change is seen late (recorded 2026-10-01: within 60 s).
 *
 * @example
 * ```ts
 * fake.alarms.set("cpu", "OK");
 * fake.alarms.set("cpu", "ALARM"); // open commands that watch it end as FailedDueToAlarm
 * ```
 */
export class FakeAlarms {
  readonly #states = new Map<string, AlarmState>();
  readonly #beforeChange: () => void;

  /** @internal */
  constructor(beforeChange: () => void) {
    this.#beforeChange = beforeChange;
  }

  /** Makes an alarm, or changes its state. */
  set(name: string, state: AlarmState): void {
    if (!STATES.includes(state)) {
      throw new TypeError(
        `The state of alarm ${name} is ${JSON.stringify(state)}. Use one of ${STATES.join(", ")}.`,
      );
    }
    this.#beforeChange();
    this.#states.set(name, state);
  }

  /** The state of an alarm; one that was never set is `UNKNOWN`. */
  get(name: string): AlarmState {
    return this.#states.get(name) ?? "UNKNOWN";
  }

  /** @internal */
  clear(): void {
    this.#states.clear();
  }
}

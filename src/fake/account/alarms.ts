import { inMessage } from "../../domain/in-message.ts";

/**
 * The state of a CloudWatch alarm; `UNKNOWN` when it cannot be read, or does not exist.
 *
 * @inline
 */
export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA" | "UNKNOWN";

const STATES: readonly AlarmState[] = ["OK", "ALARM", "INSUFFICIENT_DATA", "UNKNOWN"];

/**
 * The CloudWatch alarms that commands can watch (`AlarmConfiguration`). The service reads an alarm at intervals
 * (`latency.alarmPollEvery`), so that it sees a change late (within 60 s in [rec-2026-10-01-alarms]). SendCommand refuses an
 * alarm that is in ALARM, and one that is UNKNOWN unless `IgnorePollAlarmFailure` is true [rec-2026-10-01-alarm-requests].
 *
 * @example
 * ```ts
 * fake.alarms.set("cpu", "OK");
 * fake.alarms.set("cpu", "ALARM"); // open commands that watch it end as FailedDueToAlarm
 * ```
 */
export interface FakeAlarms {
  /**
   * Makes an alarm, or changes its state.
   *
   * @throws TypeError for a state that CloudWatch does not know.
   */
  set(name: string, state: AlarmState): void;
  /** The state of an alarm; one that was never set is `UNKNOWN`. */
  get(name: string): AlarmState;
}

/** The alarms as the account keeps them. */
export class Alarms implements FakeAlarms {
  readonly #states = new Map<string, AlarmState>();
  readonly #beforeChange: () => void;

  constructor(beforeChange: () => void) {
    this.#beforeChange = beforeChange;
  }

  set(name: string, state: AlarmState): void {
    if (!STATES.includes(state)) {
      throw new TypeError(
        `The state of alarm ${name} is ${inMessage(state)}. Use one of ${STATES.join(", ")}.`,
      );
    }
    this.#beforeChange();
    this.#states.set(name, state);
  }

  get(name: string): AlarmState {
    return this.#states.get(name) ?? "UNKNOWN";
  }

  clear(): void {
    this.#states.clear();
  }
}

import { inMessage } from "../../domain/in-message.ts";
import { type Clock, DRIVEN, type DrivenClock } from "../../time/clock.ts";
import { isFake } from "../check-fake.ts";
import type { FakeSsm } from "../fake-ssm.ts";

/** Asks for the fake of the running test. */
export type AskForFake = () => FakeSsm<Clock>;

/**
 * A question for the fake that checks the answer, as JavaScript callers may return anything, and a test may ask before it
 * has made one. Told by its members: the fake may come of another copy of this package.
 *
 * @throws TypeError (at a call) when the answer is no fake.
 */
export function askChecked(ask: AskForFake): AskForFake {
  return () => {
    const answer: unknown = ask();
    if (isFake(answer)) return answer;
    const said =
      answer instanceof Promise
        ? "a promise. Let it return the fake itself"
        : `${inMessage(answer)}. Let it return the fake of the running test, and make that before the first call`;
    throw new TypeError(`The function that sdkOnFake was given returned ${said}.`);
  };
}

/** The clock of the fake that is asked for, each time anew: clients are made before there is a fake. */
export function clockOf(ask: AskForFake): DrivenClock {
  return {
    now: () => ask().clock.now(),
    sleep: (duration, signal) => ask().clock.sleep(duration, signal),
    get [DRIVEN]() {
      const clock: DrivenClock = ask().clock;
      return clock[DRIVEN];
    },
  };
}

import { inMessage } from "../domain/in-message.ts";
import type { Clock } from "../time/clock.ts";
import type { FakeSsm } from "./fake-ssm.ts";

/** Whether something is a fake. Told by its members: it may come of another copy of this package. */
export function isFake(given: unknown): given is FakeSsm<Clock> {
  return (
    typeof given === "object" &&
    given !== null &&
    "wireIn" in given &&
    typeof given.wireIn === "function"
  );
}

/**
 * Refuses what is no fake.
 *
 * @param place - The function that was given it, such as `assertSent()`.
 * @param advice - What to do instead.
 */
export function checkFake(
  given: unknown,
  place: string,
  advice = "Give it a FakeSsm first.",
): void {
  if (isFake(given)) return;
  throw new TypeError(`${place} was given ${shownGiven(given)}. ${advice}`);
}

/** What every assertion does first: it refuses what is no fake, and throws the mistakes of the test that have shown. */
export function lookAtFake(given: FakeSsm<Clock>, place: string, advice?: string): void {
  checkFake(given, place, advice);
  given.throwMistakes();
}

/** What an assertion was given, for a message: often a promise that was not awaited, or a command that was. */
export function shownGiven(given: unknown): string {
  if (given instanceof Promise) return "a promise";
  const isObject = typeof given === "object" && given !== null;
  const isSent = isObject && "waitForTerminal" in given && "commandId" in given;
  return isSent ? "a command that was sent, which is not yet its outcome" : inMessage(given);
}

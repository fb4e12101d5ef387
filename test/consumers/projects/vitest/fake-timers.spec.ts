// Vitest's fake timers, moved by the test: in every version. Where they move by themselves (from 4 on), an example shows it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FIFTY_MINUTES } from "./fifty-minutes.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each(FIFTY_MINUTES)(
  "$how skips when the test moves the fake timers",
  async ({ deploy, expected }) => {
    const waited = deploy();
    await vi.advanceTimersByTimeAsync(60 * 60_000);
    // At what minute the waiter looks is random: two minutes lie between its looks at most.
    expect(await waited).toEqual({ outcome: expected, minutes: expect.toSatisfy(isAboutFifty) });
  },
);

function isAboutFifty(minutes: number): boolean {
  return minutes >= 50 && minutes <= 52;
}

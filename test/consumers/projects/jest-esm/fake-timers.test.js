import { afterEach, beforeEach, expect, jest, test } from "@jest/globals";
import { endsOnVirtualTime, FIFTY_MINUTES } from "./fifty-minutes.js";

beforeEach(() => {
  jest.useFakeTimers();
  jest.setTimerTickMode({ mode: "nextAsync" }); // timers fire by themselves, one after the other
});
afterEach(() => {
  jest.useRealTimers();
});

test.each(FIFTY_MINUTES)("$how skips under fake timers", async ({ deploy, expected }) => {
  const waited = await deploy();
  expect(waited.outcome).toBe(expected);
  // At what minute the waiter looks depends on chance: two minutes lie between its looks at most.
  expect(waited.minutes).toBeGreaterThanOrEqual(50);
  expect(waited.minutes).toBeLessThanOrEqual(52);
});

test("waits on virtual time end under fake timers", async () => {
  expect(await endsOnVirtualTime()).toEqual(["succeeded", "succeeded", "succeeded"]);
});

// The mock timers of node:test do not move by themselves: the test moves them, after every turn of the event loop. Imports by
// name from node:timers/promises do not follow them in an ES module.
import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { FIFTY_MINUTES } from "./fifty-minutes.js";

const nextTurn = () => new Promise((resolve) => setImmediate(resolve)); // it is not mocked

beforeEach(() => mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] }));
afterEach(() => mock.timers.reset());

for (const { how, expected, deploy } of FIFTY_MINUTES) {
  test(`${how} skips when the test moves the mock timers`, async () => {
    let isOver = false;
    const waiting = deploy().finally(() => {
      isOver = true;
    });
    while (!isOver) {
      await nextTurn();
      mock.timers.tick(5_000);
    }
    const { outcome, minutes } = await waiting;
    assert.equal(outcome, expected);
    // Two minutes lie between two looks of the waiter at most, and the clock has moved on while each of them took its turns.
    assert.ok(minutes >= 50 && minutes <= 60, `${minutes} minutes`);
  });
}

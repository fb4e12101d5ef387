import { realTime } from "../../src/time/clock.ts";

/** Takes long enough for a clock that skips to have skipped. */
export async function aFewTurns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await realTime.nextTurn();
}

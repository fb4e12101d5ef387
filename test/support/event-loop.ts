import { realTime } from "../../src/time/clock.ts";

/** Long enough for a clock that wants to skip to have skipped. */
export async function aFewTurns(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await realTime.nextTurn();
}

import { vi } from "vitest";
import { globalTime, realTime } from "../../src/time/clock.ts";

/**
 * Fakes the timers of the runner, and lets them drive what is real time to the package as well: warnings, and virtual time
 * that flows with the wall clock. The package itself holds on to the real ones.
 */
export function fakeRealTime(): void {
  vi.useFakeTimers();
  vi.spyOn(realTime, "now").mockImplementation(globalTime.now);
  vi.spyOn(realTime, "after").mockImplementation(globalTime.after);
}

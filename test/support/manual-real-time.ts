import { vi } from "vitest";
import { realTime } from "../../src/time/clock.ts";
import { aFewTurns } from "./event-loop.ts";

/** Real time as the package sees it, moved by the test: warnings and time that flows, while the runner's timers stay real. */
export class ManualRealTime {
  #now = realTime.now();
  readonly #timers = new Set<{ at: number; callback: () => void }>();

  constructor() {
    vi.spyOn(realTime, "now").mockImplementation(() => this.#now);
    vi.spyOn(realTime, "after").mockImplementation((ms, callback) => {
      const timer = { at: this.#now + ms, callback };
      this.#timers.add(timer);
      return () => void this.#timers.delete(timer);
    });
  }

  /** Lets time pass in steps of 100 ms, between which the event loop gets a few turns. */
  async pass(ms: number): Promise<void> {
    for (const end = this.#now + ms; this.#now < end; ) {
      this.#now = Math.min(end, this.#now + 100);
      for (const timer of [...this.#timers]) {
        if (timer.at > this.#now || !this.#timers.delete(timer)) continue;
        timer.callback();
      }
      await aFewTurns();
    }
  }
}

import type { Clock } from "../../src/time/clock.ts";
import { type Duration, toMs } from "../../src/time/duration.ts";

/**
 * A clock that moves when something sleeps on it, and runs what is due on the way. It begins far from any server's time.
 */
export class ManualClock implements Clock {
  /** The sleeps that were asked for, in milliseconds. */
  readonly sleeps: number[] = [];
  #now = 1_000_000;
  readonly #due: { readonly at: number; readonly run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  /** Milliseconds since its beginning. */
  elapsed(): number {
    return this.#now - 1_000_000;
  }

  /** Runs something once, when this much time has passed since the beginning. */
  at(duration: Duration, run: () => void): void {
    this.#due.push({ at: 1_000_000 + toMs(duration), run });
    this.#due.sort((a, b) => a.at - b.at);
  }

  async sleep(duration: Duration, signal?: AbortSignal): Promise<void> {
    const ms = toMs(duration);
    const until = this.#now + ms;
    this.sleeps.push(ms);
    signal?.throwIfAborted();
    for (let next = this.#due[0]; next !== undefined && next.at <= until; next = this.#due[0]) {
      this.#due.shift();
      this.#now = next.at;
      next.run();
      signal?.throwIfAborted();
    }
    this.#now = until;
  }
}

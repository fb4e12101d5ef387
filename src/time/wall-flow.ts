import { type EpochMs, realTime } from "./clock.ts";

/** Virtual time that flows with the wall clock, while works for which that was asked are under way. */
export class WallFlow {
  /** How many works are under way. */
  works = 0;
  #virtual: EpochMs;
  #real: EpochMs;
  #disarm: () => void = () => {};

  /** @param at - The virtual instant at which it begins. */
  constructor(at: EpochMs) {
    this.#virtual = at;
    this.#real = realTime.now();
  }

  /** The virtual instant that it has reached. */
  now(): EpochMs {
    return this.#virtual + (realTime.now() - this.#real);
  }

  /** Goes on from another virtual instant. */
  moveTo(at: EpochMs): void {
    this.#virtual = at;
    this.#real = realTime.now();
  }

  /** Sets the one real timer, to a virtual instant, or to none. */
  arm(at: EpochMs | undefined, run: () => void): void {
    this.#disarm();
    this.#disarm = at === undefined ? () => {} : realTime.after(at - this.now(), run);
  }

  end(): void {
    this.#disarm();
  }
}

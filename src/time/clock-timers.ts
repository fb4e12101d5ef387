import type { EpochMs } from "./clock.ts";
import { type Due, DueQueue } from "./due-queue.ts";

/** A timer of a virtual clock. */
export interface Timer extends Due {
  /** Changes only when the clock begins again. */
  at: EpochMs;
  order: number;
  run: () => void;
  label: () => string;
  /** Whether it wakes code that sleeps on the clock, which then needs a turn of the event loop. */
  readonly wakesSleeper: boolean;
  /** Whether it is due at the instant at which it was scheduled: too many of these in a row are an error. */
  readonly isImmediate: boolean;
  cancelled: boolean;
}

/** How many cancelled timers are no reason to make the queue anew. */
const MOST_CANCELLED = 1_000;

/** The timers of a virtual clock, in the order in which they are due. */
export class ClockTimers {
  readonly #queue = new DueQueue<Timer>();
  #order = 0;
  /** How many were cancelled since the queue was made anew: those that are still in it, at most. */
  #cancelled = 0;

  /** Adds a timer, which is due at `now` at the earliest. */
  add(
    { at, run, label, wakesSleeper }: Pick<Timer, "at" | "run" | "label" | "wakesSleeper">,
    now: EpochMs,
  ): Timer {
    const timer: Timer = {
      at: Math.max(at, now),
      rank: 0,
      order: this.#order++,
      run,
      label,
      wakesSleeper,
      isImmediate: at <= now,
      cancelled: false,
    };
    this.#queue.push(timer);
    return timer;
  }

  /** Adds a timer, which was there before {@link clear}, at another instant. */
  addAgain(timer: Timer, at: EpochMs): void {
    timer.at = at;
    timer.order = this.#order++;
    this.#queue.push(timer);
  }

  /** The next timer that is not cancelled. */
  next(): Timer | undefined {
    let next = this.#queue.first();
    while (next?.cancelled) {
      this.#queue.shift();
      next = this.#queue.first();
    }
    return next;
  }

  /** Takes the next timer away. */
  shift(): void {
    this.#queue.shift();
  }

  /** Cancels a timer. What it held is let go, and the queue is made anew when most of it was cancelled. */
  cancel(timer: Timer): void {
    if (timer.cancelled) return;
    timer.cancelled = true;
    timer.run = () => {};
    timer.label = () => "a timer that was cancelled";
    this.#cancelled++;
    if (this.#cancelled < MOST_CANCELLED || this.#cancelled * 2 < this.#queue.size) return;
    const left = this.#queue.entries().filter(({ cancelled }) => !cancelled);
    this.#queue.clear();
    this.#cancelled = 0;
    for (const each of left) this.#queue.push(each);
  }

  clear(): void {
    this.#queue.clear();
  }
}

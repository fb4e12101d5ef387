import { type Clock, type ClockDriver, DRIVEN, type EpochMs, realTime } from "./clock.ts";
import { type Due, DueQueue } from "./due-queue.ts";
import { type Duration, formatElapsed, toMs } from "./duration.ts";

/**
 * Options of {@link VirtualClock}.
 *
 * @example
 * ```ts
 * const options: VirtualClockOptions = { start: "2030-06-01T12:00:00Z", skips: false };
 * const clock = new VirtualClock(options);
 * await clock.advance("90s"); // the only thing that moves it
 * new Date(clock.now()).toISOString(); //=> "2030-06-01T12:01:30.000Z"
 * ```
 */
export interface VirtualClockOptions {
  /** The instant at which the clock begins, as an ISO 8601 string. @default "2024-01-01T00:00:00.000Z" */
  start?: string;
  /** Whether time skips to the next event while code sleeps on the clock. @default true */
  skips?: boolean;
  /** How many timers may be scheduled for the present instant and run in it before that is an error. @default 10000 */
  runawayLimit?: number;
  /** Real time after which a clock that does not skip warns that it is slept on and not advanced. @default "1s" */
  warnAfter?: Duration;
}

/**
 * A sleep on a {@link VirtualClock}, or an advance, ended early because the clock was reset.
 *
 * @example
 * ```ts
 * const clock = new VirtualClock({ skips: false });
 * const sleeping = clock.sleep("2h");
 * clock.reset();
 * await sleeping.catch((error: unknown) => error instanceof ClockResetError); //=> true
 * ```
 */
export class ClockResetError extends Error {
  /** Always `"ClockResetError"`. */
  override readonly name = "ClockResetError";
}

interface Timer extends Due {
  readonly run: () => void;
  readonly label: () => string;
  /** Whether it wakes code that sleeps on the clock, which then needs a turn of the event loop. */
  readonly wakesSleeper: boolean;
  /** Whether it is due at the instant at which it was scheduled: too many of these in a row are an error. */
  readonly isImmediate: boolean;
  cancelled: boolean;
}

/** How many timers run without a turn of the event loop in between, if none of them wakes a sleeper. */
const TIMERS_PER_TURN = 1_000;

interface Sleeper {
  readonly reject: (reason: unknown) => void;
}

/**
 * A clock whose time moves for two reasons only: code sleeps on it, or you {@link VirtualClock.advance} it. A wait of two
 * hours takes about a millisecond, and all that is due in these two hours happens in it, in the same order.
 *
 * - When a timer runs, `now()` is the instant at which it is due. Timers of one instant run in the order in which they were
 *   scheduled. A timer that another timer schedules runs in the same advance if it is due in it.
 * - It begins at a fixed instant and never runs backwards; only `reset()` starts it again.
 * - Work that is under way holds it still. While real work runs (a shell), it flows with the wall clock.
 * - It also works with fake timers of a test runner: it yields through messages, never through a timer.
 *
 * Our decision, after what other fake clocks promise.
 *
 * @example
 * ```ts
 * const clock = new VirtualClock();
 * await clock.sleep("2h"); // returns at once
 * new Date(clock.now()).toISOString(); //=> "2024-01-01T02:00:00.000Z"
 * ```
 */
export class VirtualClock implements Clock {
  readonly #options: Required<VirtualClockOptions>;
  readonly #timers = new DueQueue<Timer>();
  readonly #sleepers = new Set<Sleeper>();
  readonly #released: (() => void)[] = [];
  /** @internal */
  readonly [DRIVEN]: Required<ClockDriver> = {
    wakeAt: (at, run, label) => this.#schedule({ at, run, label, wakesSleeper: false }),
    hold: () => this.#hold(),
    flow: () => this.#startFlow(),
  };
  #now: EpochMs;
  #order = 0;
  #ranAtThisInstant = 0;
  #ranSinceTurn = 0;
  readonly #holds = new Set<symbol>();
  #skipping = false;
  #advances: Promise<unknown> = Promise.resolve();
  #advancing = 0;
  #resets = 0;
  #warned = false;
  /** While real work runs: the two instants from which virtual time is counted, and what disarms the real timer. */
  #flow: { works: number; virtual: EpochMs; real: EpochMs; disarm: () => void } | undefined;

  /**
   * @param options - When it begins and whether it skips; see {@link VirtualClockOptions}.
   * @throws RangeError when `start` is not a date.
   */
  constructor(options: VirtualClockOptions = {}) {
    const defaults = {
      start: "2024-01-01T00:00:00.000Z",
      skips: true,
      runawayLimit: 10_000,
      warnAfter: "1s" as const,
    };
    this.#options = { ...defaults, ...options };
    this.#now = Date.parse(this.#options.start);
    if (Number.isNaN(this.#now)) {
      throw new RangeError(
        `VirtualClock was given the start ${JSON.stringify(options.start)}, which is not a date. Write it as "2024-01-01T00:00:00.000Z".`,
      );
    }
  }

  /** The present virtual instant. */
  now(): EpochMs {
    if (this.#flow === undefined) return this.#now;
    // Never past a timer that has not run yet, so that time does not jump back when that runs.
    const flowed = this.#flow.virtual + (realTime.now() - this.#flow.real);
    return Math.max(this.#now, Math.min(flowed, this.#next()?.at ?? flowed));
  }

  /**
   * Resolves when `duration` of virtual time has passed. During a sleep, time skips from event to event (unless the clock
   * was made with `skips: false`).
   *
   * @param duration - How long, with its unit.
   * @param signal - Ends the sleep early: it then rejects with `signal.reason`, unchanged.
   * @throws (as a rejection) TypeError for something that is not a duration; {@link ClockResetError} when the clock is
   *   reset; an Error when something keeps rescheduling itself without time moving on.
   */
  sleep(duration: Duration, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const ms = toMs(duration, "sleep");
      if (signal?.aborted) return reject(signal.reason);
      const leave = (settle: () => void) => {
        signal?.removeEventListener("abort", abort);
        this.#sleepers.delete(sleeper);
        stopWarning?.();
        wakeUp();
        settle();
      };
      const abort = () => leave(() => reject(signal?.reason));
      const sleeper = { reject: (reason: unknown) => leave(() => reject(reason)) };
      const stopWarning = this.#options.skips ? undefined : this.#warnLater();
      signal?.addEventListener("abort", abort, { once: true });
      this.#sleepers.add(sleeper);
      const wakeUp = this.#schedule({
        at: this.now() + ms,
        run: () => leave(resolve),
        label: () => `a sleeper of ${duration}`,
        wakesSleeper: true,
      });
      this.#skip();
    });
  }

  /**
   * Moves time forward and runs what is due on the way, each at its own instant. Resolves when all of that has run, and the
   * code that it woke up has had its turn. Work that is under way delays it until that work has ended.
   *
   * @param duration - How far, with its unit.
   * @throws (as a rejection) TypeError for something that is not a duration; {@link ClockResetError} when the clock is
   *   reset meanwhile; an Error when something keeps rescheduling itself without time moving on.
   */
  advance(duration: Duration): Promise<void> {
    const turn = this.#advances.then(async () => this.#advance(toMs(duration, "advance")));
    this.#advances = turn.catch(() => undefined);
    return turn;
  }

  /** Starts time again at its beginning: timers are dropped, sleepers are rejected with {@link ClockResetError}. */
  reset(): void {
    this.#timers.clear();
    this.#endFlow();
    this.#holds.clear();
    this.#resets++;
    this.#now = Date.parse(this.#options.start);
    this.#ranAtThisInstant = 0;
    this.#rejectSleepers(new ClockResetError("The clock was reset while somebody slept on it."));
    this.#release();
  }

  #hold(): () => void {
    const work = Symbol("work");
    this.#holds.add(work);
    return () => {
      if (this.#holds.delete(work) && this.#holds.size === 0) this.#release();
    };
  }

  #startFlow(): () => void {
    let flowing = true;
    const flow = this.#flow ?? {
      works: 0,
      virtual: this.#now,
      real: realTime.now(),
      disarm: () => {},
    };
    this.#flow = flow;
    flow.works++;
    this.#armFlow();
    return () => {
      if (flowing && this.#flow === flow && --flow.works === 0) {
        this.#now = this.now();
        this.#endFlow();
        this.#skip();
      }
      flowing = false;
    };
  }

  /** Adds a timer and returns a function that cancels it. */
  #schedule({
    at,
    run,
    label,
    wakesSleeper,
  }: Pick<Timer, "at" | "run" | "label" | "wakesSleeper">): () => void {
    const now = this.now();
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
    this.#timers.push(timer);
    this.#armFlow();
    return () => {
      timer.cancelled = true;
    };
  }

  /** The next timer that is not cancelled. */
  #next(): Timer | undefined {
    let next = this.#timers.first();
    while (next?.cancelled) {
      this.#timers.shift();
      next = this.#timers.first();
    }
    return next;
  }

  /** Runs a timer. Returns whether the event loop needs a turn before the next. */
  #runNext(next: Timer): boolean {
    this.#timers.shift();
    if (next.at > this.#now) this.#ranAtThisInstant = 0;
    this.#now = Math.max(this.#now, next.at);
    if (next.isImmediate && ++this.#ranAtThisInstant > this.#options.runawayLimit) {
      throw new Error(
        `Stopped after ${this.#options.runawayLimit} timers at ${this.#elapsed()} without time moving on: something reschedules itself forever. Last: ${next.label()}.`,
      );
    }
    next.run();
    return next.wakesSleeper || ++this.#ranSinceTurn % TIMERS_PER_TURN === 0;
  }

  /** Skips from timer to timer for as long as code sleeps on the clock and nothing else moves time. */
  async #skip(): Promise<void> {
    if (this.#skipping || !this.#options.skips) return;
    this.#skipping = true;
    try {
      // A turn first, so that code that was woken makes its calls before time moves on.
      for (let needsTurn = true; ; ) {
        if (needsTurn) await realTime.nextTurn();
        if (this.#sleepers.size === 0 || this.#flow !== undefined || this.#advancing > 0) return;
        const next = this.#next();
        needsTurn = this.#holds.size > 0;
        if (needsTurn) await this.#untilReleased();
        else if (next === undefined) return;
        else needsTurn = this.#runNext(next);
      }
    } catch (error) {
      this.#rejectSleepers(error);
    } finally {
      this.#skipping = false;
    }
  }

  async #advance(ms: number): Promise<void> {
    this.#advancing++;
    try {
      const target = this.now() + ms;
      const resets = this.#resets;
      for (let needsTurn = true; ; ) {
        if (needsTurn) await realTime.nextTurn();
        if (this.#resets !== resets) {
          throw new ClockResetError("The clock was reset while it was being advanced.");
        }
        const next = this.#next();
        needsTurn = this.#holds.size > 0;
        if (needsTurn) await this.#untilReleased();
        else if (next === undefined || next.at > target) break;
        else needsTurn = this.#runNext(next);
      }
      this.#moveTo(target);
    } finally {
      this.#advancing--;
      if (this.#sleepers.size > 0) this.#skip();
    }
  }

  #moveTo(target: EpochMs): void {
    if (target > this.#now) this.#ranAtThisInstant = 0;
    this.#now = Math.max(this.#now, target);
    if (this.#flow !== undefined) {
      this.#flow.virtual = this.#now;
      this.#flow.real = realTime.now();
      this.#armFlow();
    }
  }

  /** While time flows, sets one real timer to the next virtual one. */
  #armFlow(): void {
    const flow = this.#flow;
    if (flow === undefined) return;
    const next = this.#next();
    flow.disarm();
    flow.disarm = () => {};
    if (next === undefined) return;
    const flowed = flow.virtual + (realTime.now() - flow.real);
    flow.disarm = realTime.after(next.at - flowed, () => {
      if (this.#flow !== flow) return;
      if (this.#next() === next && this.#holds.size === 0) {
        try {
          this.#runNext(next);
        } catch (error) {
          this.#rejectSleepers(error);
        }
      }
      if (this.#holds.size === 0) this.#armFlow();
    });
  }

  #endFlow(): void {
    this.#flow?.disarm();
    this.#flow = undefined;
  }

  #release(): void {
    for (const resolve of this.#released.splice(0)) resolve();
    this.#armFlow();
    if (this.#sleepers.size > 0) this.#skip();
  }

  #untilReleased(): Promise<void> {
    return new Promise((resolve) => this.#released.push(resolve));
  }

  #rejectSleepers(reason: unknown): void {
    for (const sleeper of [...this.#sleepers]) sleeper.reject(reason);
  }

  #warnLater(): () => void {
    const asleepSince = this.#now;
    const warn = () => {
      if (this.#warned || this.#now !== asleepSince) return;
      this.#warned = true;
      console.warn(
        "Somebody sleeps on a VirtualClock that does not skip, and nobody advances it. Call `await clock.advance(…)`, or make the clock without `skips: false`.",
      );
    };
    return realTime.after(toMs(this.#options.warnAfter, "warnAfter"), warn, { background: true });
  }

  #elapsed(): string {
    return formatElapsed(this.#now - Date.parse(this.#options.start));
  }
}

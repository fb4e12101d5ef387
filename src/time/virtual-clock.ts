import {
  type Clock,
  type ClockDriver,
  DRIVEN,
  type EpochMs,
  frozenInBubble,
  globalTime,
  type OwnTimer,
  realTime,
} from "./clock.ts";
import { ClockResetError } from "./clock-reset-error.ts";
import { ClockTimers, type Timer } from "./clock-timers.ts";
import { CodeUnderWay } from "./code-under-way.ts";
import { type Duration, formatElapsed, toMs } from "./duration.ts";
import { noteRunningTest } from "./running-test.ts";
import { clockOptions, type VirtualClockOptions } from "./virtual-clock-options.ts";
import { WallFlow } from "./wall-flow.ts";

/** How many timers run without a turn of the event loop in between, if none of them wakes a sleeper. */
const TIMERS_PER_TURN = 1_000;

interface Sleeper extends OwnTimer {
  /** Whether a reset leaves it what is left of its duration. */
  readonly outlivesReset: boolean;
}

/**
 * A clock whose time moves for two reasons: code sleeps on it, as calls of a fake do, or you {@link VirtualClock.advance}
 * it. A wait of two hours takes about a millisecond, and all that is due in these two hours happens in it, in the same order.
 *
 * - When a timer runs, `now()` is the instant at which it is due. Timers of one instant run in the order in which they were
 *   scheduled. A timer that another timer schedules runs in the same advance if it is due in it.
 * - It begins at a fixed instant, or at the present second, and never runs backwards; only `reset()` starts it again.
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
  readonly #options: ReturnType<typeof clockOptions>;
  readonly #timers = new ClockTimers();
  readonly #sleepers = new Map<Sleeper, { readonly timer: Timer; readonly leave: () => void }>();
  readonly #beforeSkip = new Set<() => void>();
  readonly #released: (() => void)[] = [];
  /** @internal */
  readonly [DRIVEN]: Required<ClockDriver> = {
    steadyNow: () => this.now(),
    wakeAt: (at, run, label) => {
      const timer = this.#schedule({ at, run, label, wakesSleeper: false });
      return () => this.#timers.cancel(timer);
    },
    hold: () => this.#hold(this.#holds),
    flow: () => this.#startFlow(),
    virtual: {
      codeUnderWay: new CodeUnderWay(),
      skips: () => this.#options.skips,
      sleepers: () => this.#sleepers.size,
      timer: (timer) => this.#sleep({ ...timer, outlivesReset: true }),
      lift: () => this.#lift(),
      holdFirmly: () => this.#hold(this.#firmHolds),
      beforeSkip: (callback) => {
        const each = () => callback();
        this.#beforeSkip.add(each);
        return () => void this.#beforeSkip.delete(each);
      },
      state: () => (this.#isHeld() ? "held" : this.#flow === undefined ? "free" : "flowing"),
      hasWarned: () => this.#warnedAt === this.#now,
    },
  };
  readonly #start: EpochMs;
  #now: EpochMs;
  #ranAtThisInstant = 0;
  #ranSinceTurn = 0;
  readonly #holds = new Set<symbol>();
  readonly #firmHolds = new Set<symbol>();
  #lifts = 0;
  #skipping = false;
  #advances: Promise<unknown> = Promise.resolve();
  #advancing = 0;
  #resets = 0;
  /** The instant at which it has said that nobody moves it. */
  #warnedAt: EpochMs | undefined;
  /** While real work runs. */
  #flow: WallFlow | undefined;

  /**
   * @param options - When it begins and whether it skips; see {@link VirtualClockOptions}.
   * @throws RangeError when `start` is not a date.
   */
  constructor(options?: VirtualClockOptions) {
    this.#options = clockOptions(options);
    const { start } = this.#options;
    this.#start =
      start === "now" ? Math.floor(globalTime.now() / 1_000) * 1_000 : Date.parse(start);
    this.#now = this.#start;
    if (Number.isNaN(this.#now)) {
      throw new RangeError(
        `VirtualClock was given the start ${JSON.stringify(start)}, which is not a date. Write it as "2024-01-01T00:00:00.000Z", or "now".`,
      );
    }
  }

  /** The present virtual instant. */
  now(): EpochMs {
    if (this.#flow === undefined) return this.#now;
    // Never past a timer that has not run yet, so that time does not jump back when that runs.
    const flowed = this.#flow.now();
    return Math.max(this.#now, Math.min(flowed, this.#timers.next()?.at ?? flowed));
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
      // Code that was left behind sleeps for ever.
      if (signal?.aborted)
        return frozenInBubble() === undefined ? reject(signal.reason) : undefined;
      const leave = (settle: () => void) => {
        signal?.removeEventListener("abort", abort);
        wakeUp();
        settle();
      };
      const abort = () => {
        if (frozenInBubble() === undefined) leave(() => reject(signal?.reason));
      };
      signal?.addEventListener("abort", abort, { once: true });
      const wakeUp = this.#sleep({
        ms,
        run: () => leave(resolve),
        fail: (reason) => leave(() => reject(reason)),
        label: () => `a sleeper of ${duration}`,
        outlivesReset: false,
      });
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
    const now = this.now();
    this.#timers.clear();
    this.#endFlow();
    this.#holds.clear();
    this.#firmHolds.clear();
    this[DRIVEN].virtual.codeUnderWay.clear();
    this.#resets++;
    this.#now = this.#start;
    this.#ranAtThisInstant = 0;
    this.#warnedAt = undefined;
    const inOrder = [...this.#sleepers].sort(
      ([, { timer: a }], [, { timer: b }]) => a.at - b.at || a.order - b.order,
    );
    for (const [sleeper, { timer }] of inOrder) {
      if (!sleeper.outlivesReset) continue;
      this.#timers.addAgain(timer, timer.at - now + this.#start);
    }
    this.#rejectSleepers(
      new ClockResetError("The clock was reset while somebody slept on it."),
      ({ outlivesReset }) => !outlivesReset,
    );
    this.#release();
  }

  /** Adds code that sleeps on the clock. Returns what wakes it up early. */
  #sleep(sleeper: Sleeper): () => void {
    const { ms, run, label } = sleeper;
    const stopWarning = this.#options.skips ? undefined : this.#warnLater();
    const leave = () => {
      if (!this.#sleepers.delete(sleeper)) return;
      stopWarning?.();
      this.#timers.cancel(timer);
    };
    const wake = () => {
      leave();
      run();
    };
    const timer = this.#schedule({ at: this.now() + ms, run: wake, label, wakesSleeper: true });
    this.#sleepers.set(sleeper, { timer, leave });
    this.#skip();
    return leave;
  }

  #isHeld(): boolean {
    return this.#firmHolds.size > 0 || (this.#holds.size > 0 && this.#lifts === 0);
  }

  #hold(holds: Set<symbol>): () => void {
    const work = Symbol("work");
    holds.add(work);
    return () => {
      if (holds.delete(work) && holds.size === 0) this.#release();
    };
  }

  #lift(): () => void {
    this.#lifts++;
    this.#release();
    let lifted = true;
    return () => {
      if (lifted) this.#lifts--;
      lifted = false;
    };
  }

  #startFlow(): () => void {
    let flowing = true;
    const flow = this.#flow ?? new WallFlow(this.#now);
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

  #schedule(timer: Pick<Timer, "at" | "run" | "label" | "wakesSleeper">): Timer {
    const added = this.#timers.add(timer, this.now());
    this.#armFlow();
    return added;
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
        const next = this.#timers.next();
        needsTurn = this.#isHeld();
        if (needsTurn) await this.#untilReleased();
        else if (next === undefined) return;
        else if (this.#maySkipTo(next)) needsTurn = this.#runNext(next);
      }
    } catch (error) {
      this.#rejectSleepers(error);
    } finally {
      this.#skipping = false;
    }
  }

  /** Whether nothing comes before a timer that is the next, once those have been asked who look before each skip. */
  #maySkipTo(next: Timer): boolean {
    if (next.at <= this.#now) return true;
    for (const look of this.#beforeSkip) look();
    return this.#flow === undefined && !this.#isHeld() && !next.cancelled;
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
        const next = this.#timers.next();
        needsTurn = this.#isHeld();
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
    this.#flow?.moveTo(this.#now);
    this.#armFlow();
  }

  /** While time flows, sets one real timer to the next virtual one. */
  #armFlow(): void {
    const flow = this.#flow;
    if (flow === undefined) return;
    const next = this.#timers.next();
    flow.arm(next?.at, () => {
      if (this.#flow !== flow || this.#isHeld()) return;
      try {
        if (next !== undefined && this.#timers.next() === next) this.#runNext(next);
      } catch (error) {
        this.#rejectSleepers(error);
      }
      if (!this.#isHeld()) this.#armFlow();
    });
  }

  #endFlow(): void {
    this.#flow?.end();
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

  #rejectSleepers(reason: unknown, which: (sleeper: Sleeper) => boolean = () => true): void {
    for (const [sleeper, { leave }] of [...this.#sleepers]) {
      if (!which(sleeper)) continue;
      leave();
      sleeper.fail(reason);
    }
  }

  #warnLater(): () => void {
    const asleepSince = this.#now;
    const isTestOver = noteRunningTest();
    const warn = () => {
      if (isTestOver() || this.#warnedAt !== undefined || this.#now !== asleepSince) return;
      this.#warnedAt = this.#now;
      console.warn(
        "Somebody sleeps on a VirtualClock that does not skip, and nobody advances it. Call `await clock.advance(…)`, or make the clock without `skips: false`.",
      );
    };
    return realTime.after(toMs(this.#options.warnAfter, "warnAfter"), warn, { background: true });
  }

  #elapsed(): string {
    return formatElapsed(this.#now - this.#start);
  }
}

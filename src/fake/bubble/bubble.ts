import type { AsyncResource } from "node:async_hooks";
import type { Clock, EpochMs, FaultThatStruck, VirtualDriver } from "../../time/clock.ts";
import { BubbleWatch } from "./bubble-watch.ts";
import { lineOf, type MadeAt } from "./made-at.ts";
import { RealWork } from "./real-work.ts";
import { SpeakingSockets } from "./speaking-sockets.ts";

/** A clock that bubbles can be on: one of ours, whose time can be held, let flow, and skips. */
export interface BubbleClock {
  readonly clock: Clock;
  readonly virtual: VirtualDriver;
  readonly flow: () => () => void;
}

/** A timer of a bubble, as its clock sees it. */
export interface BubbleTimer {
  readonly ms: number;
  readonly repeats: boolean;
  /** Whether a behavior made it, which holds time still until it returns: this timer lets time go on. */
  readonly lifts: boolean;
  readonly label: () => string;
  readonly run: () => void;
}

/** What a bubble knows of its surroundings. */
export interface BubblePlace {
  /** Where it was opened. */
  readonly openedAt: MadeAt;
  /** `performance.now()` as it was then. */
  readonly performanceNow: number;
  /** The number of a handle, for code that clears timers by number. */
  readonly numberOf: (timer: object) => number;
  readonly forgetNumber: (number: number) => void;
  /** Calls back in the round of the event loop in which immediates that are pending run, after them. */
  readonly afterImmediates: (callback: () => void) => void;
}

/** What a bubble has beside its clock where somebody watches over its code. */
export interface Watcher {
  /** Told of each call of a fake. */
  readonly sawCall: () => void;
  /** Told of each answer. */
  readonly sawAnswer: () => void;
  /** Told of each timer that fires. */
  readonly sawTimer: () => void;
  /** Told of each fault that strikes a call. */
  readonly sawFault: (fault: FaultThatStruck) => void;
  /** What `Math.random()` returns inside. */
  readonly random: () => number;
}

/** How many rounds of immediates pass in one instant, before time moves although more are pending (our decision). */
const MOST_ROUNDS = 1_000;
/** How far it moves then: twice as far each time, up to this, as long as the code does nothing else (our decision). */
const LONGEST_SPIN_MS = 60_000;

/** Code whose own timers and `Date` run on a virtual clock: from its opening to its end. */
export class Bubble {
  readonly clock: Clock;
  readonly work: RealWork;
  readonly sockets: SpeakingSockets;
  /** Rejects when the clock has stopped: something reschedules itself without time moving on. */
  readonly failure: Promise<never>;
  readonly #on: BubbleClock;
  readonly #place: BubblePlace;
  readonly #performance: { value: number; at: EpochMs };
  readonly #watch = new BubbleWatch();
  readonly #watcher: Watcher | undefined;
  /** What cancels its timers. */
  readonly #timers = new Set<() => void>();
  readonly #looks = new Set<() => void>();
  readonly #stopLooking: () => void;
  #fail: (reason: unknown) => void = () => {};
  /** Rounds of immediates: how many passed at `at`, and whether another has begun. */
  #rounds = { at: 0, count: 0, isPending: false, hasMore: false };
  #spinMs = 1;
  #isOpen = true;
  #isFrozen = false;
  #hasWorkers = false;
  #hasSaidThatItEnded = false;

  /** @param watcher - Who says what hangs; without one, the bubble says it on the console. */
  constructor(on: BubbleClock, place: BubblePlace, watcher?: Watcher) {
    const { clock, virtual, flow } = on;
    const { openedAt } = place;
    this.clock = clock;
    this.#on = on;
    this.#place = place;
    this.#watcher = watcher;
    this.#performance = { value: place.performanceNow, at: clock.now() };
    this.work = new RealWork(flow, () => this.#watch.progressed());
    this.sockets = new SpeakingSockets(this.work);
    this.failure = new Promise((_, reject) => {
      this.#fail = reject;
    });
    // It is heard by the caller of the bubble only.
    this.failure.catch(() => {});
    this.#stopLooking = virtual.beforeSkip(() => this.#look());
    const pending = () => this.#timers.size;
    if (watcher === undefined) {
      this.#watch.start({ clock, virtual, work: this.work, openedAt, pending });
    }
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whether its code was left behind: time stands still for it, and its timers never fire. */
  get isFrozen(): boolean {
    return this.#isFrozen;
  }

  /** Whether none of its timers, its immediates and its real work is pending. */
  get isIdle(): boolean {
    const isWorking = this.work.oldest() !== undefined;
    return this.#timers.size === 0 && !this.#rounds.isPending && !isWorking;
  }

  /** Whether its code has made a worker, whose work nobody sees. */
  get hasWorkers(): boolean {
    return this.#hasWorkers;
  }

  workerMade(): void {
    this.#hasWorkers = true;
  }

  /** A random number for its code, if it has its own. */
  random(): number | undefined {
    return this.#watcher?.random();
  }

  /** What `performance.now()` returns inside: it goes on from what it was when the bubble opened. */
  performanceNow(): number {
    const at = this.clock.now();
    // Never backwards, although a reset of the clock is.
    this.#performance.value += Math.max(0, at - this.#performance.at);
    this.#performance.at = at;
    return this.#performance.value;
  }

  /** Starts a timer. Returns what cancels it. */
  startTimer({ ms, repeats, lifts, label, run }: BubbleTimer): () => void {
    if (!this.#isOpen) return () => {};
    const { virtual } = this.#on;
    const lower = lifts ? virtual.lift() : undefined;
    if (!repeats) this.#timerMoved("timerMade");
    const leave = () => {
      this.#timers.delete(cancel);
      lower?.();
    };
    const fire = () => {
      this.#watcher?.sawTimer();
      leave();
      if (repeats) this.#watch.intervalRan();
      else this.#timerMoved("timerFired");
      run();
    };
    const stop = virtual.timer({ ms, label, run: fire, fail: (reason) => this.#fail(reason) });
    const cancel = () => {
      leave();
      stop();
    };
    // A behavior outlives the bubble that asked for it: without its timer it would never return, and hold time for ever.
    if (!lifts) this.#timers.add(cancel);
    return cancel;
  }

  /**
   * Runs a callback of a timer in the context of the code that made it. What it throws is an uncaught exception, as it is
   * under Node's own timers.
   */
  runCallback(resource: AsyncResource, run: () => void): void {
    resource.runInAsyncScope(() => {
      try {
        run();
      } catch (error) {
        process.nextTick(() => {
          throw error;
        });
      }
    });
  }

  /** The number of a handle of one of its timers. */
  numberOf(timer: object): number {
    return this.#place.numberOf(timer);
  }

  forgetNumber(number: number): void {
    this.#place.forgetNumber(number);
  }

  /** Takes note that its code has called a fake. */
  sawCall(): void {
    this.#watcher?.sawCall();
    if (this.work.oldest() === undefined) this.#watch.progressed();
  }

  /** Takes note that a call of its code is answered. */
  sawAnswer(): void {
    this.#watcher?.sawAnswer();
  }

  /** Takes note that a fault has struck a call of its code. */
  sawFault(fault: FaultThatStruck): void {
    this.#watcher?.sawFault(fault);
  }

  /** Takes note of an immediate: time stands still until it has run. */
  immediateMade(): void {
    if (!this.#isOpen) return;
    const rounds = this.#rounds;
    if (rounds.isPending) {
      rounds.hasMore = true;
      return;
    }
    if (rounds.at !== this.clock.now())
      this.#rounds = { ...rounds, at: this.clock.now(), count: 0 };
    if (this.#rounds.count < MOST_ROUNDS) {
      this.#holdForRound(this.#on.virtual.holdFirmly());
    }
  }

  /** Calls back before time skips to a later instant. */
  beforeSkip(callback: () => void): void {
    this.#looks.add(callback);
  }

  /** Says, once, that code of it runs on although it has ended. */
  sayThatItEnded(what: string, made: MadeAt): void {
    if (this.#hasSaidThatItEnded || this.#isFrozen) return;
    this.#hasSaidThatItEnded = true;
    console.warn(
      `Code of an inVirtualTime that has ended (opened${lineOf(this.#place.openedAt)}) still runs: it called ${what}${lineOf(made)}, and gets real time. Await all that you start inside, or stop it.`,
    );
  }

  /** Leaves its code behind: the timers that it has, and those that it makes, never fire. */
  freeze(): void {
    this.#isFrozen = true;
    this.close();
  }

  /** Drops its timers and forgets its work. */
  close(): void {
    this.#isOpen = false;
    this.#stopLooking();
    this.#watch.stop();
    this.sockets.clear();
    this.work.close();
    for (const cancel of [...this.#timers]) cancel();
    this.#timers.clear();
  }

  #look(): void {
    if (this.#on.virtual.state() === "free") this.work.flowAgain();
    for (const look of this.#looks) look();
  }

  #holdForRound(release: () => void): void {
    this.#rounds.isPending = true;
    this.#rounds.hasMore = false;
    this.#rounds.count++;
    this.#place.afterImmediates(() => {
      const { hasMore, count } = this.#rounds;
      if (hasMore && count < MOST_ROUNDS) return this.#holdForRound(release);
      this.#rounds.isPending = false;
      if (hasMore) this.#letSpin();
      release();
    });
  }

  /** Code that polls from immediate to immediate waits for something that only time brings. */
  #letSpin(): void {
    this.#watch.spun();
    const { timer } = this.#on.virtual;
    const stop = timer({
      ms: this.#spinMs,
      label: () => "immediates inside inVirtualTime",
      run: () => this.#timers.delete(stop),
      fail: (reason) => this.#fail(reason),
    });
    this.#timers.add(stop);
    this.#spinMs = Math.min(2 * this.#spinMs, LONGEST_SPIN_MS);
  }

  /** While work is under way, time flows, and timers fire, however long that lasts: only the work itself is progress. */
  #timerMoved(how: "timerMade" | "timerFired"): void {
    this.#spinMs = 1;
    if (this.work.oldest() === undefined) this.#watch[how]();
  }
}

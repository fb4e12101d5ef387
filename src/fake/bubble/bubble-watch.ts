import { type Clock, realTime, type VirtualDriver } from "../../time/clock.ts";
import { fakedTimer } from "../../time/faked-timers.ts";
import { lineOf, type MadeAt } from "./made-at.ts";
import type { RealWork, Work } from "./real-work.ts";
import { hasAsyncHooks } from "./runtime.ts";

/** How long nothing may move before that is said: a hang is named within two real seconds. */
const PATIENCE_MS = 1_700;
const LOOK_EVERY_MS = 100;
/** A look that comes as late as this says that the process was busy, and nothing of the bubble. */
const LATE_LOOK_MS = 600;

/** How often intervals run in that time, if nothing else does. */
const MANY_INTERVALS = 100;
/** How many timers are made in that time, if the code does nothing else: a loop makes more. */
const MANY_TIMERS = 5_000;

/** What the watch of a bubble looks at. */
export interface Watched {
  readonly clock: Clock;
  readonly virtual: VirtualDriver;
  readonly work: RealWork;
  readonly openedAt: MadeAt;
  /** How many of its timers are pending. */
  readonly pending: () => number;
}

/**
 * Notices, in real time, that nothing moves in a bubble any more, and says so on the console, once for each reason: work that
 * does not end, a promise that nothing settles, intervals that run on for ever.
 */
export class BubbleWatch {
  readonly #said = new Set<string>();
  #progressAt = realTime.now();
  #lookedAt = realTime.now();
  #virtual = 0;
  /** Runs of intervals since then, when the last was, and timers that were made. */
  #intervals = 0;
  #intervalAt = 0;
  #timers = 0;
  #timersSince = realTime.now();
  #timersSeen = 0;
  /** Whether its own timers moved since the last look. */
  #isOwn = false;
  #spins = 0;
  #bytes: number | undefined;
  #stop: () => void = () => {};

  /** Takes note that something moved: a call of a fake, or work. */
  progressed(): void {
    this.#moved();
    this.#timers = 0;
    this.#timersSeen = 0;
    this.#timersSince = this.#progressAt;
  }

  /** Takes note that a timer was made: progress, as long as the code does not do that alone, again and again. */
  timerMade(): void {
    this.timerFired();
    this.#timers++;
  }

  /** Takes note that a timer has fired that does not repeat. */
  timerFired(): void {
    this.#moved();
    this.#isOwn = true;
  }

  /** Takes note that an interval ran: that alone is no progress. */
  intervalRan(): void {
    this.#intervals++;
    this.#intervalAt = realTime.now();
  }

  /** Takes note that code polls from immediate to immediate: that is none, either. */
  spun(): void {
    this.#spins++;
  }

  /** Looks again and again, until {@link stop}. */
  start(watched: Watched): void {
    this.#virtual = watched.clock.now();
    const arm = () => {
      const look = () => {
        this.#look(watched);
        arm();
      };
      this.#stop = realTime.after(LOOK_EVERY_MS, look, { background: true });
    };
    arm();
  }

  stop(): void {
    this.#stop();
  }

  #look({ clock, virtual, work, openedAt, pending }: Watched): void {
    work.dropUnreferenced();
    const now = realTime.now();
    const isLate = now - this.#lookedAt > LATE_LOOK_MS;
    this.#lookedAt = now;
    const before = this.#virtual;
    this.#virtual = clock.now();
    const oldest = work.oldest();
    // Time that flows because of work does not count. A clock that skips moves for somebody: for more than intervals?
    const isOwn = this.#intervals + this.#spins > 0 || this.#isOwn;
    this.#isOwn = false;
    const hasMoved = this.#virtual !== before && oldest === undefined && !isOwn;
    const isHeld = virtual.state() === "held" && this.#spins === 0;
    const isFlowing = oldest === undefined && virtual.state() === "flowing"; // for a shell
    const bytes = oldest?.bytes?.();
    const hasSpoken = bytes !== this.#bytes;
    this.#bytes = bytes;
    const isGoingOn = isFlowing || hasSpoken || oldest?.isWatched === true;
    if (isLate || hasMoved || isHeld || isGoingOn) this.progressed();
    const isMaking = this.#timers > this.#timersSeen;
    this.#timersSeen = this.#timers;
    const hasManyTimers =
      isMaking && this.#timers >= MANY_TIMERS && now - this.#timersSince >= PATIENCE_MS;
    const idle = hasManyTimers ? now - this.#timersSince : now - this.#progressAt;
    if (idle < PATIENCE_MS) return;
    const seconds = (idle / 1_000).toFixed(1);
    if (oldest !== undefined) {
      this.#say(
        "work",
        `Inside inVirtualTime, ${oldest.what()}${begun(oldest)} has been under way for ${seconds} real seconds, and virtual time goes no faster than the wall clock until it ends. If nothing has to wait for it, \`unref()\` it, or begin it before inVirtualTime; of a request, read the response to its end.`,
      );
    } else if (hasManyTimers || this.#spins > 0 || this.#intervals >= MANY_INTERVALS) {
      const what = hasManyTimers ? "timers" : this.#spins > 0 ? "immediates" : "intervals";
      this.#say(
        "rounds",
        `Inside inVirtualTime (opened${lineOf(openedAt)}), nothing but ${what} has run for ${seconds} real seconds, and virtual time has come to ${new Date(this.#virtual).toISOString()}: the code waits for something that no timer brings. Settle the promise that it awaits, or end the loop.`,
      );
    } else if (this.#intervals > 0 && now - this.#intervalAt < PATIENCE_MS) {
      return; // a few only: their callbacks take real time
    } else if (fakedTimer() !== undefined) {
      this.#say(
        "faked",
        `Inside inVirtualTime (opened${lineOf(openedAt)}), nothing has moved for ${seconds} real seconds: the code there has faked timers, which nobody advances. Leave that out (vi.useFakeTimers(), jest.useFakeTimers(), mock.timers.enable()); the bubble is all that is needed.`,
      );
    } else if (pending() === 0) {
      this.#say(
        "nothing",
        `The function of inVirtualTime (opened${lineOf(openedAt)}) has not returned for ${seconds} real seconds, and none of its timers is pending: it awaits something from outside, a promise that nothing settles, real work that cannot be seen, such as a worker's, or a timer that was not made by this bubble. ${hasAsyncHooks() ? "Settle it, await only what the function itself begins, or give such a wait a time-out." : "This runtime lets a bubble reach neither imports by name of node:timers and node:timers/promises nor functions that were kept: call the global setTimeout instead."}`,
      );
    } else if (!virtual.hasWarned()) {
      this.#say(
        "still",
        `Inside inVirtualTime (opened${lineOf(openedAt)}), ${pending()} timers are pending and virtual time has stood still for ${seconds} real seconds. ${virtual.skips() ? "Something else drives the clock; let it go on." : "The clock was made with `skips: false`: call `await fake.clock.advance(…)`, or leave that out."}`,
      );
    }
  }

  #moved(): void {
    this.#progressAt = realTime.now();
    this.#intervals = 0;
    this.#spins = 0;
  }

  #say(reason: string, sentence: string): void {
    if (this.#said.has(reason)) return;
    this.#said.add(reason);
    console.warn(sentence);
  }
}

function begun({ madeAt }: Work): string {
  const line = lineOf(madeAt);
  return line === "" ? "" : `, begun${line},`;
}

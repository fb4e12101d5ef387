import { AsyncLocalStorage } from "node:async_hooks";
import { syncBuiltinESMExports } from "node:module";
import {
  BUBBLES,
  type Bubbles,
  type Clock,
  type FaultThatStruck,
  real,
  realTime,
} from "../../time/clock.ts";
import { AsyncSight } from "./async-sight.ts";
import { Bubble, type BubbleClock, type Watcher } from "./bubble.ts";
import { isMadeByNode, type MadeAt, madeAt } from "./made-at.ts";
import { replaceNodeWork } from "./node-work.ts";
import { replaceRandom } from "./own-random.ts";
import { Replacements } from "./replacements.ts";
import { watchRunnerImports } from "./runner-imports.ts";
import { replaceClocks } from "./virtual-date.ts";
import { VirtualTimeout } from "./virtual-timeout.ts";
import { replaceTimers, replaceTimersPromises } from "./virtual-timers.ts";

/** The bubble that code runs in. */
export interface Inside {
  readonly bubble: Bubble;
  /** Whether it is the code of a behavior. */
  readonly isBehavior: boolean;
}

/** A function to run in a bubble that somebody watches over. */
export interface WatchedRun<T> {
  readonly openedAt: MadeAt;
  readonly run: () => T | Promise<T>;
  readonly watcher: Watcher;
}

/** A bubble that somebody watches over, and what its function returns. */
export interface WatchedBubble<T> {
  readonly bubble: Bubble;
  readonly result: Promise<T>;
  /** Runs more code as its own. */
  readonly inside: <R>(code: () => R) => R;
  /** Ends it. Its code is frozen from then on at the latest. */
  readonly close: () => void;
}

/** Numbers of handles begin here: those of Node count its asynchronous resources, and never come this far. */
const FIRST_NUMBER = 2 ** 52;
/** For how long, in real time, code of bubbles that have ended is noticed (our decision). */
const NOTICED_MS = 5_000;
const REAL_IMMEDIATE = real(globalThis.setImmediate, "setImmediate");

/**
 * All bubbles of a realm. There is one for all copies of this package. While a bubble is open, the functions of time of the
 * realm are stand-ins that ask in which bubble they are called; when the last has ended, they are put back.
 */
export class BubbleRealm implements Bubbles {
  readonly #contexts = new AsyncLocalStorage<Inside | undefined>();
  readonly #open = new Set<Bubble>();
  readonly #replacements = new Replacements();
  readonly #sight = new AsyncSight(this);
  readonly #numbers = new Map<number, VirtualTimeout>();
  #lastNumber = FIRST_NUMBER;
  #stopNoticing: () => void = () => {};

  /** The realm's own, made when it is first asked for. */
  static get(): BubbleRealm {
    // The symbol is ours, and nothing else is ever kept under it.
    const known = (globalThis as { readonly [BUBBLES]?: BubbleRealm })[BUBBLES];
    const realm = known ?? new BubbleRealm();
    if (known === undefined) Object.defineProperty(globalThis, BUBBLES, { value: realm });
    return realm;
  }

  /**
   * The bubble that the caller's code runs in, if it is open.
   *
   * @param name - The function that is called. With it, code of a bubble that has ended is told so.
   * @param below - That function, for the line of its caller.
   */
  inside(name?: string, below?: (...args: never[]) => unknown): Inside | undefined {
    const inside = this.#contexts.getStore();
    if (inside === undefined || inside.bubble.isOpen || inside.bubble.isFrozen) return inside;
    if (name !== undefined && below !== undefined)
      inside.bubble.sayThatItEnded(name, madeAt(below));
    return undefined;
  }

  /** The bubble that the caller's code was begun in, open or not. */
  context(): Inside | undefined {
    return this.#contexts.getStore();
  }

  sawCall(): void {
    this.inside()?.bubble.sawCall();
  }

  sawAnswer(): void {
    this.inside()?.bubble.sawAnswer();
  }

  sawFault(fault: FaultThatStruck): void {
    this.inside()?.bubble.sawFault(fault);
  }

  clock(): Clock | undefined {
    return this.inside()?.bubble.clock;
  }

  frozen(): Promise<never> | undefined {
    // One for each call: what waits for it is forgotten with it.
    return this.context()?.bubble.isFrozen ? new Promise(() => {}) : undefined;
  }

  outside<T>(run: () => T): T {
    return this.#contexts.run(undefined, run);
  }

  asBehavior<T>(run: () => T): T {
    const inside = this.inside();
    if (inside === undefined) return run();
    return this.#contexts.run({ ...inside, isBehavior: true }, run);
  }

  /** Runs a function in a bubble of its own, which ends with it. */
  async run<T>(
    on: BubbleClock,
    { openedAt, run }: { readonly openedAt: MadeAt; readonly run: () => T | Promise<T> },
  ): Promise<T> {
    const around = this.inside();
    const bubble = this.#openBubble(on, openedAt);
    const isOnOther = around !== undefined && around.bubble.clock !== on.clock;
    const end = isOnOther
      ? around.bubble.work.begin({
          what: () => "another bubble",
          madeAt: openedAt,
          isWatched: true,
        })
      : () => {};
    try {
      const running = this.#contexts.run({ bubble, isBehavior: false }, async () => run());
      return await Promise.race([running, bubble.failure]);
    } finally {
      bubble.close();
      end();
      this.#closed(bubble);
    }
  }

  /**
   * Runs a function in a bubble of its own that stays until it is closed: its code is then frozen. What hangs is for the
   * watcher to say.
   */
  runWatched<T>(on: BubbleClock, { openedAt, run, watcher }: WatchedRun<T>): WatchedBubble<T> {
    const bubble = this.#openBubble(on, openedAt, watcher);
    const inside = <R>(code: () => R): R => this.#contexts.run({ bubble, isBehavior: false }, code);
    const close = () => {
      bubble.freeze();
      this.#closed(bubble);
    };
    return { bubble, result: inside(async () => run()), inside, close };
  }

  /** Clears a timer of a bubble, given as its handle or its number. Returns whether it is one. */
  clear(timer: unknown): boolean {
    const isNumber = typeof timer === "number" || typeof timer === "string";
    const handle = isNumber ? this.#numbers.get(Number(timer)) : timer;
    if (!(handle instanceof VirtualTimeout)) return false;
    handle.close();
    return true;
  }

  #sayThatItEnded(
    bubble: Bubble,
    { name, below }: { readonly name: string; readonly below: (...args: never[]) => unknown },
  ): void {
    const made = madeAt(below);
    if (!isMadeByNode(made)) bubble.sayThatItEnded(name, made);
  }

  #openBubble(on: BubbleClock, openedAt: MadeAt, watcher?: Watcher): Bubble {
    if (this.#open.size === 0) this.#install();
    const place = {
      openedAt,
      performanceNow: performance.now(),
      afterImmediates: (callback: () => void) => this.outside(() => REAL_IMMEDIATE(callback)),
      forgetNumber: (number: number) => void this.#numbers.delete(number),
      numberOf: (timer: object) => this.#numberOf(timer),
    };
    const bubble = new Bubble(on, place, watcher);
    bubble.beforeSkip(() => this.#sight.forgetCleared());
    bubble.beforeSkip(watchRunnerImports(bubble.work));
    this.#open.add(bubble);
    return bubble;
  }

  #numberOf(timer: object): number {
    if (timer instanceof VirtualTimeout) this.#numbers.set(++this.#lastNumber, timer);
    return this.#lastNumber;
  }

  #closed(bubble: Bubble): void {
    this.#sight.drop(bubble);
    this.#open.delete(bubble);
    if (this.#open.size > 0) return;
    this.#numbers.clear();
    this.#replacements.undo();
    syncBuiltinESMExports?.();
    const stop = () => this.#sight.close();
    this.#stopNoticing = realTime.after(NOTICED_MS, stop, { background: true });
  }

  #install(): void {
    this.#stopNoticing();
    this.outside(() => {
      replaceTimers(this, this.#replacements);
      replaceTimersPromises(this, this.#replacements);
      replaceClocks(this, this.#replacements);
      replaceRandom(this, this.#replacements);
      replaceNodeWork(this, this.#replacements);
    });
    // Imports by name of `node:timers` and its like follow.
    syncBuiltinESMExports?.();
    this.#sight.open();
  }
}

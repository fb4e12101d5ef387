import type { MadeAt } from "./made-at.ts";

/** Work that takes real time, such as a file that is read. */
export interface Work {
  /** What it is, in words: `a child process (ls)`. */
  readonly what: () => string;
  readonly madeAt: MadeAt;
  /** Whether it was told to keep nothing waiting (`unref()`); not asked for work that knows no such thing. */
  readonly isUnreferenced?: () => boolean;
  /** How many bytes it has moved, for work that moves some. */
  readonly bytes?: () => number;
  /** Whether something else says when it hangs. */
  readonly isWatched?: boolean;
}

/**
 * The real work that a bubble has under way. While there is any, virtual time flows with the wall clock, so that no timer
 * overtakes it.
 */
export class RealWork {
  readonly #startFlow: () => () => void;
  readonly #moved: () => void;
  readonly #underWay = new Set<Work>();
  #stopFlow: (() => void) | undefined;
  #isOver = false;

  /**
   * @param startFlow - Lets time flow until the returned function is called.
   * @param moved - Told whenever work begins or ends.
   */
  constructor(startFlow: () => () => void, moved: () => void) {
    this.#startFlow = startFlow;
    this.#moved = moved;
  }

  /** Takes note of work that begins. Returns what is to be called when it has ended; more than once does no harm. */
  begin(work: Work): () => void {
    if (this.#isOver) return () => {};
    this.#underWay.add(work);
    this.#moved();
    this.#stopFlow ??= this.#startFlow();
    // `spawn(…).unref()`: time moves on in later turns only, so that there is time to say so.
    if (work.isUnreferenced !== undefined) queueMicrotask(() => this.dropUnreferenced());
    return () => this.#end(work);
  }

  /** Forgets work that keeps nothing waiting. */
  dropUnreferenced(): void {
    for (const work of [...this.#underWay]) if (work.isUnreferenced?.()) this.#end(work);
  }

  /** Lets time flow again where a reset of the clock has ended that. */
  flowAgain(): void {
    if (this.#underWay.size > 0) this.#stopFlow = this.#startFlow();
  }

  /** The work that is under way longest. */
  oldest(): Work | undefined {
    return this.#underWay.values().next().value;
  }

  /** Forgets all of it, and what begins later. */
  close(): void {
    this.#isOver = true;
    for (const work of [...this.#underWay]) this.#end(work);
  }

  #end(work: Work): void {
    if (!this.#underWay.delete(work)) return;
    this.#moved();
    if (this.#underWay.size > 0) return;
    this.#stopFlow?.();
    this.#stopFlow = undefined;
  }
}

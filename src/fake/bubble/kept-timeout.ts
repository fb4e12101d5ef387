import { AsyncResource } from "node:async_hooks";
import { clearTimeout as clearReal } from "node:timers";
import type { Bubble } from "./bubble.ts";
import type { Inside } from "./bubble-realm.ts";

/** What Node keeps in the handle of a timer; the names have been the same since Node 11. */
export interface NodeTimeout {
  _idleTimeout: number;
  readonly _onTimeout: ((...args: unknown[]) => unknown) | null | undefined;
  readonly _timerArgs: readonly unknown[] | undefined;
  readonly _repeat: number | null;
  readonly _destroyed: boolean;
  refresh(): unknown;
}

/** As far away as a timer of Node can be. */
const PARKED_MS = 2_147_483_647;

/**
 * A timer of Node that code of a bubble made with a function from before the bubble. It is taken over: the real one is put
 * off until it has no effect, and the clock of the bubble calls its callback. Its handle still is Node's.
 */
export class KeptTimeout {
  readonly bubble: Bubble;
  readonly timeout: NodeTimeout;
  readonly #ms: number;
  readonly #lifts: boolean;
  readonly #resource = new AsyncResource("VirtualTimeout");
  #cancel: () => void = () => {};

  /** @param timeout - Just made: Node has not put it into its list yet. */
  constructor({ bubble, isBehavior }: Inside, timeout: NodeTimeout) {
    this.bubble = bubble;
    this.timeout = timeout;
    this.#ms = Math.trunc(timeout._idleTimeout);
    this.#lifts = isBehavior;
    timeout._idleTimeout = PARKED_MS;
    Object.defineProperty(timeout, "refresh", {
      configurable: true,
      value: () => {
        if (!this.isCleared) this.#start();
        return timeout;
      },
    });
    this.#start();
  }

  /** Whether it was cleared, by whichever function. */
  get isCleared(): boolean {
    return this.timeout._destroyed || this.timeout._onTimeout == null;
  }

  /** Keeps the clock from calling back. */
  stop(): void {
    this.#cancel();
  }

  /** Clears the real timer. */
  close(): void {
    // A handle of Node, though not by its type.
    clearReal(this.timeout as unknown as NodeJS.Timeout);
  }

  #start(): void {
    this.#cancel();
    const repeats = this.timeout._repeat !== null;
    this.#cancel = this.bubble.startTimer({
      ms: this.#ms,
      repeats,
      lifts: this.#lifts,
      label: () => `a timer of ${this.#ms} ms inside inVirtualTime`,
      run: () => this.#fire(repeats),
    });
  }

  #fire(repeats: boolean): void {
    const { timeout } = this;
    const { _onTimeout: callback, _timerArgs: args = [] } = timeout;
    if (this.isCleared || callback == null) return;
    this.bubble.runCallback(() =>
      this.#resource.runInAsyncScope(callback, timeout, ...(args ?? [])),
    );
    if (repeats && !this.isCleared) this.#start();
  }
}

import { AsyncResource } from "node:async_hooks";
import { clearTimeout as clearReal } from "node:timers";
import type { Bubble } from "./bubble.ts";
import type { Inside } from "./bubble-realm.ts";
import type { TimerCallback } from "./virtual-timeout.ts";

/** What Node keeps in the handle of a timer; the names have been the same since Node 11. */
export interface NodeTimeout {
  _idleTimeout: number;
  _onTimeout: TimerCallback | null | undefined;
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
  readonly #callback: TimerCallback | null | undefined;
  readonly #args: readonly unknown[];
  readonly #fired: () => void;
  #hasFired = false;
  #cancel: () => void = () => {};

  /**
   * @param timeout - Just made: Node has not put it into its list yet.
   * @param fired - Told when it has fired and will not again.
   */
  constructor({ bubble, isBehavior }: Inside, timeout: NodeTimeout, fired: () => void) {
    this.bubble = bubble;
    this.timeout = timeout;
    this.#callback = timeout._onTimeout;
    this.#args = timeout._timerArgs ?? [];
    this.#fired = fired;
    this.#ms = Math.trunc(timeout._idleTimeout);
    this.#lifts = isBehavior;
    timeout._idleTimeout = PARKED_MS;
    Object.defineProperty(timeout, "refresh", {
      configurable: true,
      value: () => {
        this.#refresh();
        return timeout;
      },
    });
    this.#start();
  }

  /** Whether it was cleared, by whichever function. */
  get isCleared(): boolean {
    const { _onTimeout, _destroyed } = this.timeout;
    return _onTimeout == null || (_destroyed && !this.#hasFired);
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

  #refresh(): void {
    // One that has fired comes back. Node has let go of it; a function that clears it takes its callback away.
    if (this.#hasFired) this.timeout._onTimeout = this.#callback;
    if (!this.isCleared) this.#start();
  }

  #fire(repeats: boolean): void {
    const { timeout } = this;
    const callback = this.#callback;
    if (this.isCleared || callback == null) return;
    if (!repeats) {
      this.close();
      this.#hasFired = true;
      this.#fired();
    }
    this.bubble.runCallback(this.#resource, () => callback.call(timeout, ...this.#args));
    if (repeats && !this.isCleared) this.#start();
  }
}

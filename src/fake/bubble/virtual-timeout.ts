import { AsyncResource } from "node:async_hooks";
import { realTime } from "../../time/clock.ts";
import type { Bubble } from "./bubble.ts";
import type { Inside } from "./bubble-realm.ts";

/** A callback of a timer, as callers give it. */
export type TimerCallback = (...args: unknown[]) => unknown;

/** What a timer of a bubble is. */
export interface VirtualTimeoutOptions {
  readonly callback: TimerCallback;
  /** As Node counts it: at least 1. */
  readonly ms: number;
  /** @default [] */
  readonly args?: readonly unknown[];
  /** @default false */
  readonly repeats?: boolean;
}

/**
 * A handle as `setTimeout` and `setInterval` of a bubble return it. It has the members that Node's have. (Node's number for
 * a handle is that of an asynchronous resource; ours begin where these never come, so that the number of a timer of a
 * bubble means nothing to the real `clearTimeout`.)
 */
export class VirtualTimeout {
  readonly #bubble: Bubble;
  /** Whether a behavior of the fake made it. */
  readonly #isBehaviors: boolean;
  readonly #options: VirtualTimeoutOptions;
  readonly #resource = new AsyncResource("VirtualTimeout");
  #cancel: (() => void) | undefined;
  #isCleared = false;
  #isReferenced = true;
  #id: number | undefined;

  constructor({ bubble, isBehavior }: Inside, options: VirtualTimeoutOptions) {
    this.#bubble = bubble;
    this.#isBehaviors = isBehavior;
    this.#options = options;
    this.#start();
  }

  /** Cancels it. It does not come back. */
  close(): this {
    this.#isCleared = true;
    this.#stop();
    return this;
  }

  /** Starts its duration again, also when it has fired, and in real time when its bubble has ended. */
  refresh(): this {
    if (!this.#isCleared) {
      this.#stop();
      this.#start();
    }
    return this;
  }

  ref(): this {
    this.#isReferenced = true;
    return this;
  }

  unref(): this {
    this.#isReferenced = false;
    return this;
  }

  hasRef(): boolean {
    return this.#isReferenced;
  }

  [Symbol.toPrimitive](): number {
    this.#id ??= this.#bubble.numberOf(this);
    return this.#id;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /** What Node's own `clearTimeout` asks and sets, for callers who kept it from before the bubble. */
  get _onTimeout(): TimerCallback | null {
    return this.#cancel === undefined ? null : this.#options.callback;
  }

  set _onTimeout(callback: TimerCallback | null | undefined) {
    if (callback == null) this.close();
  }

  #start(): void {
    const { ms, repeats = false } = this.#options;
    if (this.#bubble.isFrozen) return;
    if (!this.#bubble.isOpen) {
      // Code that has outlived its bubble gets real time.
      const background = !this.#isReferenced;
      this.#cancel = realTime.after(ms, () => this.#fire(), { background });
      return;
    }
    this.#cancel = this.#bubble.startTimer({
      ms,
      repeats,
      lifts: this.#isBehaviors,
      label: () => `${repeats ? "setInterval" : "setTimeout"} of ${ms} ms inside inVirtualTime`,
      run: () => this.#fire(),
    });
  }

  #stop(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#forgetNumber();
  }

  /** As Node does: the number of a timer means nothing any more once it was cleared or has fired. */
  #forgetNumber(): void {
    if (this.#id !== undefined) this.#bubble.forgetNumber(this.#id);
    this.#id = undefined;
  }

  #fire(): void {
    this.#cancel = undefined;
    const { callback, args = [], repeats = false } = this.#options;
    this.#bubble.runCallback(this.#resource, () => callback.call(this, ...args));
    // As Node does: the next run is counted from the end of this one, also when it threw.
    if (repeats && !this.#isCleared && this.#cancel === undefined) this.#start();
    if (!repeats && this.#cancel === undefined) this.#forgetNumber();
  }
}

/** The longest delay that Node takes. */
const LONGEST_MS = 2_147_483_647;

/** A delay as Node reads it: whole milliseconds, and 1 for what is none. */
export function delayOf(delay: unknown): number {
  // As Node reads it: a BigInt or a symbol is a TypeError.
  const ms = delay === undefined ? 1 : (delay as number) * 1;
  if (ms > LONGEST_MS) {
    process.emitWarning(
      `${ms} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
      "TimeoutOverflowWarning",
    );
  }
  return ms >= 1 && ms <= LONGEST_MS ? Math.trunc(ms) : 1;
}

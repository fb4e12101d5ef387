import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";
import type { BubbleRealm, Inside } from "./bubble-realm.ts";
import { isCalledByNode } from "./made-at.ts";
import type { Replaced, Replacements } from "./replacements.ts";
import { hasAsyncHooks } from "./runtime.ts";
import { delayOf, type TimerCallback, VirtualTimeout } from "./virtual-timeout.ts";

/** As they were when this file was loaded. */
const NODE: Readonly<Record<"setTimeout" | "setInterval", unknown>> = {
  setTimeout: globalThis.setTimeout,
  setInterval: globalThis.setInterval,
};

/** Replaces the functions that make and clear timers: the globals, and those of `node:timers`. */
export function replaceTimers(realm: BubbleRealm, replacements: Replacements): void {
  for (const target of [globalThis, timers]) {
    for (const name of ["setTimeout", "setInterval"] as const) {
      replacements.replaceFunction(target, name, (previous) => startIn(realm, { name, previous }));
    }
    for (const name of ["clearTimeout", "clearInterval"] as const) {
      replacements.replaceFunction(target, name, (previous) => clearIn(realm, previous));
    }
    replacements.replaceFunction(target, "setImmediate", (previous) =>
      setImmediateIn(realm, previous),
    );
  }
}

/** `setTimeout` or `setInterval`: of the bubble of the caller, or the one that was there. */
function startIn(
  realm: BubbleRealm,
  { name, previous }: { readonly name: keyof typeof NODE; readonly previous: Replaced },
): Replaced {
  const isWrapper = hasAsyncHooks() && previous !== NODE[name];
  const start = (...args: unknown[]) => {
    const [callback, delay, ...rest] = args;
    // What is no callback is for the real one to refuse.
    const inside = isCallback(callback) ? realm.inside(name, start) : undefined;
    if (inside === undefined || !isCallback(callback)) return previous(...args);
    // A spy or a tracer sees the call; the timer that it makes in the end is taken over.
    if (isWrapper) return previous(...args);
    // What Node keeps for all code of the process belongs to no bubble.
    if (isCalledByNode(start)) return realm.outside(() => previous(...args));
    const repeats = name === "setInterval";
    return new VirtualTimeout(inside, { callback, ms: delayOf(delay), args: rest, repeats });
  };
  if (name === "setTimeout") {
    // As Node has it: what `promisify(setTimeout)` returns.
    Object.defineProperty(start, promisify.custom, {
      enumerable: true,
      get: () => timersPromises.setTimeout,
    });
  }
  return start;
}

function clearIn(realm: BubbleRealm, previous: Replaced): Replaced {
  return (...args) => {
    const [timer] = args;
    if (!realm.clear(timer)) previous(...args);
  };
}

/** Immediates are real, and time stands still until they have run. */
function setImmediateIn(realm: BubbleRealm, previous: Replaced): Replaced {
  const setImmediateIn = (...args: unknown[]) => {
    const [callback, ...rest] = args;
    const inside = isCallback(callback) ? realm.inside("setImmediate", setImmediateIn) : undefined;
    if (inside === undefined || !isCallback(callback)) return previous(...args);
    const { bubble } = inside;
    bubble.immediateMade();
    // What is left when the bubble ends is dropped.
    const run = function (this: unknown, ...given: unknown[]) {
      if (bubble.isOpen) Reflect.apply(callback, this, given);
    };
    return previous(run, ...rest);
  };
  Object.defineProperty(setImmediateIn, promisify.custom, {
    enumerable: true,
    get: () => timersPromises.setImmediate,
  });
  return setImmediateIn;
}

function isCallback(value: unknown): value is TimerCallback {
  return typeof value === "function";
}

/** Replaces the functions of `node:timers/promises`. */
export function replaceTimersPromises(realm: BubbleRealm, replacements: Replacements): void {
  for (const [name, begin] of Object.entries({ setTimeout: sleep, setInterval: repeat })) {
    replacements.replaceFunction(timersPromises, name, (previous) => {
      const standIn = (...args: unknown[]) => {
        const [delay, value, options] = args;
        const inside = realm.inside(name, standIn);
        if (inside === undefined || !isValid(delay, options)) return previous(...args);
        return begin(inside, { delay, value, ...options });
      };
      return standIn;
    });
  }
  replacements.replaceFunction(timersPromises, "setImmediate", (previous) => {
    const setImmediateIn = (...args: unknown[]) => {
      realm.inside("setImmediate", setImmediateIn)?.bubble.immediateMade();
      return previous(...args);
    };
    return setImmediateIn;
  });
  const { scheduler } = timersPromises;
  if (scheduler === undefined) return;
  replacements.replaceFunction(scheduler, "wait", (previous) => {
    const wait = (...args: unknown[]) => {
      const [delay, options] = args;
      const inside = realm.inside("scheduler.wait", wait);
      if (inside === undefined || !isValid(delay, options)) {
        return Reflect.apply(previous, scheduler, args);
      }
      return sleep(inside, { delay, value: undefined, ...options });
    };
    return wait;
  });
}

interface SleepOptions {
  readonly delay: unknown;
  readonly value: unknown;
  readonly signal?: AbortSignal;
  readonly ref?: boolean;
}

/** Whether Node would take these arguments; what it would not take is for the real function to refuse. */
function isValid(
  delay: unknown,
  options: unknown,
): options is { readonly signal?: AbortSignal; readonly ref?: boolean } | undefined {
  if (delay !== undefined && typeof delay !== "number") return false;
  if (options === undefined) return true;
  if (typeof options !== "object" || options === null || Array.isArray(options)) return false;
  const { signal, ref } = options as { readonly signal?: unknown; readonly ref?: unknown };
  const isSignal =
    signal === undefined || (typeof signal === "object" && signal !== null && "aborted" in signal);
  return isSignal && (ref === undefined || typeof ref === "boolean");
}

function sleep(inside: Inside, options: SleepOptions): Promise<unknown> {
  const { delay, value, signal, ref = true } = options;
  return new Promise((resolve, reject) => {
    // Where time is frozen, nothing settles.
    if (inside.bubble.isFrozen) return;
    if (signal?.aborted) return reject(abortError(signal));
    const abort = () => {
      if (inside.bubble.isFrozen) return;
      timer.close();
      reject(abortError(signal));
    };
    const callback = () => {
      signal?.removeEventListener("abort", abort);
      resolve(value);
    };
    const timer = new VirtualTimeout(inside, { callback, ms: delayOf(delay) });
    if (!ref) timer.unref();
    signal?.addEventListener("abort", abort, { once: true });
  });
}

async function* repeat(
  inside: Inside,
  options: SleepOptions,
): AsyncGenerator<unknown, void, undefined> {
  const { delay, value, signal, ref = true } = options;
  if (signal?.aborted) throw abortError(signal);
  let due = 0;
  let wake: (() => void) | undefined;
  const wakeUp = () => {
    if (inside.bubble.isFrozen) return;
    wake?.();
    wake = undefined;
  };
  const callback = () => {
    due++;
    wakeUp();
  };
  const timer = new VirtualTimeout(inside, { callback, ms: delayOf(delay), repeats: true });
  if (!ref) timer.unref();
  signal?.addEventListener("abort", wakeUp, { once: true });
  try {
    while (!signal?.aborted) {
      if (due === 0) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      for (; due > 0; due--) yield value;
    }
    throw abortError(signal);
  } finally {
    timer.close();
    signal?.removeEventListener("abort", wakeUp);
  }
}

/** The error of Node for what a signal has ended. */
function abortError(signal: AbortSignal | undefined): Error {
  const error = new Error("The operation was aborted", { cause: signal?.reason });
  return Object.assign(error, { code: "ABORT_ERR", name: "AbortError" });
}

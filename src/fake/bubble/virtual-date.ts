import perfHooks from "node:perf_hooks";
import type { BubbleRealm } from "./bubble-realm.ts";
import type { Replaced, Replacements } from "./replacements.ts";
import { delayOf, VirtualTimeout } from "./virtual-timeout.ts";

/** Replaces what tells the time: `Date`, `performance.now`, and the signal that aborts by itself. */
export function replaceClocks(realm: BubbleRealm, replacements: Replacements): void {
  replaceDate(realm, replacements);
  const hasOwn = perfHooks.performance !== globalThis.performance;
  const performances = hasOwn
    ? [globalThis.performance, perfHooks.performance]
    : [globalThis.performance];
  for (const performance of performances) {
    if (performance === undefined) continue;
    replacements.replaceFunction(performance, "now", (previous) => () => {
      const inside = realm.inside();
      return inside === undefined
        ? Reflect.apply(previous, performance, [])
        : inside.bubble.performanceNow();
    });
  }
  replacements.replaceFunction(AbortSignal, "timeout", (previous) => timeoutIn(realm, previous));
}

function replaceDate(realm: BubbleRealm, replacements: Replacements): void {
  const previous = globalThis.Date;
  const now = () => realm.inside()?.bubble.clock.now();
  // A runner may have a Date of its own, whose `now` it is.
  replacements.replaceFunction(
    previous,
    "now",
    (real) => () => now() ?? Reflect.apply(real, previous, []),
  );
  const standIn = new Proxy(previous, {
    construct(target, args, newTarget) {
      const at = args.length === 0 ? now() : undefined;
      const given = at === undefined ? args : [at];
      return Reflect.construct(target, given, newTarget);
    },
    apply(target) {
      const at = now();
      return at === undefined ? target() : new target(at).toString();
    },
  });
  replacements.replace(globalThis, "Date", standIn);
  // `date.constructor`, by which some libraries make another.
  replacements.replace(previous.prototype, "constructor", standIn);
}

function timeoutIn(realm: BubbleRealm, previous: Replaced): Replaced {
  const timeout = (...args: unknown[]) => {
    const [ms] = args;
    const isDelay = typeof ms === "number" && Number.isInteger(ms) && ms >= 0 && ms < 2 ** 32;
    const inside = isDelay ? realm.inside("AbortSignal.timeout", timeout) : undefined;
    if (inside === undefined) return Reflect.apply(previous, AbortSignal, args);
    const controller = new AbortController();
    const reason = () =>
      new DOMException("The operation was aborted due to timeout", "TimeoutError");
    const callback = () => controller.abort(reason());
    const timer = new VirtualTimeout(inside, { callback, ms: delayOf(ms) });
    timer.unref();
    return controller.signal;
  };
  return timeout;
}

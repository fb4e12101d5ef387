import { type Clock, DRIVEN, type DrivenClock } from "../../time/clock.ts";
import { fakedTimer } from "../../time/faked-timers.ts";
import type { BubbleClock } from "./bubble.ts";
import { BubbleRealm } from "./bubble-realm.ts";
import { madeAt } from "./made-at.ts";

/**
 * Runs code that waits with timers of its own, on the clock of a fake: an own `setTimeout` loop, `node:timers/promises`, AWS's
 * waiter with its default delays, whatever compares `Date.now()`. Nothing in the code has to change, and it takes no real time.
 *
 * - Virtual inside, for all that the function starts: `setTimeout`, `setInterval`, `setImmediate` and what clears them, `Date`,
 *   `performance.now`, `AbortSignal.timeout`, `node:timers`, `node:timers/promises`, `promisify(setTimeout)`, `scheduler.wait`.
 *   Timers that are made by a function from before, such as a library's own copy of `setTimeout`, are taken over.
 * - Real: everything outside of it, `process.hrtime`, `nextTick`, and what `runsInShell()` runs.
 * - Real work that the function has under way (files, imports, DNS, sockets, requests, compression, cryptography, child
 *   processes) is not overtaken by a timer: meanwhile virtual time flows with the wall clock. A socket counts until it has been
 *   silent for 250 real ms, a request until its response has ended; what listens, or is `unref`ed, does not count.
 * - Any number of bubbles may be open at once (`test.concurrent`), each on its own clock. They nest, and the inner one wins.
 * - Timers that are left when the function has returned are dropped. Code of it that still runs then gets real time, and one
 *   sentence on the console.
 * - A bubble that hangs says why on the console, within two real seconds.
 *
 * It works in Vitest, Jest, `node:test` and plain Node. Bun and Deno let globals be replaced, and show neither kept functions
 * nor real work: there, call `setTimeout` as a global, and begin real work before. Our decision, all of it.
 *
 * @param fake - A fake, or anything else with a `VirtualClock` as its `clock`.
 * @param run - The code. What it returns is returned.
 * @throws (as a rejection) What `run` throws; TypeError for a fake on a clock that runs by itself, such as `systemClock`; Error
 *   while a test runner has faked timers (a faked `Date` alone does no harm).
 *
 * @example
 * ```ts
 * const fake = new FakeSsm();
 * const minutes = await inVirtualTime(fake, async () => {
 *   const startedAt = Date.now();
 *   await new Promise((resolve) => setTimeout(resolve, 3_600_000)); // an hour, in no time
 *   return (Date.now() - startedAt) / 60_000;
 * });
 * minutes; //=> 60
 * ```
 */
export function inVirtualTime<T>(
  fake: { readonly clock: Clock },
  run: () => T | Promise<T>,
): Promise<T>;
export async function inVirtualTime<T>(
  fake: { readonly clock: Clock },
  run: () => T | Promise<T>,
  ...more: readonly unknown[]
): Promise<T> {
  const openedAt = madeAt(inVirtualTime);
  const on = bubbleClock(fake);
  if (typeof run !== "function") {
    throw new TypeError(
      `inVirtualTime was given ${run === null ? "null" : typeof run} to run. Give it a function: inVirtualTime(fake, async () => { … }).`,
    );
  }
  if (more.length > 0) {
    throw new TypeError(
      "inVirtualTime was given a third argument, and has no options. What there is to choose is an option of the fake or of its VirtualClock.",
    );
  }
  const faked = fakedTimer();
  if (faked !== undefined) {
    throw new Error(
      `inVirtualTime cannot run under faked timers: somebody has replaced ${faked}. Go back to real ones first (vi.useRealTimers(), jest.useRealTimers(), mock.timers.reset()), or fake \`Date\` alone.`,
    );
  }
  return BubbleRealm.get().run(on, { openedAt, run });
}

/** The clock of a fake, if its time can be moved by those who wait. */
function bubbleClock(fake: { readonly clock: Clock }): BubbleClock {
  // What is no fake has no clock of ours.
  const clock = (fake as { readonly clock?: DrivenClock } | null | undefined)?.clock;
  const { flow, virtual } = clock?.[DRIVEN] ?? {};
  if (clock !== undefined && flow !== undefined && virtual !== undefined) {
    return { clock, flow, virtual };
  }
  throw new TypeError(
    clock === undefined
      ? "inVirtualTime was given something that has no clock. Give it a FakeSsm, or any object with its `clock`."
      : "inVirtualTime was given a fake whose clock runs by itself, such as systemClock, so that no wait can be skipped. Give the fake a VirtualClock, which is its default.",
  );
}

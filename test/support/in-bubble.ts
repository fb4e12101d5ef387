import { inVirtualTime } from "../../src/fake/bubble/in-virtual-time.ts";
import { VirtualClock } from "../../src/time/virtual-clock.ts";

/** Runs code in a bubble of its own. It gets what tells the virtual milliseconds that have passed. */
export function inBubble<T>(run: (passed: () => number) => T | Promise<T>): Promise<T> {
  const clock = new VirtualClock();
  const startedAt = clock.now();
  return inVirtualTime({ clock }, () => run(() => clock.now() - startedAt));
}

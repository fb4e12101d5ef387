import { afterEach, expect, it, vi } from "vitest";
import { DRIVEN } from "../../src/time/clock.ts";
import { VirtualClock } from "../../src/time/virtual-clock.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

// In a process of its own: what clocks of other tests still do there would be counted, too.
it("ten thousand clocks that were made, used and dropped leave no port and no timer open", async () => {
  vi.useFakeTimers();
  let made = 0;
  let closed = 0;
  class CountedChannel extends MessageChannel {
    constructor() {
      super();
      made++;
      const close = this.port1.close.bind(this.port1);
      this.port1.close = () => {
        closed++;
        close();
      };
    }
  }
  vi.stubGlobal("MessageChannel", CountedChannel);
  for (let n = 0; n < 10_000; n++) {
    const clock = new VirtualClock({ skips: n % 2 === 0 });
    clock[DRIVEN].wakeAt(
      clock.now() + 1_000,
      () => {},
      () => "a test",
    );
    clock[DRIVEN].hold()();
    clock[DRIVEN].flow()();
    // Sleepers of both kinds of clock: one that skips, one that has to be advanced.
    if (n % 100 < 2) await Promise.all([clock.sleep("1s"), clock.advance("1s")]);
  }
  const timers = vi.getTimerCount();
  vi.useRealTimers();
  // The turn that is awaited last is over a moment later, on a busy machine many moments later.
  for (let turn = 0; turn < 10_000 && closed < made; turn++) await new Promise(setImmediate);
  expect(made).toBeGreaterThan(200);
  expect({ timers, ports: made - closed }).toEqual({ timers: 0, ports: 0 });
});

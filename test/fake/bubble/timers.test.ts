import { AsyncLocalStorage } from "node:async_hooks";
import timers, { setTimeout as importedSetTimeout } from "node:timers";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { inBubble } from "../../support/in-bubble.ts";
import { realMs } from "../../support/real-ms.ts";

const fired = (start: (callback: () => void) => unknown) =>
  inBubble(async (passed) => {
    await new Promise<void>((resolve) => start(resolve));
    return passed();
  });

describe("inside a bubble, virtual time passes for", () => {
  it.each<[string, (callback: () => void) => unknown]>([
    ["setTimeout", (done) => setTimeout(done, 5_000)],
    ["setTimeout of node:timers", (done) => timers.setTimeout(done, 5_000)],
    ["setTimeout imported by name", (done) => importedSetTimeout(done, 5_000)],
    ["promisify(setTimeout)", (done) => promisify(setTimeout)(5_000).then(done)],
    ["a timer that keeps nothing waiting", (done) => setTimeout(done, 5_000).unref()],
  ])("%s", async (_, start) => {
    const took: number[] = [];
    expect(await realMs(async () => took.push(await fired(start)))).toBeLessThan(2_000);
    expect(took).toEqual([5_000]);
  });

  it("an interval, at each of its instants", async () => {
    const at: number[] = [];
    await inBubble(async (passed) => {
      await new Promise<void>((resolve) => {
        const interval = setInterval(() => {
          at.push(passed());
          if (at.length < 3) return;
          clearInterval(interval);
          resolve();
        }, 1_000);
      });
    });
    expect(at).toEqual([1_000, 2_000, 3_000]);
  });

  it("timers of all kinds, in one order", async () => {
    const order: string[] = [];
    await inBubble(async () => {
      setTimeout(() => order.push("third"), 300);
      timers.setTimeout(() => order.push("first"), 100);
      const second = sleep(200).then(() => order.push("second"));
      await Promise.all([second, sleep(400)]);
    });
    expect(order).toEqual(["first", "second", "third"]);
  });
});

describe("a timer of a bubble", () => {
  it("gets its arguments, and its handle as this", async () => {
    const got: unknown[] = [];
    await inBubble(async () => {
      const handle = setTimeout(
        function keep(this: unknown, ...args: unknown[]) {
          got.push(this === handle, ...args);
        },
        10,
        "a",
        2,
      );
      await sleep(20);
    });
    expect(got).toEqual([true, "a", 2]);
  });

  it.each([
    ["no delay", undefined, 1],
    ["zero", 0, 1],
    ["less than nothing", -5, 1],
    ["what is no number", Number.NaN, 1],
    ["a fraction", 7.9, 7],
  ])("fires as Node's does after %s", async (_, delay, expected) => {
    expect(await fired((done) => setTimeout(done, delay))).toBe(expected);
  });

  it("warns as Node does of a delay that is too long, and fires at once", async () => {
    const emitWarning = vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    expect(await fired((done) => setTimeout(done, 2 ** 31))).toBe(1);
    expect(emitWarning.mock.calls[0]?.[1]).toBe("TimeoutOverflowWarning");
  });

  it("needs a function, as Node's does", async () => {
    // @ts-expect-error Node refuses it at run time.
    await expect(inBubble(() => setTimeout("no function", 10))).rejects.toMatchObject({
      code: "ERR_INVALID_ARG_TYPE",
    });
  });

  it("runs in the context of the code that made it", async () => {
    const user = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    await inBubble(async () => {
      user.run("ann", () => setTimeout(() => seen.push(user.getStore()), 10));
      user.run("bob", () => setTimeout(() => seen.push(user.getStore()), 20));
      await sleep(30);
    });
    expect(seen).toEqual(["ann", "bob"]);
  });
});

describe("a handle of a bubble", () => {
  const neverAfter = async (cancel: (handle: NodeJS.Timeout) => void) => {
    const callback = vi.fn();
    await inBubble(async () => {
      cancel(setTimeout(callback, 100));
      await sleep(200);
    });
    expect(callback).not.toHaveBeenCalled();
  };
  const { clearTimeout: kept } = globalThis;

  it.each<[string, (handle: NodeJS.Timeout) => void]>([
    ["clearTimeout", (handle) => clearTimeout(handle)],
    ["clearInterval", (handle) => clearInterval(handle)],
    ["clearTimeout of node:timers", (handle) => timers.clearTimeout(handle)],
    ["clearTimeout with its number", (handle) => clearTimeout(+handle)],
    ["clearTimeout with its number as a string", (handle) => clearTimeout(`${+handle}`)],
    ["a clearTimeout from before", (handle) => kept(handle)],
    ["close()", (handle) => handle.close()],
    ["Symbol.dispose", (handle) => handle[Symbol.dispose]()],
  ])("is cleared by %s", async (_, cancel) => {
    await neverAfter(cancel);
  });

  it("says whether it keeps the process waiting", async () => {
    await inBubble(() => {
      const handle = setTimeout(() => {}, 10);
      expect([handle.hasRef(), handle.unref().hasRef(), handle.ref().hasRef()]).toEqual([
        true,
        false,
        true,
      ]);
    });
  });

  it("starts its duration again when it is refreshed, also after it has fired", async () => {
    const at: number[] = [];
    await inBubble(async (passed) => {
      const handle = setTimeout(() => at.push(passed()), 100);
      await sleep(60);
      handle.refresh();
      await sleep(200);
      expect(handle.refresh()).toBe(handle);
      await sleep(200);
      clearTimeout(handle);
      handle.refresh();
      await sleep(200);
    });
    expect(at).toEqual([160, 360]);
  });

  it("has a number that no timer of Node has", async () => {
    const number = await inBubble(() => Number(setTimeout(() => {}, 10)));
    const callback = vi.fn();
    const real = setTimeout(callback, 5);
    expect(number).toBeGreaterThan(1e15);
    clearTimeout(number);
    await sleep(20);
    expect(callback).toHaveBeenCalledOnce();
    expect(+real).toBeLessThan(1e15);
  });

  it("can be cleared when its bubble has ended, which does nothing", async () => {
    const handle = await inBubble(() => setTimeout(() => {}, 10));
    clearTimeout(handle);
    expect(handle.hasRef()).toBe(true);
  });
});

describe("an immediate of a bubble", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["setImmediate", () => new Promise((resolve) => setImmediate(resolve))],
    ["a setImmediate from before", () => new Promise((resolve) => keptImmediate(resolve))],
    ["promisify(setImmediate)", () => promisify(setImmediate)()],
  ])("comes before the next timer: %s", async (_, turn) => {
    const order: string[] = [];
    await inBubble(async (passed) => {
      setTimeout(() => order.push("timer"), 1);
      for (let n = 0; n < 50; n++) await turn();
      order.push(`immediates at ${passed()}`);
      await sleep(5);
    });
    expect(order).toEqual(["immediates at 0", "timer"]);
  });

  it("is cleared by clearImmediate", async () => {
    const callback = vi.fn();
    await inBubble(async () => {
      clearImmediate(setImmediate(callback));
      await sleep(5);
    });
    expect(callback).not.toHaveBeenCalled();
  });

  it("is dropped with the bubble", async () => {
    const callback = vi.fn();
    await inBubble(() => void setImmediate(callback));
    await new Promise((resolve) => setImmediate(resolve));
    expect(callback).not.toHaveBeenCalled();
  });

  it("lets time pass for code that polls from one to the next", async () => {
    const took = await inBubble(async (passed) => {
      const deadline = Date.now() + 90_000;
      while (Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
      return passed();
    });
    expect(took).toBeGreaterThanOrEqual(90_000);
    expect(took).toBeLessThan(300_000);
  });
});

const { setImmediate: keptImmediate } = globalThis;

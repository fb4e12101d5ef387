import { AsyncLocalStorage, AsyncResource } from "node:async_hooks";
import { createRequire } from "node:module";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { gate } from "../../support/gate.ts";
import { inBubble } from "../../support/in-bubble.ts";
import { realMs } from "../../support/real-ms.ts";

// As CommonJS has them: names that no replacement of a module's members reaches.
const require = createRequire(import.meta.url);
const keptPromises: typeof import("node:timers/promises") = {
  ...require("node:timers/promises"),
};
const kept: typeof import("node:timers") = { ...require("node:timers") };
const keptPromisified = promisify(setTimeout);
const keptSignal = AbortSignal.timeout.bind(AbortSignal);

describe("a timer made by a function from before the bubble", () => {
  it.each<[string, (done: () => void) => unknown]>([
    ["setTimeout", (done) => kept.setTimeout(done, 5_000)],
    ["setTimeout of timers/promises", (done) => keptPromises.setTimeout(5_000).then(done)],
    ["promisify(setTimeout)", (done) => keptPromisified(5_000).then(done)],
    ["setInterval", (done) => kept.setInterval(done, 5_000)],
    ["an unreferenced one", (done) => kept.setTimeout(done, 5_000).unref()],
  ])("is taken over: %s", async (_, start) => {
    let passed = 0;
    const took = await realMs(async () => {
      passed = await inBubble(async (now) => {
        await new Promise<void>((resolve) => start(resolve));
        return now();
      });
    });
    expect(passed).toBe(5_000);
    expect(took).toBeLessThan(2_000);
  });

  it("repeats, with its arguments and its handle as this", async () => {
    const got: unknown[] = [];
    await inBubble(async (passed) => {
      const handle = kept.setInterval(
        function keep(this: unknown, word: string) {
          got.push([this === handle, word, passed()]);
        },
        1_000,
        "tick",
      );
      await sleep(2_500);
      kept.clearInterval(handle);
      await sleep(5_000);
    });
    expect(got).toEqual([
      [true, "tick", 1_000],
      [true, "tick", 2_000],
    ]);
  });

  it.each<[string, (handle: NodeJS.Timeout) => void]>([
    ["clearTimeout", (handle) => clearTimeout(handle)],
    ["its own clearTimeout", (handle) => kept.clearTimeout(handle)],
    ["its number", (handle) => clearTimeout(+handle)],
    ["close()", (handle) => handle.close()],
    ["Symbol.dispose", (handle) => handle[Symbol.dispose]()],
  ])("is cleared by %s, and time goes no further for it", async (_, cancel) => {
    const callback = vi.fn();
    const passed = await inBubble(async (now) => {
      cancel(kept.setTimeout(callback, 60_000));
      await sleep(100);
      // Nothing but the cleared timer is left: time has no reason to move.
      for (let n = 0; n < 20; n++) await new Promise((resolve) => setImmediate(resolve));
      return now();
    });
    expect(callback).not.toHaveBeenCalled();
    expect(passed).toBe(100);
  });

  it("starts its duration again when it is refreshed", async () => {
    const at: number[] = [];
    await inBubble(async (passed) => {
      const handle = kept.setTimeout(() => at.push(passed()), 100);
      await sleep(60);
      handle.refresh();
      await sleep(200);
      handle.refresh(); // it has fired: it comes back
      await sleep(200);
      handle.refresh();
      kept.clearTimeout(handle);
      await sleep(200);
    });
    expect(at).toEqual([160, 360]);
  });

  it("leaves nothing behind when it has fired", async () => {
    const active = () =>
      process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;
    const before = active();
    const during = await inBubble(async () => {
      for (let n = 0; n < 100; n++) await keptPromises.setTimeout(1_000);
      return active();
    });
    expect(during).toBeLessThanOrEqual(before);
  });

  it.each<[string, (done: () => void) => unknown]>([
    [
      "AsyncLocalStorage.run",
      (done) => new AsyncLocalStorage().run(1, kept.setTimeout, done, 5_000),
    ],
    ["AsyncResource.bind", (done) => AsyncResource.bind(kept.setTimeout)(done, 5_000)],
    ["process.nextTick", (done) => process.nextTick(kept.setTimeout, done, 5_000)],
    ["another timer", (done) => kept.setTimeout(kept.setTimeout, 1, done, 4_999)],
    ["a signal that aborts by itself", (done) => keptSignal(5_000).addEventListener("abort", done)],
  ])("is taken over when Node calls the function for the code: %s", async (_, start) => {
    const passed = await inBubble(async (now) => {
      await new Promise<void>((resolve) => start(resolve));
      return now();
    });
    expect(passed).toBe(5_000);
  });

  it("stays real when Node makes it for one of its own", async () => {
    const { createServer, connect } = await import("node:net");
    const server = createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const socket = connect(port, "127.0.0.1");
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    const onTimeout = vi.fn();
    await inBubble(async () => {
      socket.setTimeout(60_000, onTimeout);
      await sleep(120_000);
    });
    expect(onTimeout).not.toHaveBeenCalled();
    socket.destroy();
    server.close();
  });

  it("is dropped with the bubble", async () => {
    const callback = vi.fn();
    const left = await inBubble(() => kept.setTimeout(callback, 5));
    await sleep(20);
    expect(callback).not.toHaveBeenCalled();
    expect(left.refresh()).toBe(left);
    await sleep(20);
    expect(callback).not.toHaveBeenCalled();
  });

  it("outside of every bubble is real, while one is open", async () => {
    const { opened, open } = gate();
    const bubble = inBubble(() => opened);
    expect(await realMs(() => keptPromises.setTimeout(20))).toBeGreaterThan(15);
    expect(await realMs(() => sleep(20))).toBeGreaterThan(15);
    open();
    await bubble;
  });
});

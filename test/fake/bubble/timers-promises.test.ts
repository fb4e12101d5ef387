import timersPromises, { scheduler, setInterval, setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { inBubble } from "../../support/in-bubble.ts";

describe("inside a bubble, node:timers/promises", () => {
  it("sleeps and returns the value", async () => {
    expect(await inBubble(async (passed) => [await sleep(3_000, "value"), passed()])).toEqual([
      "value",
      3_000,
    ]);
  });

  it("repeats, and ends with the loop", async () => {
    const seen = await inBubble(async (passed) => {
      const at: unknown[] = [];
      for await (const value of setInterval(1_000, "tick")) {
        at.push([value, passed()]);
        if (at.length === 3) break;
      }
      return at;
    });
    expect(seen).toEqual([
      ["tick", 1_000],
      ["tick", 2_000],
      ["tick", 3_000],
    ]);
  });

  it("yields what was missed by a slow loop", async () => {
    const at = await inBubble(async (passed) => {
      const seen: number[] = [];
      for await (const _ of setInterval(1_000)) {
        if (seen.length === 0) await sleep(2_500);
        seen.push(passed());
        if (seen.length === 4) break;
      }
      return seen;
    });
    expect(at).toEqual([3_500, 3_500, 3_500, 4_000]);
  });

  it("waits by the scheduler", async () => {
    expect(
      await inBubble(async (passed) => {
        await scheduler.wait(2_000);
        await timersPromises.scheduler.wait(2_000);
        return passed();
      }),
    ).toBe(4_000);
  });

  it("gives the event loop a turn that takes no time", async () => {
    expect(
      await inBubble(async (passed) => [await timersPromises.setImmediate("turn"), passed()]),
    ).toEqual(["turn", 0]);
  });

  const aborted = { name: "AbortError", code: "ABORT_ERR", message: "The operation was aborted" };

  it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ["a sleep", (signal) => sleep(60_000, undefined, { signal })],
    ["a wait", (signal) => scheduler.wait(60_000, { signal })],
    ["a repetition", (signal) => setInterval(60_000, undefined, { signal }).next()],
  ])("ends %s that is aborted as Node does", async (_, begin) => {
    await inBubble(async (passed) => {
      const signal = AbortSignal.timeout(500);
      const error = await begin(signal).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ ...aborted, cause: signal.reason });
      expect(passed()).toBe(500);
    });
  });

  it("ends at once what was aborted before", async () => {
    await inBubble(async (passed) => {
      const signal = AbortSignal.abort("why");
      await expect(sleep(10, undefined, { signal })).rejects.toMatchObject({ cause: "why" });
      expect(passed()).toBe(0);
    });
  });

  it.each<[string, () => Promise<unknown>]>([
    // @ts-expect-error Node refuses it at run time.
    ["a delay", () => sleep("10")],
    // @ts-expect-error Node refuses it at run time.
    ["options", () => sleep(10, undefined, 5)],
    // @ts-expect-error Node refuses it at run time.
    ["a signal", () => sleep(10, undefined, { signal: 5 })],
    // @ts-expect-error Node refuses it at run time.
    ["a reference", () => sleep(10, undefined, { ref: "yes" })],
  ])("refuses %s that is none with Node's own error", async (_, begin) => {
    await expect(inBubble(begin)).rejects.toMatchObject({ code: "ERR_INVALID_ARG_TYPE" });
  });
});

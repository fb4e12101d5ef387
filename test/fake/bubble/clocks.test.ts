import { performance as importedPerformance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { inVirtualTime } from "../../../src/fake/bubble/in-virtual-time.ts";
import { FakeSsm } from "../../../src/fake/fake-ssm.ts";
import { gate } from "../../support/gate.ts";
import { inBubble } from "../../support/in-bubble.ts";

const START = "2024-01-01T00:00:00.000Z";
const KeptDate = Date;

describe("inside a bubble, Date", () => {
  it.each<[string, () => number]>([
    ["now", () => Date.now()],
    ["made without arguments", () => Date.parse(new Date().toISOString())],
    ["called", () => Date.parse(Date())],
    ["made by the constructor of another date", () => otherDate().getTime()],
    ["now of a Date from before", () => KeptDate.now()],
    ["a class that extends it", () => new (class extends Date {})().getTime()],
  ])("is virtual: %s", async (_, read) => {
    const moments = await inBubble(async () => {
      const before = read();
      await sleep(5_000);
      return [before, read()];
    });
    expect(moments.map((at) => new Date(at).toISOString())).toEqual([
      START,
      "2024-01-01T00:00:05.000Z",
    ]);
  });

  it("still makes dates of what it is given, and tells its own", async () => {
    await inBubble(() => {
      const date = new Date("2020-02-03T00:00:00.000Z");
      expect(date.toISOString()).toBe("2020-02-03T00:00:00.000Z");
      expect(new Date(2020, 1, 3).getFullYear()).toBe(2020);
      expect([date instanceof Date, date instanceof KeptDate, date.constructor === Date]).toEqual([
        true,
        true,
        true,
      ]);
      expect([Date.UTC(2020, 0), Date.parse(START), Date.name, Date.length]).toEqual([
        KeptDate.UTC(2020, 0),
        KeptDate.parse(START),
        "Date",
        7,
      ]);
      expect(structuredClone(new Date())).toEqual(new Date());
    });
  });

  it("is real outside, while a bubble is open", async () => {
    const { opened, open } = gate();
    const bubble = inBubble(() => opened);
    const seen = Date.now();
    open();
    await bubble;
    expect(seen).toBeGreaterThan(Date.parse("2026-01-01T00:00:00.000Z"));
  });

  it("may be faked by the runner: it is virtual inside, and the runner's outside", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2035-05-05T00:00:00.000Z") });
    try {
      expect(await inBubble(() => new Date().toISOString())).toBe(START);
      expect(new Date().toISOString()).toBe("2035-05-05T00:00:00.000Z");
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("inside a bubble, what else tells the time", () => {
  it.each([
    ["performance", performance],
    ["performance of node:perf_hooks", importedPerformance],
  ])("goes on from where it was, with virtual time: %s", async (_, clock) => {
    const before = clock.now();
    const [began, ended] = await inBubble(async () => {
      const first = clock.now();
      await sleep(5_000);
      return [first, clock.now()];
    });
    expect(began).toBeGreaterThanOrEqual(before);
    expect(began).toBeLessThan(before + 1_000);
    expect((ended ?? 0) - (began ?? 0)).toBeCloseTo(5_000, 5);
  });

  it("never runs backwards: a bubble in a bubble, and a reset", async () => {
    const fake = new FakeSsm();
    const seen = await inVirtualTime(fake, async () => {
      await sleep(60_000);
      const before = performance.now();
      const inner = await inVirtualTime(fake, () => performance.now());
      await fake.reset();
      return [before, inner, performance.now()];
    });
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  });

  it("stays real: process.hrtime", async () => {
    const ns = await inBubble(async () => {
      const startedAt = process.hrtime.bigint();
      await sleep(3_600_000);
      return process.hrtime.bigint() - startedAt;
    });
    expect(ns).toBeLessThan(10_000_000_000n);
  });
});

describe("inside a bubble, AbortSignal.timeout", () => {
  it("aborts in virtual time, with Node's reason", async () => {
    const [passed, reason] = await inBubble(async (now) => {
      const signal = AbortSignal.timeout(60_000);
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      return [now(), signal.reason];
    });
    expect(passed).toBe(60_000);
    expect(reason).toBeInstanceOf(DOMException);
    expect(reason).toMatchObject({
      name: "TimeoutError",
      message: "The operation was aborted due to timeout",
    });
  });

  it("refuses what is no delay, as Node does", async () => {
    await expect(inBubble(() => AbortSignal.timeout(-1))).rejects.toMatchObject({
      code: "ERR_OUT_OF_RANGE",
    });
  });
});

function otherDate(): Date {
  const Constructor = new KeptDate(0).constructor as DateConstructor;
  return new Constructor();
}

import { afterEach, describe, expect, it, vi } from "vitest";
import { fakedTimer } from "../../src/time/faked-timers.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the timers of the realm", () => {
  it("are real", () => {
    expect(fakedTimer()).toBeUndefined();
  });

  it("are faked by a runner, which marks them", () => {
    vi.useFakeTimers();
    expect(fakedTimer()).toBe("setTimeout");
  });

  it("are faked by methods of an object of the runner, as in Jest's legacy timers", () => {
    const legacy = { fakeSetTimeout: () => 1 };
    vi.stubGlobal("setTimeout", vi.fn(legacy.fakeSetTimeout.bind(legacy)));
    expect(fakedTimer()).toBe("setTimeout");
  });

  it("are real when a tracer has wrapped them", () => {
    const real = setTimeout;
    vi.stubGlobal("setTimeout", (...args: Parameters<typeof real>) => real(...args));
    expect(fakedTimer()).toBeUndefined();
  });

  it("are real when only Date is faked", () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    expect(fakedTimer()).toBeUndefined();
  });

  it("are faked by those of node:test", async () => {
    const { mock } = await import("node:test");
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      expect(fakedTimer()).toBe("setTimeout");
    } finally {
      mock.timers.reset();
    }
  });
});

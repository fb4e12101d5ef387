import timers from "node:timers";
import timersPromises, { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { succeeds } from "../../../src/fake/agents/behavior.ts";
import { inVirtualTime } from "../../../src/fake/bubble/in-virtual-time.ts";
import { FakeSsm } from "../../../src/fake/fake-ssm.ts";
import { scaledClock, systemClock } from "../../../src/time/clock.ts";
import { VirtualClock } from "../../../src/time/virtual-clock.ts";
import { gate } from "../../support/gate.ts";
import { inBubble } from "../../support/in-bubble.ts";
import { realMs } from "../../support/real-ms.ts";

const membersOfTime = () => [
  ...["setTimeout", "setInterval", "setImmediate", "clearTimeout", "clearInterval"].flatMap(
    (name) => [
      Object.getOwnPropertyDescriptor(globalThis, name),
      Object.getOwnPropertyDescriptor(timers, name),
    ],
  ),
  ...["setTimeout", "setInterval", "setImmediate"].map((name) =>
    Object.getOwnPropertyDescriptor(timersPromises, name),
  ),
  ...[Date, Date.now, Object.getOwnPropertyDescriptor(Date.prototype, "constructor"), sleep],
  ...[performance.now, Object.hasOwn(performance, "now"), AbortSignal.timeout],
];

const in2030 = () => new VirtualClock({ start: "2030-01-01T00:00:00.000Z" });
const year = () => new Date().getUTCFullYear();

describe("a bubble", () => {
  it("returns what its function returns, also when that is no promise", async () => {
    expect([await inBubble(async () => 7), await inBubble(() => "eight")]).toEqual([7, "eight"]);
  });

  it.each<[string, () => unknown]>([
    ["throws", () => fail()],
    ["rejects", async () => fail()],
    ["rejects after a wait", async () => sleep(5_000).then(fail)],
  ])("rejects with what its function %s", async (_, run) => {
    await expect(inBubble(run)).rejects.toThrow("mine");
  });

  it.each<[string, () => unknown]>([
    ["returned", () => 7],
    ["thrown", () => fail()],
    ["left timers behind", () => void setInterval(() => {}, 1_000)],
  ])("puts everything back when its function has %s", async (_, run) => {
    const before = membersOfTime();
    await inBubble(run).catch(() => {});
    expect(membersOfTime()).toEqual(before);
    expect(membersOfTime().every((member, index) => isSame(member, before[index]))).toBe(true);
  });

  it("leaves what somebody has replaced since, and gives real time there", async () => {
    const before = globalThis.setTimeout;
    const mine = Object.assign((...args: Parameters<typeof setTimeout>) => before(...args), {
      __promisify__: before.__promisify__,
    });
    await inBubble(() => {
      globalThis.setTimeout = mine;
    });
    expect(globalThis.setTimeout).toBe(mine);
    globalThis.setTimeout = before;
  });

  it("drops the timers that are left", async () => {
    const callback = vi.fn();
    const fake = { clock: new VirtualClock() };
    await inVirtualTime(fake, () => {
      setTimeout(callback, 5);
      setInterval(callback, 5);
    });
    await fake.clock.advance("1m");
    await sleep(20);
    expect(callback).not.toHaveBeenCalled();
  });

  it("keeps its timers, with what is left of them, when the fake is reset", async () => {
    const fake = new FakeSsm();
    const at = await inVirtualTime(fake, async () => {
      const sleeping = sleep(10_000);
      await sleep(4_000);
      await fake.reset();
      await sleeping;
      return Date.now();
    });
    expect(new Date(at).toISOString()).toBe("2024-01-01T00:00:06.000Z");
  });

  it("goes with a clock that only the test moves", async () => {
    const clock = new VirtualClock({ skips: false });
    const woken = vi.fn();
    await inVirtualTime({ clock }, async () => {
      setTimeout(woken, 60_000);
      await clock.advance("59s");
      expect(woken).not.toHaveBeenCalled();
      await clock.advance("1s");
    });
    expect(woken).toHaveBeenCalledOnce();
  });
});

describe("bubbles at once", () => {
  it("each have their own clock", async () => {
    const passed = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        inBubble(async (now) => {
          for (let n = 0; n < 5; n++) await sleep(1_000 * (index + 1));
          return now();
        }),
      ),
    );
    expect(passed).toEqual(Array.from({ length: 20 }, (_, index) => 5_000 * (index + 1)));
  });

  it("may be on one clock", async () => {
    const fake = new FakeSsm();
    const order: string[] = [];
    const waits = (ms: number) =>
      inVirtualTime(fake, async () => {
        await sleep(ms);
        order.push(`${ms} at ${fake.clock.now() - Date.parse("2024-01-01T00:00:00.000Z")}`);
      });
    await Promise.all([waits(3_000), waits(1_000), waits(2_000)]);
    expect(order).toEqual(["1000 at 1000", "2000 at 2000", "3000 at 3000"]);
  });

  it("let a behavior that waits with a timer outlive the bubble that asked for it", async () => {
    const fake = new FakeSsm();
    const { instanceId } = fake.nodes.add({
      behavior: async () => {
        await sleep(60_000);
        return succeeds();
      },
    });
    const { Command } = await inVirtualTime(fake, async () => {
      const sent = await fake.sendCommand({
        DocumentName: "AWS-RunShellScript",
        InstanceIds: [instanceId],
        Parameters: { commands: ["uptime"] },
      });
      await sleep(1_000); // the behavior has begun
      return sent;
    });
    await fake.clock.sleep("100s");
    const { Commands } = await fake.listCommands({ CommandId: Command?.CommandId });
    expect(Commands?.[0]?.Status).toBe("Success");
  });

  it("nest, and the inner one's clock wins", async () => {
    const years: number[] = [];
    await inBubble(async () => {
      years.push(year());
      await inVirtualTime({ clock: in2030() }, async () => {
        await sleep(3_600_000);
        years.push(year());
      });
      years.push(year());
    });
    expect(years).toEqual([2024, 2030, 2024]);
  });

  it("hold no timer of the outer one up for what the inner one skips", async () => {
    const passed = await inBubble(async (now) => {
      await inVirtualTime({ clock: in2030() }, () => sleep(3_600_000));
      return now();
    });
    expect(passed).toBeLessThan(5_000);
  });

  it("are not overtaken by a timer of the outer one", async () => {
    const first = await inBubble(() =>
      Promise.race([
        inVirtualTime({ clock: in2030() }, () => sleep(3_600_000, "inner")),
        sleep(60_000, "outer"),
      ]),
    );
    expect(first).toBe("inner");
  });
});

describe("code of a bubble that has ended", () => {
  afterEach(() => vi.restoreAllMocks());

  it("gets real timers, and one sentence that names the line", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { opened, open } = gate();
    let late: Promise<unknown> = Promise.resolve();
    await inBubble(() => {
      late = opened.then(() => sleep(20)).then(() => sleep(1));
    });
    open();
    expect(await realMs(() => late)).toBeGreaterThan(15);
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^Code of an inVirtualTime that has ended \(opened at .*in-bubble\.ts:\d+:\d+\) still runs: it called setTimeout at .*bubbles\.test\.ts:\d+:\d+, and gets real time\. Await all that you start inside, or stop it\.$/,
        ),
      ],
    ]);
  });

  it("gets them also while another bubble is open, and the real time of day", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { opened, open } = gate();
    let late: Promise<number> = Promise.resolve(0);
    await inBubble(() => {
      late = opened.then(() => sleep(20)).then(() => year());
    });
    const yearOfLate = await inBubble(async () => {
      open();
      return late;
    });
    expect(yearOfLate).toBeGreaterThan(2025);
    expect(warn).toHaveBeenCalledOnce();
  });
});

describe("what is refused", () => {
  it.each([
    ["systemClock", systemClock],
    ["scaledClock", scaledClock(60)],
  ])("a fake on %s", async (_, clock) => {
    await expect(inVirtualTime(new FakeSsm({ clock }), () => {})).rejects.toThrow(
      new TypeError(
        "inVirtualTime was given a fake whose clock runs by itself, such as systemClock, so that no wait can be skipped. Give the fake a VirtualClock, which is its default.",
      ),
    );
  });

  it("what has no clock", async () => {
    // @ts-expect-error It does not compile, either.
    await expect(inVirtualTime({}, () => {})).rejects.toThrow("something that has no clock");
  });

  it("what is no function", async () => {
    // @ts-expect-error It does not compile, either.
    await expect(inVirtualTime(new FakeSsm(), sleep(1))).rejects.toThrow(
      "inVirtualTime was given object to run. Give it a function",
    );
  });

  it("faked timers of the runner, with the way back", async () => {
    vi.useFakeTimers();
    try {
      await expect(inBubble(() => {})).rejects.toThrow(
        "inVirtualTime cannot run under faked timers: somebody has replaced setTimeout. Go back to real ones first (vi.useRealTimers()",
      );
    } finally {
      vi.useRealTimers();
    }
  });

  it("a setImmediate that the runner has faked", async () => {
    vi.useFakeTimers({ toFake: ["setImmediate"] });
    try {
      await expect(inBubble(() => {})).rejects.toThrow("somebody has replaced setImmediate");
    } finally {
      vi.useRealTimers();
    }
  });

  it("timers that node:test has faked", async () => {
    const { mock } = await import("node:test");
    const timersActive = () =>
      process.getActiveResourcesInfo().filter((each) => each === "Timeout").length;
    const before = timersActive();
    mock.timers.enable({ apis: ["setInterval"] });
    try {
      await expect(inBubble(() => {})).rejects.toThrow("somebody has replaced setInterval");
      expect(timersActive()).toBe(before);
    } finally {
      mock.timers.reset();
    }
  });

  it("and not timers that a spy looks at", async () => {
    const spy = vi.spyOn(globalThis, "setTimeout");
    const passed = await inBubble(async (now) => {
      await new Promise((resolve) => setTimeout(resolve, 5_000));
      return now();
    });
    expect(passed).toBe(5_000);
    expect(spy.mock.calls.map(([, ms]) => ms)).toEqual([5_000]);
    spy.mockRestore();
  });
});

function isSame(a: unknown, b: unknown): boolean {
  const held = (member: unknown): unknown =>
    typeof member === "object" && member !== null && "value" in member ? member.value : member;
  return held(a) === held(b);
}

function fail(): never {
  throw new Error("mine");
}

import { succeeds } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { realTime } from "../../../src/time/clock.ts";
import { hearWarnings } from "../../support/heard-warnings.ts";
import { fakeRealTime } from "../../support/real-time.ts";
import { aLateFake, FIRST, send } from "./late-fleet.ts";

beforeEach(() => {
  fakeRealTime();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Real time passes, in steps between which calls get the turns that they need. */
async function pass(ms: number, until: () => boolean = () => false): Promise<void> {
  for (let passed = 0; passed < ms && !until(); passed += 2) {
    await vi.advanceTimersByTimeAsync(2);
    for (let turn = 0; turn < 4; turn++) await realTime.nextTurn();
  }
}

/** Code that looks so often, so many real milliseconds apart, until it sees the end. */
async function aPoller({ every, after = "1h" }: { every: number; after?: "1h" | "3s" }) {
  const { texts } = hearWarnings();
  const { fake } = aLateFake({ nodes: [{ behavior: succeeds({ after }) }] });
  const CommandId = await send(fake);
  const poller = { texts, fake, looks: 0, status: "" as string | undefined };
  const poll = async () => {
    poller.looks++;
    const look = { CommandId, InstanceId: FIRST };
    poller.status = (await fake.getCommandInvocation(look)).Status;
    if (poller.status === "InProgress") setTimeout(() => void poll().catch(() => {}), every);
  };
  await poll();
  return poller;
}

describe("code that waits on real timers while its calls take time", () => {
  it.each([5_000, 1_000, 500, 200, 110])(
    "is told within two real seconds with the cure, when it looks every %i ms",
    async (every) => {
      const { texts } = await aPoller({ every });
      await pass(1_950);
      expect(texts).toEqual([
        expect.stringMatching(
          /^Somebody looks at command .* virtual time has moved by \d\.\d s only in 1\.[89] real seconds, which is what calls themselves took: .*inVirtualTime\(fake/,
        ),
      ]);
    },
  );

  // A timer of 100 ms is a little late, which is all that makes time go slower than real time.
  it("is told within eight seconds when it is slower by a fiftieth", async () => {
    const { texts } = await aPoller({ every: 102 });
    await pass(8_000, () => texts.length > 0);
    expect(texts).toEqual([expect.stringContaining("which is what calls themselves took")]);
  });

  it("is told as soon as virtual time goes slower than real time, also if it went faster before", async () => {
    const poller = await aPoller({ every: 50 });
    await pass(4_000);
    expect(poller.texts).toEqual([]);
    const slower = setInterval(() => void poller.fake.listCommands({}), 500);
    vi.spyOn(poller.fake, "getCommandInvocation").mockImplementation(() => new Promise(() => {}));
    await pass(3_600);
    clearInterval(slower);
    expect(poller.texts).toEqual([
      expect.stringContaining("real seconds, which is what calls themselves took: "),
    ]);
  });

  it("is not told, and gets there, when it looks so often that virtual time goes faster", async () => {
    const poller = await aPoller({ every: 20, after: "3s" });
    await pass(5_000, () => poller.status === "Success");
    expect([poller.status, poller.texts]).toEqual(["Success", []]);
  });

  it("is told of a behavior that does not return, also while its calls wait for it", async () => {
    const { texts } = hearWarnings();
    const { fake } = aLateFake({ nodes: [{ behavior: () => new Promise<never>(() => {}) }] });
    await send(fake);
    void fake.listCommands({}).catch(() => {});
    void fake.listCommands({}).then(() => fake.listCommands({}));
    await pass(2_000);
    expect(texts).toEqual([expect.stringMatching(/^The behavior of .* has not returned for 1\.8/)]);
  });

  it("is told of a handler that does not answer", async () => {
    const { texts } = hearWarnings();
    const { fake } = aLateFake();
    fake.on("ListCommands", () => new Promise<never>(() => {}));
    void fake.listCommands({}).catch(() => {});
    await pass(2_000);
    expect(texts).toEqual([
      expect.stringMatching(/^A handler of ListCommands .* has not answered/),
    ]);
  });

  it("is told when it looks for ever at a command that is over", async () => {
    const { texts } = hearWarnings();
    const { fake } = aLateFake();
    const CommandId = await send(fake);
    await fake.clock.sleep("1m");
    for (let look = 0; look < 1_000; look++) await fake.listCommands({ CommandId });
    await pass(2_000);
    await fake.listCommands({ CommandId });
    expect(texts).toEqual([
      expect.stringMatching(/^Command .* is over, and ListCommands was called/),
    ]);
  });
});

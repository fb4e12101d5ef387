import { GetCommandInvocationCommand } from "@aws-sdk/client-ssm";
import { scaledClock, systemClock } from "ssm-run-command";
import {
  type AgentBehavior,
  ClockResetError,
  FakeSsm,
  type LatencyPreset,
  succeeds,
  VirtualClock,
  when,
} from "ssm-run-command/fake";
import { runsInShell } from "ssm-run-command/fake/node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Clock, realTime } from "../../../src/time/clock.ts";
import { gate } from "../../support/gate.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { rejectionOf } from "../../support/rejection.ts";
import { aLateFake, FIRST, REQUEST, send } from "./late-fleet.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** How far virtual time moves while something is done. */
async function takes({ clock }: FakeSsm, work: () => Promise<unknown>): Promise<number> {
  const begun = clock.now();
  await work();
  return clock.now() - begun;
}

describe("calls take no time, and need nobody who moves it,", () => {
  it.each<[what: string, clock: () => Clock]>([
    ["a virtual clock that does not skip", () => new VirtualClock({ skips: false })],
    ["the wall clock", () => systemClock],
    ["a scaled one", () => scaledClock(0.001)],
    ["one of your own", () => new ManualClock()],
  ])("on %s, even under the runner's fake timers", async (_, clockOf) => {
    vi.useFakeTimers();
    const { fake, passed } = aLateFake({ clock: clockOf() });
    await send(fake);
    await fake.listCommands({});
    expect(passed()).toBe(0);
  });

  it("and records of ids are there at once", async () => {
    vi.useFakeTimers();
    const { fake } = aLateFake({ clock: systemClock });
    const CommandId = await send(fake);
    const { Status } = await fake.getCommandInvocation({ CommandId, InstanceId: FIRST });
    expect(Status).toBe("InProgress");
  });
});

describe("from inside", () => {
  it.each(["SendCommand", "ListCommands"] as const)(
    "a handler of %s, a call of its own fake takes no time",
    async (operation) => {
      const { fake, passed } = aLateFake();
      const took: number[] = [];
      fake.on(operation, async () => {
        if (took.length > 0) return undefined;
        const begun = passed();
        took.push(0);
        await fake.describeInstanceInformation({});
        await fake.sendCommand(REQUEST);
        took[0] = passed() - begun;
        return undefined;
      });
      await (operation === "SendCommand" ? send(fake) : fake.listCommands({}));
      expect(took).toEqual([0]);
    },
  );

  it("a behavior, a call of another fake on this clock takes no time, and does not hang", async () => {
    const clock = new VirtualClock();
    const other = new FakeSsm({ clock, nodes: [{}] });
    const took: number[] = [];
    const { fake } = aLateFake({
      clock,
      nodes: [
        {
          behavior: async () => {
            const begun = clock.now();
            await send(other);
            await other.listCommands({});
            took.push(clock.now() - begun);
            return succeeds();
          },
        },
      ],
    });
    await send(fake);
    await clock.sleep("1s");
    expect(took).toEqual([0]);
  });

  it("a behavior that returns at once, a call that it leaves behind takes no time", async () => {
    const { fake } = aLateFake();
    const seen: Promise<number>[] = [];
    fake.nodes.list()[0]!.behavior = () => {
      const begun = fake.clock.now();
      seen.push(fake.listCommands({}).then(() => fake.clock.now() - begun));
      return succeeds();
    };
    await send(fake);
    await fake.clock.sleep("1s");
    expect(await Promise.all(seen)).toEqual([0]);
  });

  it("a handler, callTakes costs nothing either", async () => {
    const { fake, passed } = aLateFake({ callTakes: "5s" });
    fake.on("ListCommands", async () => {
      await fake.describeInstanceInformation({});
      return undefined;
    });
    await fake.listCommands({});
    expect(passed()).toBe(5_000);
  });

  it("calls take time again when the behavior and the handler have ended", async () => {
    const { fake, passed } = aLateFake({ nodes: [{ behavior: async () => succeeds() }] });
    fake.on("*", async () => undefined);
    await send(fake);
    await fake.clock.sleep("1s");
    const begun = passed();
    await fake.listCommands({});
    expect(passed() - begun).toBe(100);
  });

  it("calls take time again when a handler has thrown", async () => {
    const { fake, passed } = aLateFake();
    const stop = fake.on("ListCommands", () => Promise.reject(new Error("Mine.")));
    await rejectionOf(fake.listCommands({}));
    stop();
    await fake.listCommands({});
    expect(passed()).toBe(200);
  });

  it("a predicate of when, a call takes no time", async () => {
    const { fake } = aLateFake();
    const calls: Promise<unknown>[] = [];
    fake.nodes.list()[0]!.behavior = when(() => {
      calls.push(fake.listCommands({}));
      return true;
    }, succeeds());
    await send(fake);
    const sleep = vi.spyOn(fake.clock, "sleep");
    await fake.clock.advance("1s");
    await Promise.all(calls);
    expect([calls.length, sleep.mock.calls]).toEqual([1, []]);
  });

  it("a handler that sleeps, a look of the test moves no time either", async () => {
    const { fake, passed } = aLateFake();
    fake.on("DescribeInstanceInformation", async () => {
      await fake.clock.sleep("10m");
      return undefined;
    });
    const slow = fake.describeInstanceInformation({});
    await fake.clock.sleep("1s");
    const begun = passed();
    await fake.listCommands({});
    expect([begun, passed()]).toEqual([1_000, 1_000]);
    await slow;
    expect(passed()).toBe(600_100);
  });

  it("a handler that sleeps, code that polls without a wait does not keep it asleep", async () => {
    const { fake } = aLateFake();
    let hasAnswered = false;
    fake.on("DescribeInstanceInformation", async () => {
      await fake.clock.sleep("10m");
      return undefined;
    });
    void fake.describeInstanceInformation({}).then(() => {
      hasAnswered = true;
    });
    await fake.clock.sleep("1s");
    let looks = 0;
    while (!hasAnswered && looks < 5_000) {
      await fake.listCommands({});
      looks++;
    }
    expect(looks).toBeLessThan(5_000);
  });

  it("a handler that waits, a call gives the event loop a turn", async () => {
    const { fake } = aLateFake();
    fake.on("DescribeInstanceInformation", () => new Promise<never>(() => {}));
    void fake.describeInstanceInformation({}).catch(() => {});
    await fake.clock.sleep("1s");
    let turns = 0;
    void realTime.nextTurn().then(() => turns++);
    await fake.listCommands({});
    expect(turns).toBe(1);
    await fake.reset();
  });

  it("a handler that never answers, nothing is any more after a reset", async () => {
    const { fake } = aLateFake();
    fake.on("ListCommands", () => new Promise<never>(() => {}));
    void fake.listCommands({}).catch(() => {});
    await fake.clock.sleep("1s");
    await fake.reset();
    expect(await takes(fake, () => fake.listCommands({}))).toBe(100);
  });

  it("a handler that is removed before it has answered, nothing is any more", async () => {
    const { fake, passed } = aLateFake();
    const remove = fake.on("ListCommands", () => new Promise<never>(() => {}));
    void fake.listCommands({}).catch(() => {});
    await realTime.nextTurn();
    await fake.clock.sleep("1s");
    remove();
    const begun = passed();
    await fake.describeInstanceInformation({});
    expect(passed() - begun).toBe(100);
    await fake.reset();
  });
});

describe("under fake timers that fake microtasks, too", () => {
  it.each<[what: string, behavior: AgentBehavior]>([
    ["a function", () => succeeds()],
    ["an async function", async () => succeeds()],
    ["real work", { type: "inRealTime", run: () => succeeds() }],
    ["plain data", succeeds()],
  ])("a poller gets to the end of a behavior that is %s", async (_, behavior) => {
    vi.useFakeTimers({ toFake: ["queueMicrotask", "setTimeout", "setImmediate", "Date"] });
    const { fake } = aLateFake({ nodes: [{ behavior }] });
    const CommandId = await send(fake);
    const look = { CommandId, InstanceId: FIRST };
    let { Status } = await fake.getCommandInvocation(look);
    for (let looks = 0; Status === "InProgress" && looks < 100; looks++) {
      ({ Status } = await fake.getCommandInvocation(look));
    }
    expect(Status).toBe("Success");
    expect(await takes(fake, () => fake.listCommands({}))).toBe(100);
  });
});

describe("the answer to SendCommand", () => {
  it("leaves, and its command goes on, when another fake has reset the clock meanwhile", async () => {
    const { fake } = aLateFake();
    const other = new FakeSsm({ clock: fake.clock });
    const sending = rejectionOf(fake.sendCommand(REQUEST));
    await Promise.resolve();
    await other.reset();
    expect(await sending).toBeInstanceOf(ClockResetError);
    await fake.clock.sleep("1m");
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Success");
  });

  it("leaves at once when a behavior begins that holds time", async () => {
    const held = gate();
    const { fake, passed } = aLateFake({
      nodes: [{ behavior: () => held.opened.then(() => succeeds()) }, {}],
      latency: { startDelay: "30ms" },
    });
    await send(fake);
    // The behavior begins at 100 ms, when this command is on its way.
    const Command = await send(fake, { ...REQUEST, InstanceIds: ["i-00000000000000002"] });
    const at = passed();
    held.open();
    await fake.clock.sleep("1s");
    const { Status } = await fake.getCommandInvocation({
      CommandId: Command,
      InstanceId: "i-00000000000000002",
    });
    expect([at, Status]).toEqual([100, "Success"]);
  });

  it("has the records of ids made then", async () => {
    const held = gate();
    const { fake } = aLateFake({
      nodes: [{ behavior: () => held.opened.then(() => succeeds()) }, {}],
      latency: { startDelay: "30ms" },
    });
    await send(fake);
    await send(fake, { ...REQUEST, InstanceIds: ["i-00000000000000002"] });
    expect(fake.timeline()).toMatch(/^00:00:00\.100 +i-00000000000000002 +sent/m);
    held.open();
  });

  it("leaves at once when such a behavior has begun while the call met its handler", async () => {
    const [begun, held] = [gate(), gate()];
    const { fake, passed } = aLateFake();
    const other = new FakeSsm({
      clock: fake.clock,
      nodes: [
        {
          behavior: () => {
            begun.open();
            return held.opened.then(() => succeeds());
          },
        },
      ],
    });
    fake.on("SendCommand", async () => {
      await send(other);
      void fake.clock.sleep("1s");
      await begun.opened;
      return undefined;
    });
    await send(fake);
    expect(passed()).toBe(140);
    held.open();
    await fake.clock.sleep("1m");
  });

  it("lets no sleeper behind that would move time", async () => {
    const held = gate();
    const { fake, passed } = aLateFake({
      nodes: [{ behavior: () => held.opened.then(() => succeeds({ after: "1h" })) }, {}],
      latency: { startDelay: "30ms" },
    });
    await send(fake);
    await send(fake);
    held.open();
    for (let turn = 0; turn < 20; turn++) await realTime.nextTurn();
    expect(passed()).toBe(100);
  });
});

describe("code that polls without a wait", () => {
  const LATENCIES: readonly LatencyPreset[] = ["instant", "measured"];

  it("gets there on virtual time, by what its calls take", async () => {
    const { fake } = aLateFake({ nodes: [{ behavior: succeeds({ after: "90s" }) }] });
    const CommandId = await send(fake);
    const look = { CommandId, InstanceId: FIRST };
    let looks = 0;
    while ((await fake.getCommandInvocation(look)).Status === "InProgress" && looks < 2_000)
      looks++;
    expect(looks).toBe(902);
  });

  it.each(
    LATENCIES.flatMap(
      (latency) =>
        [
          ["object", latency],
          ["SDK", latency],
        ] as const,
    ),
  )("of an %s gets there while a shell runs, as late as %s", async (road, latency) => {
    const { fake } = aLateFake({ nodes: [{ behavior: runsInShell() }], latency });
    const CommandId = await send(fake, {
      ...REQUEST,
      Parameters: { commands: ["echo done"] },
    });
    const look = { CommandId, InstanceId: FIRST };
    const client = fake.client();
    const read = () =>
      road === "object"
        ? fake.getCommandInvocation(look)
        : client.send(new GetCommandInvocationCommand(look));
    let seen = await read();
    while (seen.Status !== "Success") seen = await read();
    expect(seen.StandardOutputContent).toBe("done\n");
    await fake.reset();
  });

  it("gets there while a shell runs on the wall clock", async () => {
    const { fake } = aLateFake({
      ...{ nodes: [{ behavior: runsInShell() }], clock: systemClock },
      latency: "instant",
    });
    const CommandId = await send(fake);
    const look = { CommandId, InstanceId: FIRST };
    let { Status } = await fake.getCommandInvocation(look);
    while (Status === "InProgress") ({ Status } = await fake.getCommandInvocation(look));
    expect(Status).toBe("Success");
    await fake.reset();
  });
});

describe("while time flows with the wall clock", () => {
  it("a call takes no virtual time, and gives the event loop a turn", async () => {
    const work = gate();
    const { fake } = aLateFake({
      nodes: [{ behavior: { type: "inRealTime", run: () => work.opened.then(() => succeeds()) } }],
    });
    await send(fake);
    await fake.listCommands({});
    await fake.listCommands({});
    const sleep = vi.spyOn(fake.clock, "sleep");
    let turns = 0;
    void realTime.nextTurn().then(() => turns++);
    await fake.listCommands({});
    expect([sleep.mock.calls, turns]).toEqual([[], 1]);
    work.open();
    await fake.reset();
  });
});

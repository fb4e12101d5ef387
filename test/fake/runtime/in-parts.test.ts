import { FakeSsm, fails, type NodeOptions, succeeds, VirtualClock } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { realTime } from "../../../src/time/clock.ts";
import { ManualClock } from "../../support/manual-clock.ts";

const SIZE = 3_000;

const SENT = {
  DocumentName: "AWS-RunShellScript",
  Parameters: { commands: ["true"] },
  Targets: [{ Key: "tag:Role", Values: ["web"] }],
};

/** Nodes of a fleet, of which some fail: so many that what is due at one instant takes several parts. */
const NODES: readonly NodeOptions[] = Array.from({ length: SIZE }, (_, index) => ({
  instanceId: `i-${index.toString(16).padStart(8, "0")}`,
  tags: { Role: "web" },
  behavior: index % 100 === 7 ? fails({ after: "10s" }) : succeeds({ after: "10s" }),
}));

/** Windows and budgets, with which what follows from what matters. */
const LIMITS = [
  { MaxConcurrency: "100%", MaxErrors: "100%" },
  { MaxConcurrency: "50%", MaxErrors: "0" },
  { MaxConcurrency: "1000", MaxErrors: "1%" },
];

/** Counts the turns that other code gets until it is stopped. */
function countTurns(): () => number {
  let turns = 0;
  let isCounting = true;
  const count = async () => {
    for (; isCounting; turns++) await realTime.nextTurn();
  };
  void count();
  return () => {
    isCounting = false;
    return turns;
  };
}

/** What everybody can see of a fake. */
async function shown(fake: FakeSsm<ManualClock> | FakeSsm) {
  const { Commands } = await fake.listCommands({});
  return { timeline: fake.timeline(), notifications: fake.notifications.list(), Commands };
}

describe("an advance over what is due on thousands of nodes at one instant", () => {
  it("gives other code a turn for every two thousand events", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      clock: new VirtualClock({ skips: false }),
      nodes: NODES,
    });
    await fake.sendCommand({ ...SENT, ...LIMITS[0] });
    const turns = countTurns();
    await fake.clock.advance("1m");
    // Each node is sent to, starts and ends: six events and more, at two instants.
    expect(turns()).toBeGreaterThan((3 * SIZE) / 2_000);
    expect((await fake.listCommands({})).Commands?.[0]?.CompletedCount).toBe(SIZE);
  });

  it("answers calls in between, at the instant at which it works", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      clock: new VirtualClock({ skips: false }),
      nodes: NODES,
    });
    const { Command } = await fake.sendCommand({ ...SENT, ...LIMITS[0] });
    await fake.clock.advance("9s");
    let isOver = false;
    const begun = fake.clock.now();
    const advanced = fake.clock.advance("1m").then(() => {
      isOver = true;
    });
    const seen: (readonly [
      at: number,
      status: string | undefined,
      completed: number | undefined,
    ])[] = [];
    while (!isOver) {
      await realTime.nextTurn();
      const { Commands } = await fake.listCommands({ CommandId: Command?.CommandId });
      const [command] = Commands ?? [];
      seen.push([fake.clock.now() - begun, command?.Status, command?.CompletedCount]);
    }
    await advanced;
    // A call sees all of an instant or nothing of it.
    const whole = seen.map(([, status, completed]) => `${status} ${completed}`);
    expect(new Set(whole)).toEqual(new Set(["InProgress 0", `Success ${SIZE}`]));
    expect(seen.filter(([at]) => at === 1_000).length).toBeGreaterThan(0);
  });

  it("that is reset in the middle leaves nothing of it behind", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      clock: new VirtualClock({ skips: false }),
      nodes: NODES,
    });
    await fake.sendCommand({ ...SENT, ...LIMITS[0] });
    const advanced = fake.clock.advance("1m").catch((reason: unknown) => String(reason));
    for (let turn = 0; turn < 3; turn++) await realTime.nextTurn();
    await fake.reset();
    const reason = await advanced;
    const fresh = new FakeSsm({
      latency: "instant",
      clock: new VirtualClock({ skips: false }),
      nodes: NODES,
    });
    for (const each of [fake, fresh]) {
      await each.sendCommand({ ...SENT, ...LIMITS[1] });
      await each.clock.advance("1m");
    }
    expect(reason).toMatch(/The clock was reset/);
    expect(await shown(fake)).toEqual(await shown(fresh));
  });
});

describe("what is due, in parts and in one go", () => {
  it.each(LIMITS)(
    "comes to the same, with $MaxConcurrency at once and $MaxErrors errors",
    async (limits) => {
      const [parts, once] = await Promise.all(
        [
          // A call runs it part by part, and who asks for notifications needs it at once.
          (fake: FakeSsm<ManualClock>) => fake.listCommands({}),
          async (fake: FakeSsm<ManualClock>) => fake.notifications.list(),
        ].map(async (settle) => {
          const fake = new FakeSsm({ latency: "instant", clock: new ManualClock(), nodes: NODES });
          await fake.sendCommand({ ...SENT, ...limits });
          for (let time = 0; time < 12; time++) {
            await fake.clock.sleep("6s");
            await settle(fake);
          }
          return shown(fake);
        }),
      );
      expect(parts?.timeline.split("\n").length).toBeGreaterThan(1_000);
      expect(parts).toEqual(once);
    },
  );

  it("comes to the same when the clock is advanced", async () => {
    const [driven, manual] = [
      new FakeSsm({
        latency: "instant",
        clock: new VirtualClock({ skips: false, start: new Date(1_000_000).toISOString() }),
        nodes: NODES,
      }),
      new FakeSsm({ latency: "instant", clock: new ManualClock(), nodes: NODES }),
    ];
    for (const fake of [driven, manual]) await fake.sendCommand({ ...SENT, ...LIMITS[0] });
    await driven.clock.advance("1m");
    await manual.clock.sleep("1m");
    expect(await shown(driven)).toEqual(await shown(manual));
  });
});

import { ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import {
  type ExploreOptions,
  type ExploreReport,
  explore,
  type World,
  type WorldArgument,
} from "ssm-run-command/explore";
import { fails, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../src/explore/catalogue/catalogue.ts";

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Sends, and says ok when the command is over, however that was. */
async function naive({ ssm, target }: WorldArgument): Promise<void> {
  const request = { ...runShellScript("make"), ...target };
  const { Command } = await ssm.send(new SendCommandCommand(request));
  for (;;) {
    await pause(60_000 + Math.floor(Math.random() * 5_000));
    const { Commands } = await ssm.send(new ListCommandsCommand({ CommandId: Command?.CommandId }));
    const { Status = "Pending" } = Commands?.[0] ?? {};
    if (!["Pending", "InProgress"].includes(Status)) return;
  }
}

async function right({ ssm, target }: WorldArgument) {
  const sent = await new RunCommandClient(ssm).send({ ...runShellScript("make"), ...target });
  return sent.waitForTerminal();
}

const FAILING: World = {
  name: "one of four fails",
  nodes: [{}, {}, { behavior: fails({ exitCode: 3, after: "90s", stderr: "no\n" }) }, {}],
  latency: "worst",
  faults: [{ type: "throttle", operation: "ListCommands", when: { every: 3 } }],
  meanwhile: [{ after: "1m", type: "goesOffline", node: 0 }],
};
const FINE: World = { name: "all succeed", nodes: [{ behavior: succeeds({ after: "1m" }) }, {}] };

describe("The catalogue", () => {
  it("has at least 24 worlds, each with a name of its own and a source", () => {
    const worlds = catalogue();
    expect(worlds.length).toBeGreaterThanOrEqual(24);
    expect(new Set(worlds.map(({ name }) => name)).size).toBe(worlds.length);
    for (const { source } of worlds) expect(source).toMatch(/^\[|^our decision$/);
  });

  it("has worlds of every end that a command can have", async () => {
    const ends = new Set<string>();
    const { ran } = await explore(
      async (world) => {
        ends.add((await right(world)).kind);
        return "failed";
      },
      {
        worlds: [
          "the script takes 5 s",
          "the script fails at once",
          "the node is offline until the command expires",
          "the account has too many pending invocations",
          "no node has the tag",
          "a resource group may not be listed",
          "a node fails, within MaxErrors",
          "another caller cancels it",
        ],
        allow: () => true,
      },
    );
    expect(ran).toBe(8);
    expect([...ends].sort()).toEqual([
      "accessDenied",
      "cancelled",
      "deliveryTimedOut",
      "failed",
      "incomplete",
      "limitExceeded",
      "noTargets",
      "succeeded",
    ]);
  });
});

describe("A report", () => {
  it("is clean for a function that is right", async () => {
    const report = await explore(right, { worlds: [FAILING, FINE] });
    expect(report).toMatchObject({ ran: 2, seed: 1, wrong: [], allowed: [] });
    expect(report.calls).toBeGreaterThan(4);
    expect(() => report.throwIfWrong()).not.toThrow();
  });

  it("has the smallest world in which a function is wrong, with code, timeline and a sentence", async () => {
    const { wrong } = await explore(naive, { worlds: [FINE, FAILING], seed: 7 });
    expect(wrong).toHaveLength(1);
    const [entry] = wrong;
    expect(entry).toMatchObject({
      verdict: "lied",
      world: "one of four fails",
      truth: "failed",
      got: "succeeded",
      seed: 7,
      nodes: 1,
    });
    expect(entry?.explain).toBe(
      "It said succeeded, and the command failed (failed on i-00000000000000001: more errors than MaxErrors allow).",
    );
    expect(entry?.timeline).toContain("ended with exit code 3");
    expect(entry?.code).toContain("naive({");
    expect(entry?.code).not.toContain("throttle");
  });

  it("throws with all that is known of what is wrong", async () => {
    const report = await explore(naive, { worlds: [FAILING] });
    expect(() => report.throwIfWrong()).toThrow(/lied[\s\S]*one of four fails[\s\S]*new FakeSsm/);
  });

  it("is the same, byte by byte, for the same seed, and another for another", async () => {
    const options: ExploreOptions = {
      worlds: ["one of three nodes fails late", "another caller cancels it", FAILING],
      random: 4,
    };
    const once = await explore(naive, { ...options, seed: 3 });
    const again = await explore(naive, { ...options, seed: 3 });
    const other = await explore(naive, { ...options, seed: 4 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(once));
  });

  it("has the same entry where a world is run alone: by its name, or by the seed of a random one", async () => {
    const { wrong } = await explore(naive, {
      worlds: ["one of three nodes fails late", "another caller cancels it"],
      random: 3,
      seed: 5,
    });
    const random = wrong.findLast(({ world }) => world.startsWith("random"));
    const named = wrong.find(({ world }) => world === "another caller cancels it");
    const alone = async (options: ExploreOptions) => (await explore(naive, options)).wrong;
    expect(await alone({ worlds: "none", random: 1, seed: random?.seed })).toEqual([random]);
    expect(await alone({ worlds: ["another caller cancels it"], seed: 5 })).toEqual([named]);
  });

  it("calls what `allow` allows allowed, by world or by function", async () => {
    const counts = async (allow: ExploreOptions["allow"]) => {
      const { wrong, allowed } = await explore(naive, { worlds: [FAILING], allow });
      return [wrong.length, allowed.length];
    };
    expect(await counts({ [FAILING.name]: ["lied"] })).toEqual([0, 1]);
    expect(await counts({ [FAILING.name]: ["threw"] })).toEqual([1, 0]);
    expect(await counts(({ truth }) => truth === "failed")).toEqual([0, 1]);
  });

  it("says with `said` what results and errors mean", async () => {
    const run = async ({ ssm, target }: WorldArgument) => {
      const request = { ...runShellScript("make"), ...target };
      await ssm.send(new SendCommandCommand(request));
      await pause(600_000);
      return 7;
    };
    const said = (result: unknown, error: unknown) =>
      result === 7 && error === undefined ? "failed" : "succeeded";
    const report: ExploreReport = await explore(run, { worlds: [FAILING], said });
    expect(report.wrong).toEqual([]);
  });
});

describe("What a function throws", () => {
  const verdictsOf = async (run: (world: WorldArgument) => unknown, world: World) =>
    (await explore(run, { worlds: [world], allow: () => true })).allowed.map(
      ({ verdict, error }) => [verdict, error],
    );
  const throttled: World = {
    ...FINE,
    faults: [{ type: "throttle", operation: "ListCommands", when: { every: 1 } }],
  };

  it("is an entry, whatever it is", async () => {
    const oddities = [Object.create(null), undefined, 7, new Proxy({}, { get: () => 1 / 0 })];
    for (const oddity of oddities) {
      const [entry] = await verdictsOf(() => {
        throw oddity;
      }, FINE);
      expect(entry?.[0]).toBe("threw");
    }
  });

  it("is right where it is the error of a fault that struck a call of its own", async () => {
    const list = ({ ssm }: WorldArgument) => ssm.send(new ListCommandsCommand({}));
    expect(await verdictsOf(list, throttled)).toEqual([]);
    const wrapped = (world: WorldArgument) =>
      list(world).catch((cause) => Promise.reject(new Error("no", { cause })));
    expect(await verdictsOf(wrapped, throttled)).toEqual([]);
  });

  it("is wrong where it only has the name of a fault's error", async () => {
    const run = async ({ ssm }: WorldArgument) => {
      await ssm.send(new ListCommandsCommand({})).catch(() => {});
      throw Object.assign(new Error("mine"), { name: "ThrottlingException" });
    };
    expect(await verdictsOf(run, throttled)).toEqual([["threw", "ThrottlingException: mine"]]);
  });

  it("is wrong where the fault struck another caller only", async () => {
    const run = async ({ ssm, target }: WorldArgument) => {
      await ssm.send(new SendCommandCommand({ ...runShellScript("make"), ...target }));
      await pause(600_000);
      throw Object.assign(new Error("Rate exceeded"), { name: "ThrottlingException" });
    };
    const other: World = {
      ...throttled,
      meanwhile: [{ type: "anotherCancels", after: "2m" }],
    };
    expect(await verdictsOf(run, other)).toEqual([["threw", "ThrottlingException: Rate exceeded"]]);
  });
});

describe("A function gets", () => {
  it("a client of each service, the nodes with their limits, the fake and a signal", async () => {
    let seen: WorldArgument | undefined;
    const look = (world: WorldArgument) => {
      seen = world;
      return "none";
    };
    const limits = { MaxErrors: "1", MaxConcurrency: "50%" };
    await explore(look, { worlds: [{ name: "limits", nodes: [{}], limits }], allow: () => true });
    expect(seen?.target).toEqual({ Targets: [{ Key: "tag:Role", Values: ["web"] }], ...limits });
    await explore(look, { worlds: [{ name: "ids", nodes: [{}], target: "ids" }] });
    expect(seen?.target).toEqual({ InstanceIds: ["i-00000000000000001"] });
    expect(seen?.logsConfig).toMatchObject({ CloudWatchOutputEnabled: true });
    expect(seen?.signal.aborted).toBe(false);
    expect(await seen?.logs.config.region()).toBe("us-east-1");
    expect(await seen?.ssm.config.region()).toBe("us-east-1");
  });

  it("time and random numbers of its own", async () => {
    const seen: unknown[] = [];
    const run = async () => {
      await pause(3_600_000);
      seen.push([Date.now(), Math.random()]);
      return "none";
    };
    const allow = () => true;
    const worlds = [{ name: "a", nodes: [{}] }];
    await explore(run, { worlds, allow });
    await explore(run, { worlds, allow });
    expect(seen[0]).toEqual([Date.parse("2024-01-01T01:00:00Z"), expect.any(Number)]);
    expect(seen[1]).toEqual(seen[0]);
  });
});

describe("explore refuses", () => {
  it.each<[string, () => Promise<unknown>, string]>([
    ["what is no function", () => explore(7 as never), "explore was given 7 to run"],
    [
      "an unknown world",
      () => explore(right, { worlds: ["no node has the tags"] }),
      'Did you mean "no node has the tag"?',
    ],
    ["an unknown option", () => explore(right, { world: [] } as object), "Did you mean worlds?"],
    [
      "a seed that is no whole number",
      () => explore(right, { seed: 1.5 }),
      "seed of explore() is 1.5",
    ],
    [
      "a number of random worlds that is none",
      () => explore(right, { random: -1 }),
      "random of explore() is -1",
    ],
    ["no world at all", () => explore(right, { worlds: "none" }), "no world to run in"],
    [
      "an allowed world that does not exist",
      () => explore(right, { allow: { nowhere: ["lied"] } }),
      'allow of explore() names "nowhere"',
    ],
    [
      "an allowed verdict that does not exist",
      () => explore(right, { allow: { "no node has the tag": ["lies" as "lied"] } }),
      "Did you mean lied?",
    ],
    [
      "a fault that does not exist",
      () =>
        explore(right, {
          worlds: [
            { ...FINE, faults: [{ type: "throtle", operation: "*", when: { every: 1 } } as never] },
          ],
        }),
      "Did you mean throttle?",
    ],
    [
      "a fault that is none",
      () => explore(right, { worlds: [{ ...FINE, faults: [null as never] }] }),
      "A fault of the world",
    ],
    [
      "something that cannot happen",
      () =>
        explore(right, {
          worlds: [{ ...FINE, meanwhile: [{ type: "goesOfline", after: "1s", node: 0 } as never] }],
        }),
      "Did you mean goesOffline?",
    ],
    [
      "something that happens to no node",
      () =>
        explore(right, {
          worlds: [{ ...FINE, meanwhile: [{ type: "goesOffline", after: "1s", node: 2 }] }],
        }),
      "goesOffline of node 2, and there are 2 nodes",
    ],
    [
      "something that happens at no time",
      () =>
        explore(right, {
          worlds: [{ ...FINE, meanwhile: [{ type: "anotherCancels", after: "1 sec" as "1s" }] }],
        }),
      "Write a duration with its unit",
    ],
    [
      "an alarm that no command has",
      () =>
        explore(right, {
          worlds: [{ ...FINE, meanwhile: [{ type: "alarmGoesOff", after: "1s" }] }],
        }),
      "Give the world hasAlarm: true",
    ],
    [
      "a limit that does not exist",
      () => explore(right, { worlds: [{ ...FINE, limits: { MaxErors: "1" } as object }] }),
      "Did you mean MaxErrors?",
    ],
    [
      "a world without a name",
      () => explore(right, { worlds: [{ ...FINE, name: "" }] }),
      "A world needs a name",
    ],
    [
      "a world that names too many ids",
      () => explore(right, { worlds: [{ name: "x", nodes: Array(51).fill({}), target: "ids" }] }),
      "1 to 50",
    ],
    [
      "a result of which nobody knows what it says",
      () => explore(() => "Success", { worlds: [FINE] }),
      'Your function returned "Success" in the world "all succeed"',
    ],
    [
      "a word that is none",
      () => explore(() => 1, { worlds: [FINE], said: () => "ok" as "failed" }),
      "The option said of explore returned",
    ],
  ])("%s", async (_, run, message) => {
    await expect(run()).rejects.toThrow(message);
  });
});

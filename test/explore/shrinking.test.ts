import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import type { RunInWorld } from "../../src/explore/run-world.ts";
import { MOST_RUNS_OF_ENTRY, shrink } from "../../src/explore/shrinking/shrink.ts";
import type { World } from "../../src/explore/world.ts";
import { seededRandom } from "../../src/time/random.ts";

/** A run that cost ten calls, and in which the function lied or was right. */
function runThat(lied: boolean): RunInWorld {
  return {
    verdict: lied ? "lied" : undefined,
    ...{ truth: "failed", got: "succeeded", ended: "failed", hungBy: undefined, error: undefined },
    ...{ leftOpen: false, sent: 1, calls: 10, cost: 10, fake: new FakeSsm() },
  };
}

/** What is left of a world for somebody who lies in all worlds of which something is true. */
async function leftOf(world: World, lies: (world: World) => boolean) {
  expect(lies(world)).toBe(true);
  let runs = 0;
  const { world: left, isUnfinished } = await shrink(
    { world, run: runThat(true) },
    async (each) => {
      runs++;
      return runThat(lies(each));
    },
  );
  return { left, isUnfinished, runs };
}

/** Nodes that differ in their exit codes. */
const nodesWith = (codes: readonly number[]): World => ({
  name: "nodes of many kinds",
  nodes: codes.map((exitCode) => ({ behavior: { type: "exits", exitCode } as const })),
});
const codesOf = ({ nodes }: World) =>
  nodes.map(({ behavior }) => JSON.stringify(behavior ?? "none").replace(/\D/g, ""));
const upTo = (count: number) => Array.from({ length: count }, (_, code) => code);

describe("Of many nodes that all differ, those are left that matter", () => {
  it.each([10, 40, 256])("where two of %i do, whichever they are", async (count) => {
    const random = seededRandom(count);
    for (let round = 0; round < 20; round++) {
      const one = String(Math.floor(random() * count));
      const other = String(Math.floor(random() * count));
      const { left, isUnfinished } = await leftOf(nodesWith(upTo(count)), (world) => {
        const codes = codesOf(world);
        return codes.includes(one) && codes.includes(other);
      });
      expect(new Set(codesOf(left))).toEqual(new Set([one, other]));
      expect(isUnfinished).toBe(false);
    }
  });

  it("where five of 256 do, in a fraction of the worlds that may be tried", async () => {
    const needed = ["0", "63", "64", "191", "255"];
    const { left, runs } = await leftOf(nodesWith(upTo(256)), (world) =>
      needed.every((code) => codesOf(world).includes(code)),
    );
    expect(codesOf(left)).toEqual(needed);
    expect(runs).toBeLessThan(MOST_RUNS_OF_ENTRY / 2);
  });

  it("where one has to stand on a later page than another", async () => {
    const isWrong = (world: World) => {
      const codes = codesOf(world);
      const most = world.pages?.most ?? 50;
      const late = codes.indexOf("194");
      return late > 0 && codes.includes("137") && codes.length > most;
    };
    const { left } = await leftOf(nodesWith(upTo(256)), isWrong);
    expect(codesOf(left)).toEqual(["137", "194"]);
    expect(left.pages).toEqual({ most: 1 });
  });

  it("and those of a pair change places where nothing smaller is wrong", async () => {
    const needsBefore = (world: World) => {
      const codes = codesOf(world);
      return codes.length >= 3 ? codes.includes("9") : codes.join() === "9,1";
    };
    const { left } = await leftOf(nodesWith([1, 5, 9]), needsBefore);
    expect(codesOf(left)).toEqual(["9", "1"]);
  });
});

describe("Nodes of one kind are tried once", () => {
  it("whatever their ids are", async () => {
    const nodes = upTo(150).map((each) => ({ instanceId: `i-${String(each).padStart(17, "0")}` }));
    const { left, runs } = await leftOf(
      { name: "alike", nodes },
      (world) => world.nodes.length > 9,
    );
    expect(left.nodes).toHaveLength(10);
    expect(runs).toBeLessThan(60);
  });
});

describe("A smaller world", () => {
  it("may cost twice as many calls and a hundred, however many are left", async () => {
    const allowed: number[] = [];
    const first = { world: nodesWith(upTo(3)), run: { ...runThat(true), cost: 400 } };
    await shrink(first, async (world, mostCalls) => {
      allowed.push(mostCalls);
      return { ...runThat(world.nodes.length === 2), cost: 7 };
    });
    expect([...new Set(allowed)]).toEqual([900, 114]);
  });

  it("may cost no more than is left of the 20,000 of the entry", async () => {
    const allowed: number[] = [];
    const first = { world: nodesWith(upTo(3)), run: { ...runThat(true), cost: 19_000 } };
    const { isUnfinished } = await shrink(first, async (_, mostCalls) => {
      allowed.push(mostCalls);
      return { ...runThat(false), hungBy: "budget", cost: Math.min(mostCalls, 600) };
    });
    expect(allowed).toEqual([1_000, 400]);
    expect(isUnfinished).toBe(true);
  });
});

describe("What is left of a world", () => {
  const WORLD: World = {
    name: "of everything",
    nodes: [{ clockSkew: "2m" }, { behavior: { type: "exits", exitCode: 3, after: "20m" } }],
    faults: [
      { type: "throttle", operation: "*", when: { times: 3 } },
      { type: "internalError", operation: "SendCommand", when: { times: 2 } },
    ],
    meanwhile: [
      { after: "5m", type: "goesOffline", node: 0 },
      { after: "9m", type: "comesBack", node: 1 },
    ],
    latency: "worst",
    pages: { most: 2, emptyFirst: true },
    limits: { MaxErrors: "100%" },
    target: "ids",
  };

  it("is one node without anything where nothing matters", async () => {
    const { left } = await leftOf(WORLD, () => true);
    expect(left).toEqual({ name: WORLD.name, nodes: [{}] });
  });

  it("keeps a fault, a happening and its node where they matter, as small as may be", async () => {
    const { left } = await leftOf(WORLD, ({ faults = [], meanwhile = [] }) => {
      return (
        faults.some(({ type }) => type === "internalError") &&
        meanwhile.some(({ type }) => type === "comesBack")
      );
    });
    expect(left).toEqual({
      name: WORLD.name,
      nodes: [{}],
      faults: [{ type: "internalError", operation: "SendCommand", when: { times: 1 } }],
      meanwhile: [{ after: "1s", type: "comesBack", node: 0 }],
    });
  });

  it("says that it is unfinished after 500 worlds", async () => {
    let runs = 0;
    const { left, isUnfinished } = await leftOf(nodesWith(upTo(256)), (world) => {
      const codes = codesOf(world);
      if (codes.length < 256) runs++;
      return codes.length === 256;
    });
    expect(isUnfinished).toBe(true);
    expect(left.nodes).toHaveLength(256);
    expect(runs).toBeLessThanOrEqual(MOST_RUNS_OF_ENTRY);
  });
});

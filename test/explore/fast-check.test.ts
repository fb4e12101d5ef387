import * as fc from "fast-check";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, expectTypeOf, it } from "vitest";
import { behaviors, fleets, worlds } from "../../src/explore/fast-check.ts";
import { randomWorld } from "../../src/explore/random-world.ts";
import type { World } from "../../src/explore/world.ts";
import { fairnessOf, partsOf } from "./parts-of-worlds.ts";

/** The simplest value, as far as fast-check finds it, of those for which a property does not hold. */
function simplest<Value>(arbitrary: fc.Arbitrary<Value>, holds: (value: Value) => boolean): Value {
  const { failed, counterexample } = fc.check(fc.property(arbitrary, holds), {
    ...{ seed: 7, numRuns: 3_000 },
  });
  expect(failed).toBe(true);
  const [value] = counterexample ?? [];
  if (value === undefined) throw new Error("Nothing was found.");
  return value;
}

describe("worlds()", () => {
  it("are plain data that fast-check draws again from the same seed", () => {
    const drawn = () => fc.sample(worlds(), { seed: 3, numRuns: 20 });
    expect(drawn()).toEqual(drawn());
    expect(structuredClone(drawn())).toEqual(drawn());
    expectTypeOf(worlds()).toEqualTypeOf<fc.Arbitrary<World>>();
  });

  it("can be opened, and only a fault refuses their SendCommand", { timeout: 60_000 }, async () => {
    for (const world of fc.sample(worlds(), { seed: 1, numRuns: 300 })) {
      expect(await fairnessOf(world)).toBeUndefined();
    }
  });

  it("have every part that random worlds have, about as often", { timeout: 60_000 }, () => {
    const drawn = fc.sample(worlds(), { seed: 2, numRuns: 2_000 });
    expect(partsOf(drawn)).toEqual({ missing: [] });
    const share = (all: readonly World[], has: (world: World) => boolean) =>
      all.filter(has).length / all.length;
    const random = Array.from({ length: 2_000 }, (_, seed) => randomWorld(seed));
    for (const member of ["latency", "faults", "meanwhile", "settings", "limits"] as const) {
      const has = (world: World) => world[member] !== undefined;
      expect(Math.abs(share(drawn, has) - share(random, has)), member).toBeLessThan(0.06);
    }
  });

  it("say what they are, and what their parts rest on", () => {
    for (const { name, source, seed } of fc.sample(worlds(), { seed: 4, numRuns: 50 })) {
      expect(name).toMatch(/^a world of fast-check [0-9a-f]{8}$/);
      expect(source).not.toBe("");
      expect(seed).toBeUndefined();
    }
  });

  it("become simpler: only what the property needs is left", () => {
    const isAnyFailing = ({ nodes }: World) =>
      nodes.some(({ behavior }) => behavior !== undefined && isFailing(behavior));
    expect(simplest(worlds(), (world) => !isAnyFailing(world))).toEqual({
      name: expect.stringMatching(/^a world of fast-check [0-9a-f]{8}$/),
      nodes: [{ behavior: { type: "exits", exitCode: 1 } }],
      source: "[rec-2026-09-27-managed-execution]",
    });
    const isThrottled = ({ faults = [] }: World) => faults.some(({ type }) => type === "throttle");
    expect(simplest(worlds(), (world) => !isThrottled(world))).toMatchObject({
      nodes: [],
      faults: [{ type: "throttle", operation: "SendCommand", when: { times: 1 } }],
    });
    const isCancelled = ({ nodes, meanwhile = [] }: World) =>
      nodes.length > 2 && meanwhile.some(({ type }) => type === "anotherCancels");
    const cancelled = simplest(worlds(), (world) => !isCancelled(world));
    expect(cancelled.nodes).toEqual([{}, {}, {}]);
    expect(cancelled.meanwhile).toEqual([{ type: "anotherCancels", after: "1s" }]);
    expect(Object.keys(cancelled).sort()).toEqual(["meanwhile", "name", "nodes", "source"]);
  });

  it("are as large as their options say", () => {
    const small = fc.sample(worlds({ nodes: 2, faults: 1, happenings: 0 }), { numRuns: 300 });
    for (const { nodes, faults = [], meanwhile = [] } of small) {
      expect(nodes.length).toBeLessThanOrEqual(2);
      expect(faults.length).toBeLessThanOrEqual(1);
      expect(meanwhile).toEqual([]);
    }
    const large = fc.sample(worlds({ nodes: 60, faults: undefined }), { seed: 5, numRuns: 300 });
    expect(large.some(({ nodes }) => nodes.length > 40)).toBe(true);
  });

  it("take no option that they do not have, and no size that is no count", () => {
    // @ts-expect-error -- an option that does not exist
    expect(() => worlds({ node: 3 })).toThrow('worlds() has no option "node". Did you mean nodes?');
    expect(() => worlds({ faults: -1 })).toThrow(
      "faults of worlds() is -1. Give it a whole number, 0 or more.",
    );
    expect(() => fleets({ nodes: 1.5 })).toThrow("nodes of fleets() is 1.5.");
    // @ts-expect-error -- a number as a string
    expect(() => fleets({ nodes: "3" })).toThrow('nodes of fleets() is "3". Give it a number.');
  });
});

describe("fleets()", () => {
  it("are nodes that a fake takes, up to so many", () => {
    for (const nodes of fc.sample(fleets({ nodes: 4 }), { seed: 1, numRuns: 300 })) {
      expect(new FakeSsm({ nodes }).nodes.list()).toHaveLength(nodes.length);
      expect(nodes.length).toBeLessThanOrEqual(4);
    }
    expect(fc.sample(fleets({ nodes: 0 }), 10)).toEqual(Array.from({ length: 10 }, () => []));
  });

  it("become simpler: fewer nodes, of which each is told less", () => {
    const offline = simplest(fleets(), (nodes) =>
      nodes.every(({ agent }) => agent !== "unreachable"),
    );
    expect(offline).toEqual([{ agent: "unreachable" }]);
  });
});

describe("behaviors()", () => {
  it("are behaviors that a node takes", () => {
    for (const behavior of fc.sample(behaviors(), { seed: 1, numRuns: 500 })) {
      expect(new FakeSsm({ nodes: [{ behavior }] }).nodes.list()).toHaveLength(1);
    }
  });

  it("become simpler, down to a process that ends at once", () => {
    expect(simplest(behaviors(), () => false)).toEqual({ type: "exits", exitCode: 0 });
    expect(simplest(behaviors(), (each) => !("type" in each && each.type === "hangs"))).toEqual({
      type: "hangs",
    });
    const reboots = simplest(behaviors(), (each) => !("then" in each));
    expect(reboots).toEqual({ type: "reboots", then: { type: "exits", exitCode: 0 } });
  });
});

function isFailing(behavior: NonNullable<World["nodes"][number]["behavior"]>): boolean {
  return typeof behavior === "object" && behavior.type === "exits" && behavior.exitCode !== 0;
}

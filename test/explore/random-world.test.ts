import { describe, expect, it } from "vitest";
import { openWorld } from "../../src/explore/open-world.ts";
import { randomWorld, seedsOf } from "../../src/explore/random-world.ts";
import type { World } from "../../src/explore/world.ts";
import { sourceFile } from "../structure/source-files.ts";
import { rowsOf } from "../structure/sources-page.ts";
import { fairnessOf, partsOf } from "./parts-of-worlds.ts";

const WORLDS = Array.from({ length: 2_000 }, (_, seed) => randomWorld(seed));

describe("a random world", () => {
  it("is the same for the same seed, whatever was made before it", () => {
    const again = seedsOf(12, 50).map((seed) => randomWorld(seed));
    expect(JSON.stringify(seedsOf(12, 50).map((seed) => randomWorld(seed)))).toBe(
      JSON.stringify(again),
    );
    expect(randomWorld(1_999)).toEqual(WORLDS[1_999]);
  });

  it("has its seed in its name, and as its seed", () => {
    expect(randomWorld(-3)).toMatchObject({ name: "random world -3", seed: -3 });
    expect(randomWorld(2 ** 40)).toMatchObject({ seed: 2 ** 40 });
  });

  it("is another for each of 500 seeds", () => {
    const bare = WORLDS.slice(0, 500).map(({ name: _, seed: __, ...rest }) => JSON.stringify(rest));
    expect(new Set(bare).size).toBeGreaterThan(490);
    const all = seedsOf(7, 500).map((seed) => JSON.stringify(randomWorld(seed)));
    expect(new Set(all).size).toBe(500);
  });

  it("can be opened, and only a fault refuses its SendCommand", { timeout: 120_000 }, async () => {
    const unfair: string[] = [];
    for (const world of WORLDS) {
      const complaint = await fairnessOf(world);
      if (complaint !== undefined) unfair.push(complaint);
    }
    expect(unfair).toEqual([]);
  });

  it("takes a second SendCommand, too, with everything that happened meanwhile", async () => {
    const without = WORLDS.slice(0, 400).map((world) => {
      const { faults: _, ...rest } = world;
      return rest;
    });
    const unfair: string[] = [];
    for (const world of without) {
      // Once an alarm has gone off, AWS refuses it [rec-2026-10-01-alarm-requests].
      const isAlarmed = world.meanwhile?.some(({ type }) => type.startsWith("alarm")) ?? false;
      const complaint = isAlarmed ? undefined : await fairnessOf(world, { sends: 2 });
      if (complaint !== undefined) unfair.push(complaint);
    }
    expect(unfair).toEqual([]);
  });

  it("does not let clients send again what an alarm would refuse", () => {
    const both = WORLDS.filter(
      ({ meanwhile = [], faults = [] }) =>
        meanwhile.some(({ type }) => type.startsWith("alarm")) && faults.length > 0,
    );
    expect(both.length).toBeGreaterThan(10);
    const lost = both
      .flatMap(({ faults = [] }) => faults)
      .filter(({ type }) => type === "loseAnswer" || type === "breakBody")
      .filter(({ operation }) => operation === "SendCommand" || operation === "*");
    expect(lost).toEqual([]);
  });

  it("has no part that none of 2,000 worlds has", () => {
    expect(partsOf(WORLDS)).toEqual({ missing: [] });
  });

  it("says what its parts rest on: sources of docs/sources.md, or our decision", () => {
    const ids = rowsOf(sourceFile("docs/sources.md").text).map(({ id }) => id);
    const cited = new Set(WORLDS.flatMap(({ source = "" }) => source.match(/\[[^\]]*\]/g) ?? []));
    expect([...cited].filter((each) => !ids.includes(each.slice(1, -1)))).toEqual([]);
    const isSaid = /^(?:\[[a-z\d-]+\](?: |$))*(?:our decision)?$/;
    expect(WORLDS.filter(({ source = "" }) => source === "" || !isSaid.test(source))).toEqual([]);
    expect(sourceOfPart({ pages: true })).toContain("[api-ssm-model]");
    expect(sourceOfPart({ limits: true })).toContain("[rules-rate-control]");
  });
});

describe("the size of a random world", () => {
  it("is ten nodes, two faults and two happenings at most, and all of these", () => {
    expect(sizesOf(WORLDS)).toEqual({ nodes: [0, 10], faults: [0, 2], meanwhile: [0, 2] });
  });

  it("is what is asked for, each by itself", () => {
    const of = (size: object) =>
      WORLDS.slice(0, 300).map(({ seed = 0 }) => randomWorld(seed, size));
    expect(sizesOf(of({ nodes: 1, faults: 0, happenings: 0 }))).toEqual({
      ...{ nodes: [0, 1], faults: [0, 0], meanwhile: [0, 0] },
    });
    expect(sizesOf(of({ nodes: 0 }))).toMatchObject({ nodes: [0, 0] });
    expect(sizesOf(of({ happenings: 1 }))).toMatchObject({ faults: [0, 2], meanwhile: [0, 1] });
    const { nodes, faults } = sizesOf(of({ nodes: 120, faults: 5 }));
    expect(nodes[1]).toBeGreaterThan(100);
    expect(faults).toEqual([0, 5]);
  });

  it("over 50 nodes names them by tags", async () => {
    const large = Array.from({ length: 60 }, (_, seed) => randomWorld(seed, { nodes: 150 })).filter(
      ({ nodes }) => nodes.length > 50,
    );
    expect(large.length).toBeGreaterThan(10);
    expect(large.filter(({ target }) => target === "ids")).toEqual([]);
    for (const world of large) openWorld(world, { seed: 1 });
  });
});

describe("the seeds of many worlds", () => {
  it("begin with the seed itself, and are all different", () => {
    expect(seedsOf(7, 1)).toEqual([7]);
    expect(seedsOf(7, 0)).toEqual([]);
    const [first, ...others] = seedsOf(7, 5_000);
    expect(first).toBe(7);
    expect(new Set(others).size).toBe(4_999);
    expect(others.every((each) => Number.isInteger(each) && each >= 0 && each < 2 ** 32)).toBe(
      true,
    );
  });

  it("of a longer list begin with those of a shorter one, and of another seed are others", () => {
    expect(seedsOf(7, 20).slice(0, 10)).toEqual(seedsOf(7, 10));
    expect(seedsOf(8, 100).filter((each) => seedsOf(7, 100).includes(each))).toEqual([]);
  });
});

function sourceOfPart(has: { readonly [Name in keyof World]?: true }): string | undefined {
  return WORLDS.find((world) => Object.keys(has).every((name) => name in world))?.source;
}

function sizesOf(worlds: readonly World[]) {
  const range = (counts: readonly number[]) => [Math.min(...counts), Math.max(...counts)] as const;
  return {
    nodes: range(worlds.map(({ nodes }) => nodes.length)),
    faults: range(worlds.map(({ faults = [] }) => faults.length)),
    meanwhile: range(worlds.map(({ meanwhile = [] }) => meanwhile.length)),
  };
}

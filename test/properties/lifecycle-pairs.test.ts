import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type * as engine from "../../src/fake/engine/invocation.ts";
import { setups, walkSeed, walks } from "../support/fleet-steps.ts";
import { FleetWalk } from "../support/fleet-walk.ts";
import { PAIR_WALKS } from "./pair-walks.ts";

/** Pairs of detail and event that the engine was asked about. */
const visited = vi.hoisted(() => new Set<string>());

vi.mock("../../src/fake/engine/invocation.ts", async (importActual) => {
  const actual = await importActual<typeof engine>();
  const nextInvocation: typeof actual.nextInvocation = (invocation, event) => {
    visited.add(`${event.type} on ${invocation.detail}`);
    return actual.nextInvocation(invocation, event);
  };
  return { ...actual, nextInvocation };
});

const { INVOCATION_LIFECYCLE } = await import("../../src/fake/engine/invocation.ts");
const allowed = Object.entries(INVOCATION_LIFECYCLE).flatMap(([detail, moves]) =>
  Object.keys(moves).map((event) => `${event} on ${detail}`),
);

describe("the pairs of detail and event that the lifecycle allows", () => {
  it("are all visited by random walks and those that look for the rare ones", async () => {
    visited.clear();
    await fc.assert(
      fc.asyncProperty(setups, walks, async (setup, steps) => {
        const walk = new FleetWalk(setup);
        for (const step of steps) await walk.take(step);
      }),
      { numRuns: 200, seed: walkSeed() },
    );
    for (const { setup, steps } of Object.values(PAIR_WALKS)) {
      const walk = new FleetWalk(setup);
      for (const step of steps) await walk.take(step);
    }
    const unvisited = allowed.filter((pair) => !visited.has(pair));
    console.log(`visited ${allowed.length - unvisited.length} of ${allowed.length} pairs`);
    expect(unvisited).toEqual([]);
  }, 180_000);

  it.each(Object.entries(PAIR_WALKS))(
    "%s is visited by the walk that looks for it",
    async (pair, { setup, steps }) => {
      visited.clear();
      const walk = new FleetWalk(setup);
      for (const step of steps) await walk.take(step);
      expect(visited).toContain(pair);
    },
  );
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { setups, walkSeed, walks } from "../support/fleet-steps.ts";
import { FleetWalk } from "../support/fleet-walk.ts";
import { takeLook } from "../support/walk-look.ts";
import { LAWS } from "./laws.ts";
import { EXAMPLES } from "./pair-walks.ts";

/** The number of walks for each law; no two laws see the same ones. */
const WALKS = 120;

describe("at every moment of every walk", () => {
  it.each(Object.entries(LAWS).map(([name, law], place) => [name, law, place] as const))(
    "%s",
    async (_, law, place) => {
      await fc.assert(
        fc.asyncProperty(setups, walks, async (setup, steps) => {
          const walk = new FleetWalk(setup);
          let before = await takeLook(walk);
          for (const step of steps) {
            await walk.take(step);
            const look = await takeLook(walk, before);
            expect(law({ look, before, lateness: setup.lateness })).toEqual([]);
            before = look;
          }
        }),
        { numRuns: WALKS, seed: walkSeed() + place, examples: EXAMPLES },
      );
    },
    180_000,
  );

  it("a second read gives the same bytes as the first", async () => {
    await fc.assert(
      fc.asyncProperty(setups, walks, async (setup, steps) => {
        const walk = new FleetWalk(setup);
        for (const step of steps) {
          await walk.take(step);
          const look = JSON.stringify(await takeLook(walk));
          expect(JSON.stringify(await takeLook(walk))).toBe(look);
        }
      }),
      { numRuns: WALKS, seed: walkSeed() + 100 },
    );
  }, 180_000);

  it("reads change nothing of what comes later", async () => {
    await fc.assert(
      fc.asyncProperty(setups, walks, async (setup, steps) => {
        const [watched, unwatched] = [new FleetWalk(setup), new FleetWalk(setup)];
        for (const step of steps) {
          await watched.take(step);
          await takeLook(watched);
          await unwatched.take(step);
        }
        expect(watched.fake.timeline()).toBe(unwatched.fake.timeline());
      }),
      { numRuns: WALKS, seed: walkSeed() + 101 },
    );
  }, 180_000);

  it("pages show what was there when the first was read, once each, whatever happens between them", async () => {
    await fc.assert(
      fc.asyncProperty(setups, walks, walks, async (setup, steps, between) => {
        const walk = new FleetWalk(setup);
        for (const step of steps) await walk.take(step);
        const there = (await walk.listInvocations()).map(nameOf);
        const paged: string[] = [];
        let token: string | undefined;
        for (const step of [...between, ...between, ...between]) {
          const page = await walk.fake.listCommandInvocations({
            MaxResults: 1,
            ...(token === undefined ? {} : { NextToken: token }),
          });
          paged.push(...(page.CommandInvocations ?? []).map(nameOf));
          token = page.NextToken;
          if (token === undefined) break;
          await walk.take(step);
        }
        expect(paged).toEqual(there.slice(0, paged.length));
      }),
      { numRuns: WALKS, seed: walkSeed() + 102 },
    );
  }, 180_000);
});

function nameOf(invocation: {
  readonly CommandId?: string | undefined;
  readonly InstanceId?: string | undefined;
}): string {
  return `${invocation.CommandId} on ${invocation.InstanceId}`;
}

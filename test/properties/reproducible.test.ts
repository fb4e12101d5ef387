import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { WalkSetup } from "../support/fleet-acts.ts";
import { type Step, setups, WALK_START, walkSeed, walks } from "../support/fleet-steps.ts";
import { FleetWalk } from "../support/fleet-walk.ts";
import { PAIR_WALKS } from "./pair-walks.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a walk that is done again with the same seed", () => {
  it("leaves the same bytes in journal and timeline", async () => {
    await expectSameBytes((walk) => walk(), { numRuns: 1_000 });
  }, 180_000);

  it.each([
    { zone: "Pacific/Kiritimati", offset: -840 },
    { zone: "America/St_Johns", offset: 210 },
  ])(
    "leaves the same bytes in $zone",
    async ({ zone, offset }) => {
      await expectSameBytes(async (walk) => {
        vi.stubEnv("TZ", zone);
        expect(new Date(WALK_START).getTimezoneOffset()).toBe(offset);
        const bytes = await walk();
        vi.unstubAllEnvs();
        return bytes;
      });
    },
    180_000,
  );

  it("leaves the same bytes while global randomness throws and the wall clock runs wild", async () => {
    // Warnings to the author of a test may look at the wall clock; no answer does.
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    await expectSameBytes(async (walk) => {
      let reads = 0;
      const poisoned = [
        vi.spyOn(Math, "random").mockImplementation(refuse),
        vi.spyOn(crypto, "randomUUID").mockImplementation(refuse),
        vi.spyOn(Date, "now").mockImplementation(() => (++reads % 7) * 86_400_000),
      ];
      try {
        return await walk();
      } finally {
        for (const spy of poisoned) spy.mockRestore();
      }
    });
    warn.mockRestore();
  }, 180_000);

  it("has other ids with another seed", async () => {
    const { setup, steps } = PAIR_WALKS["agentReplied on Cancelling"]!;
    const walk = await bytesOf({ seed: 1, setup, steps });
    expect(await bytesOf({ seed: 2, setup, steps })).not.toBe(walk);
  });
});

function refuse(): never {
  throw new Error("A fake on a virtual clock has asked for a global random number.");
}

/** Takes walks twice, the second time under other conditions. */
async function expectSameBytes(
  otherwise: (walk: () => Promise<string>) => Promise<string>,
  { numRuns = 100 } = {},
): Promise<void> {
  const seed = walkSeed();
  const property = fc.asyncProperty(setups, walks, async (setup, steps) => {
    const bytes = await bytesOf({ seed, setup, steps });
    expect(await otherwise(() => bytesOf({ seed, setup, steps }))).toBe(bytes);
  });
  await fc.assert(property, { numRuns, seed });
}

async function bytesOf({
  seed,
  setup,
  steps,
}: {
  readonly seed: number;
  readonly setup: WalkSetup;
  readonly steps: readonly Step[];
}): Promise<string> {
  const walk = new FleetWalk(setup, { seed });
  for (const step of steps) {
    await walk.take(step);
    await walk.listCommands();
  }
  return JSON.stringify([
    walk.fake.journal.entries({ showParameters: true }),
    walk.fake.timeline(),
  ]);
}

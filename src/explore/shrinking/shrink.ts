import type { RunInWorld } from "../run-world.ts";
import type { World } from "../world.ts";
import { smallerWorlds } from "./smaller-worlds.ts";

/** How many calls one entry of a report may cost, the first run and all smaller ones together. */
export const MOST_CALLS_OF_ENTRY = 20_000;
/** How many worlds are tried for it: functions that never call cost no calls (our decision). */
export const MOST_RUNS_OF_ENTRY = 500;

/** A world with what came of a run in it. */
export interface WrongRun {
  readonly world: World;
  readonly run: RunInWorld;
}

/** A world that does not get smaller with the same verdict, as far as was tried. */
export interface SmallestRun extends WrongRun {
  /** Whether there was more to try. */
  readonly isUnfinished: boolean;
}

/**
 * Makes a world smaller for as long as the same is wrong in it: the verdict, and how the command ended, stay.
 *
 * @param first - The world in which something was wrong.
 * @param runIn - Runs the function in another world, with at most so many calls; undefined for a world that cannot be.
 */
export async function shrink(
  first: WrongRun,
  runIn: (world: World, mostCalls: number) => Promise<RunInWorld | undefined>,
): Promise<SmallestRun> {
  let smallest = first;
  let calls = MOST_CALLS_OF_ENTRY - first.run.cost;
  let runs = MOST_RUNS_OF_ENTRY;
  const tried = new Set<string>();
  search: while (true) {
    for (const world of smallerWorlds(smallest.world)) {
      const key = JSON.stringify(world);
      if (tried.has(key)) continue;
      tried.add(key);
      if (calls <= 0 || runs-- <= 0) return { ...smallest, isUnfinished: true };
      const run = await runIn(world, Math.min(calls, mostCallsOfTry(smallest)));
      calls -= run?.cost ?? 0;
      if (run === undefined || run.hungBy === "budget") continue;
      if (!isSame(run, first.run)) continue;
      smallest = { world, run };
      continue search;
    }
    return { ...smallest, isUnfinished: false };
  }
}

/**
 * A world in which the same goes wrong after many more calls is no smaller one; and one in which nothing does may be polled for
 * hours, which would use up what the entry may cost (our decision).
 */
function mostCallsOfTry({ run }: WrongRun): number {
  return 2 * run.cost + 100;
}

function isSame(one: RunInWorld, other: RunInWorld): boolean {
  return one.verdict === other.verdict && one.truth === other.truth && one.ended === other.ended;
}

import { inMessage } from "../domain/in-message.ts";
import { nearestName } from "../domain/nearest-name.ts";
import { checkWorld } from "./check-world.ts";
import type { ExploreOptions } from "./explore-options.ts";
import { randomWorld, seedsOf } from "./random-world.ts";
import { RANDOM_NAME, type World } from "./world.ts";

/** The worlds that the options ask for: first those that are named, then random ones. */
export function chosenWorlds(
  { worlds = "catalogue", random = 0, seed = 1, size, allow }: ExploreOptions,
  catalogue: readonly World[],
): readonly World[] {
  const named = namedWorlds(worlds, catalogue);
  const chosen = [...named, ...seedsOf(seed, random).map((each) => randomWorld(each, size))];
  if (chosen.length === 0) {
    throw new RangeError(
      'explore() was given no world to run in, so that nothing could be wrong. Leave worlds out, name some, or give random a number: { worlds: "none", random: 50 }.',
    );
  }
  if (typeof allow === "object") checkAllowed(Object.keys(allow), [...catalogue, ...chosen]);
  return chosen;
}

function namedWorlds(worlds: unknown, catalogue: readonly World[]): readonly World[] {
  if (worlds === "catalogue") return catalogue;
  if (worlds === "none") return [];
  if (Array.isArray(worlds)) return worlds.map((each) => namedWorld(each, catalogue));
  throw new TypeError(
    `worlds of explore() is ${inMessage(worlds)}. Use "catalogue", "none", or an array of names and worlds.`,
  );
}

function namedWorld(given: unknown, catalogue: readonly World[]): World {
  if (typeof given === "string") {
    const found = catalogue.find(({ name }) => name === given);
    if (found === undefined) throw unknownName(given, { catalogue, place: "worlds" });
    return found;
  }
  checkWorld(given);
  return given;
}

function checkAllowed(names: readonly string[], worlds: readonly World[]): void {
  for (const name of names) {
    // One of another seed may be allowed, too.
    if (worlds.some((world) => world.name === name) || name.startsWith(RANDOM_NAME)) continue;
    throw unknownName(name, { catalogue: worlds, place: "allow" });
  }
}

function unknownName(
  name: string,
  { catalogue, place }: { readonly catalogue: readonly World[]; readonly place: string },
): TypeError {
  const names = catalogue.map((world) => world.name);
  const nearest = nearestName(name, names);
  const advice =
    nearest === undefined
      ? `The worlds are: ${names.map((each) => JSON.stringify(each)).join(", ")}.`
      : `Did you mean ${JSON.stringify(nearest)}?`;
  return new TypeError(
    `${place} of explore() names ${JSON.stringify(name)}, which is no world. ${advice}`,
  );
}

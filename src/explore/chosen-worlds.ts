import { inMessage } from "../domain/in-message.ts";
import { nearestName } from "../domain/nearest-name.ts";
import { checkOptions, isPlainObject, type OptionTable } from "../domain/options.ts";
import type { ExploreOptions } from "./explore-options.ts";
import { randomWorld, seedsOf } from "./random-world.ts";
import { RANDOM_NAME, type World } from "./world.ts";

/** The members of a world. */
export const WORLD_OPTIONS = {
  name: "a string",
  source: "a string",
  seed: "a number",
  nodes: "a list",
  target: ["tags", "ids", "group", "deniedGroup"],
  limits: "any",
  hasAlarm: "a boolean",
  latency: "any",
  pages: "any",
  settings: "any",
  faults: "a list",
  meanwhile: "a list",
} as const satisfies OptionTable<World>;

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
  if (!isPlainObject(given)) {
    throw new TypeError(
      `worlds of explore() has ${inMessage(given)}. Give it names of the catalogue, or worlds: { name: "…", nodes: [{}] }.`,
    );
  }
  // What it may have is checked next.
  const world = given as World;
  checkOptions(world, WORLD_OPTIONS, `the world ${inMessage(world.name)}`);
  checkNodes(world);
  return world;
}

function checkNodes({ name, nodes, target, meanwhile = [] }: World): void {
  const place = `The world ${inMessage(name)}`;
  if (typeof name !== "string" || !Array.isArray(nodes)) {
    throw new TypeError(`${place} needs a name and a list of nodes: { name: "…", nodes: [{}] }.`);
  }
  if (target === "ids" && (nodes.length === 0 || nodes.length > 50)) {
    throw new RangeError(
      `${place} has ${nodes.length} nodes, and its target names them by ids, of which SendCommand takes 1 to 50. Leave target out, or change the nodes.`,
    );
  }
  for (const each of meanwhile) {
    if (!("node" in each) || nodes[each.node] !== undefined) continue;
    throw new RangeError(
      `${place} lets something happen to node ${inMessage(each.node)}, and has ${nodes.length} nodes. Give it the place of a node in nodes, from 0 on.`,
    );
  }
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

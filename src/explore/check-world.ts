import { inMessage } from "../domain/in-message.ts";
import { checkOptions, isPlainObject, type OptionTable, wordAdvice } from "../domain/options.ts";
import { isDuration } from "../time/duration.ts";
import type { Happening, World, WorldFault, WorldLimits } from "./world.ts";

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

const LIMIT_OPTIONS = {
  MaxConcurrency: "a string",
  MaxErrors: "a string",
} as const satisfies OptionTable<WorldLimits>;

/** Every fault, and whether there is one of this name. */
const FAULTS: Readonly<Record<WorldFault["type"], true>> = {
  throttle: true,
  internalError: true,
  expireToken: true,
  denyAccess: true,
  slow: true,
  resetConnection: true,
  limitRate: true,
  breakBody: true,
  loseAnswer: true,
};

/** Everything that may happen, and what it happens to. */
const HAPPENINGS: Readonly<Record<Happening["type"], "a node" | "an alarm" | "all">> = {
  goesOffline: "a node",
  comesBack: "a node",
  isUndeliverable: "a node",
  isRemoved: "a node",
  isReplaced: "a node",
  anotherCancels: "all",
  alarmGoesOff: "an alarm",
  alarmIsUnknown: "an alarm",
};

/** Refuses a world of which a part would be misunderstood without an error. What the fake takes, it checks itself. */
export function checkWorld(given: unknown): asserts given is World {
  if (!isPlainObject(given)) {
    throw new TypeError(
      `worlds of explore() has ${inMessage(given)}. Give it names of the catalogue, or worlds: { name: "…", nodes: [{}] }.`,
    );
  }
  const { name, nodes } = given as Partial<World>;
  const place = `the world ${inMessage(name)}`;
  checkOptions(given, WORLD_OPTIONS, place);
  if (typeof name !== "string" || name === "" || !Array.isArray(nodes)) {
    throw new TypeError(`A world needs a name and a list of nodes: { name: "…", nodes: [{}] }.`);
  }
  // It has both of its members, and all others are of the types that were checked.
  const world = given as World;
  checkOptions(world.limits, LIMIT_OPTIONS, `limits of ${place}`);
  if (world.target === "ids" && (nodes.length === 0 || nodes.length > 50)) {
    throw new RangeError(
      `The world ${inMessage(name)} has ${nodes.length} nodes, and its target names them by ids, of which SendCommand takes 1 to 50. Leave target out, or change the nodes.`,
    );
  }
  for (const fault of world.faults ?? [])
    checkType(fault, { words: FAULTS, place: `A fault of ${place}` });
  for (const each of world.meanwhile ?? []) checkHappening(each, world);
}

function checkHappening(each: Happening, { name, nodes, hasAlarm }: World): void {
  const place = `What happens meanwhile in the world ${inMessage(name)}`;
  checkType(each, { words: HAPPENINGS, place });
  const { type, after } = each;
  if (typeof after !== "string" || !isDuration(after)) {
    throw new TypeError(
      `${place} has after ${inMessage(after)}. Write a duration with its unit: "90s".`,
    );
  }
  if (HAPPENINGS[type] === "an alarm" && hasAlarm !== true) {
    throw new TypeError(
      `${place} is ${type}, and target names no alarm. Give the world hasAlarm: true.`,
    );
  }
  const node: unknown = Reflect.get(each, "node");
  if (HAPPENINGS[type] !== "a node" || nodes[Number(node)] !== undefined) return;
  throw new RangeError(
    `${place} is ${type} of node ${inMessage(node)}, and there are ${nodes.length} nodes. Give it the place of a node in nodes, from 0 on.`,
  );
}

function checkType(
  given: unknown,
  { words, place }: { readonly words: Readonly<Record<string, unknown>>; readonly place: string },
): void {
  const type: unknown = isPlainObject(given) ? Reflect.get(given, "type") : undefined;
  if (typeof type === "string" && Object.hasOwn(words, type)) return;
  throw new TypeError(
    `${place} is ${inMessage(type ?? given)}. ${wordAdvice(type, Object.keys(words))}`,
  );
}

import type { NodeOptions } from "../../fake/account/node.ts";
import { type Duration, isDuration, toMs } from "../../time/duration.ts";
import type { Happening, World, WorldFault } from "../world.ts";

/** How many nodes one page of a listing has at most [api-ssm-model]: a world with more of them may be about pages. */
const NODES_OF_A_PAGE = 50;
/** Where there are no more kinds of nodes, they are tried alone and in pairs. */
const MOST_PAIRED = 8;
/** Times that are tried in place of longer ones. */
const SHORT_TIMES = ["1s", "10s", "1m", "10m"] as const satisfies readonly Duration[];

/**
 * Worlds that are smaller than one, each by one step, the largest steps first: fewer nodes, then fewer faults and happenings,
 * then what is left out, then simpler nodes and shorter times.
 */
export function* smallerWorlds(world: World): Generator<World> {
  const kinds = kindsOf(world);
  yield* withFewerNodes(world, kinds);
  yield* withFewerParts(world, "faults");
  yield* withFewerParts(world, "meanwhile");
  yield* withoutMembers(world);
  yield* withSimplerNodes(world, kinds);
  yield* withShorterTimes(world, kinds);
}

function* withFewerNodes(world: World, kinds: readonly Kind[]): Generator<World> {
  const { nodes, pages } = world;
  const kindOf = nodes.map((_, index) => kinds.findIndex((kind) => kind.includes(index)));
  const tried = new Set<string>();
  for (const kept of fewerNodes(kinds, nodes.length)) {
    // Nodes of one kind are as good as each other, whatever their ids are.
    const key = String(kept.map((index) => kindOf[index]));
    if (kept.length >= nodes.length || tried.has(key)) continue;
    tried.add(key);
    const smaller = keepNodes(world, kept);
    yield smaller;
    if (nodes.length > NODES_OF_A_PAGE && kept.length <= NODES_OF_A_PAGE) {
      yield { ...smaller, pages: { ...pages, most: 1 } };
    }
  }
}

/** What may be kept of so many nodes: one of few kinds or two of them, one of each kind, and then all but a half, a quarter, and so on. */
function* fewerNodes(kinds: readonly Kind[], count: number): Generator<readonly number[]> {
  const firsts = kinds.map(([first]) => first);
  if (kinds.length <= MOST_PAIRED) {
    for (const first of firsts) yield [first];
    for (const one of kinds) for (const other of kinds) yield pairOf(one, other);
  }
  yield firsts;
  const all = Array.from({ length: count }, (_, index) => index);
  for (let size = count; size > 1; ) {
    size = Math.ceil(size / 2);
    for (let start = 0; start < count; start += size) {
      yield all.filter((index) => index < start || index >= start + size);
    }
  }
}

/** The nodes of one kind, by their places in the world. */
type Kind = readonly [first: number, ...others: number[]];

/** The kinds of the nodes, in the order of their first ones: nodes differ in what they are, or in what happens to them. */
function kindsOf(world: World): readonly Kind[] {
  const kinds = new Map<string, [number, ...number[]]>();
  for (const index of world.nodes.keys()) {
    const key = kindOfNode(world, index);
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, [index]);
    else kind.push(index);
  }
  return [...kinds.values()];
}

/** One node of each of two kinds, in this order; of one kind, the first and the last. */
function pairOf(one: Kind, other: Kind): readonly number[] {
  const second = one === other ? other.at(-1) : other[0];
  return second === undefined || second === one[0] ? [one[0]] : [one[0], second];
}

function kindOfNode({ nodes, meanwhile = [] }: World, index: number): string {
  const { instanceId: _, ...node } = nodes[index] ?? {};
  const happens = meanwhile.filter((each) => "node" in each && each.node === index);
  return JSON.stringify([node, happens.map(({ type, after }) => [type, after])], withFunctions);
}

function withFunctions(_: string, value: unknown): unknown {
  return typeof value === "function" ? String(value) : value;
}

/** The world with some of its nodes, in the order that is given, and what happens to these. */
function keepNodes(world: World, kept: readonly number[]): World {
  const meanwhile = world.meanwhile?.flatMap((each): readonly Happening[] => {
    if (!("node" in each)) return [each];
    const node = kept.indexOf(each.node);
    return node < 0 ? [] : [{ ...each, node }];
  });
  const nodes = kept.flatMap((index) => world.nodes[index] ?? []);
  return { ...world, nodes, ...(meanwhile === undefined ? {} : { meanwhile }) };
}

function* withFewerParts(world: World, member: "faults" | "meanwhile"): Generator<World> {
  const parts: readonly (WorldFault | Happening)[] = world[member] ?? [];
  if (parts.length === 0) return;
  yield without(world, member);
  if (parts.length === 1) return;
  for (const left of parts) {
    yield { ...world, [member]: parts.filter((each) => each !== left) };
  }
}

/** The world without one of its members, which then has its default. */
function* withoutMembers(world: World): Generator<World> {
  for (const member of ["latency", "settings", "pages", "limits", "hasAlarm"] as const) {
    const value = world[member];
    if (value === undefined) continue;
    yield without(world, member);
    if (typeof value !== "object") continue;
    const names = Object.keys(value);
    if (names.length < 2) continue;
    for (const name of names) {
      const { [name]: _, ...rest } = value as Readonly<Record<string, unknown>>;
      yield { ...world, [member]: rest };
    }
  }
  if (world.target !== undefined) yield without(world, "target");
}

function without(world: World, member: keyof World): World {
  const { [member]: _, ...rest } = world;
  // All that a world must have are its name and its nodes, which nobody leaves out here.
  return rest as World;
}

/** The world with one member less of all nodes of a kind, or of what they do. */
function* withSimplerNodes(world: World, kinds: readonly Kind[]): Generator<World> {
  for (const kind of kinds) {
    // What each member may be is checked when a world is opened.
    const node = world.nodes[kind[0]] as Readonly<Record<string, unknown>>;
    for (const member of Object.keys(node)) {
      const { [member]: value, ...rest } = node;
      yield withKind(world, kind, rest);
      if (member !== "behavior" || typeof value !== "object" || value === null) continue;
      for (const behavior of simplerBehaviors(value)) {
        yield withKind(world, kind, { ...node, behavior });
      }
    }
  }
}

/** The world with other nodes in the place of those of one kind. Ids are each node's own. */
function withKind(world: World, [first, ...others]: Kind, other: object): World {
  const nodes = world.nodes.with(first, other);
  for (const index of others) nodes[index] = { ...other, ...idOf(world.nodes[index]) };
  return { ...world, nodes };
}

function idOf({ instanceId }: NodeOptions = {}): Pick<NodeOptions, "instanceId"> {
  return instanceId === undefined ? {} : { instanceId };
}

/** The parts of a behavior that chooses among others, and the behavior without one of its members. */
function* simplerBehaviors(behavior: object): Generator<unknown> {
  const members = behavior as Readonly<Record<string, unknown>>;
  for (const part of ["runs", "behaviors", "behavior", "then"]) {
    const value = members[part];
    if (typeof value !== "object" || value === null) continue;
    const parts: readonly unknown[] = "type" in value ? [value] : Object.values(value);
    for (const each of parts) yield each;
  }
  for (const member of Object.keys(members)) {
    if (member === "type") continue;
    const { [member]: _, ...rest } = members;
    yield rest;
  }
}

/** The world with a time shorter, a count 1, or a long output short, in all nodes of a kind at once. */
function* withShorterTimes(world: World, kinds: readonly Kind[]): Generator<World> {
  for (const kind of kinds) {
    const node = world.nodes[kind[0]] ?? {};
    for (const smaller of withSmallerValues(node)) yield withKind(world, kind, smaller);
  }
  const { nodes, ...others } = world;
  // Only a value is another, of the same type.
  for (const smaller of withSmallerValues(others)) yield { ...smaller, nodes } as World;
}

function* withSmallerValues(whole: object): Generator<object> {
  for (const { path, value } of leavesOf(whole)) {
    for (const smaller of smallerValues(value)) yield Object(replaced(whole, path, smaller));
  }
}

interface Leaf {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** The values in a world or in a node, but for names, numbers that are no sizes, and what the world is called. */
function* leavesOf(value: unknown, path: readonly string[] = []): Generator<Leaf> {
  if (typeof value !== "object" || value === null) {
    yield { path, value };
    return;
  }
  for (const [name, member] of Object.entries(value)) {
    const isOfWorld = path.length === 0 && ["name", "source", "seed"].includes(name);
    const isId = ["node", "exitCode", "instanceId"].includes(name);
    if (!isOfWorld && !isId) yield* leavesOf(member, [...path, name]);
  }
}

function smallerValues(value: unknown): readonly unknown[] {
  if (typeof value === "number") return value > 1 ? [1] : [];
  if (typeof value !== "string") return [];
  // A limit of a rollout.
  if (/^\d+%?$/.test(value)) return ["1", "100%"].filter((limit) => limit !== value);
  if (!isDuration(value)) return value.length > 200 ? [value.slice(0, 100)] : [];
  const ms = toMs(value);
  return SHORT_TIMES.filter((short) => toMs(short) < ms);
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  if (Array.isArray(value))
    return value.with(Number(name), replaced(value[Number(name)], rest, by));
  const members = value as Readonly<Record<string, unknown>>;
  return { ...members, [name]: replaced(members[name], rest, by) };
}

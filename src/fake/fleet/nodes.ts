import { isHybridNode } from "../../domain/arns.ts";
import { HYBRID_MEMBERS } from "../account/check-node.ts";
import type { NodeOptions } from "../account/node.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import { runsInShell, type ShellOptions } from "../shell/runs-in-shell.ts";
import type { FleetMistake } from "./check.ts";

/** Where a value is: names and indexes from the root. */
export type PathOfValue = readonly (string | number)[];

/** Where a value begins, in characters from the start of the file. */
export type OffsetOf = (path: PathOfValue) => number;

/** A behavior as the file has it. */
type WrittenBehavior = { readonly type: string; readonly [member: string]: unknown };
/** A node, or `count` of them, as the file has it. */
export type WrittenNode = Omit<NodeOptions, "behavior"> & {
  readonly behavior?: WrittenBehavior;
  readonly count?: number;
};

/** What is wrong with nodes whose shapes are right: ids, members of another kind of node, shells that are not allowed. */
export function mistakesInNodes(
  nodes: readonly WrittenNode[],
  { offsetOf, allowShell }: { readonly offsetOf: OffsetOf; readonly allowShell: boolean },
): readonly FleetMistake[] {
  const shells = allowShell ? [] : mistakesInShells(nodes, offsetOf);
  return [...mistakesInIds(nodes, offsetOf), ...mistakesInKinds(nodes, offsetOf), ...shells];
}

/** The nodes of a file, each with its id; an entry with a count becomes that many nodes. */
export function nodesOf(entries: readonly WrittenNode[]): readonly NodeOptions[] {
  return withIds(entries).map(({ behavior, ...node }) =>
    behavior === undefined ? node : { ...node, behavior: behaviorOf(behavior) },
  );
}

function mistakesInIds(nodes: readonly WrittenNode[], offsetOf: OffsetOf): readonly FleetMistake[] {
  return nodes.flatMap(({ instanceId, count }, index) => {
    if (instanceId === undefined) return [];
    const offset = offsetOf(["nodes", index, "instanceId"]);
    const isTaken = nodes.slice(0, index).some((node) => node.instanceId === instanceId);
    return [
      ...(isTaken
        ? [
            {
              offset,
              what: `nodes[${index}].instanceId is ${instanceId}, which another node has. Allowed: an id of its own.`,
            },
          ]
        : []),
      ...(count === undefined
        ? []
        : [
            {
              offset,
              what: `nodes[${index}] has an instanceId and a count. Allowed: one of them.`,
            },
          ]),
    ];
  });
}

function mistakesInKinds(
  nodes: readonly WrittenNode[],
  offsetOf: OffsetOf,
): readonly FleetMistake[] {
  return nodes.flatMap((node, index) => {
    if (isHybridNode(node.instanceId ?? "")) return [];
    return HYBRID_MEMBERS.filter((member) => node[member] !== undefined).map((member) => ({
      offset: offsetOf(["nodes", index, member]),
      what: `nodes[${index}] has a member ${member}, which only hybrid nodes have. Allowed: with an instanceId that begins with "mi-".`,
    }));
  });
}

function mistakesInShells(
  nodes: readonly WrittenNode[],
  offsetOf: OffsetOf,
): readonly FleetMistake[] {
  return nodes.flatMap(({ behavior }, index) =>
    pathsOfShells(behavior, ["nodes", index, "behavior"]).map((path) => ({
      offset: offsetOf([...path, "type"]),
      what: `nodes[${index}] has a behavior of type shell, which runs scripts on this machine. Allowed: with --allow-shell (allowShell) only.`,
    })),
  );
}

/** The paths of all behaviors of type shell in a value. */
function pathsOfShells(value: unknown, path: PathOfValue): readonly PathOfValue[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => pathsOfShells(item, [...path, index]));
  }
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "shell") return [path];
  return Object.entries(value).flatMap(([name, item]) => pathsOfShells(item, [...path, name]));
}

function withIds(entries: readonly WrittenNode[]): readonly Omit<WrittenNode, "count">[] {
  const given = new Set(entries.map(({ instanceId }) => instanceId));
  let made = 0;
  const nextId = () => {
    let id: string;
    do id = `i-${(++made).toString(16).padStart(17, "0")}`;
    while (given.has(id));
    return id;
  };
  return entries.flatMap(({ count = 1, ...node }) =>
    Array.from({ length: count }, () => ({ ...node, instanceId: node.instanceId ?? nextId() })),
  );
}

/** A behavior as it is written, with shells in place of `type: shell`, at any depth. */
function behaviorOf(written: WrittenBehavior): AgentBehavior {
  const { type, ...options } = written;
  // The shapes were checked: what is left are the options of a shell here, and a behavior of plain data below.
  if (type === "shell") return runsInShell(options as ShellOptions);
  return mapped(written, (behavior) => behaviorOf(behavior)) as AgentBehavior;
}

function mapped(
  { behaviors, otherwise, runs, ...rest }: WrittenBehavior,
  each: (behavior: WrittenBehavior) => AgentBehavior,
): object {
  const named = behaviors as Readonly<Record<string, WrittenBehavior>> | undefined;
  return {
    ...rest,
    ...(named === undefined
      ? {}
      : { behaviors: Object.fromEntries(Object.entries(named).map(([k, v]) => [k, each(v)])) }),
    ...(otherwise === undefined ? {} : { otherwise: each(otherwise as WrittenBehavior) }),
    ...(runs === undefined ? {} : { runs: (runs as readonly WrittenBehavior[]).map(each) }),
  };
}

import type { NodeOptions } from "../../fake/index.ts";
import { behaviorCode, isDefault } from "./behavior-code.ts";
import { type Code, call, items, layOut, members, returned } from "./code-layout.ts";
import { given, memberCode, type Uses } from "./literal.ts";

/** What nodes are that say nothing of it. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  platform: "Linux",
  name: "",
  agent: "online",
  state: "running",
  access: "allowed",
  logs: "allowed",
  objects: "allowed",
  clockSkew: "0s",
};

/** From how many equal nodes in a row on it is said how many there are. */
const MANY = 4;

/** The options of a node; the behavior comes last. */
export function nodeCode({ behavior, instanceId, tags, ...rest }: NodeOptions, uses: Uses): Code {
  const stated = given({ instanceId, tags, ...rest }).filter(
    ([name, value]) => DEFAULTS[name] !== value && !(name === "tags" && isEmpty(tags)),
  );
  return members([
    ...stated.map(([name, value]) => memberCode(name, value, uses)),
    ...(behavior === undefined || isDefault(behavior)
      ? []
      : [["behavior", behaviorCode(behavior, uses)] as const]),
  ]);
}

/** The list of the nodes, in which a row of equal ones is said in short. */
export function nodesCode(nodes: readonly NodeOptions[], uses: Uses): Code {
  const rows: { readonly node: Code; readonly text: string; count: number }[] = [];
  for (const each of nodes) {
    const node = nodeCode(each, uses);
    const text = layOut(node, { indent: 0, column: 0, behind: 0 });
    const last = rows.at(-1);
    if (last?.text === text) last.count++;
    else rows.push({ node, text, count: 1 });
  }
  const [only, ...others] = rows;
  if (only !== undefined && others.length === 0 && only.count >= MANY) {
    return call("Array.from", fromArguments(only));
  }
  return items(
    rows.flatMap((row) => {
      if (row.count < MANY) return Array.from({ length: row.count }, () => row.node);
      return [hasWords(row.node) ? filled(row) : call("...Array.from", fromArguments(row))];
    }),
  );
}

interface Row {
  readonly node: Code;
  readonly count: number;
}

function fromArguments({ node, count }: Row): readonly Code[] {
  return [members([["length", String(count)]]), returned(node)];
}

/** For TypeScript, a list that is spread has words that are any string, unless it is of any type. */
function filled({ node, count }: Row): Code {
  return call(`...Array(${count}).fill`, [node]);
}

/** Whether a node has a member that takes certain words only. */
function hasWords(node: Code): boolean {
  if (typeof node === "string" || node.type !== "members") return false;
  return node.members.some(
    (each) =>
      typeof each !== "string" &&
      (Object.hasOwn(DEFAULTS, each[0]) || (each[0] === "behavior" && !isCall(each[1]))),
  );
}

function isCall(code: Code): boolean {
  return typeof code === "object" && code.type === "call";
}

function isEmpty(tags: object | undefined): boolean {
  return tags !== undefined && Object.keys(tags).length === 0;
}

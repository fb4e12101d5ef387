import { isAlias, isMap, isScalar, isSeq, type Node, type Pair } from "yaml";
import type { Members, Shape } from "./shapes.ts";

/** Something that is wrong in a fleet file. */
export interface FleetMistake {
  /** Where it is, in characters from the start. */
  readonly offset: number;
  /** What was found, and what is allowed. */
  readonly what: string;
}

/** A value in the tree of the YAML parser, with its path and its offset. */
interface At {
  readonly node: unknown;
  readonly path: string;
  readonly offset: number;
}

/** Everything that is wrong with a tree, as it is walked from the top. */
export function mistakesIn(root: unknown, shape: Shape): readonly FleetMistake[] {
  return check({ node: root, path: "", offset: 0 }, shape);
}

function check(at: At, shape: Shape): readonly FleetMistake[] {
  // Our decision: a mistake in a part that is merged or repeated would be reported at another place, and JSON has no
  // aliases.
  if (isAlias(at.node)) return [wrong(at, "values that are written out, not aliases")];
  switch (shape.type) {
    case "text":
      return isText(at.node, shape.isOne) ? [] : [wrong(at, `${shape.allowed}${quoteHint(at)}`)];
    case "words":
      return isScalar(at.node) && shape.words.some((word) => word === scalarOf(at))
        ? []
        : [wrong(at, shape.words.join(", "))];
    case "whole":
      return isWhole(scalarOf(at), shape) ? [] : [wrong(at, wholeNumber(shape))];
    case "list":
      return checkList(at, shape);
    case "map":
      return isMap(at.node)
        ? at.node.items.flatMap((pair) => check(memberOf(at, pair), shape.of()))
        : [wrong(at, "a map of names to values")];
    case "record":
      return checkRecord(at, shape.members);
    case "kinds":
      return checkKind(at, shape.kinds);
  }
}

function checkList(at: At, shape: Shape & { readonly type: "list" }): readonly FleetMistake[] {
  const { node, path, offset } = at;
  if (!isSeq(node)) return [wrong(at, "a list")];
  if (node.items.length < (shape.least ?? 0)) return [wrong(at, "a list of at least one")];
  return node.items.flatMap((item, index) =>
    check({ node: item, path: `${path}[${index}]`, offset: offsetOf(item, offset) }, shape.of()),
  );
}

function checkKind(at: At, kinds: Readonly<Record<string, Members>>): readonly FleetMistake[] {
  const names = Object.keys(kinds);
  if (!isMap(at.node)) return [wrong(at, `a map with a type: ${names.join(", ")}`)];
  const pair = at.node.items.find(({ key }) => nameOf(key) === "type");
  if (pair === undefined) {
    return [{ offset: at.offset, what: `${at.path} has no type. Allowed: ${names.join(", ")}.` }];
  }
  const type = check(memberOf(at, pair), { type: "words", words: names });
  if (type.length > 0) return type;
  const members = kinds[String(scalarOf(memberOf(at, pair)))] ?? {};
  return checkRecord(at, { type: { shape: () => ({ type: "words", words: names }) }, ...members });
}

function checkRecord(at: At, members: Members): readonly FleetMistake[] {
  const { node, path, offset } = at;
  if (!isMap(node)) return [wrong(at, `a map with ${Object.keys(members).join(", ")}`)];
  const of = path === "" ? "The file" : path;
  const found = node.items.flatMap((pair) => {
    const member = memberOf(at, pair);
    const name = nameOf(pair.key);
    const known = Object.hasOwn(members, name) ? members[name] : undefined;
    if (known !== undefined) return check(member, known.shape());
    const allowed = Object.keys(members).join(", ");
    return [
      {
        offset: offsetOf(pair.key, offset),
        what: `${of} has an unknown member ${JSON.stringify(name)}. Allowed: ${allowed}.`,
      },
    ];
  });
  const missing = Object.entries(members)
    .filter(([name, { isRequired }]) => isRequired && !node.has(name))
    .map(([name]) => ({ offset, what: `${of} has no ${name}. Write one.` }));
  return [...found, ...missing];
}

function memberOf({ path, offset }: At, { key, value }: Pair): At {
  const at = offsetOf(value, offsetOf(key, offset));
  return { node: value, path: path === "" ? nameOf(key) : `${path}.${nameOf(key)}`, offset: at };
}

function wrong(at: At, allowed: string): FleetMistake {
  return {
    offset: at.offset,
    what: `${at.path || "The file"} is ${shown(at)}. Allowed: ${allowed}.`,
  };
}

function shown(at: At): string {
  if (isAlias(at.node)) return `the alias *${at.node.source}`;
  if (isMap(at.node)) return "a map";
  if (isSeq(at.node)) return at.node.items.length === 0 ? "an empty list" : "a list";
  const value = scalarOf(at);
  if (value === null || value === undefined) return "empty";
  return typeof value === "bigint" ? String(value) : JSON.stringify(value);
}

/** YAML reads the value of `yes: 1` as a number, where its author meant a string. */
function quoteHint(at: At): string {
  const value = scalarOf(at);
  return typeof value === "number" || typeof value === "boolean" ? ", in quotes" : "";
}

function isText(node: unknown, isOne: (text: string) => boolean = () => true): boolean {
  return isScalar(node) && typeof node.value === "string" && isOne(node.value);
}

function isWhole(
  value: unknown,
  { least = -Infinity, most = Infinity }: { readonly least?: number; readonly most?: number },
): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}

function wholeNumber({ least, most }: { readonly least?: number; readonly most?: number }): string {
  return least === undefined ? "a whole number" : `a whole number from ${least} to ${most}`;
}

function scalarOf({ node }: At): unknown {
  return isScalar(node) ? node.value : undefined;
}

function nameOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}

function offsetOf(node: unknown, otherwise: number): number {
  const isPlaced = typeof node === "object" && node !== null && "range" in node;
  // Nodes of the parser have a range: the start, the end of the value, the end of the node.
  const range = isPlaced ? (node as Node).range : undefined;
  return range?.[0] ?? otherwise;
}

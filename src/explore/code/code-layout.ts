// JavaScript as a formatter leaves it: on one line what fits, and else one member to a line.

/** A piece of JavaScript. Text stays as it is. */
export type Code = string | Members | Items | Call | Sum | Returned;

/** A member of an object; text is one as it stands, such as a method. */
export type Member = readonly [key: string, value: Code] | string;

interface Members {
  readonly type: "members";
  readonly members: readonly Member[];
  /** Whether it takes several lines although it would fit on one. */
  readonly open: boolean;
}

interface Items {
  readonly type: "items";
  readonly items: readonly Code[];
}

interface Call {
  readonly type: "call";
  /** What is called, with `...` before it where the result is spread. */
  readonly of: string;
  readonly args: readonly Code[];
}

/** Pieces of a string, added. */
interface Sum {
  readonly type: "sum";
  readonly of: readonly string[];
}

/** A function without parameters that returns an object. */
interface Returned {
  readonly type: "returned";
  readonly object: Code;
}

export function members(list: Members["members"], { open = false } = {}): Members {
  return { type: "members", members: list, open };
}

export function items(list: readonly Code[]): Items {
  return { type: "items", items: list };
}

export function call(of: string, args: readonly Code[]): Call {
  return { type: "call", of, args };
}

export function sum(of: readonly string[]): Sum {
  return { type: "sum", of };
}

export function returned(object: Code): Returned {
  return { type: "returned", object };
}

const WIDTH = 100;
const STEP = 2;

/** Where a piece begins. */
export interface Place {
  /** How far its line is indented. */
  readonly indent: number;
  /** The column at which it begins. */
  readonly column: number;
  /** How many characters follow it on its last line. */
  readonly behind: number;
}

/** A piece as text, whose later lines are indented. */
export function layOut(code: Code, place: Place): string {
  return fits(code, place) ? flat(code) : inLines(code, place);
}

function fits(code: Code, { column, behind }: Place): boolean {
  return !hasToBreak(code) && column + flat(code).length + behind <= WIDTH;
}

function flat(code: Code): string {
  if (typeof code === "string") return code;
  switch (code.type) {
    case "members": {
      const list = code.members.map((each) =>
        typeof each === "string" ? each : `${each[0]}: ${flat(each[1])}`,
      );
      return list.length === 0 ? "{}" : `{ ${list.join(", ")} }`;
    }
    case "items":
      return `[${code.items.map(flat).join(", ")}]`;
    case "call":
      return `${code.of}(${code.args.map(flat).join(", ")})`;
    case "sum":
      return code.of.join(" + ");
    case "returned":
      return `() => (${flat(code.object)})`;
  }
}

function hasToBreak(code: Code): boolean {
  if (typeof code === "string") return code.includes("\n");
  switch (code.type) {
    case "members":
      return (
        code.open ||
        code.members.some((each) =>
          typeof each === "string" ? each.includes("\n") : hasToBreak(each[1]),
        )
      );
    case "items":
      return areAllLarge(code.items) || code.items.some(hasToBreak);
    case "call":
      return code.args.some(hasToBreak);
    case "sum":
      return false;
    case "returned":
      return hasToBreak(code.object);
  }
}

/** Formatters give each its own line where several objects stand in a list, each of several members. */
function areAllLarge(list: readonly Code[]): boolean {
  return (
    list.length > 1 &&
    list.every(
      (each) => typeof each === "object" && each.type === "members" && each.members.length > 1,
    )
  );
}

function inLines(code: Code, place: Place): string {
  if (typeof code === "string") return code;
  const { indent, column, behind } = place;
  switch (code.type) {
    case "members":
      return inBlock("{}", {
        indent,
        lines: code.members.map((each) =>
          typeof each === "string" ? each : member(each, indent + STEP),
        ),
      });
    case "items":
      return inBlock("[]", {
        indent,
        lines: code.items.map((each) => onOwnLine(each, indent + STEP)),
      });
    case "call":
      return `${code.of}${args(code.args, { indent, column: column + code.of.length, behind })}`;
    case "sum":
      return code.of.join(` +\n${" ".repeat(indent)}`);
    case "returned": {
      const [before, after] = ["() => (", ")"];
      const at = { indent, column: column + before.length, behind: behind + after.length };
      return `${before}${layOut(code.object, at)}${after}`;
    }
  }
}

function inBlock(
  brackets: "{}" | "[]" | "()",
  { indent, lines }: { readonly indent: number; readonly lines: readonly string[] },
): string {
  const [open = "", close = ""] = brackets;
  const inner = lines.map((line) => `${" ".repeat(indent + STEP)}${line},\n`);
  return `${open}\n${inner.join("")}${" ".repeat(indent)}${close}`;
}

function onOwnLine(code: Code, indent: number): string {
  return layOut(code, { indent, column: indent, behind: 1 });
}

function member([key, value]: readonly [string, Code], indent: number): string {
  const before = `${key}: `;
  const place = { indent, column: indent + before.length, behind: 1 };
  if (fits(value, place) || !isString(value) || key.length <= STEP) {
    return `${before}${layOut(value, place)}`;
  }
  return `${key}:\n${" ".repeat(indent + STEP)}${onOwnLine(value, indent + STEP)}`;
}

/** Long strings begin on a line of their own. */
function isString(code: Code): boolean {
  return typeof code === "string" ? code.startsWith('"') : code.type === "sum";
}

/** Arguments, of which an object that is the last begins on the line of the call if that is long enough. */
function args(list: readonly Code[], { indent, column, behind }: Place): string {
  const last = list.at(-1);
  const first = list.slice(0, -1);
  const before = `(${first.map((each) => `${flat(each)}, `).join("")}`;
  if (last !== undefined && isHuggable(last, first) && column + before.length + 1 <= WIDTH) {
    const at = { indent, column: column + before.length, behind: behind + 1 };
    return `${before}${inLines(last, at)})`;
  }
  return inBlock("()", { indent, lines: list.map((each) => onOwnLine(each, indent + STEP)) });
}

function isHuggable(last: Code, first: readonly Code[]): boolean {
  if (typeof last === "string" || first.some(hasToBreak)) return false;
  const before = first.at(-1);
  const isTwin = typeof before === "object" && before.type === last.type;
  return !isTwin && ["members", "items", "returned"].includes(last.type);
}

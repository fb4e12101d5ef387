import { type Code, call, items, type Member, members, sum } from "./code-layout.ts";

/** Told of every function of "ssm-run-command/fake" that code may call. */
export type Uses = (name: Helper) => void;

/** The functions that make behaviors. */
const HELPERS = [
  "byDocument",
  "byPlugin",
  "fails",
  "hangs",
  "inOrder",
  "killed",
  "reboots",
  "succeeds",
  "when",
] as const;

/** A function that makes behaviors. */
export type Helper = (typeof HELPERS)[number];

/** A value as code: data, and functions as they were written. */
export function literal(value: unknown, uses: Uses): Code {
  if (typeof value === "string") return text(value);
  if (typeof value === "function") return source(value, uses);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) return items(value.map((each) => literal(each, uses)));
  if (value instanceof Date) return call("new Date", [text(value.toISOString())]);
  if (typeof value !== "object" || value === null || value instanceof RegExp) return String(value);
  return members(given(value).map(([name, each]) => memberCode(name, each, uses)));
}

/** A member of an object; a method as it was written. */
export function memberCode(name: string, value: unknown, uses: Uses): Member {
  if (typeof value !== "function") return [keyOf(name), literal(value, uses)];
  const written = writtenAs(value, uses);
  return methodName(written) === name ? written : [keyOf(name), source(value, uses)];
}

/** The members of an object that say something. */
export function given(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([, each]) => each !== undefined);
}

/** The name of a member, in quotes where it needs them. */
export function keyOf(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** How long a string is at most in which nothing is looked for that repeats. */
const SHORT = 60;

/** A string as code: a long one in which something is repeated says so. */
function text(value: string): Code {
  if (value.length <= SHORT) return JSON.stringify(value);
  const parts: string[] = [];
  let end = 0;
  for (let run = nextRun(value, end); run !== undefined; run = nextRun(value, end)) {
    if (run.start > end) parts.push(JSON.stringify(value.slice(end, run.start)));
    parts.push(`${JSON.stringify(run.unit)}.repeat(${counted(run.count)})`);
    end = run.start + run.count * run.unit.length;
  }
  if (end < value.length) parts.push(JSON.stringify(value.slice(end)));
  return parts.length === 1 ? parts.join("") : sum(parts);
}

/** Something that is repeated in a string: from `start` on `unit`, `count` times. */
interface Run {
  readonly start: number;
  readonly unit: string;
  readonly count: number;
}

/** What is repeated next, and is long; of lines whole ones. */
function nextRun(value: string, from: number): Run | undefined {
  const repeated = /([\s\S]{1,80}?)\1{4,}/g;
  repeated.lastIndex = from;
  for (let found = repeated.exec(value); found !== null; found = repeated.exec(value)) {
    const { 0: all, 1: first = "", index } = found;
    if (all.length <= SHORT) continue;
    const behindLine = first.lastIndexOf("\n") + 1;
    const unit = first.slice(behindLine) + first.slice(0, behindLine);
    const start = index + (behindLine === first.length ? 0 : behindLine);
    let count = 0;
    while (value.startsWith(unit, start + count * unit.length)) count++;
    return { start, unit, count };
  }
  return undefined;
}

/** A number with its thousands apart. */
function counted(count: number): string {
  return count < 10_000 ? String(count) : String(count).replace(/\B(?=(?:\d{3})+$)/g, "_");
}

/** A function as it was written; a method is taken out of an object that has it. */
function source(value: { readonly name: string }, uses: Uses): string {
  const written = writtenAs(value, uses);
  const name = methodName(written);
  return name === undefined ? written : `({ ${written} }).${name}`;
}

function writtenAs(value: unknown, uses: Uses): string {
  // Compilers and runners call what is imported as a member of its module: (0, module.fails)().
  const written = String(value)
    .replace(/\(0,\s*[\w$]+\.([\w$]+)\)/g, "$1")
    .replace(/\b__vi(?:te_ssr)?_import_\d+__\./g, "");
  if (/\{\s*\[native code\]\s*\}$/.test(written)) {
    return "undefined /* a function whose source is not known */";
  }
  for (const helper of HELPERS)
    if (new RegExp(`(?<![.\\w$])${helper}\\(`).test(written)) uses(helper);
  return written;
}

/** The name of a function that was written as a method. */
function methodName(written: string): string | undefined {
  const [, name] = /^(?:async\s+)?(?:\*\s*)?([\w$]+)\s*\(/.exec(written) ?? [];
  return name === "function" || name === "async" ? undefined : name;
}

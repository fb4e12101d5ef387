import { type Code, call, items, members, sum } from "./code-layout.ts";

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
  return members(
    given(value).map(([name, each]) => {
      if (typeof each !== "function") return [keyOf(name), literal(each, uses)];
      const written = writtenAs(each, uses);
      return methodName(written) === name ? written : [keyOf(name), source(each, uses)];
    }),
  );
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
  for (const { 0: run, 1: unit = "", index } of value.matchAll(/([\s\S]{1,80}?)\1{4,}/g)) {
    if (run.length <= SHORT) continue;
    if (index > end) parts.push(JSON.stringify(value.slice(end, index)));
    parts.push(`${JSON.stringify(unit)}.repeat(${counted(run.length / unit.length)})`);
    end = index + run.length;
  }
  if (end < value.length) parts.push(JSON.stringify(value.slice(end)));
  return parts.length === 1 ? parts.join("") : sum(parts);
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
  const written = String(value);
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

import { shown } from "../shown.ts";

/** How much of a long string is shown before the first difference, and in all. */
const [BEFORE, SHOWN] = [20, 80];

/**
 * Says that a member is not as expected, undefined when it is. Long strings are cut around the first difference.
 *
 * @example
 * ```ts
 * differenceOf("code", 7, 1); //=> "expected code 7, found 1"
 * ```
 */
export function differenceOf(name: string, expected: unknown, found: unknown): string | undefined {
  if (expected === found) return undefined;
  const areStrings = typeof expected === "string" && typeof found === "string";
  if (!areStrings) return `expected ${name} ${shown(expected)}, found ${shown(found)}`;
  const at = firstDifference(expected, found);
  return `expected ${name} ${excerpt(expected, at)}, found ${excerpt(found, at)}`;
}

function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return at;
}

function excerpt(whole: string, at: number): string {
  if (whole.length <= SHOWN) return JSON.stringify(whole);
  const from = Math.max(0, Math.min(at - BEFORE, whole.length - SHOWN));
  const part = whole.slice(from, from + SHOWN);
  const [before, after] = [from > 0 ? "…" : "", from + SHOWN < whole.length ? "…" : ""];
  return `${JSON.stringify(`${before}${part}${after}`)} (length ${whole.length})`;
}

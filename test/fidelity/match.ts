import { instantOf } from "./case-time.ts";
import { isObject, type JsonObject } from "./json.ts";
import { OPERATORS } from "./operators.ts";
import { shown } from "./shown.ts";

/**
 * Says where a value differs from a pattern: path, what was expected, what was found. Undefined when it matches.
 *
 * - Objects: every member named must match, others are ignored. Lists: same length, same order. Anything else: equal.
 * - An object whose keys begin with `$` is an operator; several in one object must all hold.
 * - Members whose name ends in `DateTime`, and `ExpiresAfter`, are compared as instants, to the millisecond.
 *
 * @example
 * ```ts
 * mismatchOf({ Status: "Success" }, { Status: "Failed" }, "answer"); //=> 'answer.Status: expected "Success", found "Failed"'
 * ```
 */
export function mismatchOf(pattern: unknown, found: unknown, path: string): string | undefined {
  if (Array.isArray(pattern)) return mismatchOfList(pattern, found, path);
  if (!isObject(pattern)) {
    return isEqual(pattern, found, path) ? undefined : differs(shown(pattern), found, path);
  }
  if (isOperator(pattern)) return mismatchOfOperators(pattern, found, path);
  if (!isObject(found)) return differs("an object", found, path);
  return firstOf(Object.entries(pattern), ([key, member]) => {
    const value = Object.hasOwn(found, key) ? found[key] : undefined;
    return mismatchOf(member, value, `${path}.${key}`);
  });
}

/** What is wrong with a pattern itself: operators that do not exist, or that have an operand which they do not take. */
export function problemsOfPattern(pattern: unknown, path: string): readonly string[] {
  if (Array.isArray(pattern)) {
    return pattern.flatMap((item, index) => problemsOfPattern(item, `${path}.${index}`));
  }
  if (!isObject(pattern)) return [];
  return Object.entries(pattern).flatMap(([key, value]) => {
    const inside = problemsOfPattern(value, `${path}.${key}`);
    if (!isOperator(pattern)) return inside;
    const operator = OPERATORS.get(key);
    if (operator === undefined) return [noOperator(key, path)];
    return operator.accepts(value) ? inside : [`${path}: ${key} takes ${operator.takes}.`];
  });
}

function mismatchOfList(
  pattern: readonly unknown[],
  found: unknown,
  path: string,
): string | undefined {
  const isAsLong = Array.isArray(found) && found.length === pattern.length;
  if (!isAsLong) return differs(`a list of ${pattern.length}`, found, path);
  return firstOf([...pattern.entries()], ([index, item]) =>
    mismatchOf(item, found[index], `${path}.${index}`),
  );
}

function mismatchOfOperators(pattern: JsonObject, found: unknown, path: string) {
  const matches = (inner: unknown, value: unknown) => mismatchOf(inner, value, path) === undefined;
  return firstOf(Object.entries(pattern), ([key, operand]) => {
    const operator = OPERATORS.get(key);
    if (operator === undefined) return noOperator(key, path);
    return operator.holds(operand, found, matches)
      ? undefined
      : differs(operator.expects(operand), found, path);
  });
}

function isOperator(pattern: JsonObject): boolean {
  return Object.keys(pattern).some((key) => key.startsWith("$"));
}

function noOperator(key: string, path: string): string {
  return `${path}: ${JSON.stringify(key)} is no operator of a pattern.`;
}

/** Equal, or the same instant in a member that holds a time. A `Date` is never JSON: it is an instant wherever it stands. */
function isEqual(expected: unknown, found: unknown, path: string): boolean {
  if (expected === found) return true;
  const areTimes =
    /(?:DateTime|\.ExpiresAfter)(?:\.\d+)?$/.test(path) ||
    expected instanceof Date ||
    found instanceof Date;
  const instant = areTimes ? instantOf(expected) : undefined;
  return instant !== undefined && instant === instantOf(found);
}

function differs(expected: string, found: unknown, path: string): string {
  const length = Array.isArray(found) || typeof found === "string" ? found.length : 0;
  const hint = length > 20 ? ` (length ${length})` : "";
  return `${path}: expected ${expected}, found ${shown(found)}${hint}`;
}

function firstOf<Item>(
  items: readonly Item[],
  say: (item: Item) => string | undefined,
): string | undefined {
  for (const item of items) {
    const sentence = say(item);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

import { isPlainObject } from "../../domain/options.ts";

/**
 * An asymmetric matcher, such as `expect.stringContaining("nightly")` of Vitest and Jest, or any object with this method.
 *
 * @inline
 */
export type AsymmetricMatcher = {
  /** Whether this value will do. */
  asymmetricMatch(value: unknown): boolean;
};

/**
 * A value, in which asymmetric matchers may stand for any part.
 *
 * @inline
 */
export type Expected<Value> =
  | AsymmetricMatcher
  | (Value extends readonly (infer Item)[]
      ? readonly Expected<Item>[]
      : Value extends object
        ? { readonly [Name in keyof Value]: Expected<Value[Name]> | undefined }
        : Value);

/** Whether something is an asymmetric matcher, of whichever runner. */
export function isMatcher(value: unknown): value is AsymmetricMatcher {
  return (
    typeof value === "object" &&
    value !== null &&
    "asymmetricMatch" in value &&
    typeof value.asymmetricMatch === "function"
  );
}

/** Whether a value of a request is as it was expected. A member that is undefined counts as left out. */
export function isAsExpected(expected: unknown, actual: unknown): boolean {
  if (isMatcher(expected)) return matches(expected, actual);
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, index) => isAsExpected(item, actual[index]))
    );
  }
  if (!isObject(expected)) return Object.is(expected, actual);
  if (!isObject(actual)) return false;
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names].every((name) => isAsExpected(memberOf(expected, name), memberOf(actual, name)));
}

function matches(matcher: AsymmetricMatcher, actual: unknown): boolean {
  const answer: unknown = matcher.asymmetricMatch(actual);
  if (typeof answer === "object" && answer !== null && "then" in answer) {
    throw new TypeError(
      "The asymmetricMatch() of a matcher returned a promise, and whether that holds cannot be waited for. Return true or false.",
    );
  }
  return Boolean(answer);
}

/** Whether two lists have the same items, in any order: each expected one stands for one of the others. */
export function isAsExpectedInAnyOrder(
  expected: readonly unknown[],
  actual: readonly unknown[],
): boolean {
  if (expected.length !== actual.length) return false;
  /** For each actual item, the expected one that stands for it. */
  const taken = new Map<number, number>();
  const find = (wanted: number, seen: Set<number>): boolean =>
    actual.some((item, index) => {
      if (seen.has(index) || !isAsExpected(expected[wanted], item)) return false;
      seen.add(index);
      const other = taken.get(index);
      // Where another one stands, it may find another place: a matcher fits many items.
      if (other !== undefined && !find(other, seen)) return false;
      taken.set(index, wanted);
      return true;
    });
  return expected.every((_, wanted) => find(wanted, new Set()));
}

/** The most characters of a string in a message: a script can be long. */
const MOST_CHARACTERS = 500;

/** A value for a message, as JSON, with the names of asymmetric matchers in it. */
export function shownValue(value: unknown): string {
  if (isMatcher(value)) return shownMatcher(value);
  if (value instanceof RegExp) return String(value);
  if (Array.isArray(value)) return `[${value.map(shownValue).join(",")}]`;
  if (typeof value === "string" && value.length > MOST_CHARACTERS) {
    return `${JSON.stringify(value.slice(0, MOST_CHARACTERS))}…`;
  }
  // JSON has no bigint.
  if (typeof value === "bigint") return `${value}n`;
  if (!isObject(value)) return JSON.stringify(value) ?? String(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${shownValue(member)}`);
  return `{${members.join(",")}}`;
}

/** As runners print it: `StringContaining "nightly"`, `Any<String>`. */
function shownMatcher(matcher: AsymmetricMatcher): string {
  if ("toAsymmetricMatcher" in matcher && typeof matcher.toAsymmetricMatcher === "function") {
    return String(matcher.toAsymmetricMatcher());
  }
  const name = String(matcher);
  if (name === "[object Object]") return "<a matcher>";
  return "sample" in matcher ? `${name} ${shownValue(matcher.sample)}` : name;
}

/**
 * The first regular expression in an expectation, where a value is compared with it: no value of a request is one. That of
 * `expect.stringMatching()` is not, and those in a list or an object that a matcher was made with are.
 */
export function regExpIn(expected: unknown): RegExp | undefined {
  if (expected instanceof RegExp) return expected;
  if (isMatcher(expected)) {
    const sample = "sample" in expected ? expected.sample : undefined;
    return Array.isArray(sample) || isPlainObject(sample) ? regExpIn(sample) : undefined;
  }
  if (!Array.isArray(expected) && !isPlainObject(expected)) return undefined;
  for (const member of Object.values(expected)) {
    const found = regExpIn(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The names that an expectation speaks of: members that are not undefined, of itself or of what a matcher was made with. */
export function namesAskedFor(expected: unknown): readonly string[] {
  const asked = isMatcher(expected) && "sample" in expected ? expected.sample : expected;
  if (!isPlainObject(asked) || isMatcher(asked)) return [];
  return Object.entries(asked)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
}

/** A member of an object itself, undefined if it has none of that name. */
export function memberOf(object: object, name: string): unknown {
  return Object.hasOwn(object, name) ? Reflect.get(object, name) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

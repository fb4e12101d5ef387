import { isDuration } from "./case-time.ts";
import { isObject, type JsonObject } from "./json.ts";
import { shown } from "./shown.ts";

/** Says what is wrong with a value: a sentence for each problem, none when the value is right. */
export type Check = (value: unknown, path: string) => readonly string[];

type Checks = Readonly<Record<string, Check>>;

/** An object with these members and no others. */
export function shape(required: Checks, optional: Checks = {}): Check {
  const checks = new Map(Object.entries({ ...required, ...optional }));
  return object((members, path) => [
    ...Object.keys(required)
      .filter((key) => !Object.hasOwn(members, key))
      .map((key) => `${path} lacks the key ${JSON.stringify(key)}.`),
    ...Object.entries(members).flatMap(([key, value]) => {
      const check = checks.get(key);
      return check === undefined ? [unknownKey(key, path)] : check(value, `${path}.${key}`);
    }),
  ]);
}

/** An object; `also` says more about its members. */
export function object(also: (members: JsonObject, path: string) => readonly string[]): Check {
  return (value, path) =>
    isObject(value) ? also(value, path) : [`${path} is ${shown(value)}, and has to be an object.`];
}

/** An object with any names, whose values all pass the check. */
export function recordOf(check: Check): Check {
  return object((members, path) =>
    Object.entries(members).flatMap(([name, value]) => check(value, `${path}.${name}`)),
  );
}

/** A list whose items all pass the check. */
export function listOf(check: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, `${path}.${index}`))
      : [`${path} is ${shown(value)}, and has to be a list.`];
}

/** A list of at least one item, whose items all pass the check. */
export function filledListOf(check: Check): Check {
  return (value, path) =>
    Array.isArray(value) && value.length === 0
      ? [`${path} is an empty list.`]
      : listOf(check)(value, path);
}

/** A string that an expression matches; `what` says which strings those are. */
export function matching(expression: RegExp, what: string): Check {
  return one((value) => typeof value === "string" && expression.test(value), what);
}

/** One of these values. */
export function oneOf(...values: readonly unknown[]): Check {
  return one((value) => values.includes(value), values.map(shown).join(" or "));
}

/** A value for which `isSo` holds; `what` says which values those are. */
export function one(isSo: (value: unknown) => boolean, what: string): Check {
  return (value, path) =>
    isSo(value) ? [] : [`${path} is ${shown(value)}, and has to be ${what}.`];
}

/** Any value. */
export const anything: Check = () => [];
export const text = one((value) => typeof value === "string", "a text");
export const truth = one((value) => typeof value === "boolean", "true or false");
export const integer = one(Number.isInteger, "a whole number");
export const count = one(
  (value) => Number.isInteger(value) && Number(value) > 0,
  "a number above 0",
);
export const duration = one(isDuration, 'a duration such as "35s"');

function unknownKey(key: string, path: string): string {
  return `${path} has the unknown key ${JSON.stringify(key)}.`;
}

import { inMessage, notTaken } from "./in-message.ts";
import { nearestName } from "./nearest-name.ts";

/** What the value of an option has to be: one of some words, or of a type. `any` is checked where it is read. */
export type OptionKind =
  | "any"
  | "a boolean"
  | "a function"
  | "a list"
  | "a number"
  | "a string"
  | "an AbortSignal"
  | readonly string[];

/** Members that may be left out, or be undefined, which counts as the same whatever the caller's compiler makes of that. */
export type Optional<Members> = {
  readonly [Name in keyof Members]?: Members[Name] | undefined;
};

/**
 * A row for each member of an options type. An option without a row does not compile, so that types, check and
 * documentation cannot differ.
 */
export type OptionTable<Options> = { readonly [Name in keyof Required<Options>]: OptionKind };

/**
 * Refuses what an options object does not have, and values that its members cannot have, so that no mistyped option is
 * ignored. `undefined` counts as left out.
 *
 * @param place - Where the options were given, such as `new FakeSsm()`.
 * @throws TypeError that names the place and, if there is one, the nearest name.
 */
export function checkOptions(given: unknown, table: OptionTable<object>, place: string): void {
  if (given === undefined) return;
  const names = Object.keys(table);
  const all = names.join(", ");
  const isInstance = !Array.isArray(given) && names.some((name) => hasMember(given, name));
  if (!isInstance && !isPlainObject(given)) {
    throw notTaken(given, atStart(place), `an object of options: ${all}`);
  }
  for (const [name, value] of Object.entries(Object(given))) {
    if (!names.includes(name)) {
      const meant = nearestName(name, names) ?? names.find((each) => isPartOfOther(name, each));
      throw new TypeError(
        `${atStart(place)} has no option ${JSON.stringify(name)}. ${meant ? `Did you mean ${meant}?` : `It has ${all}.`}`,
      );
    }
    const kind: OptionKind = Reflect.get(table, name);
    if (value !== undefined && !isOfKind(value, kind)) {
      const advice = typeof kind === "string" ? `Give it ${kind}.` : wordAdvice(value, kind);
      throw new TypeError(`${name} of ${place} is ${inMessage(value)}. ${advice}`);
    }
  }
}

/**
 * Refuses mistyped members of data that may have more of them: those of a newer service, or what it was made of.
 *
 * @param place - What has the members, such as `The request of send()`.
 * @throws TypeError that names the nearest member.
 */
export function checkMembers(given: object, table: OptionTable<object>, place: string): void {
  const names = Object.keys(table);
  for (const name of Object.keys(given)) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    if (nearest === undefined) continue;
    throw new TypeError(`${place} has no member ${JSON.stringify(name)}. Did you mean ${nearest}?`);
  }
}

/**
 * What to write instead of a word that is none of these.
 *
 * @param orElse - What may stand there besides, such as `, or a function`.
 */
export function wordAdvice(given: unknown, words: readonly string[], orElse = ""): string {
  const nearest = typeof given === "string" ? nearestName(given, words) : undefined;
  const all = `Use one of ${words.join(", ")}${orElse}.`;
  return nearest === undefined ? all : `${all} Did you mean ${nearest}?`;
}

/** A place at the start of a sentence, such as `The behavior of i-0123456789abcdef0`; names of functions stay. */
function atStart(place: string): string {
  return place.replace(
    /^(?:the|an?) /,
    ([first = "", ...rest]) => first.toUpperCase() + rest.join(""),
  );
}

/** Such as `id` and `instanceId`, `documentName` and `document`. */
function isPartOfOther(written: string, name: string): boolean {
  const [one, other] = [written.toLowerCase(), name.toLowerCase()];
  return (one.length > 1 && other.includes(one)) || (other.length > 2 && one.includes(other));
}

/** Kinds end as the types of JavaScript are named, lists and signals apart: those are told by their shape. */
function isOfKind(value: unknown, kind: OptionKind): boolean {
  if (typeof kind !== "string") return kind.some((word) => word === value);
  if (kind === "a list") return Array.isArray(value);
  return (
    kind === "any" ||
    kind.endsWith(typeof value) ||
    (kind === "an AbortSignal" && hasMember(value, "aborted"))
  );
}

function hasMember(given: unknown, name: string): boolean {
  return typeof given === "object" && given !== null && name in given;
}

/** An object that is written as one, in whichever realm: neither a list nor an instance of something. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

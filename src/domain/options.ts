import { inMessage, notTaken } from "./in-message.ts";
import { nearestName } from "./nearest-name.ts";

/** What the value of an option has to be: one of some words, or of a type. `any` is checked where it is read. */
export type OptionKind =
  | "any"
  | "boolean"
  | "function"
  | "list"
  | "number"
  | "signal"
  | "string"
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
  if (!isOptions(given, table)) {
    throw notTaken(given, atStart(place), `an object of options: ${namesIn(table)}`);
  }
  for (const [name, value] of Object.entries(given)) {
    const kind = kindOf(name, table);
    if (kind === undefined) {
      throw new TypeError(
        `${atStart(place)} has no option ${JSON.stringify(name)}. ${nameAdvice(name, table)}`,
      );
    }
    const advice = value === undefined ? undefined : valueAdvice(value, kind);
    if (advice !== undefined) {
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

/** Which option was meant by a name that is none, or all that there are. */
function nameAdvice(name: string, table: OptionTable<object>): string {
  const names = Object.keys(table);
  const meant = nearestName(name, names) ?? names.find((each) => isPartOfOther(name, each));
  return meant === undefined ? `It has ${namesIn(table)}.` : `Did you mean ${meant}?`;
}

/** Such as `id` and `instanceId`, `documentName` and `document`. */
function isPartOfOther(written: string, name: string): boolean {
  const [one, other] = [written.toLowerCase(), name.toLowerCase()];
  return (one.length > 1 && other.includes(one)) || (other.length > 2 && one.includes(other));
}

/** What to give an option of a kind. */
const ADVICE: Readonly<Record<Exclude<OptionKind, "any" | readonly string[]>, string>> = {
  boolean: "Write true or false.",
  function: "Give it a function.",
  list: "Give it a list.",
  signal: "Give it an AbortSignal, such as controller.signal.",
  number: "Write a number.",
  string: "Write a string.",
};

function valueAdvice(value: unknown, kind: OptionKind): string | undefined {
  if (typeof kind !== "string") {
    return kind.some((word) => word === value) ? undefined : wordAdvice(value, kind);
  }
  return kind === "any" || isOfKind(value, kind) ? undefined : ADVICE[kind];
}

function isOfKind(value: unknown, kind: keyof typeof ADVICE): boolean {
  if (kind === "list") return Array.isArray(value);
  return kind === "signal" ? isSignal(value) : typeof value === kind;
}

function kindOf(name: string, table: OptionTable<object>): OptionKind | undefined {
  return Object.hasOwn(table, name) ? Reflect.get(table, name) : undefined;
}

function namesIn(table: OptionTable<object>): string {
  return Object.keys(table).join(", ");
}

/** An object that is written as one, in whichever realm; an instance of something counts if it has an option. */
function isOptions(given: unknown, table: OptionTable<object>): given is object {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return false;
  return isPlain(given) || Object.keys(table).some((name) => name in given);
}

/** An object that is written as one, in whichever realm: neither a list nor an instance of something. */
export function isPlainObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && isPlain(value);
}

function isPlain(given: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(given);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Told by its shape: that of another realm or of a library will do. */
function isSignal(value: unknown): boolean {
  return typeof value === "object" && value !== null && "aborted" in value;
}

import { isObject } from "../json.ts";
import { shown } from "../shown.ts";
import { withIds } from "./expand.ts";

/** How an answer is compared with what was recorded. */
export interface Comparing {
  /** Whether members that the recording lacks have to be absent. */
  readonly whole: boolean;
  readonly commandIds: readonly string[];
}

/** Where an answer differs from what was recorded, as a sentence; undefined if it does not. */
export function differenceOf(
  recorded: unknown,
  found: unknown,
  path: string,
  how: Comparing,
): string | undefined {
  if (typeof recorded === "string") return ofText(recorded, found, path, how);
  if (Array.isArray(recorded)) {
    if (!Array.isArray(found) || found.length !== recorded.length) {
      return differs(path, `a list of ${recorded.length}`, found);
    }
    return first(recorded, (item, index) =>
      differenceOf(item, found[Number(index)], `${path}.${index}`, how),
    );
  }
  if (!isObject(recorded)) {
    return Object.is(recorded, found) ? undefined : differs(path, shown(recorded), found);
  }
  const { $matches: pattern } = recorded;
  if (typeof pattern === "string") {
    const fits = typeof found === "string" && new RegExp(pattern).test(found);
    return fits ? undefined : differs(path, `text like ${pattern}`, found);
  }
  if (!isObject(found)) return differs(path, "an object", found);
  const more = Object.keys(found).find(
    (name) => !Object.hasOwn(recorded, name) && found[name] !== undefined,
  );
  if (how.whole && more !== undefined) {
    return differs(`${path}.${more}`, "nothing", found[more]);
  }
  return first(recorded, (item, name) => differenceOf(item, found[name], `${path}.${name}`, how));
}

/** The instant of a value of an answer, in milliseconds: a number of seconds on the wire, a date behind the SDK. */
export function instantOf(value: unknown): number | undefined {
  if (value instanceof Date) return value.getTime();
  return typeof value === "number" ? Math.round(value * 1_000) : undefined;
}

/** All values with this name, anywhere in an answer. */
export function valuesNamed(name: string, answer: unknown): readonly unknown[] {
  if (Array.isArray(answer)) return answer.flatMap((item) => valuesNamed(name, item));
  if (!isObject(answer)) return [];
  return Object.entries(answer).flatMap(([key, value]) =>
    key === name ? [value] : valuesNamed(name, value),
  );
}

function ofText(
  recorded: string,
  found: unknown,
  path: string,
  { commandIds }: Comparing,
): string | undefined {
  if (recorded === "<any>") {
    return found === undefined || found === null ? differs(path, "something", found) : undefined;
  }
  if (recorded === "<instant>") {
    return instantOf(found) === undefined ? differs(path, "a time", found) : undefined;
  }
  const expected = withIds(recorded, commandIds);
  return found === expected ? undefined : differs(path, shown(expected), found);
}

function differs(path: string, expected: string, found: unknown): string {
  return `${path}: expected ${expected}, found ${shown(found)}`;
}

function first(
  items: object,
  say: (item: unknown, key: string) => string | undefined,
): string | undefined {
  for (const [key, item] of Object.entries(items)) {
    const sentence = say(item, key);
    if (sentence !== undefined) return sentence;
  }
  return undefined;
}

import { inMessage } from "./in-message.ts";

/**
 * Refuses tags in AWS's form, `[{ Key: "Role", Value: "web" }]` or one of these alone, where tags by name are wanted: its
 * names would become the names of tags.
 *
 * @param what - How a message names the tags.
 * @throws TypeError that shows them by name.
 */
export function refuseAwsTags(tags: unknown, what: string): void {
  const isList = Array.isArray(tags);
  const first: unknown = isList ? tags[0] : tags;
  const isTag = isAwsTag(first);
  if (isPlainObject(tags) && !isList && !isTag) return;
  const { name, value } = isTag ? partsOf(first) : { name: "Role", value: "web" };
  throw new TypeError(
    `${what} are ${isTag ? "in AWS's form" : inMessage(tags)}. Write them by name: { ${JSON.stringify(name)}: ${JSON.stringify(value)} }.`,
  );
}

/** Nothing but `Key` and `Value` or `Values`: AWS allows tags of these names beside others. */
function isAwsTag(tag: unknown): tag is object {
  if (!isObject(tag)) return false;
  const names = Object.keys(tag);
  const hasValue = names.includes("Value") || names.includes("Values");
  return names.length === 2 && names.includes("Key") && hasValue;
}

function partsOf(tag: object): { readonly name: string; readonly value: unknown } {
  const [key, value] = [Reflect.get(tag, "Key"), Reflect.get(tag, "Value")];
  const values: unknown = Reflect.get(tag, "Values");
  return {
    name: String(key).replace(/^tag:/, ""),
    value: value ?? (Array.isArray(values) ? values[0] : undefined) ?? "web",
  };
}

/** The same, and what else is no tag by name. */
export function checkTags(tags: unknown, what: string): void {
  if (tags === undefined) return;
  refuseAwsTags(tags, what);
  for (const [name, value] of Object.entries(tags as object)) {
    if (value === undefined || typeof value === "string") continue;
    throw new TypeError(`${what}: ${JSON.stringify(name)} is ${inMessage(value)}. Write a string.`);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** A Map of tags has none that are members. */
function isPlainObject(value: unknown): value is object {
  return isObject(value) && !(Symbol.iterator in value);
}

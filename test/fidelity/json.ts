/** An object of JSON. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is an object with members: neither a list nor a `Date` nor null. */
export function isObject(value: unknown): value is JsonObject {
  const isReference = typeof value === "object" && value !== null;
  return isReference && !Array.isArray(value) && !(value instanceof Date);
}

/** The value at a path of member names and indexes, undefined where there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((holder, key) => {
    const isHolder = isObject(holder) || Array.isArray(holder);
    // Lists and objects alike are read by key.
    return isHolder && Object.hasOwn(holder, key) ? (holder as JsonObject)[key] : undefined;
  }, value);
}

/** A copy in which `change` has replaced values; it is asked from the outside in, and undefined keeps a value. */
export function rewritten(value: unknown, change: (value: unknown) => unknown): unknown {
  const changed = change(value);
  if (changed !== undefined) return changed;
  if (Array.isArray(value)) return value.map((item) => rewritten(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, rewritten(member, change)]),
  );
}

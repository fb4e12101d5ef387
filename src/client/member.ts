/**
 * A member of any value, or a member of that, and so on; or `undefined`. Objects of the SDK are read by shape, since several
 * copies may be loaded.
 */
export function member(owner: unknown, ...path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((each, name) => Reflect.get(Object(each), name), owner);
}

/** Whether a value has a method of this name. */
export function hasMethod(owner: unknown, name: PropertyKey): boolean {
  return typeof member(owner, name) === "function";
}

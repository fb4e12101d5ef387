/** A member of any value, or `undefined`. Objects of the SDK are read by shape, since several copies may be loaded. */
export function member(owner: unknown, name: string): unknown {
  return typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
}

/** Whether a value has a method of this name. */
export function hasMethod(owner: unknown, name: string): boolean {
  return typeof member(owner, name) === "function";
}

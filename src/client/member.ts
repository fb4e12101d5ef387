/** A member of anything, `undefined` where there is none: what the SDK makes is looked into by shape, whatever copy of it made it. */
export function member(owner: unknown, name: string): unknown {
  return typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
}

/** Whether anything has a method of this name. */
export function hasMethod(owner: unknown, name: string): boolean {
  return typeof member(owner, name) === "function";
}

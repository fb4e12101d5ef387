/** A member of anything, `undefined` where there is none: clients are looked into by shape, whatever copy of the SDK they are of. */
export function member(owner: unknown, name: string): unknown {
  return typeof owner === "object" && owner !== null ? Reflect.get(owner, name) : undefined;
}

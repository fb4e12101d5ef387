import type { Account } from "../account/account.ts";

/**
 * The behaviors that no process began with, and their parts that were never chosen.
 *
 * @param options - Whether the behavior of the whole fake was given by the test.
 */
export function unusedBehaviors(
  { nodes, behavior, behaviorUse }: Account,
  { isOwn }: { readonly isOwn: boolean },
): readonly string[] {
  const owned = nodes
    .list()
    .filter((node) => node.behavior !== behavior)
    .map((node) => ({ behavior: node.behavior, owner: node.instanceId }));
  const own = isOwn ? [{ behavior, owner: "the fake" }] : [];
  return behaviorUse.unused([...own, ...owned]);
}

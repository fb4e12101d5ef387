import type { BubbleRealm } from "./bubble-realm.ts";
import type { Replacements } from "./replacements.ts";

/** Replaces `Math.random`, for bubbles that have random numbers of their own. */
export function replaceRandom(realm: BubbleRealm, replacements: Replacements): void {
  replacements.replaceFunction(
    Math,
    "random",
    (previous) => () => realm.inside()?.bubble.random() ?? previous(),
  );
}

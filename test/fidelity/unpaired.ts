/** Whether a value matches a pattern. */
export type Matches = (pattern: unknown, found: unknown) => boolean;

/**
 * The index of a pattern that finds no item of its own, however the others are paired; undefined when each finds one.
 *
 * Several patterns may fit one item, so that the first fit is not always the right one: augmenting paths find the pairing.
 */
export function unpaired(
  patterns: readonly unknown[],
  items: readonly unknown[],
  matches: Matches,
): number | undefined {
  const holders = new Map<number, number>();
  const pair = (pattern: number, tried: Set<number>): boolean =>
    items.some((item, index) => {
      if (tried.has(index) || !matches(patterns[pattern], item)) return false;
      tried.add(index);
      const holder = holders.get(index);
      if (holder !== undefined && !pair(holder, tried)) return false;
      holders.set(index, pattern);
      return true;
    });
  const alone = patterns.findIndex((_, index) => !pair(index, new Set()));
  return alone === -1 ? undefined : alone;
}

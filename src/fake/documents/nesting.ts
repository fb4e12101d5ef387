/** How deep what somebody wrote may be nested (our decision: the code that walks it later is recursive). */
export const MOST_LEVELS = 100;

/**
 * Whether a value is nested deeper than `most` levels, as one that contains itself is. An object that several places share
 * is walked again only where it lies deeper than before.
 */
export function isDeeperThan(most: number, value: unknown): boolean {
  const seen = new Map<object, number>();
  const isDeeper = (held: unknown, levels: number): boolean => {
    if (typeof held !== "object" || held === null) return false;
    if (levels === 0) return true;
    const left = seen.get(held);
    if (left !== undefined && left <= levels) return false;
    seen.set(held, levels);
    return Object.values(held).some((inner) => isDeeper(inner, levels - 1));
  };
  return isDeeper(value, most);
}

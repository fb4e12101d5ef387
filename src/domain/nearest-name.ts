/** From how many letters on two of them may be wrong in a name that counts as mistyped; in shorter ones, one. Our decision. */
const LONG = 8;

/** The name nearest to what was written, whatever its case; the first of equals, and undefined if none is near. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const farthest = written.length < 3 ? 0 : written.length < LONG ? 1 : 2;
  for (let most = 0; most <= farthest; most++) {
    const near = names.find((name) => isWithin(most, written.toLowerCase(), name.toLowerCase()));
    if (near !== undefined) return near;
  }
  return undefined;
}

/** Whether so many edits make one of the other: a letter more, less or another, or two neighbours swapped. */
function isWithin(most: number, a: string, b: string): boolean {
  if (a === b) return true;
  const [restOfA, restOfB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return isWithin(most, restOfA, restOfB);
  const left = most - 1;
  const isSwapped = a[0] === b[1] && a[1] === b[0];
  return (
    left >= 0 &&
    (isWithin(left, restOfA, restOfB) ||
      isWithin(left, restOfA, b) ||
      isWithin(left, a, restOfB) ||
      (isSwapped && isWithin(left, a.slice(2), b.slice(2))))
  );
}

/** The characters that a pattern takes at one place. */
export interface CharacterSet {
  /** Whether a character is one of them, by its code point. */
  readonly has: (code: number) => boolean;
  /** How many tests of JavaScript it has to compile before it can say so. */
  readonly tests: number;
}

/** A part of what stands in brackets, in the words of JavaScript's classes under the flag `v`. */
export interface ClassGroup {
  readonly content: string;
  readonly isNegated: boolean;
}

export const ANY: CharacterSet = { has: () => true, tests: 0 };

/** A character that stands for itself, in each of its cases if case is ignored. */
export function soleCharacter(char: string, ignoresCase: boolean): CharacterSet {
  if (ignoresCase && char.toLowerCase() !== char.toUpperCase()) {
    return characterSet([{ content: escaped(char), isNegated: false }], { ignoresCase });
  }
  const sole = char.codePointAt(0);
  return { has: (code) => code === sole, tests: 0 };
}

/** All characters but a few. */
export function anyBut(chars: string): CharacterSet {
  const others = new Set(Array.from(chars, (char) => char.codePointAt(0)));
  return { has: (code) => !others.has(code), tests: 0 };
}

/**
 * What is in one of the groups; negated, what is in none. Where case is ignored, the groups take all cases in before they
 * are negated: `(?i)\W` leaves Kelvin's sign out. JavaScript's flags `i` and `v` fold as Go does, by Unicode's simple case
 * folding.
 */
export function characterSet(
  groups: readonly ClassGroup[],
  { isNegated = false, ignoresCase = false },
): CharacterSet {
  const testOf = (content: string) => new RegExp(`^[${content}]$`, ignoresCase ? "iv" : "v");
  const contents = (areNegated: boolean) => [
    ...new Set(groups.flatMap((group) => (group.isNegated === areNegated ? [group.content] : []))),
  ];
  const compiled = () => ({
    inside: testOf(contents(false).join("")),
    outside: contents(true).map(testOf),
  });
  let tests: ReturnType<typeof compiled> | undefined;
  const test = (code: number) => {
    tests ??= compiled();
    const char = String.fromCodePoint(code);
    const isIn = tests.inside.test(char) || tests.outside.some((each) => !each.test(char));
    return isIn !== isNegated;
  };
  const known: boolean[] = [];
  const ofAscii = (code: number) => {
    const found = known[code] ?? test(code);
    known[code] = found;
    return found;
  };
  return {
    has: (code) => (code <= LAST_ASCII ? ofAscii(code) : test(code)),
    tests: 1 + groups.filter((group) => group.isNegated).length,
  };
}

/** A character as it is written in a class. */
export function escaped(char: string): string {
  return ALPHANUMERIC.test(char) ? char : `\\u{${char.codePointAt(0)?.toString(16)}}`;
}

export const LAST_ASCII = 0x7f;
const ALPHANUMERIC = /^[0-9A-Za-z]$/;

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allSteps } from "../../../../src/fake/documents/patterns/automaton.ts";
import { compileGoPattern } from "../../../../src/fake/documents/patterns/re2.ts";
import { servicePattern } from "../../../../src/fake/documents/patterns/service-pattern.ts";
import { found } from "./found-patterns.ts";

const LETTERS_97K = "a".repeat(97 * 1_024);
/** Letters in no order that repeats. */
const MIXED_97K = Array.from({ length: 97 * 1_024 }, (_, at) =>
  (at * at * 7_919 + at) % 10_007 < 5_000 ? "a" : "c",
).join("");

/** How many steps it takes to look for a pattern. */
function stepsOf(pattern: string, text: string): number {
  const compiled = compileGoPattern(pattern);
  const steps = allSteps();
  if (!compiled.ok) throw new Error(compiled.error);
  compiled.matches(text, steps);
  return allSteps().left - steps.left;
}

/** Patterns that JavaScript reads as Go does, under the flag `u`. */
const aPattern: fc.Arbitrary<string> = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc
    .array(
      fc.array(tie("piece"), { maxLength: 4 }).map((pieces) => pieces.join("")),
      { minLength: 1, maxLength: 3 },
    )
    .map((branches) => branches.join("|")),
  piece: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("a", "b", "😀", ".", "[ab]", "[^a]", String.raw`\w`, String.raw`\b`, "^", "$"),
    tie("pattern").map((pattern) => `(${pattern})`),
    fc
      .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "*?", "{2}", "{1,}", "{0,2}", "{2,3}?"))
      .map(([pattern, operator]) => `(?:${pattern})${operator}`),
  ),
})).pattern;

const aText = fc
  .array(fc.constantFrom("a", "b", "c", " ", "\n", "😀"), { maxLength: 8 })
  .map((chars) => chars.join(""));

describe("the search", () => {
  it("finds what JavaScript finds", () => {
    fc.assert(
      fc.property(aPattern, aText, (pattern, text) => {
        // JavaScript's dot has more ends of lines than Go's, none of which is here.
        expect(found(pattern, text)).toBe(new RegExp(pattern, "u").test(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it("fits a whole value as JavaScript does", () => {
    fc.assert(
      fc.property(aPattern, aText, (pattern, text) => {
        const expected = new RegExp(`^(?:${pattern})$`, "u").test(text);
        expect(servicePattern(pattern)?.(text)).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ["(a+)+b", false],
    ["(a|a)*b", false],
    ["(.*a){20}b", false],
    [".*.*.*.*x", false],
    ["^(a*)*$", true],
    ["[a-z]{1,1000}1", false],
    ["^(a?){500}a{500}$", false],
    ["^.{0,1000}$", false],
    ["(?:a{1,10}){1,10}b", false],
  ])("ends where a search by trying would not: %s", (pattern, isFound) => {
    expect(found(pattern, LETTERS_97K)).toBe(isFound);
    expect(servicePattern(pattern)?.(LETTERS_97K)).toBe(isFound);
  });

  it.each(["(a|a)*b", "(a+)+b", ".*.*.*.*x", "(.*a){20}b"])(
    "takes no more steps for a longer string of the same: %s",
    (pattern) => {
      expect(stepsOf(pattern, LETTERS_97K)).toBe(stepsOf(pattern, LETTERS_97K.slice(0, 1_000)));
    },
  );

  it("takes about as many steps for each character when all are in another place", () => {
    const [short, long] = [2_000, 8_000].map((length) =>
      stepsOf("a.{10}b", MIXED_97K.slice(0, length)),
    );
    expect(long).toBeLessThan((short ?? 0) * 5);
  });

  it("makes of a pattern only what a string needs", () => {
    expect(stepsOf("b{1000}".repeat(1_000), LETTERS_97K)).toBeLessThan(1_000);
  });
});

describe("the steps of a check", () => {
  const DEAR = "a[ac]{900}b";

  it("are limited: beyond them every string fits", () => {
    expect(found(DEAR, MIXED_97K)).toBe(true);
    expect(found(DEAR, MIXED_97K.slice(0, 1_000))).toBe(false);
  });

  it("are shared by what is checked together", () => {
    const compiled = compileGoPattern("b");
    const steps = allSteps();
    expect(compiled.ok && compiled.matches("a", steps)).toBe(false);
    steps.left = 0;
    expect(compiled.ok && compiled.matches("a", steps)).toBe(true);
  });

  it("are the same whatever was asked before", () => {
    const compiled = compileGoPattern("(é|[b-z])+1");
    const left = ["aéb", "xyz", "aéb"].map((text) => {
      const steps = allSteps();
      if (compiled.ok) compiled.matches(text, steps);
      return steps.left;
    });
    expect(left[2]).toBe(left[0]);
  });
});

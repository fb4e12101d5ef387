import { describe, expect, it } from "vitest";
import { servicePattern } from "../../../../src/fake/documents/patterns/service-pattern.ts";

const fits = (pattern: string, text: string) => servicePattern(pattern)?.(text);

describe("the service's test of an allowedPattern", () => {
  it.each([
    ["[a-z]+", "web", true],
    ["[a-z]+", "web1", false],
    ["a|bc", "abc", false],
    ["^web$", "web", true],
    ["(?=w)web", "web", true],
    ["(?i)web", "WEB", true],
    ["web", "WEB", false],
    ["a++", "aaa", true],
    ["[a+]+", "a+", true],
    ["a{2}+", "aa", true],
    [String.raw`a\+b`, "a+b", true],
    ["a(?!b).", "ab", false],
    [String.raw`(a|b)\1`, "bb", true],
    [String.raw`(a|b)\1`, "ab", false],
    ["a{1,4096}", "a".repeat(4_097), false],
    ["(?s)a.b", "a\nb", true],
    [".", "\u0085", false],
    ["[^a]", "\u0085", true],
    [String.raw`\s[\s]`, "\v ", true],
    [String.raw`\s`, "\u00A0", false],
    [String.raw`\p{Lu}\p{L}`, "Éé", true],
    [String.raw`\Aa\z`, "a", true],
  ])("whether %s fits all of %s: %o", (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  it.each([
    ["Alpha", "aZ", "1"],
    ["Digit", "09", "a"],
    ["Alnum", "a9", "_"],
    ["Upper", "AZ", "a"],
    ["Lower", "az", "A"],
    ["Punct", "!/:@[`{~]^_", "a"],
    ["Space", " \t", "a"],
    ["ASCII", "a\0~", "ß"],
    ["Graph", "!~", " "],
    ["Print", " ~", "\t"],
    ["Blank", " \t", "\n"],
    ["Cntrl", "\n\x7F", "a"],
    ["XDigit", "09afAF", "g"],
  ])("knows Java's \\p{%s}, alone and inside brackets", (name, inside, outside) => {
    for (const pattern of [`\\p{${name}}+`, `[\\p{${name}}é]+`]) {
      expect([fits(pattern, inside), fits(pattern, outside)], pattern).toEqual([true, false]);
    }
  });

  it("accepts every value where JavaScript cannot read the pattern", () => {
    expect(servicePattern("[a-z")).toBeUndefined();
  });

  it("accepts every value where only Java knows a class", () => {
    expect(servicePattern(String.raw`\p{IsGreek}+`)).toBeUndefined();
  });

  it.each([
    ["in a group that is repeated", "(?=a)(a+)+b", 30],
    ["in many repeats", "(?=a)a*a*a*a*a*b", 1_000],
    ["in many branches", `(?=a)${"(a|a)".repeat(40)}b`, 40],
    ["in many options", `(?=a)${"a?".repeat(40)}${"a".repeat(40)}b`, 40],
    ["in a long value", String.raw`(?=a)(a*)\1b`, 90_000],
  ])("accepts what JavaScript might search for ever: %s", (_, pattern, length) => {
    expect(fits(pattern, "a".repeat(length))).toBe(true);
  });

  it.each([
    ["groups", "(", "a", ")"],
    ["branches", "(a|", "b", ")"],
    ["looks ahead", "(?=", "a", ")"],
  ])("reads no %s that are nested so deep that the process might end", (_, open, held, close) => {
    const pattern = open.repeat(16_000) + held + close.repeat(16_000);
    expect(servicePattern(pattern)).toBeUndefined();
  });

  it("refuses what JavaScript can search in no time", () => {
    expect(fits("(?=a)a*a*b", "a".repeat(80))).toBe(false);
  });
});

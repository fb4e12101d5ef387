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
    ["XDigit", "09afAF", "g"],
  ])("knows Java's \\p{%s}, alone and inside brackets", (name, inside, outside) => {
    for (const pattern of [`\\p{${name}}+`, `[\\p{${name}}é]+`]) {
      expect([fits(pattern, inside), fits(pattern, outside)], pattern).toEqual([true, false]);
    }
  });

  it("accepts every value where JavaScript cannot read the pattern", () => {
    expect(servicePattern("[a-z")).toBeUndefined();
  });
});

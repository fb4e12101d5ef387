import { describe, expect, it } from "vitest";
import { found, foundIn } from "./found-patterns.ts";

describe("a class", () => {
  const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

  it.each([
    [String.raw`\d`, /\d/],
    [String.raw`\D`, /\D/],
    [String.raw`\s`, /[\t\n\f\r ]/],
    [String.raw`\S`, /[^\t\n\f\r ]/],
    [String.raw`\w`, /\w/],
    [String.raw`\W`, /\W/],
    [String.raw`[\d\s]`, /[\d\t\n\f\r ]/],
    [String.raw`[^\W\d]`, /[A-Z_a-z]/],
    ["[[:alnum:]]", /[0-9A-Za-z]/],
    ["[[:alpha:]]", /[A-Za-z]/],
    ["[[:^alpha:]]", /[^A-Za-z]/],
    ["[^[:alpha:]]", /[^A-Za-z]/],
    ["[[:ascii:]]", /./s],
    ["[[:blank:]]", /[\t ]/],
    ["[[:cntrl:]]", /\p{Cc}/u],
    ["[[:digit:]x]", /[\dx]/],
    ["[[:graph:]]", /[!-~]/],
    ["[[:lower:]]", /[a-z]/],
    ["[[:print:]]", /[ -~]/],
    ["[[:punct:]]", /[!-/:-@[-`{-~]/],
    ["[[:space:]]", /[\t-\r ]/],
    ["[[:upper:]]", /[A-Z]/],
    ["[[:word:]]", /\w/],
    ["[[:xdigit:]]", /[0-9A-Fa-f]/],
    ["[]a]", /[\]a]/],
    ["[^]a]", /[^\]a]/],
    ["[a-]", /[a-]/],
    ["[-a]", /[-a]/],
    ["[a-c-e]", /[-abce]/],
    ["[+--]", /[+,-]/],
    [String.raw`[\d-z]`, /[-\dz]/],
    [String.raw`[\]\-\\]`, /[\]\-\\]/],
    ["[[]", /[[]/],
    ["[[:]", /[[:]/],
    ["[a&&b]", /[a&b]/],
    ["[!!##~~]", /[!#~]/],
    ["[(|)^$.*+?{}/]", /[(|)^$.*+?{}/]/],
    [String.raw`[\012-\x{20}]`, /[\n- ]/],
    [String.raw`[\t\v]`, /[\t\v]/],
    [String.raw`[^\x00-\x{10FFFF}]`, /(?!)/],
  ])("takes the ASCII characters of %s", (pattern, expected) => {
    expect(foundIn(pattern, ASCII)).toEqual(ASCII.filter((char) => expected.test(char)));
  });

  it.each([
    [String.raw`\pL`, ["a", "É", "σ", "あ", "𐐀"]],
    [String.raw`\PL`, ["1", "-", "\u0378"]],
    [String.raw`\p{Lu}`, ["É", "𐐀"]],
    [String.raw`\p{^Lu}`, ["a", "σ", "あ", "1", "-", "\u0378"]],
    [String.raw`\P{^Lu}`, ["É", "𐐀"]],
    [String.raw`\p{Greek}`, ["σ"]],
    [String.raw`[\p{Greek}\p{Nd}]`, ["σ", "1"]],
    [String.raw`[^\p{Latin}\PL]`, ["σ", "あ", "𐐀"]],
    [String.raw`\p{Hiragana}`, ["あ"]],
    [String.raw`\p{Any}`, ["a", "É", "σ", "あ", "𐐀", "1", "-", "\u0378"]],
    [String.raw`\P{Any}`, []],
    [String.raw`\pC`, []],
    ["[À-σ]", ["É", "σ", "\u0378"]],
    ["[😀𐐀]", ["𐐀"]],
  ])("takes the characters of Unicode in %s", (pattern, expected) => {
    expect(foundIn(pattern, ["a", "É", "σ", "あ", "𐐀", "1", "-", "\u0378"])).toEqual(expected);
  });
});

describe("a pattern that ignores case", () => {
  it.each([
    ["(?i)^abc$", "ABC", true],
    ["(?i:a)b", "Ab", true],
    ["(?i:a)b", "AB", false],
    ["a(?i)b|c", "aB", true],
    ["a(?i)b|c", "AB", false],
    ["a(?i)b|c", "C", true],
    ["^(?:a(?i)b)c$", "aBC", false],
    ["(?i)a(?-i)b", "AB", false],
    ["(?i)a(?-i:b)c", "AbC", true],
    ["(?i-i)a", "A", false],
    ["(?mis-U)^É$", "é", true],
    [String.raw`(?i)\Qk\E\x6b`, "kK", true],
    ["(?i)🙂1", "🙂1", true],
  ])("does so where the flag holds: %s in %s", (pattern, text, isFound) => {
    expect(found(pattern, text)).toBe(isFound);
  });

  const CASES = ["k", "K", "\u212A", "s", "S", "ſ", "ß", "ẞ", "ς", "σ", "Σ", "𐐀", "𐐨", "İ", "1"];

  it.each([
    ["k", ["k", "K", "\u212A"]],
    ["\u212A", ["k", "K", "\u212A"]],
    ["ſ", ["s", "S", "ſ"]],
    ["ß", ["ß", "ẞ"]],
    ["ς", ["ς", "σ", "Σ"]],
    ["𐐀", ["𐐀", "𐐨"]],
    ["İ", ["İ"]],
    ["[j-l]", ["k", "K", "\u212A"]],
    ["[^j-l]", ["s", "S", "ſ", "ß", "ẞ", "ς", "σ", "Σ", "𐐀", "𐐨", "İ", "1"]],
    [String.raw`[\x{3c3}]`, ["ς", "σ", "Σ"]],
    [String.raw`\w`, ["k", "K", "\u212A", "s", "S", "ſ", "1"]],
    [String.raw`\W`, ["ß", "ẞ", "ς", "σ", "Σ", "𐐀", "𐐨", "İ"]],
    [String.raw`[^\W]`, ["k", "K", "\u212A", "s", "S", "ſ", "1"]],
    ["[[:^upper:]]", ["ß", "ẞ", "ς", "σ", "Σ", "𐐀", "𐐨", "İ", "1"]],
    [String.raw`\P{Lu}`, ["1"]],
    [String.raw`[^\p{Lu}]`, ["1"]],
    [String.raw`\p{Ll}`, CASES.filter((char) => char !== "İ" && char !== "1")],
  ])("takes all cases of %s", (pattern, expected) => {
    expect(foundIn(`(?i)^${pattern}$`, CASES)).toEqual(expected);
  });
});

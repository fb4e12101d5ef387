import { describe, expect, it } from "vitest";
import { compileGoPattern } from "../../../../src/fake/documents/patterns/re2.ts";
import { found, foundIn } from "./found-patterns.ts";

const LETTERS_10K = "a".repeat(10_000);

/** The complaint about a pattern without the words that all have before it. */
function complaintOf(pattern: string): string {
  const compiled = compileGoPattern(pattern);
  if (compiled.ok) return "none";
  expect(compiled.error).toMatch(/^error parsing regexp: /);
  return compiled.error.slice("error parsing regexp: ".length);
}

describe("a complaint", () => {
  it("is what the agent says", () => {
    expect(["^(?!x).*$", "^[a-z]++$", String.raw`^\p{Alpha}+$`].map(compileGoPattern)).toEqual([
      { ok: false, error: "error parsing regexp: invalid or unsupported Perl syntax: `(?!`" },
      { ok: false, error: "error parsing regexp: invalid nested repetition operator: `++`" },
      { ok: false, error: "error parsing regexp: invalid character class range: `\\p{Alpha}`" },
    ]);
  });

  it.each([
    ["a lookahead", "a(?=b)", "(?="],
    ["a lookbehind that is named like nothing", "(?<", "(?<"],
    ["an atomic group", "(?>a)", "(?>"],
    ["a comment", "(?#a)", "(?#"],
    ["a reference by name", "(?P<n>a)(?P=n)", "(?P"],
    ["a name in quotation marks", "(?'n'a)", "(?'"],
    ["an unknown flag", "(?ix:a)", "(?ix"],
    ["flags without an end", "(?i", "(?i"],
    ["a group without a kind", "a(?", "(?"],
    ["a minus without a flag", "(?i-:a)", "(?i-:"],
    ["two minuses", "(?-i-s:a)", "(?-i-"],
  ])("of unsupported syntax quotes the beginning of the group: %s", (_, pattern, quoted) => {
    expect(complaintOf(pattern)).toBe(`invalid or unsupported Perl syntax: \`${quoted}\``);
  });

  it.each([
    ["(?P<n", "(?P<n"],
    ["a(?<n>b)(?<m", "(?<m"],
    ["(?P<>a)", "(?P<>"],
    ["(?<x y>a)", "(?<x y>"],
    ["(?<é>a)", "(?<é>"],
    ["(?<=a)", "(?<=a)"],
    ["(?<!a)b>c", "(?<!a)b>"],
  ])("of a name quotes to its end, or to that of the pattern: %s", (pattern, quoted) => {
    expect(complaintOf(pattern)).toBe(`invalid named capture: \`${quoted}\``);
  });

  it.each([
    ["a**", "**"],
    ["a***", "**"],
    ["a+*?b", "+*?"],
    ["a+?+", "+?+"],
    ["a??+?", "??+?"],
    ["x{2}{3}", "{2}{3}"],
    ["x{2}*", "{2}*"],
    ["^*+", "*+"],
  ])("of a repeat of a repeat quotes both: %s", (pattern, quoted) => {
    expect(complaintOf(pattern)).toBe(`invalid nested repetition operator: \`${quoted}\``);
  });

  it.each([
    ["*", "*"],
    ["+?a", "+?"],
    ["a|*", "*"],
    ["(?:+)", "+"],
    ["**", "*"],
    ["{2,3}?", "{2,3}?"],
    ["(?i)?", "?"],
    [String.raw`\Q\E*`, "*"],
  ])("of a repeat of nothing quotes the operator: %s", (pattern, quoted) => {
    expect(complaintOf(pattern)).toBe(`missing argument to repetition operator: \`${quoted}\``);
  });

  it.each([
    ["a{1001}", "{1001}"],
    ["a{1001,}", "{1001,}"],
    ["a{1,1001}?", "{1,1001}"],
    ["a{2,1}", "{2,1}"],
    ["a{99999999999999999999}", "{99999999999999999999}"],
    ["a*{1001}", "{1001}"],
    ["(x{100}){11}", "{11}"],
    ["((a{10}b*){10}|c){11}?", "{11}?"],
    ["(?:[a-z]{4}){0,251}", "{0,251}"],
    ["(x{501,}){2}", "{2}"],
  ])("of a count quotes it, also when only the product is too much: %s", (pattern, quoted) => {
    expect(complaintOf(pattern)).toBe(`invalid repeat count: \`${quoted}\``);
  });

  it.each([
    [String.raw`\8`, String.raw`\8`],
    [String.raw`(a)\1`, String.raw`\1`],
    [String.raw`\18`, String.raw`\1`],
    [String.raw`a\Z`, String.raw`\Z`],
    [String.raw`\Ca`, String.raw`\C`],
    [String.raw`\y`, String.raw`\y`],
    [String.raw`\é`, String.raw`\é`],
    [String.raw`\😀`, String.raw`\😀`],
    [String.raw`[\b]`, String.raw`\b`],
    [String.raw`[\Qa]\E]`, String.raw`\Q`],
    [String.raw`[a-\d]`, String.raw`\d`],
    [String.raw`\x`, String.raw`\x`],
    [String.raw`\x4`, String.raw`\x4`],
    [String.raw`\xg1a`, String.raw`\xg1`],
    [String.raw`\x{}`, String.raw`\x{}`],
    [String.raw`\x{4g}`, String.raw`\x{4g`],
    [String.raw`\x{41`, String.raw`\x{41`],
    [String.raw`\x{1100000}`, String.raw`\x{110000`],
  ])("of an escape quotes as far as it was read: %s", (pattern, quoted) => {
    expect(complaintOf(pattern)).toBe(`invalid escape sequence: \`${quoted}\``);
  });

  it.each([
    ["[b-a]", "b-a"],
    [String.raw`[a\x{7A}-\n]`, String.raw`\x{7A}-\n`],
    [String.raw`\p{Foo}`, String.raw`\p{Foo}`],
    [String.raw`\pX`, String.raw`\pX`],
    [String.raw`\p`, String.raw`\p`],
    [String.raw`\P{^}`, String.raw`\P{^}`],
    [String.raw`[\p{Lu]a`, String.raw`\p{Lu]a`],
    [String.raw`\p{greek}`, String.raw`\p{greek}`],
    [String.raw`\p{Grek}`, String.raw`\p{Grek}`],
    [String.raw`\p{Letter}`, String.raw`\p{Letter}`],
    [String.raw`\p{Cn}`, String.raw`\p{Cn}`],
    ["[[:foo:]]", "[:foo:]"],
    ["[[:a]b:]", "[:a]b:]"],
  ])("of a class quotes the range or the name: %s", (pattern, quoted) => {
    expect(complaintOf(pattern)).toBe(`invalid character class range: \`${quoted}\``);
  });

  it.each([
    ["a bracket, from the bracket on", "a[b", "missing closing ]: `[b`"],
    ["a bracket after one that stands for itself", "[]", "missing closing ]: `[]`"],
    ["a bracket after a negation", "[^]", "missing closing ]: `[^]`"],
    ["a bracket after a named class", "[[:alpha:]", "missing closing ]: `[[:alpha:]`"],
    ["a bracket after a name without its end", "[[:alpha]", "none"],
    ["a parenthesis, with the whole pattern", "a(b|c", "missing closing ): `a(b|c`"],
    ["an opening parenthesis, with the whole pattern", "(a)b)c(", "unexpected ): `(a)b)c(`"],
    [
      "what a backslash escapes, with nothing",
      "a\\",
      "trailing backslash at end of expression: ``",
    ],
    ["the same in a class", "[a\\", "trailing backslash at end of expression: ``"],
  ])("names what is missing: %s", (_, pattern, complaint) => {
    expect(complaintOf(pattern)).toBe(complaint);
  });

  it.each([
    ["a\uD800b", "\uD800b"],
    ["[\uDC00]", "\uDC00]"],
    ["\\\uD800", "\uD800"],
    ["(?\uD800", "\uD800"],
    ["(?P<\uD800>a)", "\uD800"],
    ["\\p{\uD800}", "\uD800"],
    ["\\Qa\uD800b\\Ec", "\uD800b"],
  ])(
    "of half a surrogate pair, which has no UTF-8, quotes from there on: %j",
    (pattern, quoted) => {
      expect(complaintOf(pattern)).toBe(`invalid UTF-8: \`${quoted}\``);
    },
  );

  it.each([
    ["groups", "(".repeat(1_000) + ")".repeat(1_000)],
    ["repeats", "(?:".repeat(1_000) + ")*".repeat(1_000)],
    ["groups around branches", "(a*|b".repeat(500) + ")".repeat(500)],
    ["groups between others", "(a*b".repeat(500) + ")".repeat(500)],
  ])("says that too many levels nest too deeply: %s", (_, pattern) => {
    expect(complaintOf(pattern) === `expression nests too deeply: \`${pattern}\``).toBe(true);
  });

  it.each([
    ["many pieces, repeated", `(${"(xx?)".repeat(1_000)}){1000}`],
    ["a long string, repeated", `(?:${"x".repeat(4_000)}){1000}`],
    ["many repeats", "(xx?){1000}".repeat(1_000)],
  ])("says that a large program is too large: %s", (_, pattern) => {
    expect(complaintOf(pattern) === `expression too large: \`${pattern}\``).toBe(true);
  });

  it.each([
    ["an escape before a bracket", "\\8[", "invalid escape sequence: `\\8`"],
    ["a repeat before a parenthesis", "(a**", "invalid nested repetition operator: `**`"],
    ["a bracket before an open parenthesis", "([a", "missing closing ]: `[a`"],
  ])("is about what comes first: %s", (_, pattern, complaint) => {
    expect(complaintOf(pattern)).toBe(complaint);
  });
});

describe("a valid pattern", () => {
  it.each([
    ["999 groups", "(".repeat(999) + ")".repeat(999)],
    ["999 repeats", "(?:".repeat(999) + ")*".repeat(999)],
    ["groups that capture nothing, which add no level", "(?:".repeat(9_000) + ")".repeat(9_000)],
    ["999 groups around a string", `${"(".repeat(999)}ab${")".repeat(999)}`],
    ["999 groups around branches of one character", `${"(".repeat(999)}a|[bc]${")".repeat(999)}`],
    ["empty branches", `(${"|".repeat(12_345)})`],
    ["copies that make a thousand", "(?:[a-z]{4}){0,250}"],
    ["copies within none", "(x{1000}){0}(y{0}){1000}"],
    ["64 KB of one string", "x".repeat(64 * 1_024)],
    ["64 KB of branches", "ab|c".repeat(16 * 1_024)],
    ["copies of any number, which count as one", "(x{0,}){1000}(y{1,}){1000}"],
  ])("may have %s", (_, pattern) => {
    expect(compileGoPattern(pattern).ok).toBe(true);
  });

  it.each([
    ["in the middle", "b", "abc", true],
    ["nowhere", "d", "abc", false],
    ["in an empty string", "", "", true],
    ["as branches", "^(?:a|bc)$", "bc", true],
    ["as an empty branch", "^(?:a|)$", "", true],
    ["as empty branches that repeat", "^(|a)*$", "aaa", true],
    ["as an empty group that repeats", "^()*(?:)+$", "", true],
    ["under a name, in either way", "^(?P<n>a)(?<n>b)$", "ab", true],
    ["as characters that have no meaning alone", "^]}-&&~~/$", "]}-&&~~/", true],
    ["as a character beyond 16 bits", "^.😀{2}$", "😀😀😀", true],
    ["as half of one", "^..$", "😀", false],
  ])("is found %s", (_, pattern, text, isFound) => {
    expect(found(pattern, text)).toBe(isFound);
  });

  it.each([
    ["a{2}", ["aa"]],
    ["a{2,}", ["aa", "aaa"]],
    ["a{0,1}", ["", "a"]],
    ["a{0}", [""]],
    ["a*", ["", "a", "aa", "aaa"]],
    ["a+?", ["a", "aa", "aaa"]],
    ["a??", ["", "a"]],
    ["(?U)a{1,2}?", ["a", "aa"]],
    ["(?:aa)+", ["aa"]],
    ["(a{2}|a)(?:)", ["a", "aa"]],
    ["a(?i)*", ["", "a", "aa", "aaa"]],
    ["(?:a*)*", ["", "a", "aa", "aaa"]],
    ["a*(?i)*", ["", "a", "aa", "aaa"]],
    [String.raw`\Qaa\E*`, ["a", "aa", "aaa"]],
    [String.raw`(?:^|\b)*a{1}`, ["a"]],
  ])("repeats: %s", (pattern, expected) => {
    expect(foundIn(`^(?:${pattern})$`, ["", "a", "aa", "aaa"])).toEqual(expected);
  });

  it.each(["a{", "a{}", "a{,2}", "a{ 2}", "a{2", "a{01}", "a{1,2", "a{1,x}", "{", "a*{", "a{-1}"])(
    "takes braces without a count for themselves: %s",
    (pattern) => {
      expect(found(`^(?:${pattern})$`, pattern.replace("*", ""))).toBe(true);
    },
  );

  it.each([
    ["a dot takes all but a newline", "^.$", ["a", "\r", "\u2028", "😀"]],
    ["with s, the newline too", "(?s)^.$", ["a", "\n", "\r", "\u2028", "😀"]],
    ["in a group only", "^(?s:.)$", ["a", "\n", "\r", "\u2028", "😀"]],
    ["until it is switched off", "(?s)^(?-s:.)$", ["a", "\r", "\u2028", "😀"]],
    ["a negated class takes the newline", "^[^a]$", ["\n", "\r", "\u2028", "😀"]],
  ])("reads the flag s: %s", (_, pattern, expected) => {
    expect(foundIn(pattern, ["a", "\n", "\r", "\u2028", "😀", "ab"])).toEqual(expected);
  });

  it.each(["(?s)^.+$", "(?s)^.*$", String.raw`(?s)\A.{3}\z`, "^(?s:.+)$", "(?s).+$"])(
    "takes newlines among other characters with the flag s: %s",
    (pattern) => {
      expect(foundIn(pattern, ["a\nb", "\n\n\n", "a\n\n"])).toEqual(["a\nb", "\n\n\n", "a\n\n"]);
    },
  );

  it.each([
    ["^b", false],
    ["a$", false],
    ["b$", false],
    ["b\n$", true],
    ["(?m)^b", true],
    ["(?m)a$", true],
    ["(?m)^b$", true],
    ["(?m)^$", true],
    ["(?m)^a\r$", false],
    [String.raw`(?m)\Ab`, false],
    [String.raw`(?m)b\z`, false],
    ["(?m)(?-m)^b", false],
  ])("finds %s in two lines: %s", (pattern, isFound) => {
    expect(found(pattern, "a\nb\n")).toBe(isFound);
  });

  it("knows no line but that which a newline ends", () => {
    expect(foundIn("(?m)^b$", ["a\rb", "a\u2028b", "a\nb"])).toEqual(["a\nb"]);
    expect(found("(?m)$^", "a😀b")).toBe(false);
  });

  it.each([
    [String.raw`\bé`, []],
    [String.raw`a\b`, ["a é", "a", "a😀_"]],
    [String.raw`a\B`, ["ab"]],
    [String.raw`\B`, ["é", "ab", "a é", "", "😀"]],
    [String.raw`^\B$`, [""]],
    [String.raw`(?:\B)+é`, ["é", "a é"]],
  ])("has words of ASCII letters: %s", (pattern, expected) => {
    expect(foundIn(pattern, ["é", "ab", "a é", "a", "", "a😀_", "😀"])).toEqual(expected);
  });

  it.each([
    [String.raw`\a\f\t\n\r\v`, "\x07\f\t\n\r\v"],
    [String.raw`\0\01\012\141\1234`, "\0\x01\naS4"],
    [String.raw`\777`, "\u01FF"],
    [String.raw`\x41\x7a\x{41}\x{1F600}\x{0000041}`, "AzA😀A"],
    [String.raw`\.\*\_\-\/\@\"\ \~`, '.*_-/@" ~'],
    [String.raw`\Q(a|b)*\d[\E\Q\\E`, "(a|b)*\\d[\\"],
    ["a-z&&[b]", "a-z&&b"],
  ])("writes characters as %s", (pattern, text) => {
    expect(found(`^(?:${pattern})$`, text)).toBe(true);
  });

  it.each([
    [String.raw`\Q)a`, ")a"],
    [String.raw`\Qa\\E`, "a\\"],
  ])("needs no end of a quotation: %s", (pattern, text) => {
    expect(found(pattern, text)).toBe(true);
    expect(found(pattern, "a")).toBe(false);
  });
});

describe("what is compiled", () => {
  it("returns the same for the same string, however often it is asked", () => {
    const compiled = compileGoPattern("a");
    expect([1, 2, 3].map(() => compiled.ok && compiled.matches("ba"))).toEqual([true, true, true]);
  });

  it("searches long strings", () => {
    expect(found("^[a-z]{1,}b?$", LETTERS_10K)).toBe(true);
    expect(found("^[a-z]{1,1000}$", LETTERS_10K)).toBe(false);
  });
});

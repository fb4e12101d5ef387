import { describe, expect, it } from "vitest";
import { parseFilterPattern } from "../../../src/fake/logs/filter-pattern.ts";

const matches = (pattern: string, message: string) => {
  const parsed = parseFilterPattern(pattern);
  return parsed.ok && parsed.value(message);
};

describe("a filter pattern", () => {
  it.each([
    ["", "anything"],
    ["   ", "anything"],
    ["ERROR", "[ERROR 400] disk full"],
    ["full ERROR", "[ERROR 400] disk full"],
    ['"disk full"', "[ERROR 400] disk full"],
    ['ERROR "400] disk"', "[ERROR 400] disk full"],
    ["ERR", "ERROR"],
    ['"say \\"hi\\""', 'they say "hi"'],
    ['"C:\\\\temp"', "in C:\\temp"],
    ["disk full", "first line: disk\nsecond line: full"],
  ])("%j matches %j", (pattern, message) => {
    expect(matches(pattern, message)).toBe(true);
  });

  it.each([
    ["error", "[ERROR 400] disk full"],
    ["ERROR empty", "[ERROR 400] disk full"],
    ['"full disk"', "[ERROR 400] disk full"],
  ])("%j does not match %j", (pattern, message) => {
    expect(parseFilterPattern(pattern).ok && !matches(pattern, message)).toBe(true);
  });

  it.each([
    "?ERROR ?WARN",
    "-ERROR",
    "%ERR.R%",
    '{ $.level = "error" }',
    "[ip, user]",
    '"not closed',
    'a"b"',
    "i-0abc",
  ])("%j is refused", (pattern) => {
    expect(parseFilterPattern(pattern)).toMatchObject({
      ok: false,
      refusal: { name: "InvalidParameterException" },
    });
  });

  it("is named in the refusal, with what to do", () => {
    expect(parseFilterPattern("?a")).toMatchObject({
      refusal: {
        message:
          'The fake of CloudWatch Logs reads filter patterns of words and "quoted phrases" only, and was given "?a". Put words with other characters in double quotes, or filter the events that come back.',
      },
    });
  });
});

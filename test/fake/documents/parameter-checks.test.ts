import { describe, expect, it } from "vitest";
import { complaintAboutParameters } from "../../../src/fake/documents/parameter-checks.ts";

const ALL = "all errors during param validation errors: ";
const THROWN = "error thrown in 'AllowedRegexParamValidator' while validating parameter ";

const complaintAbout = (value: unknown, allowedPattern: string) =>
  complaintAboutParameters({ name: { type: "String", allowedPattern } }, { name: value });

// [agent-allowed-pattern] [agent-cases]
describe("the agent has no complaint about", () => {
  it.each([
    ["a value that fits", "web", "^[a-z]+$"],
    ["a value in which the pattern fits somewhere", "1 web 2", "[a-z]+"],
    ["a list of which every element fits", ["web", "db"], "^[a-z]+$"],
    ["an empty list", [], "^[a-z]+$"],
    ["an object whose JSON fits", { a: "b" }, '^\\{"a":"b"\\}$'],
    ["a parameter without a pattern", 7, ""],
  ])("%s", (_, value, pattern) => {
    expect(complaintAbout(value, pattern)).toBeUndefined();
  });
});

describe("the agent complains about", () => {
  it("a value that does not fit", () => {
    expect(complaintAbout("Web", "^[a-z]+$")).toBe(
      `${ALL}${THROWN}/name/: parameter value /Web/ does not match the allowed pattern /^[a-z]+$/`,
    );
  });

  it("the first element that does not fit", () => {
    expect(complaintAbout(["web", "B", "C"], "^[a-z]+$")).toContain("parameter value /B/ does not");
  });

  it("an object whose JSON does not fit, which it prints in its own way", () => {
    expect(complaintAbout({ a: ["b", 1] }, "^x")).toContain(
      "parameter value /map[a:[b 1]]/ does not",
    );
  });

  it("a pattern that Go cannot read", () => {
    expect(complaintAbout("web", "(?=web)")).toBe(
      `${ALL}${THROWN}/name/: encountered error while compiling allowed pattern - internal error: error parsing regexp: invalid or unsupported Perl syntax: \`(?=\``,
    );
  });

  it("a value that is neither text, list nor object", () => {
    expect(complaintAbout(true, "a")).toContain(
      "invalid parameter type String with parameter value true",
    );
  });

  it("each parameter on a line of its own", () => {
    const spec = { type: "String", allowedPattern: "^a$" } as const;
    expect(complaintAboutParameters({ x: spec, y: spec }, { x: "b", y: "c" })?.split("\n")).toEqual(
      [expect.stringMatching(/^all errors.*\/x\//), expect.stringMatching(/^error thrown.*\/y\//)],
    );
  });
});

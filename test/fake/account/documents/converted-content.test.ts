import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  jacksonJson,
  jacksonYaml,
} from "../../../../src/fake/account/documents/converted-content.ts";

const DOCUMENT = {
  schemaVersion: "2.2",
  parameters: { hosts: { type: "StringList", default: ["a", "b"] }, none: {} },
  mainSteps: [
    { action: "aws:runShellScript", name: "run", inputs: { runCommand: ['echo "{{ hosts }}"'] } },
    { action: "aws:sleep", name: "wait", inputs: {} },
  ],
};

/** Contents of documents: objects of anything that JSON has. */
const contents = fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue(), {
  noNullPrototype: true,
});

describe("content in JSON", () => {
  it("is laid out as Jackson does it", () => {
    expect(jacksonJson(DOCUMENT)).toBe(`{
  "schemaVersion" : "2.2",
  "parameters" : {
    "hosts" : {
      "type" : "StringList",
      "default" : [ "a", "b" ]
    },
    "none" : { }
  },
  "mainSteps" : [ {
    "action" : "aws:runShellScript",
    "name" : "run",
    "inputs" : {
      "runCommand" : [ "echo \\"{{ hosts }}\\"" ]
    }
  }, {
    "action" : "aws:sleep",
    "name" : "wait",
    "inputs" : { }
  } ]
}`);
  });

  it("has an empty list with a blank inside", () => {
    expect(jacksonJson({ none: [] })).toBe('{\n  "none" : [ ]\n}');
  });

  it("has in quotes the numbers that JSON does not have", () => {
    expect(jacksonJson([Number.NaN, -Infinity])).toBe('[ "NaN", "-Infinity" ]');
  });

  it("has control characters with capital digits, and other characters as they are", () => {
    expect(jacksonJson("\u001b\u000f é😀<&>")).toBe('"\\u001B\\u000F é😀<&>"');
  });

  it("is the same content", () => {
    fc.assert(
      fc.property(contents, (content) => {
        expect(JSON.parse(jacksonJson(content))).toEqual(content);
      }),
    );
  });
});

describe("content in YAML", () => {
  it("is laid out as Jackson does it", () => {
    expect(jacksonYaml(DOCUMENT)).toBe(`---
schemaVersion: "2.2"
parameters:
  hosts:
    type: "StringList"
    default:
    - "a"
    - "b"
  none: {}
mainSteps:
- action: "aws:runShellScript"
  name: "run"
  inputs:
    runCommand:
    - "echo \\"{{ hosts }}\\""
- action: "aws:sleep"
  name: "wait"
  inputs: {}
`);
  });

  it.each([
    ["an empty list", { a: [] }, "a: []"],
    ["null", { a: null }, "a: null"],
    ["a number", { a: 1.5 }, "a: 1.5"],
    ["a flag", { a: true }, "a: true"],
    ["the end of a line", { a: "x\ny" }, 'a: "x\\ny"'],
    ["a character beyond ASCII", { a: "é" }, 'a: "é"'],
    ["a key with a colon", { "aws:x": "y" }, 'aws:x: "y"'],
    ["a key that reads like a flag", { yes: "y" }, '"yes": "y"'],
    ["a list in a list", { a: [["x"], []] }, 'a:\n- - "x"\n- []'],
  ])("writes %s", (_, value, yaml) => {
    expect(jacksonYaml(value)).toBe(`---\n${yaml}\n`);
  });

  it("has a mark before a key of more than 128 characters, so that it can be read again", () => {
    const key = "k".repeat(2_000);
    expect(jacksonYaml({ [key]: ["x"] })).toBe(`---\n? ${key}\n:\n- "x"\n`);
    expect(parse(jacksonYaml({ [key]: ["x"] }))).toEqual({ [key]: ["x"] });
  });

  it("goes on in the next line behind 80 characters, at a blank that is escaped", () => {
    const [first, second] = ["x".repeat(60), "y".repeat(30)];
    expect(jacksonYaml({ run: `${first} ${second} ${second}` })).toBe(
      `---\nrun: "${first} ${second}\\\n  \\ ${second}"\n`,
    );
  });

  it("is the same content", () => {
    fc.assert(
      fc.property(contents, (content) => {
        expect(parse(jacksonYaml(content))).toEqual(content);
      }),
    );
  });
});

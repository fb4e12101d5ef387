import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Members } from "../../../src/fake/calls/constraint.ts";
import { SSM_OPERATIONS } from "../../../src/fake/calls/operation-name.ts";
import { SSM_TABLE } from "../../../src/fake/ssm/ssm-service.ts";
import { refusalOfRequest } from "../../support/refusal-of-request.ts";

const word = { type: "string", min: 2, max: 4, pattern: "[a-z]*" } as const;

/** One member of every type. */
const MEMBERS = {
  Word: word,
  Size: { type: "string", oneOf: ["Small", "Large"] },
  Count: { type: "integer", min: 1, max: 50, hidden: true },
  Seconds: { type: "integer", min: 30 },
  Flag: { type: "boolean" },
  Words: { type: "list", max: 2, of: word },
  Boxes: {
    type: "list",
    min: 1,
    of: { type: "structure", members: { Label: { ...word, required: true } } },
  },
  Shelf: { type: "map", of: { type: "list", of: word } },
  Lid: { type: "structure", members: { Color: word } },
  Labels: {
    type: "list",
    max: 1,
    of: {
      type: "structure",
      name: "Tag",
      members: { Name: { type: "string" }, Colors: { type: "list", of: { type: "string" } } },
    },
  },
  Vault: { type: "structure", hidden: true, members: { Door: { ...word, required: true } } },
} as const satisfies Members;

const messageOf = (input: unknown) => refusalOfRequest(input, MEMBERS)?.message;
const one = (what: string) => `1 validation error detected: ${what}`;
const ALL_OF_WORD =
  "Member must have length less than or equal to 4, Member must have length greater than or equal to 2, Member must satisfy regular expression pattern: [a-z]*";

describe("the shape of a request", () => {
  it("is right when nothing is given that need not be", () => {
    expect(refusalOfRequest({}, MEMBERS)).toBeUndefined();
  });

  it("is right with every member within its bounds", () => {
    const input = {
      Word: "abcd",
      Size: "Small",
      Count: 50,
      Seconds: 30,
      Flag: false,
      Words: ["ab", "cd"],
      Boxes: [{ Label: "ab" }],
      Shelf: { any: ["ab"] },
      Lid: { Color: "red" },
    };
    expect(refusalOfRequest(input, MEMBERS)).toBeUndefined();
  });

  it.each([
    ["null", { Word: null }],
    ["undefined", { Word: undefined }],
    ["inherited", Object.create({ Word: "X" })],
    ["not of the operation", { Other: 1 }],
  ])("does not mind a member that is %s", (_, input) => {
    expect(refusalOfRequest(input, MEMBERS)).toBeUndefined();
  });
});

describe("a violation", () => {
  it.each([
    [
      "a string that is too long",
      { Word: "abcde" },
      "Value 'abcde' at 'word' failed to satisfy constraint: Member must have length less than or equal to 4",
    ],
    [
      "a string that is too short",
      { Word: "a" },
      "Value 'a' at 'word' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      "a string of another form, which must fit as a whole",
      { Word: "abX" },
      "Value 'abX' at 'word' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]*",
    ],
    [
      "a string that is not one of the words",
      { Size: "Huge" },
      "Value 'Huge' at 'size' failed to satisfy constraint: Member must satisfy enum value set: [Small, Large]",
    ],
    [
      "a number that is too small and hidden",
      { Count: 0 },
      "Value at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "a number that is too large and hidden",
      { Count: 51 },
      "Value at 'count' failed to satisfy constraint: Member must have value less than or equal to 50",
    ],
    [
      "a number that is shown",
      { Seconds: 1 },
      "Value '1' at 'seconds' failed to satisfy constraint: Member must have value greater than or equal to 30",
    ],
    [
      "a list that is too long",
      { Words: ["ab", "cd", "ef"] },
      "Value '[ab, cd, ef]' at 'words' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      "a list that is too short",
      { Boxes: [] },
      "Value '[]' at 'boxes' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "an element of a list of strings, reported at the list with all that an element must be",
      { Words: ["abcde", "a"] },
      `Value '[abcde, a]' at 'words' failed to satisfy constraint: Member must satisfy constraint: [${ALL_OF_WORD}]`,
    ],
    [
      "a member of a structure in a list, reported with its place from 1",
      { Boxes: [{ Label: "ab" }, { Label: "a" }] },
      "Value 'a' at 'boxes.2.member.label' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      "a member that is missing",
      { Boxes: [{}] },
      "Value null at 'boxes.1.member.label' failed to satisfy constraint: Member must not be null",
    ],
    [
      "an element of a list in a map",
      { Shelf: { top: ["a"] } },
      `Value '[a]' at 'shelf.top' failed to satisfy constraint: Member must satisfy constraint: [${ALL_OF_WORD}]`,
    ],
    [
      "a list of structures, shown as Java prints them",
      { Labels: [{ Name: "a", Colors: ["b", "c"] }, { Name: "d" }] },
      "Value '[Tag(name=a, colors=[b, c]), Tag(name=d)]' at 'labels' failed to satisfy constraint: Member must have length less than or equal to 1",
    ],
    [
      "a member of something hidden, which is hidden too",
      { Vault: { Door: "a" } },
      "Value at 'vault.door' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      "a member that is missing in something hidden",
      { Vault: {} },
      "Value at 'vault.door' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a member of a structure",
      { Lid: { Color: "a" } },
      "Value 'a' at 'lid.color' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
  ])("is %s", (_, input, sentence) => {
    expect(messageOf(input)).toBe(one(sentence));
  });

  it("is a ValidationException", () => {
    expect(refusalOfRequest({ Count: 0 }, MEMBERS)?.name).toBe("ValidationException");
  });

  it("stands beside others of the same value, and all are counted", () => {
    expect(messageOf({ Word: "ABCDE" })).toBe(
      "2 validation errors detected: Value 'ABCDE' at 'word' failed to satisfy constraint: Member must have length less than or equal to 4; Value 'ABCDE' at 'word' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-z]*",
    );
  });

  it("of a list that is too long is its length alone: its elements are not looked at", () => {
    const elements = Array.from({ length: 1_000 }, () => "X");
    expect(messageOf({ Words: elements })).toMatch(/^1 validation error detected: Value '\[X, X, /);
  });

  it("is one of twenty at most", () => {
    const boxes = Array.from({ length: 1_000 }, () => ({ Label: "a" }));
    const message = messageOf({ Boxes: boxes, Word: "a" }) ?? "";
    expect(message.split("; ")).toHaveLength(20);
  });

  it("shows ten thousand characters of a value at most", () => {
    const message = messageOf({ Word: "a".repeat(1_000_000) }) ?? "";
    expect(message).toContain(`Value '${"a".repeat(10_000)}…' at 'word'`);
  });

  it("is counted once for each member that has one", () => {
    const violating = {
      Word: fc.constant("a"),
      Size: fc.constant("Huge"),
      Count: fc.constantFrom(0, 51),
      Seconds: fc.constant(29),
      Words: fc.constantFrom(["a"], ["ab", "cd", "ef"]),
      Boxes: fc.constantFrom([], [{ Label: "a" }], [{}]),
      Shelf: fc.constant({ top: ["a"] }),
      Lid: fc.constant({ Color: "a" }),
    };
    fc.assert(
      fc.property(fc.record(violating, { requiredKeys: [] }), (input) => {
        const count = Object.keys(input).length;
        const heading = /^\d+/.exec(messageOf(input) ?? "0")?.[0];
        expect(Number(heading)).toBe(count);
      }),
    );
  });
});

describe("a wrong type", () => {
  it.each([
    [
      "a number for a string",
      { Word: 1 },
      "Word is a number, and has to be a string. Put it in quotation marks.",
    ],
    [
      "a string for a number",
      { Count: "1" },
      "Count is a string, and has to be an integer. Write it without quotation marks.",
    ],
    [
      "a string for a flag",
      { Flag: "true" },
      "Flag is a string, and has to be a boolean. Write true or false.",
    ],
    [
      "a string for a list",
      { Words: "ab" },
      "Words is a string, and has to be a list. Put it into a list.",
    ],
    [
      "a number in a list",
      { Words: [1] },
      "Words[0] is a number, and has to be a string. Put it in quotation marks.",
    ],
    ["null in a list", { Words: ["ab", null] }, "Words[1] is null, and has to be a string."],
    ["a string for a structure", { Lid: "red" }, "Lid is a string, and has to be an object."],
    ["a list for a structure", { Lid: [] }, "Lid is a list, and has to be an object."],
    [
      "a string in a list of structures",
      { Boxes: ["ab"] },
      "Boxes[0] is a string, and has to be an object.",
    ],
    ["a list for a map", { Shelf: [] }, "Shelf is a list, and has to be a map."],
    [
      "a string for a list in a map",
      { Shelf: { top: "ab" } },
      "Shelf.top is a string, and has to be a list. Put it into a list.",
    ],
    ["a list for the request", [], "The request is a list, and has to be an object."],
    ["nothing for the request", null, "The request is null, and has to be an object."],
  ])("is %s: a SerializationException without a message, which says why", (_, input, why) => {
    expect(refusalOfRequest(input, MEMBERS)).toEqual({ name: "SerializationException", why });
  });

  it("comes before any violation", () => {
    expect(refusalOfRequest({ Word: "a", Count: "1" }, MEMBERS)?.name).toBe(
      "SerializationException",
    );
  });

  it.each([
    ["with a toString that is no function", { toString: 1 }],
    ["without a prototype", Object.create(null)],
    ["in a list", [{ toString: 1 }]],
  ])("is that of an object %s, wherever it stands", (_, value) => {
    for (const name of Object.keys(MEMBERS)) {
      const refusal = refusalOfRequest({ [name]: value }, MEMBERS);
      expect([name, refusal?.name]).not.toContain("TypeError");
    }
    expect(refusalOfRequest({ Words: [{ toString: 1 }] }, MEMBERS)?.name).toBe(
      "SerializationException",
    );
  });

  it("is refused and not thrown, whatever JSON a request is", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SSM_OPERATIONS), fc.jsonValue(), (operation, input) => {
        const refusal = refusalOfRequest(input, SSM_TABLE[operation].members);
        expect(["SerializationException", "ValidationException", undefined]).toContain(
          refusal?.name,
        );
      }),
    );
  });
});

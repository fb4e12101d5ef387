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
  Count: { type: "integer", min: 1, max: 50 },
  Seconds: { type: "integer", min: 30, shown: true },
  Flag: { type: "boolean" },
  Words: { type: "list", max: 2, of: word },
  Boxes: {
    type: "list",
    min: 1,
    of: { type: "structure", members: { Label: { ...word, required: true } } },
  },
  Shelf: { type: "map", of: { type: "list", of: word } },
  Lid: { type: "structure", members: { Color: word } },
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
      "a number that is too small, not shown",
      { Count: 0 },
      "Value at 'count' failed to satisfy constraint: Member must have value greater than or equal to 1",
    ],
    [
      "a number that is too large, not shown",
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
      "Value at 'words' failed to satisfy constraint: Member must have length less than or equal to 2",
    ],
    [
      "a list that is too short",
      { Boxes: [] },
      "Value at 'boxes' failed to satisfy constraint: Member must have length greater than or equal to 1",
    ],
    [
      "an element of a list of strings, reported at the list with all that an element must be",
      { Words: ["abcde", "a"] },
      `Value at 'words' failed to satisfy constraint: Member must satisfy constraint: [${ALL_OF_WORD}]`,
    ],
    [
      "a member of a structure in a list, reported with its place from 1",
      { Boxes: [{ Label: "ab" }, { Label: "a" }] },
      "Value 'a' at 'boxes.2.member.label' failed to satisfy constraint: Member must have length greater than or equal to 2",
    ],
    [
      "a member that is missing",
      { Boxes: [{}] },
      "Value at 'boxes.1.member.label' failed to satisfy constraint: Member must not be null",
    ],
    [
      "an element of a list in a map",
      { Shelf: { top: ["a"] } },
      `Value at 'shelf.top' failed to satisfy constraint: Member must satisfy constraint: [${ALL_OF_WORD}]`,
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
    ["a number for a string", { Word: 1 }],
    ["a string for a number", { Count: "1" }],
    ["a string for a flag", { Flag: "true" }],
    ["a string for a list", { Words: "ab" }],
    ["a number in a list of strings", { Words: [1] }],
    ["null in a list of strings", { Words: [null] }],
    ["a string for a structure", { Lid: "red" }],
    ["a list for a structure", { Lid: [] }],
    ["a string in a list of structures", { Boxes: ["ab"] }],
    ["a list for a map", { Shelf: [] }],
    ["a string for a list in a map", { Shelf: { top: "ab" } }],
    ["a list for the request", []],
    ["nothing for the request", null],
  ])("is %s: a SerializationException without a message", (_, input) => {
    expect(refusalOfRequest(input, MEMBERS)).toEqual({ name: "SerializationException" });
  });

  it("comes before any violation", () => {
    expect(refusalOfRequest({ Word: "a", Count: "1" }, MEMBERS)).toEqual({
      name: "SerializationException",
    });
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

import { describe, expect, it } from "vitest";
import { type Comparing, differenceOf, instantOf, valuesNamed } from "./compare.ts";

const WHOLE: Comparing = { whole: true, commandIds: ["c-1", "c-2"] };
const PART: Comparing = { ...WHOLE, whole: false };
const start = new Date("2026-01-01T00:00:00.000Z");

describe("a whole answer", () => {
  it.each([
    ["the same", { a: [1, { b: "c" }], d: null }, { a: [1, { b: "c" }], d: null }],
    ["a member more that holds nothing, as the SDK's have it", { a: 1 }, { a: 1, b: undefined }],
    ["members in another order", { a: 1, b: 2 }, { b: 2, a: 1 }],
    ["an empty object", {}, {}],
    ["an empty list", [], []],
    ["<any> text", "<any>", ""],
    ["<any> number", "<any>", 0],
    ["<any> list", "<any>", []],
    ["<instant> on the wire", "<instant>", 1_767_225_600.5],
    ["<instant> of the SDK", "<instant>", start],
    ["the id of a command", "<command>", "c-1"],
    ["the id of the second command in a text", "of <command 2>", "of c-2"],
    ["a text like a pattern", { $matches: "^\\d+$" }, "12"],
  ])("agrees: %s", (_, recorded, found) => {
    expect(differenceOf(recorded, found, "answer", WHOLE)).toBeUndefined();
  });

  it.each([
    ["another text", { a: "b" }, { a: "c" }, 'answer.a: expected "b", found "c"'],
    ["a text that is longer", "a", "ab", 'answer: expected "a", found "ab"'],
    [
      "a text in other letters",
      "Success",
      "success",
      'answer: expected "Success", found "success"',
    ],
    ["another number", { a: 1 }, { a: 2 }, "answer.a: expected 1, found 2"],
    ["a number as text", { a: 1 }, { a: "1" }, 'answer.a: expected 1, found "1"'],
    ["a text as a number", { a: "1" }, { a: 1 }, 'answer.a: expected "1", found 1'],
    ["true for false", { a: false }, { a: true }, "answer.a: expected false, found true"],
    ["false where nothing is", { a: false }, {}, "answer.a: expected false, found nothing"],
    ["null where nothing is", { a: null }, {}, "answer.a: expected null, found nothing"],
    ["an empty text where nothing is", { a: "" }, {}, 'answer.a: expected "", found nothing'],
    [
      "an empty list where nothing is",
      { a: [] },
      {},
      "answer.a: expected a list of 0, found nothing",
    ],
    ["a member less", { a: 1, b: 2 }, { a: 1 }, "answer.b: expected 2, found nothing"],
    ["a member more", { a: 1 }, { a: 1, b: "" }, 'answer.b: expected nothing, found ""'],
    ["a member more that is null", {}, { b: null }, "answer.b: expected nothing, found null"],
    [
      "a member more deep inside",
      { a: [{}] },
      { a: [{ b: 0 }] },
      "answer.a.0.b: expected nothing, found 0",
    ],
    ["a longer list", { a: [1] }, { a: [1, 1] }, "answer.a: expected a list of 1, found [1,1]"],
    ["a shorter list", { a: [1, 1] }, { a: [1] }, "answer.a: expected a list of 2, found [1]"],
    ["a list in another order", [1, 2], [2, 1], "answer.0: expected 1, found 2"],
    [
      "an item deep inside",
      { a: [1, [2, 3]] },
      { a: [1, [2, 4]] },
      "answer.a.1.1: expected 3, found 4",
    ],
    ["a list for an object", {}, [], "answer: expected an object, found []"],
    ["an object for a list", [], {}, "answer: expected a list of 0, found {}"],
    [
      "a time for an object",
      {},
      start,
      'answer: expected an object, found "2026-01-01T00:00:00.000Z"',
    ],
    ["nothing for <any>", { a: "<any>" }, {}, "answer.a: expected something, found nothing"],
    ["null for <any>", "<any>", null, "answer: expected something, found null"],
    ["nothing for <instant>", "<instant>", undefined, "answer: expected a time, found nothing"],
    [
      "a text for <instant>",
      "<instant>",
      "2026-01-01",
      'answer: expected a time, found "2026-01-01"',
    ],
    ["the id of another command", "<command>", "c-2", 'answer: expected "c-1", found "c-2"'],
    [
      "the id of a command that was not sent",
      "<command 3>",
      "c-2",
      'answer: expected "<command 3>", found "c-2"',
    ],
    [
      "a text unlike a pattern",
      { $matches: "^a$" },
      "ab",
      'answer: expected text like ^a$, found "ab"',
    ],
    ["a number for a pattern", { $matches: "1" }, 1, "answer: expected text like 1, found 1"],
  ])("differs by %s", (_, recorded, found, sentence) => {
    expect(differenceOf(recorded, found, "answer", WHOLE)).toBe(sentence);
  });

  it("that differs in several places is told by the first", () => {
    const sentence = differenceOf({ a: 1, b: 1 }, { a: 2, b: 2 }, "answer", WHOLE);
    expect(sentence).toBe("answer.a: expected 1, found 2");
  });
});

describe("a part of an answer", () => {
  it.each([
    ["a member more", { a: 1 }, { a: 1, b: 2 }],
    ["a member more deep inside", { a: [{}] }, { a: [{ b: 2 }] }],
  ])("agrees with %s", (_, recorded, found) => {
    expect(differenceOf(recorded, found, "answer", PART)).toBeUndefined();
  });

  it.each([
    ["a member less", { a: 1 }, {}, "answer.a: expected 1, found nothing"],
    ["an item more", { a: [{}] }, { a: [{}, {}] }, "answer.a: expected a list of 1, found [{},{}]"],
  ])("differs by %s", (_, recorded, found, sentence) => {
    expect(differenceOf(recorded, found, "answer", PART)).toBe(sentence);
  });
});

describe("the instant of a value", () => {
  it.each([
    [start, start.getTime()],
    [1.5, 1_500],
    // 1.001 * 1000 is a little less than 1001.
    [1.001, 1_001],
    [0, 0],
    ["2026-01-01T00:00:00Z", undefined],
    [null, undefined],
    [undefined, undefined],
  ])("%j is %j", (value, instant) => {
    expect(instantOf(value)).toBe(instant);
  });
});

describe("the values with a name", () => {
  it("are found anywhere in an answer, in order", () => {
    const answer = { At: 1, List: [{ At: 2 }, { More: { At: 3 } }], Other: start };
    expect(valuesNamed("At", answer)).toEqual([1, 2, 3]);
  });

  it("are none where nothing has the name", () => {
    expect(valuesNamed("At", { at: 1, List: ["At"] })).toEqual([]);
  });
});

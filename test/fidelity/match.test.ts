import { describe, expect, it } from "vitest";
import { placeholder } from "./a-case.ts";
import { mismatchOf, problemsOfPattern } from "./match.ts";

const start = new Date("2026-01-01T00:00:00.000Z");

describe("a pattern", () => {
  it.each([
    ["an object with more members", { a: 1 }, { a: 1, b: 2 }],
    ["a list of the same items in the same order", [1, { a: 1 }], [1, { a: 1, b: 2 }]],
    ["an equal text", "a", "a"],
    ["null", null, null],
    ["$any", { $any: true }, ""],
    ["$length of a text", { $length: 2 }, "ab"],
    ["$length of a list", { $length: 2 }, [1, 2]],
    ["$startsWith", { $startsWith: "a" }, "ab"],
    ["$endsWith", { $endsWith: "b" }, "ab"],
    ["$match", { $match: "^a.$" }, "ab"],
    ["$oneOf", { $oneOf: ["a", { $startsWith: "b" }] }, "bc"],
    ["$unordered", { $unordered: [{ a: 1 }, { a: 2 }] }, [{ a: 2 }, { a: 1 }]],
    [
      "$unordered, where the first fit is not the right one",
      { $unordered: [{}, { a: 1 }] },
      [{ a: 1 }, { a: 2 }],
    ],
    ["$plus", { $plus: [start, "1500ms"] }, "2026-01-01T00:00:01.500Z"],
    ["several operators that all hold", { $startsWith: "a", $length: 2 }, "ab"],
  ])("matches: %s", (_, pattern, found) => {
    expect(mismatchOf(pattern, found, "answer")).toBeUndefined();
  });

  it.each([
    ["a member that is missing", { a: 1 }, {}, "answer.a: expected 1, found nothing"],
    ["an object, and finds none", { a: 1 }, "a", 'answer: expected an object, found "a"'],
    ["a shorter list", [1], [1, 2], "answer: expected a list of 1, found [1,2]"],
    ["other items", [1, 2], [1, 3], "answer.1: expected 2, found 3"],
    ["null, and finds nothing", null, undefined, "answer: expected null, found nothing"],
    ["$any", { $any: true }, undefined, "answer: expected anything, found nothing"],
    ["$length", { $length: 2 }, "a", 'answer: expected a length of 2, found "a"'],
    [
      "$startsWith",
      { $startsWith: "b" },
      "ab",
      'answer: expected a text that starts with "b", found "ab"',
    ],
    [
      "$endsWith",
      { $endsWith: "a" },
      "ab",
      'answer: expected a text that ends with "a", found "ab"',
    ],
    ["$match", { $match: "^b" }, "ab", 'answer: expected a text that matches "^b", found "ab"'],
    ["$oneOf", { $oneOf: ["a", "b"] }, "c", 'answer: expected one of ["a","b"], found "c"'],
    [
      "$unordered",
      { $unordered: [1, 1] },
      [1, 2],
      "answer: expected exactly these in any order: [1,1], found [1,2]",
    ],
    [
      "$unordered, and finds more",
      { $unordered: [1] },
      [1, 1],
      "answer: expected exactly these in any order: [1], found [1,1]",
    ],
    [
      "$plus",
      { $plus: [start, "1s"] },
      start,
      'answer: expected the instant 2026-01-01T00:00:01.000Z, found "2026-01-01T00:00:00.000Z"',
    ],
    [
      "$plus of what is no time",
      { $plus: ["", "1s"] },
      start,
      'answer: expected a time, but "" is none to count from, found "2026-01-01T00:00:00.000Z"',
    ],
    [
      "one of two operators that holds",
      { $startsWith: "a", $length: 3 },
      "ab",
      'answer: expected a length of 3, found "ab"',
    ],
    ["an unknown operator", { $is: 1 }, 1, 'answer: "$is" is no operator of a pattern.'],
  ])("says where and what differs: %s", (_, pattern, found, sentence) => {
    expect(mismatchOf(pattern, found, "answer")).toBe(sentence);
  });
});

describe("a member that holds a time", () => {
  it.each([
    ["a Date", start],
    ["epoch seconds", start.getTime() / 1_000],
    ["ISO text", "2026-01-01T01:00:00+01:00"],
  ])("is the same instant as %s", (_, time) => {
    const found = { ExpiresAfter: start, RequestedDateTime: start };
    expect(mismatchOf({ ExpiresAfter: time, RequestedDateTime: time }, found, "a")).toBeUndefined();
  });

  it("differs by a millisecond", () => {
    const later = new Date(start.getTime() + 1);
    expect(mismatchOf({ ExpiresAfter: start }, { ExpiresAfter: later }, "a")).toBeDefined();
  });

  it("that is empty is no time", () => {
    const found = { ExecutionEndDateTime: "" };
    expect([
      mismatchOf({ ExecutionEndDateTime: "" }, found, "a"),
      mismatchOf({ ExecutionEndDateTime: start }, found, "a"),
    ]).toEqual([undefined, expect.stringContaining('found ""')]);
  });

  it("is recognised by its name: other strings are compared as strings", () => {
    const pattern = { Comment: "2026-01-01T00:00:00Z" };
    expect(mismatchOf(pattern, { Comment: "2026-01-01T00:00:00.000Z" }, "a")).toBeDefined();
  });
});

describe("an operator", () => {
  it.each([
    ["$any", false],
    ["$length", "2"],
    ["$startsWith", 1],
    ["$endsWith", 1],
    ["$match", "("],
    ["$oneOf", []],
    ["$unordered", "a"],
    ["$plus", [placeholder("sent.Command.RequestedDateTime"), "35"]],
  ])("%s refuses what it does not take: %o", (name, operand) => {
    expect(problemsOfPattern({ [name]: operand }, "answer")).toEqual([
      expect.stringContaining(`answer: ${name} takes `),
    ]);
  });

  it("stands alone: beside a member it is a problem", () => {
    expect(problemsOfPattern({ $any: true, Status: "Success" }, "answer")).toEqual([
      'answer: "Status" is no operator of a pattern.',
    ]);
  });
});

import { describe, expect, it } from "vitest";
import { expanded, withIds } from "./expand.ts";

const ids = ["c-1", "c-2"];

describe("an input", () => {
  it.each([
    ["without placeholders", { a: [1, null, { b: "c" }] }, { a: [1, null, { b: "c" }] }],
    [
      "a long text",
      {
        a: {
          $runs: [
            ["ab", 2],
            ["c", 3],
          ],
        },
      },
      { a: "ababccc" },
    ],
    ["a long text in a list", { a: ["x", { $runs: [["y", 2]] }] }, { a: ["x", "yy"] }],
    ["a long text of no pieces", { a: { $runs: [] } }, { a: "" }],
    ["a long list", { a: { $list: ["x", 3] } }, { a: ["x", "x", "x"] }],
    ["a long list of nothing", { a: { $list: ["x", 0] } }, { a: [] }],
    [
      "a long list of objects",
      { a: { $list: [{ Key: "k" }, 2] } },
      { a: [{ Key: "k" }, { Key: "k" }] },
    ],
    [
      "a long list of long strings",
      { a: { $list: [{ $runs: [["x", 2]] }, 2] } },
      { a: ["xx", "xx"] },
    ],
    ["a long list of ids", { a: { $list: ["<command 2>", 2] } }, { a: ["c-2", "c-2"] }],
    ["an id", { CommandId: "<command>" }, { CommandId: "c-1" }],
    ["ids deep inside", { a: [{ b: "<command 2>" }] }, { a: [{ b: "c-2" }] }],
    ["the name of a member", { "<command>": "a" }, { "<command>": "a" }],
  ])("is sent with its placeholders replaced: %s", (_, input, sent) => {
    expect(expanded(input, ids)).toEqual(sent);
  });

  it("is itself not changed", () => {
    const input = { a: { $list: ["<command>", 2] }, b: { $runs: [["x", 2]] } };
    const before = structuredClone(input);
    expanded(input, ids);
    expect(input).toEqual(before);
  });
});

describe("the id of a command in a text", () => {
  it.each([
    ["<command>", "c-1"],
    ["<command 1>", "c-1"],
    ["<command 2>", "c-2"],
    ["not found for <command 2>, nor for <command>", "not found for c-2, nor for c-1"],
    ["<command><command>", "c-1c-1"],
  ])("%s is %s", (text, replaced) => {
    expect(withIds(text, ids)).toBe(replaced);
  });

  it.each(["<command 3>", "<command 0>", "<command x>", "<Command>", "command", ""])(
    "stays where no such command was sent: %j",
    (text) => {
      expect(withIds(text, ids)).toBe(text);
    },
  );

  it("is put in as it is, whatever a replacement would make of it", () => {
    expect(withIds("<command>", ["$&"])).toBe("$&");
  });
});

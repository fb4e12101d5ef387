import { describe, expect, it } from "vitest";
import { placeholder } from "./a-case.ts";
import { resolvePlaceholders } from "./placeholders.ts";

const at = new Date("2026-01-01T00:00:00.000Z");
const names = { nodes: ["i-1", "i-2"], sent: { Command: { CommandId: "c-1", at, Comment: "" } } };

describe("a placeholder", () => {
  it.each([
    ["a path into a saved answer", placeholder("sent.Command.CommandId"), "c-1"],
    ["an id of the case", placeholder("nodes.1"), "i-2"],
    ["all ids of the case", placeholder("nodes"), ["i-1", "i-2"]],
    ["a value that is no text", placeholder("sent.Command.at"), at],
    ["a text that is empty", placeholder("sent.Command.Comment"), ""],
    [
      "a part of a text",
      `Invocation not found for ${placeholder("sent.Command.CommandId")}, ${placeholder("nodes.0")}`,
      "Invocation not found for c-1, i-1",
    ],
    ["a text deep inside", { a: [{ b: placeholder("nodes.0") }] }, { a: [{ b: "i-1" }] }],
  ])("stands for %s", (_, value, resolved) => {
    expect(resolvePlaceholders(value, names)).toEqual(resolved);
  });

  it.each([
    placeholder("other.Command"),
    placeholder("sent.Command.Status"),
    placeholder("nodes.2"),
    `id ${placeholder("nodes.2")}`,
    placeholder(""),
  ])("that resolves to nothing is an error: %s", (text) => {
    expect(() => resolvePlaceholders(text, names)).toThrow(
      /resolves to nothing\. .*: nodes, sent\.$/,
    );
  });

  it("for a list inside a text is an error", () => {
    expect(() => resolvePlaceholders(`ids ${placeholder("nodes")}`, names)).toThrow(
      /stands inside a text/,
    );
  });
});

import { describe, expect, it } from "vitest";
import { checkOptions, type OptionTable, wordAdvice } from "../../src/domain/options.ts";

interface Options {
  readonly instanceId?: string;
  readonly pollEvery?: string;
  readonly onAbort?: "detach" | "cancel";
  readonly skips?: boolean;
  readonly log?: () => void;
  readonly nodes?: readonly string[];
  readonly size?: number;
  readonly signal?: AbortSignal;
}

const TABLE = {
  instanceId: "a string",
  pollEvery: "any",
  onAbort: ["detach", "cancel"],
  skips: "a boolean",
  log: "a function",
  nodes: "a list",
  size: "a number",
  signal: "an AbortSignal",
} as const satisfies OptionTable<Options>;
const ALL = "instanceId, pollEvery, onAbort, skips, log, nodes, size, signal";

const check = (given: unknown) => () => checkOptions(given, TABLE, "make()");

describe("options", () => {
  it.each([
    [undefined],
    [{}],
    [{ instanceId: "i", pollEvery: 5, onAbort: "cancel", skips: false, log: () => {}, nodes: [] }],
    [{ instanceId: undefined, onAbort: undefined, skips: undefined, log: undefined }],
    [Object.assign(Object.create(null), { skips: true })],
    [
      new (class Own {
        skips = true;
      })(),
    ],
  ])("pass that the table has: %j", (given) => {
    expect(check(given)).not.toThrow();
  });

  it.each([
    [
      "a mistyped name",
      { pollEvry: 1 },
      'make() has no option "pollEvry". Did you mean pollEvery?',
    ],
    [
      "another case",
      { InstanceID: 1 },
      'make() has no option "InstanceID". Did you mean instanceId?',
    ],
    [
      "two letters that are swapped",
      { noeds: 1 },
      'make() has no option "noeds". Did you mean nodes?',
    ],
    ["a part of a name", { id: 1 }, 'make() has no option "id". Did you mean instanceId?'],
    [
      "more than a name",
      { pollEveryMs: 1 },
      'make() has no option "pollEveryMs". Did you mean pollEvery?',
    ],
    ["a name that is near none", { colour: 1 }, `make() has no option "colour". It has ${ALL}.`],
    ["one letter that is part of a name", { i: 1 }, `make() has no option "i". It has ${ALL}.`],
    [
      "no signal",
      { signal: { abort() {} } },
      "signal of make() is { abort }. Give it an AbortSignal.",
    ],
    [
      "a list of nothing",
      Object.assign([], { size: 1 }),
      `make() was given []. Give it an object of options: ${ALL}.`,
    ],
    ["a short name that is near none", { os: 1 }, `make() has no option "os". It has ${ALL}.`],
    [
      "a member of every object",
      { toString: 1 },
      `make() has no option "toString". It has ${ALL}.`,
    ],
    [
      "a name that is left undefined",
      { colour: undefined },
      `make() has no option "colour". It has ${ALL}.`,
    ],
    [
      "a word that is none",
      { onAbort: "stop" },
      'onAbort of make() is "stop". Use one of detach, cancel.',
    ],
    [
      "a word that is nearly one",
      { onAbort: "Cancel" },
      'onAbort of make() is "Cancel". Use one of detach, cancel. Did you mean cancel?',
    ],
    ["no boolean", { skips: "no" }, 'skips of make() is "no". Give it a boolean.'],
    ["no function", { log: console }, /^log of make\(\) is .+\. Give it a function\.$/],
    ["no list", { nodes: { a: 1, b: 2 } }, "nodes of make() is { a, b }. Give it a list."],
    ["no string", { instanceId: 5 }, "instanceId of make() is 5. Give it a string."],
    ["no number", { size: "5" }, 'size of make() is "5". Give it a number.'],
    ["null as a value", { skips: null }, "skips of make() is null. Give it a boolean."],
    ["a string", "5m", `make() was given "5m". Give it an object of options: ${ALL}.`],
    ["null", null, `make() was given null. Give it an object of options: ${ALL}.`],
    ["a list", [], `make() was given []. Give it an object of options: ${ALL}.`],
    ["a function", () => {}, /^make\(\) was given .+ Give it an object of options: /],
    [
      "an instance of something else",
      new Date(0),
      /^make\(\) was given Thu Jan .+ Give it an object of options: /,
    ],
  ])("are refused by name: %s", (_what, given, message) => {
    const expected = typeof message === "string" ? new TypeError(message) : message;
    expect(check(given)).toThrow(expected);
  });

  it("are named at the start of a sentence as sentences begin", () => {
    const place = "the behavior of i-0123456789abcdef0";
    expect(() => checkOptions({ colour: 1 }, { stdout: "a string" }, place)).toThrow(
      new TypeError('The behavior of i-0123456789abcdef0 has no option "colour". It has stdout.'),
    );
    expect(() => checkOptions({ stdout: 1 }, { stdout: "a string" }, place)).toThrow(
      new TypeError("stdout of the behavior of i-0123456789abcdef0 is 1. Give it a string."),
    );
  });
});

describe("the advice about a word", () => {
  it("names all words, what else may stand there, and the nearest", () => {
    expect(wordAdvice("worts", ["instant", "worst"], ", or a function")).toBe(
      "Use one of instant, worst, or a function. Did you mean worst?",
    );
    expect(wordAdvice(5, ["instant", "worst"])).toBe("Use one of instant, worst.");
  });
});

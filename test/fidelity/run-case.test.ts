import { describe, expect, it } from "vitest";
import { placeholder, readyCase } from "./a-case.ts";
import type { CallResult } from "./roads.ts";
import { runCase } from "./run-case.ts";
import type { World } from "./world.ts";

/** A world that answers every call with the next of these results, and every read with what `seen` is. */
function scriptedWorld(results: readonly CallResult[], seen: object = {}) {
  const inputs: object[] = [];
  const world: World = {
    advanceTo: async () => {},
    call: async (_, input) => {
      inputs.push(input);
      return results[inputs.length - 1] ?? { answer: {} };
    },
    change: () => {},
    read: async () => seen,
    close: async () => {},
  };
  return { world, inputs };
}

const call = { at: "1s", call: "GetCommandInvocation", input: {} };
const list = { at: "1s", list: "ListCommandInvocations", input: { CommandId: "c" } };
const answers = (answer: object): CallResult => ({ answer: { ...answer } });
const refuses = (name: string, message?: string): CallResult => ({ refused: { name, message } });
const items = (...details: readonly string[]) =>
  answers({ CommandInvocations: details.map((each) => ({ StatusDetails: each, Status: each })) });

/** What the runner says of a case with this one step. */
function verdict(step: object, results: readonly CallResult[], seen?: object) {
  return runCase(readyCase({ steps: [step] }), scriptedWorld(results, seen).world);
}

describe("a call", () => {
  it.each([
    ["an answer that matches", { answer: { Status: "Success" } }, answers({ Status: "Success" })],
    [
      "an empty text where another path is absent",
      { answer: { A: "" }, absent: ["B", "C.0.D"] },
      answers({ A: "" }),
    ],
    ["its refusal", { refused: { name: "A" } }, refuses("A", "any text")],
    [
      "its refusal with its text",
      { refused: { name: "A", message: { $startsWith: "b" } } },
      refuses("A", "b."),
    ],
    ["its refusal without a text", { refused: { name: "A", message: null } }, refuses("A")],
  ])("passes with %s", async (_, expected, result) => {
    expect(await verdict({ ...call, ...expected }, [result])).toBeUndefined();
  });

  it.each([
    [
      "another answer",
      { answer: { Status: "Success" } },
      answers({ Status: "Failed" }),
      'answer.Status: expected "Success", found "Failed"',
    ],
    [
      "a member that is absent",
      { answer: {}, absent: ["A.0.B"] },
      answers({ A: [{ B: "" }] }),
      'answer.A.0.B: expected nothing, found ""',
    ],
    [
      "an answer for a refusal",
      { refused: { name: "A" } },
      answers({}),
      'expected the refusal "A", found an answer',
    ],
    ["a refusal for an answer", { answer: { A: 1 } }, refuses("A"), "refused with A: no message"],
    [
      "another refusal",
      { refused: { name: "A" } },
      refuses("B", "c."),
      'refused.name: expected "A", found "B" (c.)',
    ],
    [
      "another text",
      { refused: { name: "A", message: "b" } },
      refuses("A", "c"),
      'refused.message: expected "b", found "c"',
    ],
    [
      "a text where none is sent",
      { refused: { name: "A", message: null } },
      refuses("A", "c"),
      'refused.message: expected nothing, found "c"',
    ],
    [
      "no text where one is sent",
      { refused: { name: "A", message: "b" } },
      refuses("A"),
      'refused.message: expected "b", found nothing',
    ],
  ])("fails with %s", async (_, expected, result, why) => {
    expect(await verdict({ ...call, ...expected }, [result])).toBe(
      `step 1 at 1s, GetCommandInvocation: ${why}`,
    );
  });

  it("keeps its answer before it is compared, and for the steps that follow", async () => {
    const steps = [
      { ...call, save: "first", answer: { Id: placeholder("first.Id") } },
      { ...call, input: { CommandId: placeholder("first.Id") }, answer: { Id: "c-2" } },
    ];
    const { world, inputs } = scriptedWorld([answers({ Id: "c-1" }), answers({ Id: "c-2" })]);
    expect([await runCase(readyCase({ steps }), world), inputs]).toEqual([
      undefined,
      [{}, { CommandId: "c-1" }],
    ]);
  });

  it("with a placeholder that resolves to nothing fails", async () => {
    const step = {
      ...call,
      input: { CommandId: placeholder("sent.Command.CommandId") },
      answer: { A: 1 },
    };
    expect(await verdict(step, [])).toBe(
      `step 1 at 1s, GetCommandInvocation: The placeholder ${placeholder("sent.Command.CommandId")} resolves to nothing. It is a path into one of: nodes.`,
    );
  });
});

describe("a list", () => {
  it("is followed to its end", async () => {
    const { world, inputs } = scriptedWorld([
      answers({ CommandInvocations: [1], NextToken: "t" }),
      answers({ CommandInvocations: [2] }),
    ]);
    const value = readyCase({ steps: [{ ...list, items: [1, 2] }] });
    expect([await runCase(value, world), inputs]).toEqual([
      undefined,
      [{ CommandId: "c" }, { CommandId: "c", NextToken: "t" }],
    ]);
  });

  it("whose token comes again fails", async () => {
    const page = answers({ CommandInvocations: [1], NextToken: "t" });
    expect(await verdict({ ...list, items: [1, 1] }, [page, page])).toContain(
      'the token "t" has come a second time',
    );
  });

  it("passes with its groups", async () => {
    const groups = { Failed: { count: 2, Status: "Failed" }, Success: { count: 1 } };
    expect(
      await verdict({ ...list, groups }, [items("Failed", "Success", "Failed")]),
    ).toBeUndefined();
  });

  it.each([
    [
      "too few",
      { Failed: { count: 2 } },
      items("Failed"),
      "groups: expected Failed 2, found Failed 1",
    ],
    ["none at all", { Failed: { count: 1 } }, items(), "groups: expected Failed 1, found no item"],
    [
      "one that is not named",
      { Failed: { count: 1 } },
      items("Failed", "Success"),
      "groups: expected no Success, found Failed 1, Success 1",
    ],
    [
      "an item that shows something else",
      { Failed: { count: 1, Status: "TimedOut" } },
      items("Failed"),
      'groups.Failed.Status: expected "TimedOut", found "Failed"',
    ],
  ])("fails with %s in its groups", async (_, groups, result, why) => {
    expect(await verdict({ ...list, groups }, [result])).toBe(
      `step 1 at 1s, all of ListCommandInvocations: ${why}`,
    );
  });

  it("that is refused fails", async () => {
    expect(await verdict({ ...list, items: [] }, [refuses("InvalidCommandId")])).toContain(
      "refused with InvalidCommandId",
    );
  });
});

describe("a read", () => {
  const logs = { at: "1s", read: "logs", group: "g" };
  const rollout = { at: "1s", read: "rollout", command: "c" };
  const objects = { at: "1s", read: "objects", bucket: "b" };
  const messages = { at: "1s", read: "notifications", topic: "t" };
  const stream = (name: string) => ({ name, text: "x" });

  it.each([
    [
      "streams",
      { ...logs, streams: [stream("b"), stream("a")] },
      { exists: true, streams: [stream("a"), stream("b")] },
    ],
    ["a group that is not there", { ...logs, exists: false }, { exists: false }],
    ["a rollout", { ...rollout, maxInFlight: 2 }, { order: [], inFlight: 0, maxInFlight: 2 }],
    ["objects", { ...objects, objects: [{ key: "k" }] }, { objects: [{ key: "k", size: 1 }] }],
    [
      "messages",
      { ...messages, messages: [{ body: { a: 1 } }] },
      { messages: [{ subject: "s", body: { a: 1 } }] },
    ],
  ])("passes with its %s", async (_, step, seen) => {
    expect(await verdict(step, [], seen)).toBeUndefined();
  });

  it.each([
    [
      "one stream more",
      { ...logs, streams: [stream("a")] },
      { exists: true, streams: [stream("a"), stream("b")] },
    ],
    ["no group", { ...logs, streams: [] }, { exists: false }],
    ["a group", { ...logs, exists: false }, { exists: true, streams: [] }],
    [
      "another rollout",
      { ...rollout, order: ["a", "b"] },
      { order: ["b", "a"], inFlight: 0, maxInFlight: 2 },
    ],
    ["one object more", { ...objects, objects: [] }, { objects: [{ key: "k", size: 1 }] }],
    [
      "another message",
      { ...messages, messages: [{ body: { a: 2 } }] },
      { messages: [{ body: { a: 1 } }] },
    ],
  ])("fails with %s", async (_, step, seen) => {
    expect(await verdict(step, [], seen)).toContain(
      `step 1 at 1s, read ${step.read}: ${step.read}`,
    );
  });
});

describe("the first failure", () => {
  it("is the one that is reported", async () => {
    const steps = [
      { ...call, answer: { A: 1 } },
      { ...call, at: "2s", answer: { A: 2 } },
      { ...call, at: "3s", answer: { A: 3 } },
    ];
    const { world } = scriptedWorld([answers({ A: 1 }), answers({ A: 0 }), answers({ A: 0 })]);
    expect(await runCase(readyCase({ steps }), world)).toMatch(/^step 2 at 2s, /);
  });
});

import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { agentCase } from "./an-agent-case.ts";
import { reportAgentCases } from "./report.ts";
import type { Outcome } from "./run-case.ts";
import { withThrownOutside } from "./thrown-outside.ts";

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  good: { kind: "passed" },
  bad: { kind: "failed", why: "expected code 0, found 1" },
  other: { kind: "skipped", why: "needs awk, which this machine lacks" },
};

async function reported(ids: readonly string[], notYet: Readonly<Record<string, string>> = {}) {
  const lines: string[] = [];
  const isRight = await reportAgentCases(
    ids.map((id) => agentCase({ id })),
    {
      run: async ({ id }) => OUTCOMES[id] ?? { kind: "passed" },
      notYet,
      print: (line) => lines.push(line),
    },
  );
  return { isRight, lines };
}

describe("a report on agent cases", () => {
  it("has a line for every case, then those skipped, then the sum of the others", async () => {
    expect(await reported(["good", "bad", "other"])).toEqual({
      isRight: false,
      lines: [
        "ok good",
        "FAIL bad: expected code 0, found 1",
        "skip other: needs awk, which this machine lacks",
        "1 skipped",
        "1 passed, 1 failed",
      ],
    });
  });

  it("is right when only those fail that may, and still counts them as failed", async () => {
    expect(await reported(["good", "bad"], { bad: "The code is made up." })).toEqual({
      isRight: true,
      lines: ["ok good", "known bad: expected code 0, found 1", "0 skipped", "1 passed, 1 failed"],
    });
  });

  it("is wrong when one passes that is listed, or when the list names no case", async () => {
    expect(await reported(["good"], { good: "Not any more.", gone: "It was removed." })).toEqual({
      isRight: false,
      lines: [
        "ok good",
        "good passes, and is listed as one that may fail: remove it from the list.",
        "gone is listed as one that may fail, and there is no such case: remove it from the list.",
        "0 skipped",
        "1 passed, 0 failed",
      ],
    });
  });

  it("says nothing about a listed case that is skipped", async () => {
    expect((await reported(["other"], { other: "Unknown here." })).isRight).toBe(true);
  });
});

describe("what is thrown outside of any promise", () => {
  it("is a failure of the case that is under way", async () => {
    const process = new EventEmitter();
    const run = async (): Promise<Outcome> => {
      process.emit("uncaughtException", new RangeError("Invalid string length"));
      return { kind: "passed" };
    };
    expect(await withThrownOutside(run, agentCase(), process)).toEqual({
      kind: "failed",
      why: "thrown outside of any promise: Invalid string length",
    });
    expect(process.listenerCount("uncaughtException")).toBe(0);
  });
});

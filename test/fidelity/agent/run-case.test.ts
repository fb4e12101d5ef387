import { describe, expect, it } from "vitest";
import type { AgentCase } from "./agent-case.ts";
import { runsNoScript } from "./agent-case.ts";
import { agentCase } from "./an-agent-case.ts";
import { type Machine, thisMachine } from "./needs.ts";
import { outcomeOf } from "./run-case.ts";

const step = { id: "step1", status: "Success", code: 0, stdout: "out\n", stderr: "" };
const whyOf = async (over: Partial<AgentCase>, machine: Machine = thisMachine()) => {
  const outcome = await outcomeOf(agentCase(over), machine);
  return outcome.kind === "passed" ? undefined : `${outcome.kind}: ${outcome.why}`;
};
const answering = (over: object, plugin: object = {}) => ({
  agent: { documentStatus: "Success", plugins: [{ ...step, ...plugin }], ...over },
});

describe("a case", () => {
  it("passes when the API shows what the agent reports", async () => {
    expect(await whyOf({})).toBeUndefined();
  });

  it("is skipped on a machine that lacks what it needs", async () => {
    const bare: Machine = { hasProgram: () => false, shell: () => undefined };
    expect(await whyOf({ needs: ["awk"] }, bare)).toBe(
      "skipped: needs awk, which this machine lacks",
    );
  });

  it.each([
    [
      answering({ documentStatus: "Failed" }),
      'failed: expected documentStatus "Failed", found "Success"',
    ],
    [answering({ trace: "why" }), 'failed: expected trace "why", found nothing'],
    [answering({ plugins: [] }), "failed: expected the plugins none, found step1"],
    [
      answering({ plugins: [step, { ...step, id: "step2" }] }),
      "failed: expected the plugins step1, step2, found step1",
    ],
    [
      answering({}, { code: 7, output: "no", stdout: "no" }),
      'failed: plugin step1: expected code 7, found 0; expected output "no", found "out\\n"',
    ],
    [answering({}, { stderr: "no" }), 'failed: plugin step1: expected stderr "no", found ""'],
    [
      answering({}, { elapsedSeconds: 2 }),
      "failed: plugin step1: expected elapsedSeconds 2, found 0",
    ],
    [
      { documentName: "No-Such", document: undefined } as unknown as Partial<AgentCase>,
      /^failed: refused with InvalidDocument: /,
    ],
    [
      { agent: { refused: "no YAML", plugins: [] } },
      "failed: expected a refusal (no YAML), found none",
    ],
    [
      { behavior: { type: "hangs" }, advance: "1s" } as const,
      "failed: after 1s the invocation is still InProgress",
    ],
    [{ stillOpenMs: 1 }, /^failed: expected it to be open for 1 ms, found Success after \d+ ms$/],
    [
      { leaves: { afterMs: 0, files: { mark: true } } },
      "failed: leaves mark: expected a file, found none",
    ],
  ])("with %j fails and says why", async (over, why) => {
    expect(await whyOf(over)).toEqual(
      expect.stringMatching(why instanceof RegExp ? why : escaped(why)),
    );
  });

  it.each([
    { document: {}, serviceSide: true },
    { document: {}, agent: { refused: "no steps", plugins: [] } },
    { ssm: { a: "1", b: ["2"], c: { secure: "3" } }, parameters: {} },
    {
      behavior: { type: "hangs" } as const,
      cancelAfterMs: 50,
      agent: { documentStatus: "Cancelled", plugins: [{ id: "step1", code: 137 }] },
    },
    { leaves: { afterMs: 0, files: { mark: false } } },
    { behavior: { type: "hangs" } as const, stillOpenMs: 20 },
  ])("passes with %j", async (over) => {
    expect(await whyOf(over)).toBeUndefined();
  });

  it("fails when it takes longer than it may", async () => {
    const never = { behavior: () => new Promise<never>(() => {}), limitMs: 20 };
    expect(await whyOf(never)).toBe("failed: it takes longer than 20 ms");
  });
});

describe("whether a script really runs", () => {
  it("is so where neither a behavior nor the answer rules it out", () => {
    const { behavior: _, ...scripted } = agentCase();
    const answer = { documentStatus: "Failed", plugins: [] };
    const cases = [
      scripted,
      agentCase(),
      { ...scripted, agent: { ...answer, trace: "why" } },
      { ...scripted, agent: { refused: "why", plugins: [] } },
    ];
    expect(cases.map(runsNoScript)).toEqual([false, true, true, true]);
  });
});

function escaped(sentence: string): RegExp {
  return new RegExp(`^${sentence.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
}

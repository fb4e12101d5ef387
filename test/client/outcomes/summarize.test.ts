import { RunCommandClient, runShellScript, summarize, tagTargets } from "ssm-run-command";
import { FakeSsm, fails, hangs, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const idOf = (n: number) => `i-000000${10 + n}`;
const full = fails({ exitCode: 7, stderr: "retry\ndisk full\n", after: "30s" });

async function sentTo(nodes: readonly NodeOptions[]) {
  const fake = new FakeSsm();
  nodes.forEach((node, n) => {
    fake.nodes.add({ instanceId: idOf(n), tags: { Role: "web" }, ...node });
  });
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("deploy --token s3cret"),
    Targets: tagTargets({ Role: "web" }),
    MaxErrors: "100%",
  });
  return { fake, sent };
}
const outcomeOf = async (nodes: readonly NodeOptions[]) =>
  (await sentTo(nodes)).sent.waitForTerminal();
const mixed = () =>
  outcomeOf([{ behavior: full }, {}, { behavior: full }, { agent: "unreachable" }]);

describe("a summary", () => {
  it("has ids, kind, details, times, counts, and the nodes that did not succeed", async () => {
    const outcome = await mixed();
    const summary = summarize(outcome);
    const failed = {
      kind: "failed",
      plugin: "aws:runShellScript",
      exitCode: 7,
      output: "retry\ndisk full",
    };
    expect(summary).toEqual({
      text: expect.any(String),
      commandId: outcome.command.CommandId,
      kind: "incomplete",
      document: "AWS-RunShellScript",
      statusDetails: "Incomplete",
      requestedAt: "2024-01-01T00:00:00.000Z",
      endedAt: expect.stringMatching(/^2024-01-01T00:00:30\.\d{3}Z$/),
      total: 4,
      counts: { deliveryTimedOut: 1, failed: 2, succeeded: 1 },
      failures: [
        { instanceId: idOf(0), ...failed },
        { instanceId: idOf(2), ...failed },
        { instanceId: idOf(3), kind: "deliveryTimedOut" },
      ],
    });
  });

  it("goes through JSON as it is, and can be cloned", async () => {
    const summary = summarize(await mixed());
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
    expect(structuredClone(summary)).toEqual(summary);
    expect(Object.keys(summary)).not.toContain("toString");
  });

  it("is its text as a string", async () => {
    const summary = summarize(await mixed());
    expect(String(summary)).toBe(summary.text);
    expect(`${summary}`.split("\n")).toEqual([
      `AWS-RunShellScript: Command ${summary.commandId} ended as Incomplete: 1 deliveryTimedOut, 2 failed, 1 succeeded.`,
      `  failed (aws:runShellScript, exit code 7) on ${idOf(0)}, ${idOf(2)}:`,
      "    retry",
      "    disk full",
      `  deliveryTimedOut on ${idOf(3)}`,
    ]);
  });

  it("says how many causes there are beyond three", async () => {
    const nodes = ["a", "b", "c", "d", "e"].map((stderr) => ({ behavior: fails({ stderr }) }));
    expect(String(summarize(await outcomeOf(nodes))).endsWith("\n  and 2 more")).toBe(true);
  });

  it("of a success is one line", async () => {
    const summary = summarize(await outcomeOf([{ behavior: succeeds({ after: "30s" }) }]));
    expect(summary.text).toBe(
      `AWS-RunShellScript: Command ${summary.commandId} ended as Success: 1 succeeded.`,
    );
    expect(summary.failures).toEqual([]);
  });

  it("shows no parameters, and what nodes wrote only as far as it is allowed to", async () => {
    const outcome = await outcomeOf([
      { behavior: fails({ exitCode: 7, stderr: "token is s3cret\ndisk full\n" }) },
    ]);
    const shown = (options: object) => JSON.stringify(summarize(outcome, options));
    expect(shown({ lines: 1 })).not.toContain("s3cret");
    expect(shown({ lines: 1 })).toContain("disk full");
    expect(shown({ lines: 0 })).not.toContain("disk full");
    expect(shown({ redact: (text: string) => text.replaceAll("s3cret", "***") })).toContain("***");
    expect(shown({})).not.toContain("--token");
  });

  it("of a command that is running counts the open nodes, and has no end", async () => {
    const { fake, sent } = await sentTo([{ behavior: hangs() }, { behavior: full }]);
    await fake.clock.advance("1m");
    const summary = summarize(await sent.look());
    expect(summary).toMatchObject({ kind: "running", counts: { failed: 1, inProgress: 1 } });
    expect(summary.endedAt).toBeUndefined();
    expect(summary.failures).toHaveLength(1);
    expect(summary.text).toContain(" is running: 1 failed, 1 inProgress.");
  });

  it("of a command that is not shown has its id", () => {
    const summary = summarize({ kind: "unknown", commandId: "7c1f0a3e" });
    expect(JSON.parse(JSON.stringify(summary))).toEqual({
      text: "Command 7c1f0a3e is not shown by ListCommands.",
      commandId: "7c1f0a3e",
      kind: "unknown",
      counts: {},
      failures: [],
    });
  });

  it("of an outcome without its nodes says so", async () => {
    const { sent } = await sentTo([{ behavior: full }, {}]);
    const summary = summarize(await sent.waitForTerminal({ invocations: "none" }));
    expect(summary.text).toContain("ended as Incomplete: 2 that are not shown.");
    expect(summary.endedAt).toBeUndefined();
  });

  it("of an outcome that went through JSON is the same", async () => {
    const outcome = await mixed();
    expect(summarize(JSON.parse(JSON.stringify(outcome)))).toEqual(summarize(outcome));
  });

  it("is made of outcomes and looks only", () => {
    for (const given of [undefined, 5, {}, { kind: "failed" }]) {
      expect(() => summarize(given as never)).toThrow("summarize() was given ");
    }
    const look = { kind: "unknown", commandId: "" } as const;
    expect(() => summarize(look, { line: 3 } as never)).toThrow("Did you mean lines?");
  });
});

import {
  type CommandOutcome,
  groupByOutput,
  RunCommandClient,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import {
  type AgentBehavior,
  byPlugin,
  FakeSsm,
  fails,
  hangs,
  type NodeOptions,
  succeeds,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const idOf = (n: number) => `i-000000${10 + n}`;
const ids = (...numbers: readonly number[]) => numbers.map(idOf);

async function sentTo(
  nodes: readonly NodeOptions[],
  request: object = runShellScript("./deploy.sh"),
) {
  const fake = new FakeSsm();
  await fake.documents.add("Two-Steps", {
    schemaVersion: "2.2",
    mainSteps: ["install", "verify"].map((name) => ({
      name,
      action: "aws:runShellScript",
      inputs: { runCommand: ["true"] },
    })),
  });
  nodes.forEach((node, n) => {
    fake.nodes.add({ instanceId: idOf(n), tags: { Role: "web" }, ...node });
  });
  const sent = await new RunCommandClient(fake).send({
    DocumentName: "Two-Steps",
    ...request,
    Targets: tagTargets({ Role: "web" }),
    MaxErrors: "100%",
  });
  return { fake, sent };
}
const outcomeOf = async (...given: Parameters<typeof sentTo>) =>
  (await sentTo(...given)).sent.waitForTerminal();
const behaving = (...behaviors: readonly AgentBehavior[]) =>
  outcomeOf(behaviors.map((behavior) => ({ behavior })));
const full = fails({ exitCode: 7, stdout: "begun\n", stderr: "disk full\n", after: "30s" });
const FULL = "begun\ndisk full\nfailed to run commands: exit status 7";

describe("a group of equal output", () => {
  it("is the nodes that wrote the same, sorted; the largest comes first", async () => {
    const done = succeeds({ stdout: "deployed\n", after: "30s" });
    expect(groupByOutput(await behaving(full, done, done, full, done))).toEqual([
      { kind: "succeeded", output: "deployed", nodes: ids(1, 2, 4) },
      { kind: "failed", output: FULL, nodes: ids(0, 3) },
    ]);
  });

  it("comes in the order of its first node among those of the same size", async () => {
    const outcome = await behaving(...["c", "a", "b"].map((stdout) => succeeds({ stdout })));
    expect(groupByOutput(outcome).map(({ output }) => output)).toEqual(["c", "a", "b"]);
  });

  it("is one, whether streams were read separately or not", async () => {
    const outcome = await behaving(...Array<AgentBehavior>(8).fill(full));
    const isApart = outcome.invocations.map(({ plugins }) => plugins[0]?.stderr !== undefined);
    expect(isApart.filter(Boolean)).toHaveLength(5);
    expect(groupByOutput(outcome)).toEqual([
      { kind: "failed", output: FULL, nodes: ids(0, 1, 2, 3, 4, 5, 6, 7) },
    ]);
  });

  it.each([
    ["ok", "ok\n"],
    ["ok\n", "ok\n\n"],
    ["ok\r\n", "ok\n"],
  ])("is one, whatever white space ends it: %j and %j", async (one, other) => {
    const outcome = await behaving(succeeds({ stdout: one }), succeeds({ stdout: other }));
    expect(groupByOutput(outcome)).toEqual([{ kind: "succeeded", output: "ok", nodes: ids(0, 1) }]);
  });

  it("is another where the exit code is, or the way it ended", async () => {
    const outcome = await behaving(
      fails({ exitCode: 7, stderr: "no" }),
      fails({ exitCode: 8, stderr: "no" }),
      succeeds({ stderr: "no" }),
    );
    expect(groupByOutput(outcome).map(({ kind }) => kind)).toEqual([
      "failed",
      "failed",
      "succeeded",
    ]);
  });

  it("has the nodes that wrote nothing, by how they ended", async () => {
    const outcome = await outcomeOf([{}, { platform: "Windows" }, { agent: "undeliverable" }, {}]);
    expect(groupByOutput(outcome)).toEqual([
      { kind: "succeeded", output: "", nodes: ids(0, 3) },
      { kind: "invalidPlatform", output: "", nodes: ids(1) },
      { kind: "undeliverable", output: "", nodes: ids(2) },
    ]);
  });

  it("names the plugins where there are several", async () => {
    const behavior = byPlugin({
      install: succeeds({ stdout: "installed\n" }),
      verify: fails({ exitCode: 3, stderr: "no answer\n" }),
    });
    const [group] = groupByOutput(await outcomeOf([{ behavior }], {}));
    expect(group?.output).toBe(
      "install:\ninstalled\nverify:\nno answer\nfailed to run commands: exit status 3",
    );
  });

  it.each([
    ["standard output", { stdout: `${"y".repeat(3_000)}\n`, stderr: "z\n" }],
    ["standard error", { stderr: "é".repeat(2_000) }],
    ["both", { stdout: "é".repeat(2_000), stderr: "x".repeat(3_000) }],
    ["a heading of the agent", { stdout: "a\n----------ERROR-------\nb\n", stderr: "c\n" }],
  ])("is one, however long it is, and has the longest form of it: %s", async (_what, streams) => {
    const groups = groupByOutput(await behaving(...Array<AgentBehavior>(12).fill(fails(streams))));
    expect(groups.map(({ nodes }) => nodes.length)).toEqual([12]);
    expect(groups[0]?.output).toContain(streams.stderr.trim());
  });

  it("is told apart by what stands behind the 2,500 bytes where all streams were read", async () => {
    const same = "x".repeat(3_000);
    const behaviors = ["a", "b", "a", "b", "b", "b", "a"].map((end) =>
      fails({ stderr: `${end}${same}${end}` }),
    );
    const ends = ["1", "2", "1", "2", "2", "2", "1"].map((end) => fails({ stderr: same + end }));
    const nodes = [...behaviors, ...ends].map((behavior) => ({ behavior }));
    const { sent } = await sentTo(nodes);
    const outcome = await sent.waitForTerminal({ separateStreams: 60 });
    expect(groupByOutput(outcome).map((group) => group.nodes.length)).toEqual([4, 4, 3, 3]);
  });

  it("has all of a long output that was read separately", async () => {
    const stderr = `${"x".repeat(5_000)}\n`;
    const [group] = groupByOutput(await behaving(fails({ stderr })));
    expect(group?.output).toHaveLength(5_000 + "\nfailed to run commands: exit status 1".length);
  });

  it("has what the agent says of a document that it could not run", async () => {
    const { invocations, ...outcome } = await behaving(fails());
    const [node] = invocations;
    const invocation = { ...node?.invocation, TraceOutput: "cannot parse\n" };
    const given = { ...outcome, invocations: [{ ...node, plugins: [], invocation }] };
    expect(groupByOutput(given as unknown as CommandOutcome)[0]?.output).toBe("cannot parse");
  });

  it("is compared after redaction", async () => {
    const outcome = await behaving(
      succeeds({ stdout: "took 12 s\n" }),
      succeeds({ stdout: "took 9 s\n" }),
    );
    const redact = (text: string) => text.replaceAll(/\d+/g, "N");
    expect(groupByOutput(outcome, { redact })).toEqual([
      { kind: "succeeded", output: "took N s", nodes: ids(0, 1) },
    ]);
  });
});

describe("groups of equal output are made", () => {
  it("of the nodes of a look that have ended", async () => {
    const { fake, sent } = await sentTo([
      { behavior: hangs() },
      { behavior: succeeds({ stdout: "deployed\n" }) },
    ]);
    await fake.clock.advance("1m");
    const look = await sent.look();
    expect(look.kind).toBe("running");
    expect(groupByOutput(look)).toEqual([{ kind: "succeeded", output: "deployed", nodes: ids(1) }]);
    expect(groupByOutput({ kind: "unknown", commandId: "" })).toEqual([]);
  });

  it("of nothing else", async () => {
    const outcome = await behaving(fails());
    for (const given of [undefined, "x", {}, outcome.invocations[0], [outcome]]) {
      expect(() => groupByOutput(given as never)).toThrow(
        /groupByOutput\(\) was given .*Give it the/,
      );
    }
    expect(() => groupByOutput(outcome, { lines: 3 } as never)).toThrow('has no option "lines"');
  });

  it("of no outcome that was read without its nodes", async () => {
    const { sent } = await sentTo([{ behavior: fails() }]);
    const outcome = await sent.waitForTerminal({ invocations: "none" });
    expect(() => groupByOutput(outcome)).toThrow("has none of its 1 nodes");
  });

  it("without changing what they are made of", async () => {
    const outcome = await behaving(full, succeeds());
    const before = structuredClone(outcome);
    groupByOutput(outcome);
    expect(outcome).toEqual(before);
  });
});

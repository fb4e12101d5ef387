import { tagTargets } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, fails, hangs, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const SCRIPT = { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["uptime"] } };

/** A fake whose nodes have short ids, a command to all of them, and the lines of its timeline. */
async function aStory({ nodes = [], ...options }: FakeSsmOptions) {
  const fake = new FakeSsm({
    latency: "instant",
    ...options,
    nodes: nodes.map((node, index) => ({ instanceId: `i-0000000${index + 1}`, ...node })),
  });
  const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
  const { Command } = await fake.sendCommand({ ...SCRIPT, InstanceIds });
  const commandId = Command?.CommandId ?? "";
  const lines = () => fake.timeline().split("\n");
  /** The lines about one node: time, node, what, move. */
  const told = (instanceId = "i-00000001") =>
    lines()
      .filter((line) => line.includes(`  ${instanceId} `))
      .map((line) => line.replace(/ {2,}/g, " | "));
  return { fake, commandId, lines, told };
}

describe("the timeline", () => {
  it("is empty when nothing was sent", () => {
    expect(new FakeSsm({ latency: "instant" }).timeline()).toBe("");
  });

  it("shows sending, dispatch and end, in columns, with the time since the start", async () => {
    const behavior = fails({ exitCode: 7, after: "90s" });
    const { fake, commandId } = await aStory({ nodes: [{ behavior }] });
    await fake.clock.advance("2h");
    const name = `${commandId.slice(0, 8)}…`;
    expect(fake.timeline()).toBe(
      [
        `00:00:00.000  ${name}   SendCommand AWS-RunShellScript → i-00000001  Pending`,
        "00:00:00.000  i-00000001  sent                                         Pending → InProgress",
        "00:01:30.000  i-00000001  ended with exit code 7                       InProgress → Failed",
        `00:01:30.000  ${name}   ended                                        → Failed`,
      ].join("\n"),
    );
  });

  it("runs what is due before it is written", async () => {
    const { lines } = await aStory({ nodes: [{}] });
    expect(lines().at(-1)).toMatch(/ended +→ Success$/);
  });

  it("is in the order of time", async () => {
    const { fake, lines } = await aStory({
      nodes: [{ behavior: succeeds({ after: "20s" }) }, { behavior: succeeds({ after: "10s" }) }],
    });
    await fake.clock.advance("1m");
    expect(lines().map((line) => line.slice(0, 12))).toEqual([
      "00:00:00.000",
      "00:00:00.000",
      "00:00:00.000",
      "00:00:10.000",
      "00:00:20.000",
      "00:00:20.000",
    ]);
  });

  it("names targets, and how many nodes they chose", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{ tags: { Role: "web" } }] });
    const Targets = tagTargets({ Role: ["web", "db"], Env: "prod" });
    await fake.sendCommand({ ...SCRIPT, Targets });
    expect(fake.timeline().split("\n")[0]).toContain(
      "SendCommand AWS-RunShellScript → tag:Role=web,db tag:Env=prod (0 nodes)",
    );
  });

  it("counts one node as one", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{ tags: { Role: "web" } }] });
    await fake.sendCommand({ ...SCRIPT, Targets: tagTargets({ Role: "web" }) });
    expect(fake.timeline().split("\n")[0]).toContain("→ tag:Role=web (1 node)");
  });

  it("shows a silence and its result", async () => {
    const { fake, told } = await aStory({ nodes: [{ agent: "unreachable" }] });
    await fake.clock.advance("2h");
    expect(told()).toEqual([
      "00:00:00.000 | i-00000001 | sent | Pending → InProgress",
      "00:00:03.000 | i-00000001 | does not answer | InProgress → Delayed",
      "02:00:00.000 | i-00000001 | ended unheard | Delayed → DeliveryTimedOut",
    ]);
  });

  it("shows a cancel and the end that it led to", async () => {
    const { fake, commandId, told } = await aStory({
      nodes: [{ behavior: hangs() }],
      latency: { cancelLatency: "3s", otherwise: "instant" },
    });
    await fake.clock.advance("10s");
    await fake.cancelCommand({ CommandId: commandId });
    await fake.clock.advance("10s");
    expect(told().slice(1)).toEqual([
      "00:00:10.000 | i-00000001 | cancel asked | InProgress → Cancelling",
      "00:00:13.000 | i-00000001 | ended with exit code 137 | Cancelling → Cancelled",
    ]);
  });

  it("shows nodes that were never sent to", async () => {
    const tags = { Role: "web" };
    const fake = new FakeSsm({ latency: "instant", nodes: [{ tags, access: "denied" }] });
    await fake.sendCommand({ ...SCRIPT, Targets: tagTargets(tags) });
    expect(fake.timeline()).toMatch(/ended unheard +Pending → AccessDenied/);
  });

  it("shows one command when asked for it", async () => {
    const { fake, commandId } = await aStory({ nodes: [{}] });
    await fake.sendCommand({ ...SCRIPT, InstanceIds: ["i-00000001"] });
    expect(fake.timeline({ commandId }).split("\n")).toHaveLength(4);
  });

  it("shows neither parameters nor output", async () => {
    const behavior = fails({ stdout: "hunter2", stderr: "hunter2" });
    const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior }] });
    const Parameters = { commands: ["login hunter2"] };
    await fake.sendCommand({ ...SCRIPT, Parameters, InstanceIds: ["i-00000000000000001"] });
    expect(fake.timeline()).not.toContain("hunter2");
  });
});

describe("a refused call in the timeline", () => {
  const refusedLines = (fake: FakeSsm) =>
    fake
      .timeline()
      .split("\n")
      .filter((line) => line.includes("  refused  "))
      .map((line) => line.replace(/ {2,}/g, " | "));

  it("stands where it happened, with its error and why", async () => {
    const { fake, lines } = await aStory({ nodes: [{ behavior: succeeds({ after: "20s" }) }] });
    await fake.clock.advance("5s");
    await fake.sendCommand({ ...SCRIPT, InstanceIds: ["i-00000009"] }).catch(() => {});
    await fake.clock.advance("1m");
    expect(lines().map((line) => line.split(/ {2,}/)[1])).toEqual([
      expect.stringContaining("…"),
      "i-00000001",
      "refused",
      "i-00000001",
      expect.stringContaining("…"),
    ]);
    expect(refusedLines(fake)).toEqual([
      expect.stringMatching(
        /^00:00:05\.000 \| refused \| SendCommand \| InvalidInstanceId: .*\(The fake has no node i-00000009\.\)$/,
      ),
    ]);
  });

  it("of a fault is called a fault", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.faults.throttle("ListCommands", { times: 1 });
    await fake.listCommands({}).catch(() => {});
    expect(refusedLines(fake)).toEqual([
      "00:00:00.000 | refused | ListCommands | ThrottlingException: (a fault)",
    ]);
  });

  it("is of one short line, whatever was asked and answered", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const message = `first\n  second\t${"x".repeat(100_000)}`;
    fake.on("ListCommands", () => ({ refuse: { name: "ValidationException", message } }));
    await fake.listCommands({}).catch(() => {});
    expect(refusedLines(fake)).toEqual([
      expect.stringMatching(
        /^00:00:00\.000 \| refused \| ListCommands \| ValidationException: first second x{287}…$/,
      ),
    ]);
  });

  it("is left out of the timeline of a command that it did not name", async () => {
    const { fake, commandId } = await aStory({ nodes: [{}] });
    await fake.listCommands({ NextToken: "wrong" }).catch(() => {});
    await fake
      .getCommandInvocation({ CommandId: commandId, InstanceId: "i-0000000f" })
      .catch(() => {});
    const refused = (lines: string) =>
      lines.split("\n").flatMap((line) => /refused +(\w+)/.exec(line)?.[1] ?? []);
    expect([refused(fake.timeline()), refused(fake.timeline({ commandId }))]).toEqual([
      ["ListCommands", "GetCommandInvocation"],
      ["GetCommandInvocation"],
    ]);
  });

  it("is forgotten with the journal, and when that keeps nothing", async () => {
    const fake = new FakeSsm({ latency: "instant", journalSize: 0 });
    await fake.listCommands({ NextToken: "wrong" }).catch(() => {});
    expect(fake.timeline()).toBe("");
  });
});

describe("the targets in the timeline", () => {
  it("are cut after 200 characters, and the count still follows", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const Values = Array.from({ length: 50 }, (_, index) => `a-long-value-of-a-tag-${index}`);
    await fake.sendCommand({ ...SCRIPT, Targets: [{ Key: "tag:Role", Values }] });
    const all = `tag:Role=${Values.join(",")}`;
    expect(fake.timeline().split("\n")[0]).toContain(`→ ${all.slice(0, 200)}… (0 nodes)  Pending`);
  });

  it("are cut where they are ids", async () => {
    const nodes = Array.from({ length: 50 }, () => ({}));
    const fake = new FakeSsm({ latency: "instant", nodes });
    const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
    await fake.sendCommand({ ...SCRIPT, InstanceIds });
    const first = fake.timeline().split("\n")[0];
    expect(first).toContain(`→ ${InstanceIds.join(", ").slice(0, 200)}…  Pending`);
  });

  it("of exactly 200 characters are whole", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const value = "x".repeat(200 - "tag:Role=".length);
    await fake.sendCommand({ ...SCRIPT, Targets: [{ Key: "tag:Role", Values: [value] }] });
    expect(fake.timeline().split("\n")[0]).toContain(`→ tag:Role=${value} (0 nodes)`);
  });
});

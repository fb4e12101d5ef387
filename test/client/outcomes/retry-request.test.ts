import {
  type CommandOutcome,
  cloudWatchOutput,
  RunCommandClient,
  retryRequest,
  runShellScript,
  type SendRequest,
  tagTargets,
} from "ssm-run-command";
import { FakeSsm, fails, hangs, inOrder, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { INVOCATION_KINDS, type InvocationOutcome } from "../../../src/client/outcomes/outcome.ts";

const TARGETS = tagTargets({ Role: "web" });
const SCRIPT = runShellScript("./deploy.sh", { executionTimeout: "5m" });
const idOf = (n: number) => `i-000000${10 + n}`;

async function ended(nodes: readonly NodeOptions[], request: object = {}) {
  const fake = new FakeSsm();
  fake.alarms.set("cpu", "OK");
  nodes.forEach((node, n) => {
    fake.nodes.add({ instanceId: idOf(n), tags: { Role: "web" }, ...node });
  });
  const runCommand = new RunCommandClient(fake);
  const sent = await runCommand.send({ ...SCRIPT, Targets: TARGETS, ...request } as SendRequest);
  return { fake, runCommand, sent, outcome: await sent.waitForTerminal() };
}

const FLEET: readonly NodeOptions[] = [
  { behavior: succeeds({ after: "30s" }) },
  { behavior: fails({ after: "30s" }) },
  { behavior: hangs() },
  { agent: "unreachable" },
  { agent: "undeliverable" },
  { platform: "Windows" },
  { access: "denied" },
];
const all = { MaxErrors: "100%" };

/** An outcome with a node of each kind. */
const ofEveryKind = async (): Promise<CommandOutcome> => {
  const { outcome } = await ended([{ behavior: fails() }]);
  const kinds = [...Object.values(INVOCATION_KINDS), "unrecognized"] as const;
  const [first] = outcome.invocations;
  const invocations = kinds.map((kind) => ({ ...first, kind, instanceId: kind }));
  return { ...outcome, invocations: invocations as InvocationOutcome[] };
};

describe("the nodes of a retry", () => {
  it("are those that did not succeed, but for deliveries that timed out", async () => {
    const { outcome } = await ended(FLEET, all);
    expect(retryRequest(outcome)?.InstanceIds).toEqual([1, 2, 4, 5, 6].map(idOf));
  });

  it("are of all kinds but those whose script may still run", async () => {
    expect(retryRequest(await ofEveryKind())?.InstanceIds).toEqual([
      "accessDenied",
      "cancelled",
      "executionTimedOut",
      "failed",
      "invalidPlatform",
      "terminated",
      "undeliverable",
    ]);
  });

  it("are exactly those of the kinds that are named", async () => {
    const outcome = await ofEveryKind();
    const only = ["deliveryTimedOut", "unrecognized", "failed"] as const;
    expect(retryRequest(outcome, { only })?.InstanceIds).toEqual([
      "deliveryTimedOut",
      "failed",
      "unrecognized",
    ]);
    expect(retryRequest(outcome, { only: [] })).toBeUndefined();
    expect(retryRequest(outcome, { only: undefined })?.InstanceIds).toHaveLength(7);
  });

  it("are those that were not sent any more after too many errors", async () => {
    const behavior = fails({ after: "1m" });
    const { outcome } = await ended([{ behavior }, { behavior }, { behavior }], {
      MaxConcurrency: "1",
    });
    expect(retryRequest(outcome)?.InstanceIds).toEqual([0, 1, 2].map(idOf));
  });

  it("are not those that an alarm ended, whose processes go on, unless they are named", async () => {
    const { fake, sent } = await (async () => {
      const fake = new FakeSsm({
        nodes: [{ tags: { Role: "web" }, behavior: succeeds({ after: "9m" }) }],
      });
      fake.alarms.set("cpu", "OK");
      const AlarmConfiguration = { Alarms: [{ Name: "cpu" }] };
      const client = new RunCommandClient(fake);
      return { fake, sent: await client.send({ ...SCRIPT, Targets: TARGETS, AlarmConfiguration }) };
    })();
    await fake.clock.advance("1m");
    fake.alarms.set("cpu", "ALARM");
    const outcome = await sent.waitForTerminal();
    expect(outcome.invocations[0]?.kind).toBe("terminated");
    expect(retryRequest(outcome)).toBeUndefined();
    expect(retryRequest(outcome, { only: ["terminated"] })?.InstanceIds).toHaveLength(1);
  });

  it("are none after a success, and then there is no request", async () => {
    const { outcome, sent } = await ended([{ behavior: succeeds({ after: "30s" }) }]);
    expect(retryRequest(outcome)).toBeUndefined();
    expect(
      retryRequest(await sent.waitForTerminal({ invocations: "unsuccessful" })),
    ).toBeUndefined();
    expect(retryRequest(await sent.waitForTerminal({ invocations: "none" }))).toBeUndefined();
    const nowhere = await new RunCommandClient(new FakeSsm()).send({ ...SCRIPT, Targets: TARGETS });
    expect(retryRequest(await nowhere.waitForTerminal())).toBeUndefined();
  });

  it("may be more than fifty", async () => {
    const { outcome } = await ended(Array(60).fill({ behavior: fails() }), all);
    expect(retryRequest(outcome)?.InstanceIds).toHaveLength(60);
  });
});

describe("the request of a retry", () => {
  const failing = [{ behavior: fails({ after: "30s" }) }];
  const InstanceIds = [idOf(0)];

  it.each<[string, object]>([
    ["what is needed", {}],
    ["a Comment", { Comment: "nightly" }],
    ["a version", { DocumentVersion: "1" }],
    ["limits", { MaxConcurrency: "10%", MaxErrors: "25%", TimeoutSeconds: 30 }],
    ["limits as counts", { MaxConcurrency: "5", MaxErrors: "50" }],
    ["CloudWatch output", { CloudWatchOutputConfig: cloudWatchOutput() }],
    ["a log group", { CloudWatchOutputConfig: cloudWatchOutput("/app/deploys") }],
    ["a bucket", { OutputS3BucketName: "deploys", OutputS3KeyPrefix: "run" }],
    ["an alarm", { AlarmConfiguration: { Alarms: [{ Name: "cpu" }] } }],
    [
      "an alarm that may be unknown",
      { AlarmConfiguration: { IgnorePollAlarmFailure: true, Alarms: [{ Name: "cpu" }] } },
    ],
    [
      "a topic",
      {
        ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
        NotificationConfig: {
          NotificationArn: "arn:aws:sns:us-east-1:123456789012:deploys",
          NotificationEvents: ["Failed"],
          NotificationType: "Invocation",
        },
      },
    ],
  ])("has what was asked for and nothing else: %s", async (_, members) => {
    const { outcome, runCommand } = await ended(failing, members);
    const again = retryRequest(outcome);
    expect(again).toEqual({ ...SCRIPT, ...members, InstanceIds });
    const sent = await runCommand.send(again as SendRequest);
    expect((await sent.waitForTerminal()).kind).toBe("failed");
  });

  it("has no member that the command shows by default", async () => {
    const { outcome } = await ended(failing);
    expect(Object.keys(retryRequest(outcome) ?? {}).sort()).toEqual([
      "DocumentName",
      "InstanceIds",
      "Parameters",
    ]);
  });

  it("keeps parameters that are empty, and has none if there were none", async () => {
    const { outcome } = await ended(failing, { Parameters: { commands: ["", "true"] } });
    expect(retryRequest(outcome)?.Parameters).toEqual({ commands: ["", "true"] });
    const command = { ...outcome.command, Parameters: {} };
    expect(retryRequest({ ...outcome, command })).not.toHaveProperty("Parameters");
  });

  it("has no role without a topic, which is refused", async () => {
    const { outcome } = await ended(failing);
    const command = { ...outcome.command, ServiceRole: "arn:aws:iam::123456789012:role/notify" };
    expect(retryRequest({ ...outcome, command })).not.toHaveProperty("ServiceRoleArn");
  });

  it.each([
    ["nightly", "nightly"],
    [undefined, undefined],
  ])("has no mark of a key behind its Comment: %s", async (Comment, kept) => {
    const fake = new FakeSsm({ nodes: [{ instanceId: idOf(0), behavior: fails() }] });
    const runCommand = new RunCommandClient(fake);
    const request = { ...SCRIPT, InstanceIds, Comment };
    const sent = await runCommand.send(request, { once: "deploy-1a2b" });
    const outcome = await sent.waitForTerminal();
    expect(outcome.command.Comment).toContain("[once:deploy-1a2b]");
    expect(retryRequest(outcome)?.Comment).toBe(kept);
    const part = { ...outcome.command, Comment: "nightly [once:deploy-1a2b 2/5]" };
    expect(retryRequest({ ...outcome, command: part })?.Comment).toBe("nightly");
  });

  it("of commands that were put together has all their nodes", async () => {
    const { outcome } = await ended(FLEET, all);
    const { command } = outcome;
    const CommandId = `${command.CommandId}, ${command.CommandId}`;
    const merged = { ...outcome, command: { ...command, CommandId, MaxConcurrency: "120" } };
    expect(retryRequest(merged)).toMatchObject({
      MaxConcurrency: "120",
      InstanceIds: [1, 2, 4, 5, 6].map(idOf),
    });
    expect(retryRequest(merged)).not.toHaveProperty("CommandId");
  });

  it("helps where a retry helps", async () => {
    const behavior = inOrder(fails({ stderr: "locked\n" }), succeeds({ after: "30s" }));
    const { outcome, runCommand, fake } = await ended([{ behavior }, {}], all);
    const again = retryRequest(outcome);
    const sent = await runCommand.send(again as SendRequest);
    expect((await sent.waitForTerminal()).kind).toBe("succeeded");
    expect(
      fake.journal.entries().filter(({ operation }) => operation === "SendCommand"),
    ).toHaveLength(2);
  });
});

describe("a retry is refused", () => {
  it.each<[unknown, string]>([
    [["failled"], 'only of retryRequest() is "failled". Use one of failed, '],
    [["failled"], "Did you mean failed?"],
    [["succeeded"], 'only of retryRequest() is "succeeded". '],
    [[7], "only of retryRequest() is 7. "],
    ["failed", 'only of retryRequest() is "failed". Give it a list.'],
  ])("for kinds that are none: %j", async (only, sentence) => {
    const { outcome } = await ended([{ behavior: fails() }]);
    expect(() => retryRequest(outcome, { only } as never)).toThrow(sentence);
  });

  it("for a command that is running, or not shown", async () => {
    const fake = new FakeSsm({ nodes: [{ tags: { Role: "web" }, behavior: hangs() }] });
    const runCommand = new RunCommandClient(fake);
    const sent = await runCommand.send({ ...SCRIPT, Targets: TARGETS });
    const unknown = await runCommand.look("7c1f0a3e-0000-4000-8000-000000000000");
    for (const look of [await sent.look(), unknown]) {
      expect(() => retryRequest(look as CommandOutcome)).toThrow(
        "Give it the outcome of a command that has ended.",
      );
    }
  });

  it("for an outcome that was read without its nodes", async () => {
    const { sent } = await ended([{ behavior: fails() }]);
    const outcome = await sent.waitForTerminal({ invocations: "none" });
    expect(() => retryRequest(outcome)).toThrow(
      'The outcome of retryRequest() has none of its 1 nodes. Wait for it without invocations: "none".',
    );
  });

  it.each([undefined, null, 5, {}, { kind: "failed" }])("for what is no outcome: %j", (given) => {
    expect(() => retryRequest(given as never)).toThrow("Give it the outcome of a command: ");
  });
});

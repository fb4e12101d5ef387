import { defaultLogGroupName, logStreamNames } from "ssm-run-command";
import {
  FakeSsm,
  type FakeSsmOptions,
  fails,
  hangs,
  reboots,
  succeeds,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const NODE = "i-00000000000000001";
const IDS = Array.from({ length: 8 }, (_, index) => `i-0000000000000000${index + 1}`);
const DOCUMENT = "AWS-RunShellScript";
const ALARM = { Alarms: [{ Name: "cpu" }] };

/** A fake with nodes, and the questions of these tests to it. */
function open(options: FakeSsmOptions) {
  const fake = new FakeSsm({ latency: "instant", ...options });
  const send = async (request: object = {}) => {
    const sent = await fake.sendCommand({
      DocumentName: DOCUMENT,
      Parameters: { commands: ["true"] },
      ...request,
    });
    return sent.Command?.CommandId ?? "";
  };
  const standing = async (CommandId: string) => {
    const [command] = (await fake.listCommands({ CommandId })).Commands ?? [];
    return `${command?.Status}/${command?.StatusDetails}`;
  };
  const detail = async (CommandId: string) => {
    const answer = await fake.listCommandInvocations({ CommandId });
    return answer.CommandInvocations?.[0]?.StatusDetails;
  };
  /** How the command ended on each node, in the order of their ids. */
  const endings = async (CommandId: string) => {
    await fake.clock.advance("1h");
    const { CommandInvocations = [] } = await fake.listCommandInvocations({ CommandId });
    return IDS.flatMap((id) =>
      CommandInvocations.filter(({ InstanceId }) => InstanceId === id).map(
        ({ StatusDetails }) => StatusDetails,
      ),
    );
  };
  return { fake, send, standing, detail, endings };
}

describe("an alarm", () => {
  it("that fires before the targets are known stops the command when they are, for good", async () => {
    const { fake, send, standing } = open({
      latency: { targetExpansionDelay: "5s", alarmPollEvery: "1s" },
      nodes: [{ tags: { Role: "web" }, behavior: succeeds({ after: "20s" }) }],
    });
    fake.alarms.set("cpu", "OK");
    const Targets = [{ Key: "tag:Role", Values: ["web"] }];
    const id = await send({ Targets, AlarmConfiguration: ALARM });
    fake.alarms.set("cpu", "ALARM");
    const seen: string[] = [];
    for (const step of ["2s", "4s", "60s"] as const) {
      await fake.clock.advance(step);
      seen.push(await standing(id));
    }
    expect(seen).toEqual(["Pending/Pending", "Failed/FailedDueToAlarm", "Failed/FailedDueToAlarm"]);
  });

  it("that is read at the instant of the last reply finds nothing to stop", async () => {
    const { fake, send, standing } = open({
      nodes: [{ behavior: succeeds({ after: "60s" }) }],
    });
    fake.alarms.set("cpu", "OK");
    const id = await send({ InstanceIds: [NODE], AlarmConfiguration: ALARM });
    fake.alarms.set("cpu", "ALARM");
    await fake.clock.advance("61s");
    expect(await standing(id)).toBe("Success/Success");
  });

  it("takes no state that does not exist", () => {
    const { fake } = open({});
    expect(() => fake.alarms.set("cpu", "alarm" as "ALARM")).toThrow(
      'The state of alarm cpu is "alarm". Use one of OK, ALARM, INSUFFICIENT_DATA, UNKNOWN.',
    );
  });
});

describe("output in CloudWatch Logs", () => {
  const textOf = async (fake: FakeSsm, commandId: string) => {
    await fake.clock.advance("60s");
    const pluginName = "aws:runShellScript";
    const { stdout } = logStreamNames({ commandId, instanceId: NODE, pluginName });
    return fake.logs.text(defaultLogGroupName(DOCUMENT), stdout);
  };

  it("holds what was written before a reboot, and all that the rerun wrote", async () => {
    const rerun = succeeds({ stdout: "after the reboot\n", after: "2s" });
    const behavior = reboots({ after: "5s", takes: "10s", stdout: "before\n", then: rerun });
    const { fake, send } = open({ nodes: [{ behavior }] });
    const CloudWatchOutputConfig = { CloudWatchOutputEnabled: true };
    const id = await send({ InstanceIds: [NODE], CloudWatchOutputConfig });
    expect(await textOf(fake, id)).toBe("before\nafter the reboot\n");
  });
});

describe("a node", () => {
  it("that is stopped while a command is queued for it waits as if it could not be reached", async () => {
    const { fake, send } = open({
      nodes: [{ behavior: succeeds({ after: "10s" }) }, {}],
    });
    const second = fake.nodes.list()[1];
    const id = await send({
      InstanceIds: fake.nodes.list().map((n) => n.instanceId),
      MaxConcurrency: "1",
    });
    await fake.listCommands({});
    if (second !== undefined) second.state = "stopped";
    await fake.clock.advance("20s");
    const details = async () =>
      (await fake.listCommandInvocations({ CommandId: id })).CommandInvocations?.map(
        ({ StatusDetails }) => StatusDetails,
      );
    expect(await details()).toEqual(["Delayed", "Success"]);
    if (second !== undefined) second.state = "running";
    expect(await details()).toEqual(["Success", "Success"]);
  });

  it("keeps its name in past records when it is removed", async () => {
    const { fake, send } = open({ nodes: [{ name: "web-1" }] });
    await send({ InstanceIds: [NODE] });
    await fake.listCommands({});
    fake.nodes.get(NODE)?.remove();
    const { CommandInvocations } = await fake.listCommandInvocations({});
    expect(CommandInvocations?.[0]?.InstanceName).toBe("web-1");
  });

  it("that was removed does not take another with its id away", () => {
    const { fake } = open({ nodes: [{}] });
    const node = fake.nodes.get(NODE);
    node?.remove();
    fake.nodes.add({ instanceId: NODE });
    node?.remove();
    expect(fake.nodes.list()).toHaveLength(1);
  });
});

describe("an expiry", () => {
  it("that has passed when the targets become known ends the command at once", async () => {
    const { fake, send, standing } = open({
      latency: { targetExpansionDelay: "60s" },
      nodes: [{ tags: { Role: "web" }, agent: "unreachable" }],
    });
    const id = await send({
      Targets: [{ Key: "tag:Role", Values: ["web"] }],
      TimeoutSeconds: 30,
      Parameters: { commands: ["true"], executionTimeout: ["5"] },
    });
    await fake.clock.advance("61s");
    expect(await standing(id)).toBe("TimedOut/DeliveryTimedOut");
  });
});

describe("a call that waits for a behavior", () => {
  it("is rejected when the fake is reset", async () => {
    const { fake, send } = open({ nodes: [{ behavior: () => new Promise<never>(() => {}) }] });
    await send({ InstanceIds: [NODE] });
    const waiting = fake.listCommands({});
    const rejected = expect(waiting).rejects.toMatchObject({ name: "ClockResetError" });
    await new Promise(setImmediate);
    await fake.reset();
    await rejected;
  });
});

describe("the plugins of an open invocation", () => {
  it("are Pending as long as it is not their turn", async () => {
    const { fake, send } = open({ nodes: [{ behavior: hangs() }] });
    const mainSteps = ["first", "second"].map((name) => ({
      name,
      action: "aws:runShellScript",
      inputs: { runCommand: ["true"] },
    }));
    await fake.documents.add("Two-Steps", { schemaVersion: "2.2", mainSteps });
    const CommandId = await send({
      DocumentName: "Two-Steps",
      Parameters: {},
      InstanceIds: [NODE],
    });
    const { CommandInvocations } = await fake.listCommandInvocations({ CommandId, Details: true });
    const statuses = CommandInvocations?.[0]?.CommandPlugins?.map(({ Status }) => Status);
    expect(statuses).toEqual(["InProgress", "Pending"]);
  });
});

describe("a rollout sends to one node after the other, so that", () => {
  it("a place that an undeliverable node leaves at once is given to the next before anything has failed", async () => {
    const { send, endings } = open({
      nodes: [{ behavior: fails() }, { agent: "undeliverable" }, {}, {}],
    });
    const InstanceIds = IDS.slice(0, 4);
    const id = await send({ InstanceIds, MaxConcurrency: "2", MaxErrors: "0" });
    expect(await endings(id)).toEqual(["Failed", "Undeliverable", "Success", "Terminated"]);
  });

  it("a document that the agent refuses at once spends MaxErrors before the second node gets it", async () => {
    const { fake, send, endings } = open({ nodes: IDS.map(() => ({})) });
    const precondition = { StringUnlike: ["platformType", "Linux"] };
    const inputs = { runCommand: ["true"] };
    const mainSteps = [{ name: "run", action: "aws:runShellScript", precondition, inputs }];
    await fake.documents.add("Too-New", { schemaVersion: "2.2", mainSteps });
    const id = await send({ DocumentName: "Too-New", Parameters: {}, InstanceIds: IDS });
    expect(await endings(id)).toEqual(["Failed", ...Array(7).fill("Terminated")]);
  });
});

describe("what a fake hands out", () => {
  it("is a copy: a changed journal changes no command", async () => {
    const { fake, send } = open({ nodes: [{ tags: { Role: "web" } }] });
    await send({ Targets: [{ Key: "tag:Role", Values: ["web"] }] });
    const [entry] = fake.journal.entries();
    const input = entry?.input as { Targets: { Values: string[] }[] };
    input.Targets[0]?.Values.splice(0, 1, "changed");
    const { Commands } = await fake.listCommands({});
    expect(Commands?.[0]?.Targets?.[0]?.Values).toEqual(["web"]);
  });

  it("knows documents of other accounts by their ARN only", async () => {
    const { fake, send } = open({ nodes: [{}] });
    const mainSteps = [
      { name: "run", action: "aws:runShellScript", inputs: { runCommand: ["true"] } },
    ];
    await fake.documents.add("Shared", { schemaVersion: "2.2", mainSteps });
    const DocumentName = "arn:aws:ssm:us-east-1:999999999999:document/Shared";
    const asked = send({ DocumentName, Parameters: {}, InstanceIds: [NODE] });
    await expect(asked).rejects.toMatchObject({ name: "InvalidDocument" });
  });
});

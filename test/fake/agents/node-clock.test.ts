import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { cloudWatchOutput, RunCommandClient, runShellScript } from "ssm-run-command";
import { tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { FakeSsm, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

type Skew = NonNullable<NodeOptions["clockSkew"]>;

const GROUP = "/aws/ssm/AWS-RunShellScript";
const behavior = succeeds({ after: "20s", writes: [{ at: "5s", stdout: "one\ntwo\n" }] });

/** What is shown of a command on a node whose clock is off. */
async function shownWith(clockSkew: Skew | undefined) {
  const fake = new FakeSsm({ nodes: [{ clockSkew, behavior, tags: { Role: "web" } }] });
  const [node] = fake.nodes.list();
  const InstanceId = node!.instanceId;
  const runCommand = new RunCommandClient(fake);
  const sent = await runCommand.send({
    ...runShellScript("make"),
    ...{ InstanceIds: [InstanceId], CloudWatchOutputConfig: cloudWatchOutput() },
    OutputS3BucketName: "output",
  });
  await sent.waitForTerminal();
  const CommandId = sent.commandId;
  const { CommandInvocations } = await fake.listCommandInvocations({ CommandId, Details: true });
  const { Commands } = await fake.listCommands({ CommandId });
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
  const group = { logGroupName: GROUP };
  const { events = [] } = await logs.send(new FilterLogEventsCommand(group));
  const { logStreams } = await logs.send(new DescribeLogStreamsCommand(group));
  const { InstanceInformationList } = await fake.describeInstanceInformation({});
  return {
    fake,
    read: await fake.getCommandInvocation({ CommandId, InstanceId }),
    invocation: CommandInvocations![0]!,
    command: Commands![0]!,
    plugin: CommandInvocations![0]!.CommandPlugins![0]!,
    events,
    stream: logStreams![0]!,
    information: InstanceInformationList![0]!,
    busEvents: fake.notifications.events(),
    timeline: fake.timeline(),
    objects: fake.objects.list("output"),
  };
}

type Shown = Awaited<ReturnType<typeof shownWith>>;

/** What the agent stamps, in milliseconds. */
const stampsOfAgent = ({ read, plugin, events, stream }: Shown) => [
  Date.parse(read.ExecutionStartDateTime!),
  Date.parse(read.ExecutionEndDateTime!),
  plugin.ResponseStartDateTime!.getTime(),
  plugin.ResponseFinishDateTime!.getTime(),
  ...events.map(({ timestamp }) => timestamp!),
  stream.firstEventTimestamp!,
  stream.lastEventTimestamp!,
];

/** What the service stamps, and what does not depend on a clock. */
const othersOf = ({ read, invocation, command, events, stream, ...shown }: Shown) => ({
  elapsed: read.ExecutionElapsedTime,
  requested: [invocation.RequestedDateTime, command.RequestedDateTime, command.ExpiresAfter],
  ingested: [...events.map(({ ingestionTime }) => ingestionTime), stream.lastIngestionTime],
  created: stream.creationTime,
  ping: shown.information.LastPingDateTime,
  status: [invocation.StatusDetails, command.StatusDetails],
  busEvents: shown.busEvents,
  timeline: shown.timeline,
  objects: shown.objects,
  now: shown.fake.clock.now(),
});

describe("a node whose clock is off", () => {
  it.each([
    ["90s", 90_000],
    ["-90s", -90_000],
    ["5m", 300_000],
    ["-5m", -300_000],
    ["1.5s", 1_500],
    ["-0s", 0],
  ] as const)("by %s stamps what it reports by its own clock", async (skew, ms) => {
    const [right, off] = [await shownWith(undefined), await shownWith(skew)];
    expect(stampsOfAgent(off)).toEqual(stampsOfAgent(right).map((at) => at + ms));
  });

  it.each(["4m", "-4m"] as const)("by %s changes nothing that the service stamps", async (skew) => {
    const [right, off] = [await shownWith(undefined), await shownWith(skew)];
    expect(othersOf(off)).toEqual(othersOf(right));
  });

  it("may report that it started before the command was requested", async () => {
    const { read, command } = await shownWith("-2m");
    const requestedAt = command.RequestedDateTime!.getTime();
    expect(Date.parse(read.ExecutionEndDateTime!)).toBeLessThan(requestedAt);
  });

  it("stamps every step of a document", async () => {
    const timesOf = async (clockSkew: Skew) => {
      const fake = new FakeSsm({ nodes: [{ clockSkew, behavior }] });
      const step = (name: string) => {
        return { name, action: "aws:runShellScript", inputs: { runCommand: ["make"] } };
      };
      const mainSteps = [step("one"), step("two")];
      await fake.documents.add("Two", { schemaVersion: "2.2", mainSteps });
      const runCommand = new RunCommandClient(fake);
      const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
      const sent = await runCommand.send({ DocumentName: "Two", InstanceIds });
      await sent.waitForTerminal();
      const { CommandInvocations } = await fake.listCommandInvocations({ Details: true });
      return CommandInvocations![0]!.CommandPlugins!.flatMap((plugin) => [
        plugin.ResponseStartDateTime!.getTime(),
        plugin.ResponseFinishDateTime!.getTime(),
      ]);
    };
    const right = await timesOf("0s");
    expect(await timesOf("1m")).toEqual(right.map((at) => at + 60_000));
  });

  it("keeps the stamps of what ran on it when another node takes its id", async () => {
    const { fake, plugin } = await shownWith("1m");
    const [node] = fake.nodes.list();
    node!.remove();
    fake.nodes.add({ instanceId: node!.instanceId, clockSkew: "-1m" });
    const { CommandInvocations } = await fake.listCommandInvocations({ Details: true });
    expect(CommandInvocations![0]!.CommandPlugins).toEqual([plugin]);
  });

  it("tells by how much", () => {
    const { nodes } = new FakeSsm({ nodes: [{}, { clockSkew: "-90s" }] });
    expect(nodes.list().map(({ clockSkew }) => clockSkew)).toEqual(["0s", "-90s"]);
  });

  it("is tailed whole beside one whose clock is off the other way", async () => {
    const says = (line: string) =>
      succeeds({
        after: "60s",
        writes: [
          { at: "10s", stdout: `${line} 1\n` },
          { at: "40s", stdout: `${line} 2\n` },
        ],
      });
    const fake = new FakeSsm({
      nodes: [
        { clockSkew: "5m", behavior: says("fast") },
        { clockSkew: "-5m", behavior: says("slow") },
      ],
    });
    const sent = await new RunCommandClient(fake).send({
      ...{ ...runShellScript("make"), CloudWatchOutputConfig: cloudWatchOutput() },
      InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
    });
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    const texts = [];
    for await (const { text } of tailCommandOutput(logs, sent)) texts.push(text.trim());
    expect(texts.sort()).toEqual(["fast 1", "fast 2", "slow 1", "slow 2"]);
  });
});

describe("a clockSkew", () => {
  it.each(["5m1s", "6m", "-301s", "1h", "90", "--90s", "+90s", "", "-", "soon", 90, null])(
    "that is %j is refused",
    (clockSkew) => {
      const fake = new FakeSsm();
      // JavaScript callers can give anything.
      expect(() => fake.nodes.add({ clockSkew: clockSkew as never })).toThrow(
        `The clockSkew of node i-00000000000000001 is ${JSON.stringify(clockSkew)}. Write a duration of at most 5 minutes, "90s" for ahead or "-90s" for behind (AWS refuses requests that are signed further off), or leave it out.`,
      );
    },
  );
});

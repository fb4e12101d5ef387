import type { CloudWatchOutputConfig, SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { tagTargets } from "ssm-run-command";
import { VirtualClock } from "ssm-run-command/fake";
import { expect } from "vitest";
import type { AddCase } from "./contract.ts";
import { nodeId, SCRIPT } from "./contract-account.ts";

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const START = "2026-09-27T10:00:00.478Z";

/** Every member that is neither a target nor a document, and how it comes back. */
const EVERYTHING = {
  ...SCRIPT,
  InstanceIds: [nodeId(1)],
  DocumentVersion: "1",
  TimeoutSeconds: 600,
  Comment: "deploy",
  OutputS3Region: "eu-west-1",
  OutputS3BucketName: "output",
  OutputS3KeyPrefix: "deploys",
  MaxConcurrency: "10%",
  MaxErrors: "3",
  ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
  NotificationConfig: {
    NotificationArn: "arn:aws:sns:us-east-1:123456789012:deploys",
    NotificationEvents: ["Success", "Failed"],
    NotificationType: "Invocation",
  },
  CloudWatchOutputConfig: { CloudWatchLogGroupName: "/deploys", CloudWatchOutputEnabled: true },
  AlarmConfiguration: { IgnorePollAlarmFailure: true, Alarms: [{ Name: "errors" }] },
} satisfies SendCommandCommandInput;

/**
 * How a config is echoed, in all four operations that show it ([rec-2026-09-27-managed-execution]; question 21 of
 * docs/settings.md for one without a group).
 */
const LOG_CONFIGS: readonly (readonly [string, CloudWatchOutputConfig | undefined, object])[] = [
  [
    "none is shown as off",
    undefined,
    { CloudWatchLogGroupName: "", CloudWatchOutputEnabled: false },
  ],
  [
    "a group and on is shown so",
    { CloudWatchLogGroupName: "/deploys", CloudWatchOutputEnabled: true },
    { CloudWatchLogGroupName: "/deploys", CloudWatchOutputEnabled: true },
  ],
  [
    "on without a group is shown without a group",
    { CloudWatchOutputEnabled: true },
    { CloudWatchLogGroupName: "", CloudWatchOutputEnabled: true },
  ],
  [
    "a group alone is shown as off",
    { CloudWatchLogGroupName: "/deploys" },
    { CloudWatchLogGroupName: "/deploys", CloudWatchOutputEnabled: false },
  ],
];

/** TimeoutSeconds, executionTimeout, and the seconds from RequestedDateTime to ExpiresAfter [rules-expiry]. */
const LIFETIMES = [
  [undefined, undefined, 7_200],
  [600, undefined, 4_200],
  [30, "7", 37],
  [30, "2", 32],
] as const;

/** What SendCommand returns, and what is echoed where. Sources: [rules-targets], [rec-2019-c7n-send]. */
export function sendCommandContract(addCase: AddCase): void {
  addCase("shows what a request left out as it was recorded", async (open) => {
    const account = open({ nodes: [{}], clock: new VirtualClock({ start: START }) });
    const { CommandId, ...command } = await account.send();
    expect(CommandId).toMatch(UUID);
    expect(command).toEqual({
      DocumentName: "AWS-RunShellScript",
      DocumentVersion: "$DEFAULT",
      Comment: "",
      RequestedDateTime: new Date(START),
      ExpiresAfter: new Date("2026-09-27T12:00:00.478Z"),
      Parameters: { commands: ["uptime"] },
      InstanceIds: [nodeId(1)],
      Targets: [],
      Status: "Pending",
      StatusDetails: "Pending",
      OutputS3Region: "us-east-1",
      OutputS3BucketName: "",
      OutputS3KeyPrefix: "",
      MaxConcurrency: "50",
      MaxErrors: "0",
      TargetCount: 1,
      CompletedCount: 0,
      ErrorCount: 0,
      DeliveryTimedOutCount: 0,
      ServiceRole: "",
      NotificationConfig: { NotificationArn: "", NotificationEvents: [], NotificationType: "" },
      CloudWatchOutputConfig: { CloudWatchLogGroupName: "", CloudWatchOutputEnabled: false },
      TimeoutSeconds: 3_600,
      AlarmConfiguration: { IgnorePollAlarmFailure: false, Alarms: [] },
      TriggeredAlarms: [],
    });
  });

  const { ServiceRoleArn, OutputS3Region, ...same } = EVERYTHING;
  const echoed = { ...same, ServiceRole: ServiceRoleArn, OutputS3Region: "us-east-1" };

  addCase("echoes every member, but the region, which is the account's", async (open) => {
    expect(await open({ nodes: [{}] }).send(EVERYTHING)).toMatchObject(echoed);
  });

  addCase("every member is shown by ListCommands, too", async (open) => {
    const account = open({ nodes: [{}] });
    expect(await account.command(await account.send(EVERYTHING))).toMatchObject(echoed);
  });

  addCase("what concerns an invocation is shown by ListCommandInvocations", async (open) => {
    const account = open({ nodes: [{ name: "web-1" }] });
    const [invocation] = await account.invocations(await account.send(EVERYTHING));
    const { Comment, DocumentName, DocumentVersion, ServiceRole, NotificationConfig } = echoed;
    expect(invocation).toMatchObject({
      InstanceName: "web-1",
      Comment,
      DocumentName,
      DocumentVersion,
      ServiceRole,
      NotificationConfig,
    });
  });

  addCase("what concerns a plugin is shown by GetCommandInvocation", async (open) => {
    const account = open({ nodes: [{}] });
    const { Comment, DocumentName, DocumentVersion, CloudWatchOutputConfig } = echoed;
    expect(await account.invocation(await account.send(EVERYTHING))).toMatchObject({
      Comment,
      DocumentName,
      DocumentVersion,
      CloudWatchOutputConfig,
    });
  });

  for (const [fact, config, shown] of LOG_CONFIGS) {
    addCase(`of CloudWatchOutputConfig ${fact}, in all four operations`, async (open) => {
      const account = open({ nodes: [{}] });
      const sent = await account.send(
        config === undefined ? {} : { CloudWatchOutputConfig: config },
      );
      const [invocation] = await account.invocations(sent);
      const shows = [sent, await account.command(sent), invocation, await account.invocation(sent)];
      expect(shows.map((each) => each?.CloudWatchOutputConfig)).toEqual([
        shown,
        shown,
        shown,
        shown,
      ]);
    });
  }

  addCase("type and events of a topic that were left out are Command and All", async (open) => {
    const NotificationConfig = { NotificationArn: EVERYTHING.NotificationConfig.NotificationArn };
    const { ServiceRoleArn } = EVERYTHING;
    const command = await open({ nodes: [{}] }).send({ ServiceRoleArn, NotificationConfig });
    expect(command.NotificationConfig).toEqual({
      ...NotificationConfig,
      NotificationEvents: ["All"],
      NotificationType: "Command",
    });
  });

  for (const [TimeoutSeconds, executionTimeout, seconds] of LIFETIMES) {
    const given = `TimeoutSeconds ${TimeoutSeconds} and executionTimeout ${executionTimeout}`;
    addCase(`${given} make ExpiresAfter ${seconds} s after the request`, async (open) => {
      const timeout =
        executionTimeout === undefined ? {} : { executionTimeout: [executionTimeout] };
      const { RequestedDateTime, ExpiresAfter } = await open({ nodes: [{}] }).send({
        ...(TimeoutSeconds === undefined ? {} : { TimeoutSeconds }),
        Parameters: { ...SCRIPT.Parameters, ...timeout },
      });
      expect(ExpiresAfter!.getTime() - RequestedDateTime!.getTime()).toBe(seconds * 1_000);
    });
  }

  addCase("shows ids as they were sent", async (open) => {
    const InstanceIds = [nodeId(2), nodeId(1)];
    expect((await open({ nodes: [{}, {}] }).send({ InstanceIds })).InstanceIds).toEqual(
      InstanceIds,
    );
  });

  addCase("ids are sorted in ListCommands", async (open) => {
    const account = open({ nodes: [{}, {}] });
    const command = await account.send({ InstanceIds: [nodeId(2), nodeId(1)] });
    expect((await account.command(command)).InstanceIds).toEqual([nodeId(1), nodeId(2)]);
  });

  addCase("takes an empty InstanceIds beside Targets", async (open) => {
    const account = open({ nodes: [{ tags: { Role: "web" } }] });
    const command = await account.send({ InstanceIds: [], Targets: tagTargets({ Role: "web" }) });
    expect(await account.standing(command)).toBe("Success/Success");
  });

  addCase("gives every command an id of its own", async (open) => {
    const account = open({ nodes: [{}] });
    const [first, second] = [await account.send(), await account.send()];
    expect(second.CommandId).not.toBe(first.CommandId);
  });

  addCase("a request that is changed afterwards changes nothing", async (open) => {
    const account = open({ nodes: [{}] });
    const Parameters = { commands: ["uptime"] };
    const command = await account.send({ Parameters });
    Parameters.commands[0] = "reboot";
    expect((await account.command(command)).Parameters).toEqual({ commands: ["uptime"] });
  });

  addCase("an answer that is changed changes nothing", async (open) => {
    const account = open({ nodes: [{}] });
    const command = await account.send();
    command.Parameters!["commands"]![0] = "reboot";
    expect((await account.command(command)).Parameters).toEqual({ commands: ["uptime"] });
  });
}

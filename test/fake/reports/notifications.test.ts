import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import {
  type AgentBehavior,
  FakeSsm,
  type FakeSsmOptions,
  hangs,
  succeeds,
  VirtualClock,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../../support/rejection.ts";

const NODE = "i-00000000000000001";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:commands";
const ROLE = "arn:aws:iam::123456789012:role/publishes";
const START = Date.parse("2024-01-01T00:00:00Z");

type Request = Partial<SendCommandCommandInput>;
type Config = NonNullable<Request["NotificationConfig"]>;

/** A fake on which a command was sent to all nodes, or as the request says. */
async function sent(request: Request = {}, options: FakeSsmOptions = {}) {
  const fake = new FakeSsm({
    latency: "instant",
    nodes: [{ behavior: succeeds({ after: "10s" }) }],
    ...options,
  });
  const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
  const { Command } = await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["true"], executionTimeout: ["60"] },
    ...(request.Targets === undefined ? { InstanceIds } : {}),
    ...request,
  });
  return { fake, Command: Command! };
}

const asking = (config: Config = {}): Request => ({
  ServiceRoleArn: ROLE,
  NotificationConfig: { NotificationArn: TOPIC, ...config },
});

/** What a request lacks, and its refusal. */
const NEEDS: readonly [what: string, Request, { name: string; message: string }][] = [
  [
    "a topic needs a role",
    { NotificationConfig: { NotificationArn: TOPIC } },
    {
      name: "InvalidRole",
      message: "ServiceRoleArn is a required parameter to enable notification.",
    },
  ],
  [
    "a role needs a topic",
    { ServiceRoleArn: ROLE, NotificationConfig: { NotificationType: "Invocation" } },
    {
      name: "InvalidNotificationConfig",
      message: "NotificationArn is a required parameter to enable notification.",
    },
  ],
];

/** The messages of a command that has run for a day. */
async function messages(request: Request, behavior: AgentBehavior = succeeds({ after: "10s" })) {
  const { fake } = await sent(request, { nodes: [{ behavior }] });
  await fake.clock.advance("1d");
  return fake.notifications
    .list()
    .flatMap((each) => (each.kind === "sns" ? [JSON.parse(each.message)] : []));
}

const statuses = async (request: Request, behavior?: AgentBehavior) =>
  (await messages(request, behavior)).map(({ status }) => status);

describe("SNS gets", () => {
  it("nothing without a NotificationConfig", async () => {
    expect(await statuses({})).toEqual([]);
  });

  it("messages about the command when no type is asked for", async () => {
    const all = await messages(asking());
    expect(all.map((message) => "instanceIds" in message)).toEqual([true, true]);
  });

  it("messages about each invocation when that type is asked for", async () => {
    const all = await messages(asking({ NotificationType: "Invocation" }));
    expect(all.map(({ instanceId, status }) => [instanceId, status])).toEqual([
      [NODE, "InProgress"],
      [NODE, "Success"],
    ]);
  });

  it.each<[events: Config["NotificationEvents"], told: string[]]>([
    [undefined, ["InProgress", "Success"]],
    [["All"], ["InProgress", "Success"]],
    [["Success"], ["Success"]],
    [["InProgress", "Failed"], ["InProgress"]],
    [["Failed", "TimedOut", "Cancelled"], []],
  ])("for the events %j: %j", async (NotificationEvents, told) => {
    const config = NotificationEvents === undefined ? {} : { NotificationEvents };
    expect(await statuses(asking(config))).toEqual(told);
  });

  it("no message about Pending", async () => {
    const { fake } = await sent(asking(), { latency: { visibilityDelay: "10s" } });
    expect(fake.notifications.list()).toEqual([]);
  });

  it("no message about Cancelling", async () => {
    const { fake, Command } = await sent(asking({ NotificationType: "Invocation" }), {
      nodes: [{ behavior: hangs({ killTakes: "5s" }) }],
      settings: { showCancelling: true },
    });
    await fake.listCommands({});
    await fake.cancelCommand({ CommandId: Command.CommandId });
    await fake.clock.advance("1m");
    const told = fake.notifications
      .list()
      .flatMap((each) => (each.kind === "sns" ? [JSON.parse(each.message).status] : []));
    expect(told).toEqual(["InProgress", "Cancelled"]);
  });

  it("Failed about a command whose only node ran into its execution time-out", async () => {
    expect(await statuses(asking(), hangs())).toEqual(["InProgress", "Failed"]);
  });

  it("TimedOut and ExecutionTimedOut about that node", async () => {
    const all = await messages(asking({ NotificationType: "Invocation" }), hangs());
    expect(all.at(-1)).toMatchObject({
      status: "TimedOut",
      detailedStatus: "ExecutionTimedOut",
    });
  });
});

describe("a message of SNS", () => {
  // [guide-sns-examples]
  it("about a command has the keys of AWS's example", async () => {
    const [first] = await messages({
      ...asking(),
      OutputS3BucketName: "output",
      OutputS3KeyPrefix: "logs",
      TimeoutSeconds: 600,
    });
    expect(first).toEqual({
      commandId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      documentName: "AWS-RunShellScript",
      instanceIds: [NODE],
      requestedDateTime: "2024-01-01T00:00:00Z",
      expiresAfter: "2024-01-01T00:11:00Z",
      outputS3BucketName: "output",
      outputS3KeyPrefix: "logs",
      status: "InProgress",
      eventTime: "2024-01-01T00:00:00Z",
    });
  });

  // [rules-notifications], [guide-sns-examples]
  it.each([
    ["2021-06-07T05:45:05.710Z", "2021-06-07T05:45:05.71Z"],
    ["2019-04-25T17:57:09.100Z", "2019-04-25T17:57:09.1Z"],
    ["2019-04-25T17:57:09.007Z", "2019-04-25T17:57:09.007Z"],
    ["2019-04-25T17:50:00.000Z", "2019-04-25T17:50:00Z"],
  ])("writes %s as %s", async (start, written) => {
    const clock = new VirtualClock({ start });
    const { fake } = await sent(asking({ NotificationType: "Invocation" }), { clock, nodes: [{}] });
    await fake.listCommands({});
    const [first] = fake.notifications.lambdaEvents();
    expect(JSON.parse(first!.Records[0]!.Sns.Message)).toMatchObject({
      requestedDateTime: written,
      eventTime: written,
    });
  });

  it("about a command to targets names no node", async () => {
    const { fake } = await sent(
      { ...asking(), Targets: [{ Key: "tag:Role", Values: ["web"] }] },
      { nodes: [{ tags: { Role: "web" } }] },
    );
    await fake.listCommands({});
    const [first] = fake.notifications.list().filter(({ kind }) => kind === "sns");
    expect(first).toMatchObject({ message: expect.stringContaining('"instanceIds":[]') });
  });

  // [rec-2026-10-01-notifications]
  it("about an invocation has the keys of the recording", async () => {
    const all = await messages(asking({ NotificationType: "Invocation" }), hangs());
    expect(all.at(-1)).toEqual({
      commandId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      documentName: "AWS-RunShellScript",
      instanceId: NODE,
      requestedDateTime: "2024-01-01T00:00:00Z",
      status: "TimedOut",
      detailedStatus: "ExecutionTimedOut",
      eventTime: "2024-01-01T00:01:00Z",
    });
  });

  it("goes to the topic, with a subject that names the region", async () => {
    const { fake } = await sent(asking(), { region: "eu-central-1", nodes: [{}] });
    await fake.listCommands({});
    expect(fake.notifications.list().find(({ kind }) => kind === "sns")).toMatchObject({
      topic: TOPIC,
      subject: "EC2 Run Command Notification eu-central-1",
      at: START,
    });
  });
});

describe("EventBridge gets", () => {
  it("an event about every change of every command, whether asked or not", async () => {
    const { fake } = await sent();
    await fake.clock.advance("1m");
    expect(
      fake.notifications
        .list()
        .map((each) => each.kind === "eventBridge" && [each.detailType, each.detail["status"]]),
    ).toEqual([
      ["EC2 Command Status-change Notification", "InProgress"],
      ["EC2 Command Invocation Status-change Notification", "InProgress"],
      ["EC2 Command Invocation Status-change Notification", "Success"],
      ["EC2 Command Status-change Notification", "Success"],
    ]);
  });

  // [guide-event-examples]
  it("the command's detail as in AWS's example", async () => {
    const { fake, Command } = await sent();
    await fake.listCommands({});
    expect(fake.notifications.list()[0]).toMatchObject({
      kind: "eventBridge",
      at: START,
      source: "aws.ssm",
      detailType: "EC2 Command Status-change Notification",
      resources: [`arn:aws:ec2:us-east-1:123456789012:instance/${NODE}`],
      detail: {
        "command-id": Command.CommandId,
        "document-name": "AWS-RunShellScript",
        "expire-after": "2024-01-01T01:01:00.000Z",
        "output-s3bucket-name": "",
        "output-s3key-prefix": "",
        parameters: '{"commands":["true"],"executionTimeout":["60"]}',
        "requested-date-time": "2024-01-01T00:00:00.000Z",
        status: "InProgress",
      },
    });
  });

  // [guide-event-examples]
  it("the invocation's detail as in AWS's example", async () => {
    const { fake, Command } = await sent({}, { region: "eu-central-1", accountId: "999988887777" });
    await fake.listCommands({});
    expect(fake.notifications.list()[1]).toMatchObject({
      kind: "eventBridge",
      at: START,
      source: "aws.ssm",
      detailType: "EC2 Command Invocation Status-change Notification",
      resources: [`arn:aws:ec2:eu-central-1:999988887777:instance/${NODE}`],
      detail: {
        "command-id": Command.CommandId,
        "document-name": "AWS-RunShellScript",
        "instance-id": NODE,
        "requested-date-time": "2024-01-01T00:00:00.000Z",
        status: "InProgress",
      },
    });
  });
});

describe("the list of notifications", () => {
  it("is in the order of time, over commands", async () => {
    const { fake } = await sent(asking());
    await fake.clock.advance("3s");
    await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [NODE],
      Parameters: { commands: ["true"] },
    });
    await fake.clock.advance("1m");
    const times = fake.notifications.list().map(({ at }) => (at - START) / 1_000);
    expect(times).toEqual([0, 0, 0, 3, 3, 10, 10, 10, 13, 13]);
  });

  it("holds what is due at the moment of reading", async () => {
    const { fake } = await sent();
    await fake.clock.advance("10s");
    expect(fake.notifications.list().at(-1)?.at).toBe(START + 10_000);
  });

  it("is empty after a reset", async () => {
    const { fake } = await sent(asking());
    await fake.clock.advance("10s");
    await fake.reset();
    expect(fake.notifications.list()).toEqual([]);
  });
});

describe("a request to be notified", () => {
  it("is echoed with the type Command and all events when they are left out", async () => {
    const { Command } = await sent(asking());
    expect([Command.ServiceRole, Command.NotificationConfig]).toEqual([
      ROLE,
      { NotificationArn: TOPIC, NotificationEvents: ["All"], NotificationType: "Command" },
    ]);
  });

  // [rec-2026-10-01-notifications]
  it.each<[what: string, request: Request, refusal: { name: string; message: string }]>(NEEDS)(
    "is refused: %s",
    async (_, request, refusal) => {
      expect(await refusalOf(sent(request))).toMatchObject(refusal);
    },
  );

  it.each<[fact: string, request: Request, name: string]>([
    ["a role that is not an ARN", { ...asking(), ServiceRoleArn: "publishes" }, "InvalidRole"],
    [
      "the ARN of a user for a role",
      { ...asking(), ServiceRoleArn: "arn:aws:iam::123456789012:user/me" },
      "InvalidRole",
    ],
    [
      "a topic that is not an ARN",
      asking({ NotificationArn: "commands" }),
      "InvalidNotificationConfig",
    ],
    [
      "the ARN of a queue for a topic",
      asking({ NotificationArn: "arn:aws:sqs:us-east-1:123456789012:queue" }),
      "InvalidNotificationConfig",
    ],
  ])("is refused with %s", async (_, request, name) => {
    expect((await refusalOf(sent(request))).name).toBe(name);
  });
});

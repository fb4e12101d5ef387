import { build } from "esbuild";
import {
  parseStatusChange,
  parseStatusChanges,
  RunCommandClient,
  runShellScript,
} from "ssm-run-command";
import { FakeSsm, fails, hangs, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const COMMAND_ID = "7afa32e5-eda9-49ef-9449-7a431de1f5c5";
const NODE = "i-0123456789abcdef0";
const TOPIC = {
  NotificationArn: "arn:aws:sns:us-east-1:123456789012:deploys",
  NotificationEvents: ["All" as const],
};

/** An event of EventBridge, as AWS's guide shows them [guide-event-examples]. */
const onBus = (detail: object = {}, envelope: object = {}) => ({
  version: "0",
  id: "51c0891d-0000-4000-8000-000000000000",
  "detail-type": "EC2 Command Status-change Notification",
  source: "aws.ssm",
  account: "123456789012",
  time: "2024-07-10T21:51:32Z",
  region: "us-east-2",
  resources: ["arn:aws:ec2:us-east-2:123456789012:instance/i-02573cafcfEXAMPLE"],
  detail: {
    "command-id": COMMAND_ID,
    "document-name": "AWS-RunShellScript",
    "requested-date-time": "2024-07-10T21:51:30.049Z",
    "expire-after": "2024-07-10T22:51:30.049Z",
    parameters: { commands: ["echo s3cret"] },
    status: "Success",
    ...detail,
  },
  ...envelope,
});
/** A message about an invocation, as it was recorded [rec-2026-10-01-notifications]. */
const message = (members: object = {}) => ({
  commandId: COMMAND_ID,
  documentName: "AWS-RunShellScript",
  instanceId: NODE,
  requestedDateTime: "2026-10-01T09:39:32.1Z",
  status: "TimedOut",
  detailedStatus: "ExecutionTimedOut",
  eventTime: "2026-10-01T09:39:33.72648049Z",
  ...members,
});
const json = JSON.stringify;
const sns = (body: unknown = message(), members: object = {}) => ({
  Type: "Notification",
  MessageId: "0",
  TopicArn: TOPIC.NotificationArn,
  Message: typeof body === "string" ? body : json(body),
  ...members,
});
const sqs = (body: unknown) => ({ messageId: "0", eventSource: "aws:sqs", body });
const said = (event: unknown) => {
  try {
    return parseStatusChanges(event);
  } catch (error) {
    return `${error}`;
  }
};

/** All that a command on this node published. */
async function published(node: NodeOptions, type: "Command" | "Invocation" = "Invocation") {
  const fake = new FakeSsm({ nodes: [{ instanceId: NODE, ...node }] });
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("echo s3cret", { executionTimeout: "5m" }),
    InstanceIds: [NODE],
    NotificationConfig: { ...TOPIC, NotificationType: type },
    ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
  });
  await sent.waitForTerminal();
  return { fake, commandId: sent.commandId };
}

describe("what a fake published", () => {
  it.each<[NodeOptions, string, string, string]>([
    [{ behavior: succeeds({ after: "90s" }) }, "Success", "Success", "Success"],
    [{ behavior: fails() }, "Failed", "Failed", "Failed"],
    [{ behavior: hangs() }, "TimedOut", "ExecutionTimedOut", "Failed"],
    [{ agent: "unreachable" }, "TimedOut", "DeliveryTimedOut", "TimedOut"],
    [{ agent: "undeliverable" }, "Failed", "Undeliverable", "Failed"],
  ])("about a node with %j is read as %s", async (node, status, statusDetails, ofCommand) => {
    const { fake, commandId } = await published(node);
    const [last] = fake.notifications.lambdaEvents().slice(-1);
    const at = parseStatusChange(last).at;
    expect(parseStatusChange(last)).toEqual({
      scope: "invocation",
      commandId,
      instanceId: NODE,
      status,
      statusDetails,
      ended: true,
      at: expect.any(Date),
      raw: JSON.parse(last?.Records[0]?.Sns.Message ?? ""),
    });
    const events = parseStatusChanges(fake.notifications.events());
    expect(events.filter(({ ended }) => ended)).toEqual([
      expect.objectContaining({ scope: "invocation", instanceId: NODE, status, commandId }),
      expect.objectContaining({ scope: "command", status: ofCommand, commandId }),
    ]);
    expect(Math.abs((events.at(-1)?.at.getTime() ?? 0) - at.getTime())).toBeLessThan(60_000);
  });

  it("has not ended while it is in progress", async () => {
    const { fake } = await published({});
    const changes = fake.notifications.events().map(parseStatusChange);
    expect(changes.map(({ scope, status, ended }) => [scope, status, ended])).toEqual([
      ["command", "InProgress", false],
      ["invocation", "InProgress", false],
      ["invocation", "Success", true],
      ["command", "Success", true],
    ]);
    expect(changes[0]).not.toHaveProperty("instanceId");
    expect(changes[0]).not.toHaveProperty("statusDetails");
  });

  it.each(["Command", "Invocation"] as const)("is read from the list, %s", async (type) => {
    const { fake } = await published({ behavior: succeeds({ after: "90s" }) }, type);
    const list = fake.notifications.list();
    const changes = list.map(parseStatusChange);
    expect(changes.map(({ at }) => Math.floor(at.getTime() / 1000))).toEqual(
      list.map(({ at }) => Math.floor(at / 1000)),
    );
    expect(parseStatusChanges(list)).toEqual(changes);
    const messages = changes.filter((_, index) => list[index]?.kind === "sns");
    expect(messages.map(({ scope }) => scope)).toEqual(Array(2).fill(type.toLowerCase()));
    expect(messages.map(({ at }) => at.getTime())).toEqual(
      list.filter(({ kind }) => kind === "sns").map(({ at }) => at),
    );
  });
});

describe("an event", () => {
  const change = {
    scope: "invocation",
    commandId: COMMAND_ID,
    instanceId: NODE,
    status: "TimedOut",
    statusDetails: "ExecutionTimedOut",
    ended: true,
    at: new Date("2026-10-01T09:39:33.726Z"),
    raw: message(),
  };

  it.each<[string, unknown]>([
    ["an SNS message", message()],
    ["the text of one", json(message())],
    ["the Records of Lambda", { Records: [{ EventSource: "aws:sns", Sns: sns() }] }],
    ["one of these records", { EventSource: "aws:sns", Sns: sns() }],
    ["the envelope of SNS", sns()],
    ["the text of the envelope", json(sns())],
    ["an envelope without a type", { Message: json(message()) }],
    ["the envelope in SQS", { Records: [sqs(json(sns()))] }],
    ["one record of SQS", sqs(json(sns()))],
    ["raw message delivery to SQS", { Records: [sqs(json(message()))] }],
    ["the text of a batch", json({ Records: [sqs(json(sns()))] })],
    ["a batch of EventBridge Pipes", [sqs(json(sns()))]],
    ["a message that the SDK received", { MessageId: "0", Body: json(sns()) }],
    ["the whole answer of ReceiveMessage", { Messages: [{ Body: json(message()) }] }],
  ])("is %s", (_, event) => {
    expect(parseStatusChange(event)).toEqual(change);
  });

  it.each<[string, unknown]>([
    ["whose parameters are an object", onBus()],
    ["whose parameters are text", onBus({ parameters: '{"commands":["echo s3cret"]}' })],
    ["as text", json(onBus())],
    ["in SQS", { Records: [sqs(json(onBus()))] }],
    ["in SNS", { Records: [{ Sns: sns(onBus()) }] }],
    ["in SNS in SQS", sqs(json(sns(onBus())))],
  ])("of EventBridge is read %s", (_, event) => {
    expect(parseStatusChange(event)).toEqual({
      scope: "command",
      commandId: COMMAND_ID,
      status: "Success",
      ended: true,
      at: new Date("2024-07-10T21:51:32Z"),
      raw: expect.objectContaining({ source: "aws.ssm" }),
    });
  });

  it.each([
    ["2021-06-07T05:45:05.71Z", "2021-06-07T05:45:05.710Z"],
    ["2019-04-25T17:50:00Z", "2019-04-25T17:50:00.000Z"],
    ["2026-10-01T09:39:33.72648049Z", "2026-10-01T09:39:33.726Z"],
  ])("of %s was at %s", (eventTime, at) => {
    expect(parseStatusChange(message({ eventTime })).at.toISOString()).toBe(at);
  });

  it("has one change per record, in their order", () => {
    const Records = [
      sqs(json(sns())),
      sqs(json(onBus())),
      sqs(json(message({ status: "Failed" }))),
    ];
    const changes = parseStatusChanges({ Records });
    expect(changes.map(({ status }) => status)).toEqual(["TimedOut", "Success", "Failed"]);
    expect(parseStatusChanges({ Records: [] })).toEqual([]);
  });
});

describe("a status", () => {
  it.each([
    ["In Progress", "InProgress", false],
    ["InProgress", "InProgress", false],
    ["Pending", "Pending", false],
    ["Delayed", "Delayed", false],
    ["Cancelling", "Cancelling", false],
    ["Timed Out", "TimedOut", true],
    ["Delivery Timed Out", "DeliveryTimedOut", true],
    ["Execution Timed Out", "ExecutionTimedOut", true],
    ["Cancelled", "Cancelled", true],
    ["Terminated", "Terminated", true],
    ["Rate Exceeded", "RateExceeded", true],
    ["Incomplete", "Incomplete", true],
    ["Hibernating", "Hibernating", false],
    ["constructor", "constructor", false],
  ])("%s is %s, and has ended: %s", (status, read, ended) => {
    expect(parseStatusChange(onBus({ status }))).toMatchObject({ status: read, ended });
    expect(parseStatusChange(message({ status }))).toMatchObject({ status: read, ended });
  });
});

describe("what cannot be read", () => {
  const without = (name: string) => message({ [name]: undefined });
  it.each<[unknown, string]>([
    [undefined, "event is undefined. Expected an event or message of Run Command."],
    [5, "event is 5. "],
    ["", "event is no JSON. Expected JSON."],
    ["null", "event is null. "],
    [{ foo: "s3cret" }, "event is { foo }. "],
    [new Date(0), "event is "],
    [onBus().detail, "event is { command-id, "],
    [
      onBus({ "command-id": undefined }),
      'event.detail["command-id"] is undefined. Expected a string.',
    ],
    [onBus({}, { detail: undefined }), "event.detail"],
    [onBus({}, { "detail-type": undefined }), 'event["detail-type"] is undefined. '],
    [
      onBus({}, { "detail-type": "EC2 Instance State-change Notification" }),
      'event["detail-type"] is "EC2 Instance State-change Notification". Expected EC2 Command Status-change Notification or EC2 Command Invocation Status-change Notification.',
    ],
    [
      onBus({}, { "detail-type": "EC2 Command Status-change Invocation Notification" }),
      'event["detail-type"] is ',
    ],
    [
      onBus({}, { "detail-type": "Invocation EC2 Command Status-change Notification" }),
      'event["detail-type"] is ',
    ],
    [
      onBus({}, { "detail-type": "EC2 Command Invocation Status-change Notification" }),
      'event.detail["instance-id"] is undefined. ',
    ],
    [onBus({ status: 7 }), "event.detail.status is 7. "],
    [onBus({}, { time: "yesterday" }), 'event.time is "yesterday". Expected a date'],
    [onBus({}, { time: "2024-13-40T00:00:00Z" }), "event.time is "],
    [onBus({}, { time: "2024-01-01T00:00:00" }), "event.time is "],
    [onBus({}, { time: 1720648292 }), "event.time is 1720648292. "],
    [without("commandId"), "event.commandId is undefined. "],
    [without("eventTime"), "event.eventTime is undefined. "],
    [message({ instanceId: null }), "event.instanceId is null. "],
    [message({ detailedStatus: 3 }), "event.detailedStatus is 3. "],
    [
      { Records: [{ Sns: sns(without("status")) }] },
      "event.Records[0].Sns.Message.status is undefined. ",
    ],
    [{ Records: [{ Sns: sns("s3cret") }] }, "event.Records[0].Sns.Message is no JSON. "],
    [
      { Records: [sqs(json(onBus())), sqs(json(sns("s3cret")))] },
      "event.Records[1].body.Message is no JSON. ",
    ],
    [{ Records: [{ s3: {} }] }, "event.Records[0] is { s3 }. "],
    [{ Records: "s3cret" }, "event.Records is no JSON. "],
    [{ Records: {} }, "event.Records is {}. "],
    [[onBus(), 5], "event[1] is 5. "],
    [
      sns("You have chosen to subscribe", { Type: "SubscriptionConfirmation" }),
      'event.Type is "SubscriptionConfirmation". Expected Notification.',
    ],
    [sqs(json(sns("x", { Type: "UnsubscribeConfirmation" }))), "event.body.Type is "],
    [json(json("s3cret")), "event is no JSON. "],
    [{ Messages: [{ Body: "s3cret" }] }, "event.Messages[0].Body is no JSON. "],
  ])("is told by its path: %j", (event, sentence) => {
    expect(said(event)).toContain(`TypeError: ${sentence}`);
    expect(said(event)).not.toContain("s3cret");
    expect(() => parseStatusChange(event)).toThrow(TypeError);
  });

  const [list, twofold]: unknown[][] = [[], []];
  list?.push(list);
  twofold?.push(twofold, twofold);
  const wrapped: { Message?: unknown } = {};
  wrapped.Message = wrapped;
  it.each<[string, unknown, string]>([
    ["a list in itself", list, "event[0][0][0]"],
    ["a list that is in itself twice", twofold, "event[0][0][0]"],
    ["a message in itself", wrapped, "event.Message.Message.Message"],
    ["a text of 200,000 brackets", "[".repeat(2e5) + "]".repeat(2e5), "event[0][0][0]"],
    ["messages in messages", `${'{"Message":'.repeat(9e3)}0${"}".repeat(9e3)}`, "event.Message"],
  ])("is nested without end: %s", (_, event, place) => {
    expect(said(event)).toMatch(/ is too deep\. Expected an event or message of Run Command\.$/);
    expect(said(event)).toContain(`TypeError: ${place}`);
    expect(String(said(event)).length).toBeLessThan(300);
  });

  it("is more than one record, or none, where one is taken", () => {
    const of = (count: number) => ({ Records: Array(count).fill(sqs(json(message()))) });
    expect(() => parseStatusChange(of(2))).toThrow(
      "event is 2 records. Expected one: parseStatusChanges() reads several.",
    );
    expect(() => parseStatusChange(of(0))).toThrow("event is 0 records. ");
  });
});

describe("the Standard Schema", () => {
  const schema = parseStatusChange["~standard"];

  it("says its version and who made it", () => {
    expect(schema).toMatchObject({ version: 1, vendor: "ssm-run-command" });
    expect(parseStatusChange).toBeTypeOf("function");
    expect(parseStatusChange.name).toBe("parseStatusChange");
  });

  it("gives the change", () => {
    expect(schema.validate(onBus())).toEqual({ value: parseStatusChange(onBus()) });
  });

  it("gives an issue with the path that leads there, names and indexes, in place of an exception", () => {
    const event = { Records: [{ Sns: sns(message({ status: undefined })) }] };
    expect(schema.validate(event)).toEqual({
      issues: [
        {
          message: "event.Records[0].Sns.Message.status is undefined. Expected a string.",
          path: ["Records", 0, "Sns", "Message", "status"],
        },
      ],
    });
    expect(schema.validate(null)).toEqual({ issues: [{ message: expect.any(String), path: [] }] });
    expect(schema.validate(onBus({ "command-id": "" }))).toMatchObject({
      issues: [{ path: ["detail", "command-id"] }],
    });
  });

  it("gives an issue for what is wrapped without end", () => {
    const endless: { body?: unknown } = {};
    endless.body = endless;
    const path = Array(21).fill("body");
    const message = `event${".body".repeat(21)} is too deep. Expected an event or message of Run Command.`;
    expect(schema.validate(endless)).toEqual({ issues: [{ message, path }] });
  });

  it("is taken by a consumer of schemas", () => {
    expect(onBus()).toEqual(expect.schemaMatching(parseStatusChange));
    expect({ foo: 1 }).not.toEqual(expect.schemaMatching(parseStatusChange));
  });

  it("is in no bundle that does not import it", async () => {
    const { outputFiles } = await build({
      stdin: {
        contents: 'export { runShellScript } from "./src/index.ts";',
        resolveDir: process.cwd(),
      },
      bundle: true,
      format: "esm",
      external: ["@aws-sdk/*"],
      write: false,
      tsconfigRaw: "{}",
      logLevel: "error",
    });
    expect(outputFiles[0]?.text).not.toContain("Status-change");
    expect(outputFiles[0]?.text).not.toContain("~standard");
  });
});

import {
  type EventBridgeEvent,
  fails,
  type SnsLambdaEvent,
  succeeds,
  VirtualClock,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { uuidOf } from "../../../src/fake/reports/sns-messages.ts";
import { aFleet, NOTIFIED, TOPIC } from "./a-fleet.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

describe("events()", () => {
  // [guide-event-examples]
  it("gives an event about a command in the envelope of AWS's example", async () => {
    const { fake, deploy } = aFleet();
    const { commandId } = await deploy({ OutputS3BucketName: "output", OutputS3KeyPrefix: "p" });
    const [a, b] = fake.nodes.list().map(({ instanceId }) => instanceId);
    expect(fake.notifications.events().at(-1)).toEqual({
      version: "0",
      id: expect.stringMatching(UUID),
      "detail-type": "EC2 Command Status-change Notification",
      source: "aws.ssm",
      account: "123456789012",
      time: "2024-01-01T00:00:10Z",
      region: "us-east-1",
      resources: [
        `arn:aws:ec2:us-east-1:123456789012:instance/${a}`,
        `arn:aws:ec2:us-east-1:123456789012:instance/${b}`,
      ],
      detail: {
        "command-id": commandId,
        "document-name": "AWS-RunShellScript",
        "requested-date-time": "2024-01-01T00:00:00.000Z",
        "expire-after": "2024-01-01T02:00:00.000Z",
        "output-s3bucket-name": "output",
        "output-s3key-prefix": "p",
        parameters: '{"commands":["./deploy.sh"]}',
        status: "Success",
      },
    });
  });

  // [guide-event-examples]
  it("gives an event about an invocation in the envelope of AWS's example", async () => {
    const { fake, deploy } = aFleet({ nodes: [{ tags: { Role: "web" }, behavior: fails() }] });
    const { commandId } = await deploy();
    const [node] = fake.nodes.list();
    const about = "EC2 Command Invocation Status-change Notification";
    const ends = fake.notifications.events().filter((event) => event["detail-type"] === about);
    expect(ends.at(-1)).toEqual({
      version: "0",
      id: expect.stringMatching(UUID),
      "detail-type": about,
      source: "aws.ssm",
      account: "123456789012",
      time: "2024-01-01T00:00:00Z",
      region: "us-east-1",
      resources: [`arn:aws:ec2:us-east-1:123456789012:instance/${node?.instanceId}`],
      detail: {
        "command-id": commandId,
        "document-name": "AWS-RunShellScript",
        "instance-id": node?.instanceId,
        "requested-date-time": "2024-01-01T00:00:00.000Z",
        status: "Failed",
      },
    });
  });

  it("cuts the time to whole seconds, never up", async () => {
    const clock = new VirtualClock({ start: "2024-01-01T00:00:59.999Z" });
    const { fake, deploy } = aFleet({ clock, behavior: succeeds() });
    await deploy();
    expect(fake.notifications.events()[0]?.time).toBe("2024-01-01T00:00:59Z");
  });

  it("gives each event an id of its own, and the same one each time", async () => {
    const { fake, deploy } = aFleet();
    await deploy();
    await deploy();
    const ids = () => fake.notifications.events().map(({ id }) => id);
    expect(new Set(ids()).size).toBe(12);
    expect(ids()).toEqual(ids());
  });

  it("does not change the id of the next command", async () => {
    const run = async (looks: boolean) => {
      const { fake, deploy } = aFleet();
      await deploy();
      if (looks) fake.notifications.events();
      return (await deploy()).commandId;
    };
    expect(await run(true)).toBe(await run(false));
  });

  it("are copies, with the setting that shows an object, too", async () => {
    const { fake, deploy } = aFleet({ settings: { eventParameters: "object" } });
    const { commandId: CommandId } = await deploy();
    const { detail } = fake.notifications.events()[0] as { readonly detail: object };
    (detail as { parameters: { commands: string[] } }).parameters.commands[0] = "changed";
    const { Commands } = await fake.listCommands({ CommandId });
    expect(Commands?.[0]?.Parameters).toEqual({ commands: ["./deploy.sh"] });
  });

  it("passes through JSON unchanged, as on its way to a function", async () => {
    const { fake, deploy } = aFleet();
    await deploy();
    const events = fake.notifications.events();
    expect(JSON.parse(JSON.stringify(events))).toEqual(events);
  });
});

describe("the ids of events and messages", () => {
  it("are all different", () => {
    const count = 60_000;
    const ids = Array.from({ length: count }, (_, number) =>
      uuidOf(`7afa32e5 i-${number} Success`),
    );
    expect(new Set(ids).size).toBe(count);
  });
});

describe("lambdaEvents()", () => {
  // [rules-notifications]
  it("gives a message in the Records of a real one", async () => {
    const { fake, deploy } = aFleet();
    await deploy(NOTIFIED);
    const [first, ...others] = fake.notifications.lambdaEvents();
    expect(others).toHaveLength(1);
    const { Message, ...sns } = first!.Records[0]!.Sns;
    expect(first).toEqual({
      Records: [
        {
          EventSource: "aws:sns",
          EventVersion: "1.0",
          EventSubscriptionArn: expect.stringMatching(
            /^arn:aws:sns:us-east-1:123456789012:deploys:[0-9a-f-]{36}$/,
          ),
          Sns: { ...sns, Message },
        },
      ],
    });
    expect(sns).toEqual({
      Type: "Notification",
      MessageId: expect.stringMatching(UUID),
      TopicArn: TOPIC,
      Subject: "EC2 Run Command Notification us-east-1",
      Timestamp: "2024-01-01T00:00:00.000Z",
      SignatureVersion: "1",
      Signature: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/),
      SigningCertUrl: expect.stringMatching(/^https:\/\/sns\.us-east-1\.amazonaws\.com\/.*\.pem$/),
      UnsubscribeUrl: expect.stringMatching(
        /^https:\/\/sns\.us-east-1\.amazonaws\.com\/\?Action=Unsubscribe&SubscriptionArn=arn:/,
      ),
      MessageAttributes: {},
    });
    expect(JSON.parse(Message)).toMatchObject({ status: "InProgress", instanceIds: [] });
  });

  it("keeps the order of the members", async () => {
    const { fake, deploy } = aFleet();
    await deploy(NOTIFIED);
    const [record] = fake.notifications.lambdaEvents()[0]!.Records;
    expect(Object.keys(record!)).toEqual([
      "EventSource",
      "EventVersion",
      "EventSubscriptionArn",
      "Sns",
    ]);
    expect(Object.keys(JSON.parse(record!.Sns.Message))).toEqual([
      "commandId",
      "documentName",
      "instanceIds",
      "requestedDateTime",
      "expiresAfter",
      "outputS3BucketName",
      "outputS3KeyPrefix",
      "status",
      "eventTime",
    ]);
  });

  it("is empty for commands without a topic", async () => {
    const { fake, deploy } = aFleet();
    await deploy();
    expect(fake.notifications.lambdaEvents()).toEqual([]);
  });

  it("has the messages of list(), in its order", async () => {
    const { fake, deploy } = aFleet();
    await deploy(NOTIFIED);
    const listed = fake.notifications.list().flatMap((each) => (each.kind === "sns" ? each : []));
    expect(fake.notifications.lambdaEvents().map((each) => each.Records[0]?.Sns.Message)).toEqual(
      listed.map(({ message }) => message),
    );
  });
});

describe("a notification of list()", () => {
  it("is what a function gets, too", async () => {
    const { fake, deploy } = aFleet();
    await deploy(NOTIFIED);
    const handed: (EventBridgeEvent | SnsLambdaEvent)[] = [...fake.notifications.list()];
    expect(handed).toHaveLength(8);
    for (const event of fake.notifications.events()) {
      expect(handed).toContainEqual(expect.objectContaining(event));
    }
    for (const event of fake.notifications.lambdaEvents()) {
      expect(handed).toContainEqual(expect.objectContaining(event));
    }
  });
});

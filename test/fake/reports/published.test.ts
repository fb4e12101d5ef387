import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import {
  type EventBridgeEvent,
  FakeSsm,
  type FakeSsmOptions,
  fails,
  inOrder,
  type SnsLambdaEvent,
  succeeds,
  VirtualClock,
} from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import { uuidOf } from "../../../src/fake/reports/sns-messages.ts";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:deploys";
const NOTIFIED = {
  ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
  NotificationConfig: { NotificationArn: TOPIC, NotificationEvents: ["All" as const] },
};
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A fake of two nodes, and a function that sends a command to both and waits for its end. */
function aFleet(options: FakeSsmOptions = {}) {
  const fake = new FakeSsm({
    nodes: [{ tags: { Role: "web" } }, { tags: { Role: "web" } }],
    behavior: succeeds({ after: "10s" }),
    ...options,
  });
  const runCommand = new RunCommandClient(fake);
  const deploy = async (more: object = {}) => {
    const Targets = tagTargets({ Role: "web" });
    const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), Targets, ...more });
    await sent.waitForTerminal();
    return sent;
  };
  return { fake, runCommand, deploy };
}

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

describe("on(listener)", () => {
  it("calls with every notification that list() has", async () => {
    const { fake, deploy } = aFleet({ behavior: inOrder(succeeds({ after: "10s" }), fails()) });
    const heard: unknown[] = [];
    fake.notifications.on((each) => heard.push(each));
    await deploy(NOTIFIED);
    await deploy({ ...NOTIFIED, MaxConcurrency: "1" });
    expect(heard).toHaveLength(fake.notifications.list().length);
    expect(new Set(heard.map((each) => JSON.stringify(each)))).toEqual(
      new Set(fake.notifications.list().map((each) => JSON.stringify(each))),
    );
  });

  it("calls when it happens, not later", async () => {
    const { fake, deploy } = aFleet();
    const late: number[] = [];
    fake.notifications.on(({ at }) => late.push(fake.clock.now() - at));
    await deploy();
    await fake.clock.advance("1d");
    expect(late).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("tells nothing of what was before", async () => {
    const { fake, deploy } = aFleet();
    await deploy();
    const heard = vi.fn();
    fake.notifications.on(heard);
    await fake.clock.advance("1d");
    expect(heard).not.toHaveBeenCalled();
  });

  it("tells the rest of a command that runs already, and its start only once", async () => {
    const { fake, runCommand } = aFleet();
    const Targets = tagTargets({ Role: "web" });
    await runCommand.send({ ...runShellScript("true"), Targets });
    await fake.clock.advance("5s");
    const heard: string[] = [];
    fake.notifications.on((each) => heard.push(each.kind === "sns" ? "" : each.detail.status));
    await fake.clock.advance("1m");
    expect(heard).toEqual(["Success", "Success", "Success"]);
  });

  it("wakes a test that waits for an event", async () => {
    const { fake, runCommand } = aFleet();
    const ended = new Promise<string>((resolve) => {
      fake.notifications.on((each) => {
        if (each.kind !== "eventBridge" || each.detail.status !== "Success") return;
        resolve(each["detail-type"]);
      });
    });
    await runCommand.send({ ...runShellScript("true"), Targets: tagTargets({ Role: "web" }) });
    await fake.clock.advance("1m");
    expect(await ended).toBe("EC2 Command Invocation Status-change Notification");
  });

  it("lets the listener call the service", async () => {
    const { fake, deploy } = aFleet();
    const seen: unknown[] = [];
    fake.notifications.on(async (each) => {
      if (each.kind === "sns" || !("instance-id" in each.detail)) return;
      const { "command-id": CommandId, "instance-id": InstanceId, status } = each.detail;
      const { Status } = await fake.getCommandInvocation({ CommandId, InstanceId });
      if (status === "Success") seen.push(Status);
    });
    await deploy();
    expect(seen).toEqual(["Success", "Success"]);
  });

  it("lets the listener send the next command", async () => {
    const { fake, runCommand, deploy } = aFleet();
    let others = 0;
    fake.notifications.on(async (each) => {
      if (each.kind !== "eventBridge" || each.detail.status !== "Success") return;
      if ("instance-id" in each.detail || others > 0) return;
      others++;
      await runCommand.send({ ...runShellScript("next"), Targets: tagTargets({ Role: "web" }) });
    });
    await deploy();
    await fake.clock.advance("1m");
    expect((await fake.listCommands({})).Commands?.map(({ Status }) => Status)).toEqual([
      "Success",
      "Success",
    ]);
  });

  it("ends with its remover, and only that one", async () => {
    const { fake, deploy } = aFleet();
    const heard = vi.fn();
    const remove = fake.notifications.on(heard);
    fake.notifications.on(heard);
    remove();
    remove();
    await deploy();
    expect(heard).toHaveBeenCalledTimes(6);
  });

  it("ends at once, even between two notifications of one moment", async () => {
    const { fake, deploy } = aFleet();
    const heard = vi.fn(() => remove());
    const remove = fake.notifications.on(heard);
    await deploy();
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it("ends with a reset, also for what is on its way", async () => {
    const { fake, runCommand } = aFleet();
    const heard = vi.fn();
    fake.notifications.on(heard);
    await runCommand.send({ ...runShellScript("true"), Targets: tagTargets({ Role: "web" }) });
    fake.timeline(); // what is due runs now, and is on its way
    await fake.reset();
    expect(heard).not.toHaveBeenCalled();
  });

  it("is over after a reset", async () => {
    const { fake, deploy } = aFleet();
    const heard = vi.fn();
    fake.notifications.on(heard);
    await fake.reset();
    await deploy();
    expect(heard).not.toHaveBeenCalled();
  });

  it("refuses what is no function", () => {
    const { fake } = aFleet();
    expect(() => fake.notifications.on("deployed" as never)).toThrow(
      "fake.notifications.on was given string. Give it a function that takes a notification.",
    );
  });
});

import { S3Client } from "@aws-sdk/client-s3";
import {
  type EventBridgeNotification,
  type FakeS3ClientConfig,
  FakeSsm,
  type OperationName,
  type EventBridgeEvent as OurEvent,
  type SnsLambdaEvent,
  type SnsNotification,
} from "ssm-run-command/fake";
import { describe, expectTypeOf, it } from "vitest";

/** `EventBridgeEvent` as `@types/aws-lambda` declares it. */
interface EventBridgeEvent<TDetailType extends string, TDetail> {
  id: string;
  version: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  source: string;
  "detail-type": TDetailType;
  detail: TDetail;
  "replay-name"?: string;
}

/** `SNSEvent` as `@types/aws-lambda` declares it. */
interface SNSEvent {
  Records: {
    EventVersion: string;
    EventSubscriptionArn: string;
    EventSource: string;
    Sns: {
      SignatureVersion: string;
      Timestamp: string;
      Signature: string;
      SigningCertUrl: string;
      MessageId: string;
      Message: string;
      MessageAttributes: { [name: string]: { Type: string; Value: string } };
      Type: string;
      UnsubscribeUrl: string;
      TopicArn: string;
      Subject?: string;
      Token?: string;
    };
  }[];
}

type CommandEvent = EventBridgeEvent<
  "EC2 Command Status-change Notification",
  { status: string; parameters: string }
>;
type InvocationEvent = EventBridgeEvent<
  "EC2 Command Invocation Status-change Notification",
  { status: string; "instance-id": string }
>;

describe("an event of EventBridge", () => {
  const fake = new FakeSsm();

  it("is told apart by detailType, too, where it comes with its time", () => {
    const [each] = fake.notifications.list();
    if (each?.kind !== "eventBridge") return;
    if (each.detailType === "EC2 Command Status-change Notification") {
      expectTypeOf(each.detail.parameters).toEqualTypeOf<string>();
    } else {
      expectTypeOf(each.detail["instance-id"]).toEqualTypeOf<string>();
    }
  });

  it("is what a handler takes, once its detail-type is known", () => {
    const [event] = fake.notifications.events();
    if (event?.["detail-type"] === "EC2 Command Status-change Notification") {
      expectTypeOf(event).toExtend<CommandEvent>();
      expectTypeOf(event).not.toExtend<InvocationEvent>();
    } else if (event !== undefined) {
      expectTypeOf(event).toExtend<InvocationEvent>();
      expectTypeOf(event).not.toExtend<CommandEvent>();
    }
  });

  it("is given to handlers as they are written, without an assertion", () => {
    const onCommand = async (event: CommandEvent) => event.detail.parameters;
    const onAny = async (event: EventBridgeEvent<string, { status: string }>) => event.time;
    for (const event of fake.notifications.events()) {
      expectTypeOf(onAny).toBeCallableWith(event);
      if (event["detail-type"] === "EC2 Command Status-change Notification") {
        expectTypeOf(onCommand).toBeCallableWith(event);
      }
    }
  });

  it("is no event of either kind before its detail-type is known", () => {
    expectTypeOf<OurEvent>().not.toExtend<CommandEvent>();
    expectTypeOf<OurEvent>().not.toExtend<InvocationEvent>();
    expectTypeOf<OurEvent["detail-type"]>().toEqualTypeOf<
      CommandEvent["detail-type"] | InvocationEvent["detail-type"]
    >();
  });
});

describe("an event of Lambda", () => {
  it("is what an SNSHandler takes", () => {
    const fake = new FakeSsm();
    const handler = async (event: SNSEvent) => event.Records[0]?.Sns.Message;
    expectTypeOf(fake.notifications.lambdaEvents()).items.toExtend<SNSEvent>();
    expectTypeOf<SnsLambdaEvent>().toExtend<SNSEvent>();
    for (const event of fake.notifications.lambdaEvents()) {
      expectTypeOf(handler).toBeCallableWith(event);
    }
  });
});

describe("a listener", () => {
  const { notifications } = new FakeSsm();

  it("is removed by the function that on returns", () => {
    expectTypeOf(notifications.on).returns.toEqualTypeOf<() => void>();
  });

  it("gets notifications of both kinds, and may return anything", () => {
    expectTypeOf(notifications.on)
      .parameter(0)
      .parameter(0)
      .toEqualTypeOf<EventBridgeNotification | SnsNotification>();
    notifications.on(async ({ kind }) => kind);
    // @ts-expect-error a listener takes a notification, not its kind
    notifications.on((kind: "sns") => kind);
  });
});

describe("S3", () => {
  const fake = new FakeSsm();

  it("has operations that take faults and handlers", () => {
    expectTypeOf<"GetObject" | "HeadObject">().toExtend<OperationName>();
    expectTypeOf<"ListObjects" | "ListObjectsV2">().toExtend<OperationName>();
    fake.faults.throttle("GetObject", { times: 1 });
    // @ts-expect-error GetObject
    fake.faults.throttle("GetObjects", { times: 1 });
    // @ts-expect-error nothing is uploaded through the API
    fake.on("PutObject", () => undefined);
  });

  it("gives the configuration of a real client", () => {
    expectTypeOf(fake.objects.clientConfig()).toEqualTypeOf<FakeS3ClientConfig>();
    expectTypeOf(new S3Client(fake.objects.clientConfig())).toEqualTypeOf<S3Client>();
    expectTypeOf(S3Client).toBeConstructibleWith(fake.objects.clientConfig({ maxAttempts: 1 }));
  });
});

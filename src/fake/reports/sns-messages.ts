import type { EpochMs } from "../../time/clock.ts";
import { randomUuid, seededRandom, seedOf } from "../../time/random.ts";
import type { Account } from "../account/account.ts";
import { type CommandRecord, isByTargets } from "../account/command-record.ts";
import { dnsSuffixOf } from "../account/dns-suffix.ts";
import type { StatusChange } from "../account/status-changes.ts";

/**
 * The event that a Lambda function gets for a message to a topic that it is subscribed to, in the form that
 * `SNSHandler` of `@types/aws-lambda` takes. Source: [rules-notifications].
 *
 * @example
 * ```ts
 * const [event]: readonly SnsLambdaEvent[] = fake.notifications.lambdaEvents();
 * event?.Records[0]?.Sns.Subject; // "EC2 Run Command Notification us-east-1", once a command with a topic has changed
 * ```
 */
export interface SnsLambdaEvent {
  /** One message; SNS never delivers several at once. */
  readonly Records: {
    /** Always `"aws:sns"`. */
    readonly EventSource: "aws:sns";
    /** Always `"1.0"`. */
    readonly EventVersion: "1.0";
    /** The ARN of the topic, and a made-up id of the subscription. */
    readonly EventSubscriptionArn: string;
    /** The message. */
    readonly Sns: {
      /** Always `"Notification"`. */
      readonly Type: "Notification";
      /** A made-up id, which is always the same for one message. */
      readonly MessageId: string;
      /** The topic's ARN. */
      readonly TopicArn: string;
      /** `EC2 Run Command Notification <region>` [rec-2026-10-01-notifications]. */
      readonly Subject: string;
      /** The message, as a string of JSON. */
      readonly Message: string;
      /** When it was published, with milliseconds. */
      readonly Timestamp: string;
      /** Always `"1"`. */
      readonly SignatureVersion: "1";
      /** Made up: it proves nothing. */
      readonly Signature: string;
      /** An address where there is no certificate. */
      readonly SigningCertUrl: string;
      /** An address where nothing can be unsubscribed. */
      readonly UnsubscribeUrl: string;
      /** Always empty. */
      readonly MessageAttributes: Record<string, never>;
    };
  }[];
}

/** A message as the service publishes it, or undefined if the command did not ask for it. */
export function snsMessage(
  command: CommandRecord,
  { status, at, invocation }: StatusChange,
): { readonly topic: string; readonly message: string } | undefined {
  const { NotificationConfig: config = {} } = command.request;
  const topic = config.NotificationArn ?? "";
  const events: readonly string[] = config.NotificationEvents ?? ["All"];
  const wanted = config.NotificationType ?? "Command";
  const isWanted =
    topic !== "" &&
    (wanted === "Invocation") === (invocation !== undefined) &&
    (events.includes("All") || events.includes(status));
  if (!isWanted) return undefined;
  const { request } = command;
  const both = { commandId: command.commandId, documentName: request.DocumentName };
  const requestedDateTime = instant(command.requestedAt);
  const eventTime = instant(at);
  const body =
    invocation === undefined
      ? {
          ...both,
          instanceIds: isByTargets(command) ? [] : command.instanceIds,
          requestedDateTime,
          expiresAfter: instant(command.expiresAt),
          outputS3BucketName: request.OutputS3BucketName ?? "",
          outputS3KeyPrefix: request.OutputS3KeyPrefix ?? "",
          status,
          eventTime,
        }
      : {
          ...both,
          instanceId: invocation.instanceId,
          requestedDateTime,
          status,
          detailedStatus: status === "InProgress" ? status : invocation.detail,
          eventTime,
        };
  return { topic, message: JSON.stringify(body) };
}

/** The subject of all messages of a region [rec-2026-10-01-notifications]. */
export function snsSubject({ region }: Pick<Account, "region">): string {
  return `EC2 Run Command Notification ${region}`;
}

/** Puts a message into what a Lambda function gets. */
export function toLambdaEvent({
  topic,
  subject,
  message,
  at,
}: {
  readonly topic: string;
  readonly subject: string;
  readonly message: string;
  readonly at: EpochMs;
}): SnsLambdaEvent {
  const [, , , region = ""] = topic.split(":");
  const host = `https://sns.${region}.${dnsSuffixOf(region)}/`;
  const subscription = `${topic}:${uuidOf(topic)}`;
  return {
    Records: [
      {
        EventSource: "aws:sns",
        EventVersion: "1.0",
        EventSubscriptionArn: subscription,
        Sns: {
          Type: "Notification",
          MessageId: uuidOf(`${topic} ${message}`),
          TopicArn: topic,
          Subject: subject,
          Message: message,
          Timestamp: new Date(at).toISOString(),
          SignatureVersion: "1",
          Signature: "RkFLRQ==",
          SigningCertUrl: `${host}SimpleNotificationService-${"0".repeat(32)}.pem`,
          UnsubscribeUrl: `${host}?Action=Unsubscribe&SubscriptionArn=${subscription}`,
          MessageAttributes: {},
        },
      },
    ],
  };
}

/**
 * An id that is always the same for the same text, and takes nothing from the random numbers of the account. It is made of two
 * hashes of 32 bits: one alone would be the same for two of some ten thousand
 * strings.
 */
export function uuidOf(text: string): string {
  const [one, other] = [
    seededRandom(seedOf(text)),
    seededRandom(seedOf(`${text.length} ${text} `)),
  ];
  let isOne = false;
  return randomUuid(() => {
    isOne = !isOne;
    return isOne ? one() : other();
  });
}

/**
 * An instant as SNS messages write it: without the zeros at the end of its fraction, as `2021-06-07T05:45:05.71Z`
 * [rules-notifications], `2019-04-25T17:57:09.17Z` [guide-sns-examples] and, of nanoseconds,
 * `2026-10-01T09:39:33.72648049Z` [rec-2026-10-01-notifications]. That a whole second has no fraction is our decision.
 */
function instant(at: EpochMs): string {
  return new Date(at).toISOString().replace(/\.?0*Z$/, "Z");
}

import { INVOCATION_DETAILS } from "../../domain/status.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import { type CommandRecord, isByTargets } from "../account/command-record.ts";
import { nodeArn } from "../account/node-kind.ts";
import type { Invocation } from "../engine/invocation.ts";
import { rollUpInvocations } from "../engine/roll-up.ts";

/**
 * A message that the service published to the SNS topic of a command.
 *
 * @example
 * ```ts
 * const NotificationArn = "arn:aws:sns:us-east-1:123456789012:deploys";
 * const ServiceRoleArn = "arn:aws:iam::123456789012:role/notify";
 * const NotificationConfig = { NotificationArn, NotificationEvents: ["Success" as const] };
 * await (await runCommand.send({ ...request, NotificationConfig, ServiceRoleArn })).waitForTerminal();
 * const message: SnsNotification | undefined = fake.notifications.list().find((each) => each.kind === "sns");
 * message?.subject; //=> "EC2 Run Command Notification us-east-1"
 * ```
 */
export interface SnsNotification {
  /** Marks a message to a topic. */
  readonly kind: "sns";
  /** When, on the fake's clock. */
  readonly at: EpochMs;
  /** The topic's ARN. */
  readonly topic: string;
  /** `EC2 Run Command Notification <region>` [rec-2026-10-01-notifications]. */
  readonly subject: string;
  /** The message, as a string of JSON. */
  readonly message: string;
}

/**
 * An event that the service put on the default bus of EventBridge, where every status change goes.
 *
 * @example
 * ```ts
 * await sent.waitForTerminal();
 * const events = fake.notifications.list().filter((each) => each.kind === "eventBridge");
 * const [first, ...others]: readonly EventBridgeNotification[] = events;
 * first; //=> { source: "aws.ssm", detailType: "EC2 Command Status-change Notification", … }
 * events.map(({ detail }) => detail["status"]); //=> ["InProgress", "InProgress", "Success", "Success"]
 * ```
 */
export interface EventBridgeNotification {
  /** Marks an event on the bus. */
  readonly kind: "eventBridge";
  /** When, on the fake's clock. */
  readonly at: EpochMs;
  /** Always `"aws.ssm"`. */
  readonly source: "aws.ssm";
  /** Whether a command or an invocation has changed. */
  readonly detailType:
    | "EC2 Command Status-change Notification"
    | "EC2 Command Invocation Status-change Notification";
  /** ARNs of the nodes. */
  readonly resources: readonly string[];
  /** The detail of the event; its keys have dashes, as AWS's do. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A change of status of a command, or of one of its invocations. */
interface Change {
  readonly at: EpochMs;
  readonly status: string;
  readonly invocation?: Invocation;
}

/**
 * What the service would have published about commands: SNS messages for those that ask for them (`NotificationConfig`),
 * and EventBridge events for all. Computed from the records when `list` is called.
 *
 * - Pending and Cancelling are never published. The event `All` includes InProgress [guide-sns-notifications].
 * - AWS does not promise an order; here they are in the order of time.
 *
 * @example
 * ```ts
 * const sent = await runCommand.send({
 *   ...request,
 *   NotificationConfig: { NotificationArn: "arn:aws:sns:us-east-1:123456789012:deploys", NotificationEvents: ["All"] },
 *   ServiceRoleArn: "arn:aws:iam::123456789012:role/notify",
 * });
 * await sent.waitForTerminal();
 * fake.notifications.list().filter(({ kind }) => kind === "sns").length; //=> 2
 * // InProgress and Success
 * ```
 */
export interface FakeNotifications {
  /** All notifications so far, oldest first. */
  list(): readonly (SnsNotification | EventBridgeNotification)[];
}

/** The notifications of an account, computed from its records. */
export function notificationsOf(
  account: Account,
): readonly (SnsNotification | EventBridgeNotification)[] {
  return account.commands.sent
    .flatMap((command) =>
      changesOf(command, account).flatMap((change) => [
        ...toSns(command, { change, account }),
        toEvent(command, { change, account }),
      ]),
    )
    .map((notification, order) => ({ notification, order }))
    .sort((a, b) => a.notification.at - b.notification.at || a.order - b.order)
    .map(({ notification }) => notification);
}

function changesOf(command: CommandRecord, { settings }: Account): readonly Change[] {
  const { invocations } = command;
  const { rollout, closedAt } = command.state;
  const sent = invocations.flatMap(({ sentAt }) => (sentAt === undefined ? [] : [sentAt]));
  const first = sent.reduce((earliest, at) => Math.min(earliest, at), Infinity);
  const { status } = rollUpInvocations(rollout, settings);
  return [
    ...(sent.length === 0 ? [] : [{ at: first, status: "InProgress" }]),
    ...invocations.flatMap(changesOfInvocation),
    ...(closedAt === undefined ? [] : [{ at: closedAt, status }]),
  ];
}

function changesOfInvocation(invocation: Invocation): readonly Change[] {
  const { sentAt, endedAt, detail } = invocation;
  const { status } = INVOCATION_DETAILS[detail];
  return [
    ...(sentAt === undefined ? [] : [{ at: sentAt, status: "InProgress", invocation }]),
    ...(endedAt === undefined ? [] : [{ at: endedAt, status, invocation }]),
  ];
}

interface Told {
  readonly change: Change;
  readonly account: Account;
}

function toSns(
  command: CommandRecord,
  { change: { at, status, invocation }, account }: Told,
): readonly SnsNotification[] {
  const { NotificationConfig: config = {} } = command.request;
  const topic = config.NotificationArn ?? "";
  const events: readonly string[] = config.NotificationEvents ?? ["All"];
  const wanted = config.NotificationType ?? "Command";
  const isWanted =
    topic !== "" &&
    (wanted === "Invocation") === (invocation !== undefined) &&
    (events.includes("All") || events.includes(status));
  if (!isWanted) return [];
  const { request } = command;
  const both = { commandId: command.commandId, documentName: request.DocumentName };
  const requestedDateTime = new Date(command.requestedAt).toISOString();
  const eventTime = new Date(at).toISOString();
  const body =
    invocation === undefined
      ? {
          ...both,
          instanceIds: isByTargets(command) ? [] : command.instanceIds,
          requestedDateTime,
          expiresAfter: new Date(command.expiresAt).toISOString(),
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
  const subject = `EC2 Run Command Notification ${account.region}`;
  return [{ kind: "sns", at, topic, subject, message: JSON.stringify(body) }];
}

/** The words of `status` are those of `Status` ([guide-event-examples] has some; question 33 of docs/settings.md). */
function toEvent(
  command: CommandRecord,
  { change: { at, status, invocation }, account }: Told,
): EventBridgeNotification {
  const arn = (id: string) => nodeArn(id, account);
  const both = {
    "command-id": command.commandId,
    "document-name": command.request.DocumentName,
    "requested-date-time": new Date(command.requestedAt).toISOString(),
    status,
  };
  const event = { kind: "eventBridge", at, source: "aws.ssm" } as const;
  if (invocation !== undefined) {
    return {
      ...event,
      detailType: "EC2 Command Invocation Status-change Notification",
      resources: [arn(invocation.instanceId)],
      detail: { ...both, "instance-id": invocation.instanceId },
    };
  }
  return {
    ...event,
    detailType: "EC2 Command Status-change Notification",
    resources: command.instanceIds.map(arn),
    detail: {
      ...both,
      "expire-after": new Date(command.expiresAt).toISOString(),
      parameters: command.request.Parameters ?? {},
    },
  };
}

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
  /** It went to a topic. */
  readonly kind: "sns";
  /** When, on the fake's clock. */
  readonly at: EpochMs;
  /** The topic's ARN. */
  readonly topic: string;
  /** `EC2 Run Command Notification <region>` (recorded 2026-10-01). */
  readonly subject: string;
  /** The message, JSON as text. */
  readonly message: string;
}

/**
 * An event that the service put on the default bus of EventBridge, where every status change goes.
 *
 * @example
 * ```ts
 * await sent.waitForTerminal();
 * const events = fake.notifications.list().filter((each) => each.kind === "eventBridge");
 * const [first]: readonly EventBridgeNotification[] = events;
 * first; //=> { source: "aws.ssm", detailType: "EC2 Command Status-change Notification", … }
 * events.map(({ detail }) => detail["status"]); //=> ["InProgress", "InProgress", "Success", "Success"]
 * ```
 */
export interface EventBridgeNotification {
  /** It went to the bus. */
  readonly kind: "eventBridge";
  /** When, on the fake's clock. */
  readonly at: EpochMs;
  /** Always `"aws.ssm"`. */
  readonly source: "aws.ssm";
  /** Which kind of change. */
  readonly detailType:
    | "EC2 Command Status-change Notification"
    | "EC2 Command Invocation Status-change Notification";
  /** ARNs of the nodes. */
  readonly resources: readonly string[];
  /** The detail of the event, keys with dashes as AWS has them. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** A change of status of a command, or of one of its invocations. */
interface Change {
  readonly at: EpochMs;
  readonly status: string;
  readonly invocation?: Invocation;
}

/**
 * What the service would have told others about commands: SNS messages of those that asked for them
 * (`NotificationConfig`), and EventBridge events of all. Computed from the records when asked for.
 *
 * - Pending and Cancelling are never told. The event `All` includes InProgress.
 *   https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-sns-notifications.html
 * - AWS does not promise an order; here it is that of time.
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
  /** Everything that was told so far, oldest first. */
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

/** The words of `status` are not documented in full (open question 33): those of `Status`. */
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

import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import { type CommandRecord, indexOfNode } from "../account/command-record.ts";
import { changesOfCommand, type StatusChange } from "../account/status-changes.ts";
import { type EventBridgeEvent, toBusEvent } from "./bus-events.ts";
import { type SnsLambdaEvent, snsMessage, snsSubject, toLambdaEvent } from "./sns-messages.ts";

/**
 * A message that the service published to the SNS topic of a command, and beside it what a Lambda function gets of it.
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
export interface SnsNotification extends SnsLambdaEvent {
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
 * An event that the service put on the default bus of EventBridge, where every status change goes: the event itself, and
 * beside it when it happened.
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
export type EventBridgeNotification =
  | (EventBridgeEvent & {
      /** Which kind of event it is. */
      readonly "detail-type": "EC2 Command Status-change Notification";
      /** Which kind of event it is, once more. */
      readonly detailType: "EC2 Command Status-change Notification";
      /** Marks an event on the bus. */
      readonly kind: "eventBridge";
      /** When, on the fake's clock. */
      readonly at: EpochMs;
    })
  | (EventBridgeEvent & {
      /** Which kind of event it is. */
      readonly "detail-type": "EC2 Command Invocation Status-change Notification";
      /** Which kind of event it is, once more. */
      readonly detailType: "EC2 Command Invocation Status-change Notification";
      /** Marks an event on the bus. */
      readonly kind: "eventBridge";
      /** When, on the fake's clock. */
      readonly at: EpochMs;
    });

/**
 * Something that the service published.
 *
 * @inline
 */
export type PublishedNotification = SnsNotification | EventBridgeNotification;

/** The notifications of an account, computed from its records. */
export function notificationsOf(account: Account): readonly PublishedNotification[] {
  return inOrder(account, notificationsOfChange);
}

/** The events of EventBridge alone, in their envelopes. */
export function busEventsOf(account: Account): readonly EventBridgeEvent[] {
  return inOrder(account, (command, { change, account }) => [
    { at: change.at, event: toBusEvent(command, { change, account }) },
  ]).map(({ event }) => event);
}

/** The SNS messages alone, as Lambda functions get them. */
export function lambdaEventsOf(account: Account): readonly SnsLambdaEvent[] {
  return inOrder(account, (command, { change, account }) =>
    snsOf(command, { change, account }),
  ).map(({ Records }) => ({ Records }));
}

/** What the service publishes of a change: a message, if the command asks for it, and an event. */
export function notificationsOfChange(
  command: CommandRecord,
  told: Told,
): readonly PublishedNotification[] {
  const { at } = told.change;
  const event = toBusEvent(command, told);
  // The two members have the same value, whichever of the two kinds it is.
  const onBus = { kind: "eventBridge", at, detailType: event["detail-type"], ...event };
  return [...snsOf(command, told), onBus as EventBridgeNotification];
}

/** What the service publishes of some changes, in the order in which the list of all has them. */
export function notificationsOfBatch(
  batch: readonly (readonly [CommandRecord, StatusChange])[],
  account: Account,
): readonly PublishedNotification[] {
  return batch
    .map(([command, change]) => ({ command, change, place: placeOf(command, change) }))
    .sort(
      (a, b) =>
        a.change.at - b.change.at || a.command.ordinal - b.command.ordinal || a.place - b.place,
    )
    .flatMap(({ command, change }) => notificationsOfChange(command, { change, account }));
}

/** The place of a change among those of its command: its start, its invocations by their order, its end. */
function placeOf(command: CommandRecord, { status, invocation }: StatusChange): number {
  const isStart = status === "InProgress";
  if (invocation === undefined) return isStart ? -1 : Infinity;
  return indexOfNode(command, invocation.instanceId) + (isStart ? 0 : 0.5);
}

interface Told {
  readonly change: StatusChange;
  readonly account: Account;
}

function snsOf(command: CommandRecord, { change, account }: Told): readonly SnsNotification[] {
  const published = snsMessage(command, change);
  if (published === undefined) return [];
  const sns = { at: change.at, ...published, subject: snsSubject(account) };
  return [{ kind: "sns", ...sns, ...toLambdaEvent(sns) }];
}

/** What `tell` makes of all changes of all commands, in the order of time. */
function inOrder<T extends { readonly at: EpochMs }>(
  account: Account,
  tell: (command: CommandRecord, told: Told) => readonly T[],
): readonly T[] {
  return account.commands.sent
    .flatMap((command) =>
      changesOfCommand(command, account.settings).flatMap((change) =>
        tell(command, { change, account }),
      ),
    )
    .map((notification, order) => ({ notification, order }))
    .sort((a, b) => a.notification.at - b.notification.at || a.order - b.order)
    .map(({ notification }) => notification);
}

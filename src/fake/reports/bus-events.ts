import { nodeArn } from "../../domain/arns.ts";
import type { Account } from "../account/account.ts";
import type { CommandRecord } from "../account/command-record.ts";
import type { StatusChange } from "../account/status-changes.ts";
import { uuidOf } from "./sns-messages.ts";

/**
 * What the envelopes of both kinds of events have.
 *
 * @inline
 */
type Envelope<Type extends string, Detail> = {
  /** Always `"0"`. */
  readonly version: "0";
  /** A made-up UUID, which is always the same for one event. */
  readonly id: string;
  /** Which kind of event it is. */
  readonly "detail-type": Type;
  /** Always `"aws.ssm"`. */
  readonly source: "aws.ssm";
  /** The account, twelve digits. */
  readonly account: string;
  /** When it happened, in whole seconds, such as `"2024-01-01T00:01:30Z"`. */
  readonly time: string;
  /** The region. */
  readonly region: string;
  /** ARNs of the nodes: of all those of a command, of the one of an invocation. */
  readonly resources: string[];
  /** What happened; its keys have dashes, as AWS's do. */
  readonly detail: Detail;
};

/**
 * The detail of an event about a command. Keys: [guide-event-examples]; the place of the output: [rules-notifications].
 *
 * @inline
 */
export type CommandEventDetail = {
  /** The command. */
  readonly "command-id": string;
  /** The name or the ARN of its document, as the request has it. */
  readonly "document-name": string;
  /** When it was sent. */
  readonly "requested-date-time": string;
  /** When it expires. */
  readonly "expire-after": string;
  /** The bucket for output, or `""`. */
  readonly "output-s3bucket-name": string;
  /** The key prefix in that bucket, or `""`. */
  readonly "output-s3key-prefix": string;
  /**
   * The parameters of the request, as a string of JSON [report-event-parameters]. With the setting
   * `eventParameters: "object"` it is an object at run time; the type stays `string`, so cast it.
   */
  readonly parameters: string;
  /** Its status, such as `"Success"`. */
  readonly status: string;
};

/**
 * The detail of an event about an invocation [guide-event-examples].
 *
 * @inline
 */
export type InvocationEventDetail = {
  /** The command. */
  readonly "command-id": string;
  /** The name or the ARN of its document, as the request has it. */
  readonly "document-name": string;
  /** The node. */
  readonly "instance-id": string;
  /** When the command was sent. */
  readonly "requested-date-time": string;
  /** Its status, such as `"TimedOut"`. */
  readonly status: string;
};

/**
 * An event about a command, in its envelope.
 *
 * @inline
 */
export type CommandEvent = Envelope<"EC2 Command Status-change Notification", CommandEventDetail>;

/**
 * An event about an invocation, in its envelope.
 *
 * @inline
 */
export type InvocationEvent = Envelope<
  "EC2 Command Invocation Status-change Notification",
  InvocationEventDetail
>;

/**
 * An event of EventBridge in its envelope: what a rule matches and a Lambda function gets. Source: [guide-event-examples].
 *
 * @example
 * ```ts
 * const events: readonly EventBridgeEvent[] = fake.notifications.events();
 * events[0]?.["detail-type"]; // "EC2 Command Status-change Notification", once a command was sent to a node
 * ```
 */
export type EventBridgeEvent = CommandEvent | InvocationEvent;

/** The words of `status` are those of `Status` ([guide-event-examples] has some; question 33 of docs/settings.md). */
export function toBusEvent(
  command: CommandRecord,
  { change, account }: { readonly change: StatusChange; readonly account: Account },
): EventBridgeEvent {
  const { at, status, invocation } = change;
  const { commandId, request } = command;
  const { region, accountId, settings } = account;
  const of = invocation?.instanceId ?? "command";
  const envelope = {
    version: "0",
    id: uuidOf(`${commandId} ${of} ${status}`),
    source: "aws.ssm",
    account: accountId,
    time: `${new Date(at).toISOString().slice(0, "2024-01-01T00:00:00".length)}Z`,
    region,
  } as const;
  const both = {
    "command-id": commandId,
    "document-name": request.DocumentName,
    "requested-date-time": new Date(command.requestedAt).toISOString(),
    status,
  };
  if (invocation !== undefined) {
    return {
      ...envelope,
      "detail-type": "EC2 Command Invocation Status-change Notification",
      resources: [nodeArn(invocation.instanceId, account)],
      detail: { ...both, "instance-id": invocation.instanceId },
    };
  }
  const parameters = request.Parameters ?? {};
  return {
    ...envelope,
    "detail-type": "EC2 Command Status-change Notification",
    resources: command.instanceIds.map((id) => nodeArn(id, account)),
    detail: {
      ...both,
      "expire-after": new Date(command.expiresAt).toISOString(),
      "output-s3bucket-name": request.OutputS3BucketName ?? "",
      "output-s3key-prefix": request.OutputS3KeyPrefix ?? "",
      // The type shows the default of the setting.
      parameters: (settings.eventParameters === "text"
        ? JSON.stringify(parameters)
        : structuredClone(parameters)) as string,
    },
  };
}

import type {
  ListCommandInvocationsCommandInput,
  ListCommandsCommandInput,
  SendCommandCommandInput,
  Target,
} from "@aws-sdk/client-ssm";
import { notTaken } from "../../domain/in-message.ts";
import { MAX_INSTANCE_IDS } from "../../domain/limits.ts";
import { checkMembers, type OptionTable } from "../../domain/options.ts";

/**
 * The SDK's own input of SendCommand, narrowed: the document is named, the nodes are given in exactly one way, and rate
 * limits are counts or percentages, which `send` checks.
 *
 * `TimeoutSeconds` limits the delivery only. How long a step may run is a parameter of its document. The command as a whole
 * may take as long as both together: {@link totalTimeoutSeconds}.
 *
 * @example
 * ```ts
 * const request: SendRequest = { ...runShellScript("uptime"), Targets: tagTargets({ Role: "web" }), MaxConcurrency: "10%" };
 * ```
 */
export type SendRequest = Omit<
  SendCommandCommandInput,
  "DocumentName" | "InstanceIds" | "Targets" | "MaxConcurrency" | "MaxErrors"
> & {
  /** The document's name or ARN. */
  DocumentName: string;
  /**
   * How many nodes run the command at a time: a count such as `"10"`, or a percentage such as `"10%"`. AWS's default is
   * `"50"` [api-ssm-model].
   */
  MaxConcurrency?: string | undefined;
  /**
   * How many nodes may fail before the command goes to no more nodes: a count or a percentage. AWS's default is `"0"`
   * [api-ssm-model].
   */
  MaxErrors?: string | undefined;
} & (
    | {
        /** The ids of the nodes, at most 50. */
        InstanceIds: string[];
        /** The service refuses both together. */
        Targets?: undefined;
      }
    | {
        /** What any number of nodes have in common: tags, a resource group. {@link tagTargets} makes it of tags. */
        Targets: Target[];
        /** The service refuses both together. */
        InstanceIds?: undefined;
      }
  );

/**
 * A filter by time or by document.
 *
 * @inline
 */
type TextFilter = {
  /** What is compared. */
  key: "InvokedAfter" | "InvokedBefore" | "DocumentName";
  /** An ISO 8601 time (`InvokedAfter` includes that instant, `InvokedBefore` does not), or a document's name. */
  value: string;
};

/**
 * The states by which both listings can filter. `TimedOut` covers delivery and execution.
 *
 * @inline
 */
type CommonState =
  | "Pending"
  | "InProgress"
  | "Success"
  | "Cancelled"
  | "Failed"
  | "TimedOut"
  | "AccessDenied"
  | "DeliveryTimedOut"
  | "ExecutionTimedOut";

/**
 * A filter of ListCommands, its value typed by its key. The states are words of `Status` and of `StatusDetails`.
 *
 * Source: [api-command-filter].
 *
 * @inline
 */
export type CommandsFilter =
  | TextFilter
  | {
      /** By state. */
      key: "Status";
      /** Which one. `TimedOut` covers delivery and execution. */
      value: CommonState | "Incomplete" | "NoInstancesInTag" | "LimitExceeded";
    }
  | {
      /** By stage. */
      key: "ExecutionStage";
      /** `Executing` is Pending, InProgress and Cancelling. */
      value: "Executing" | "Complete";
    };

/**
 * A filter of ListCommandInvocations, its value typed by its key. It takes other states than ListCommands, and no stage.
 *
 * Source: [api-command-filter].
 *
 * @inline
 */
export type InvocationsFilter =
  | TextFilter
  | {
      /** By state. */
      key: "Status";
      /** Which one. `TimedOut` covers delivery and execution. */
      value: CommonState | "Delayed" | "Undeliverable" | "InvalidPlatform" | "Terminated";
    };

/**
 * The request of {@link RunCommandClient.commands}: the SDK's input, with typed filters.
 *
 * @example
 * ```ts
 * await sent.waitForTerminal();
 * const Filters: CommandsRequest["Filters"] = [
 *   { key: "DocumentName", value: "AWS-RunShellScript" },
 *   { key: "Status", value: "Success" },
 * ];
 * for await (const { CommandId } of runCommand.commands({ Filters })) CommandId === sent.commandId; //=> true
 * ```
 */
export type CommandsRequest = Omit<ListCommandsCommandInput, "Filters"> & {
  /** A command is listed only if all of these match. */
  Filters?: CommandsFilter[] | undefined;
};

/**
 * The request of {@link RunCommandClient.invocations}: the SDK's input, with typed filters.
 *
 * @example
 * ```ts
 * node.behavior = fails({ exitCode: 7 });
 * await deploy(fake);
 * const request: InvocationsRequest = { Filters: [{ key: "Status", value: "Failed" }], Details: true };
 * for await (const { InstanceId } of runCommand.invocations(request)) InstanceId; //=> "i-0123456789abcdef0"
 * ```
 */
export type InvocationsRequest = Omit<ListCommandInvocationsCommandInput, "Filters"> & {
  /** An invocation is listed only if all of these match. */
  Filters?: InvocationsFilter[] | undefined;
};

/** The members of the requests [api-ssm-model]; what they hold is the service's to check. */
export const SEND_MEMBERS = {
  AlarmConfiguration: "any",
  CloudWatchOutputConfig: "any",
  Comment: "any",
  DocumentHash: "any",
  DocumentHashType: "any",
  DocumentName: "any",
  DocumentVersion: "any",
  InstanceIds: "any",
  MaxConcurrency: "any",
  MaxErrors: "any",
  NotificationConfig: "any",
  OutputS3BucketName: "any",
  OutputS3KeyPrefix: "any",
  OutputS3Region: "any",
  Parameters: "any",
  ServiceRoleArn: "any",
  Targets: "any",
  TimeoutSeconds: "any",
} as const satisfies OptionTable<SendCommandCommandInput>;

const TARGET_MEMBERS = { Key: "any", Values: "any" } as const satisfies OptionTable<Target>;

/** Those of both listings: `Details` is not looked for in a mistyped request of ListCommands, and does no harm there. */
const LIST_MEMBERS = {
  CommandId: "any",
  InstanceId: "any",
  MaxResults: "any",
  NextToken: "any",
  Filters: "any",
  Details: "any",
} as const satisfies OptionTable<ListCommandInvocationsCommandInput & ListCommandsCommandInput>;

/** @throws TypeError for a mistyped member. */
export function checkListing(
  request: CommandsRequest | InvocationsRequest,
  place: "commands()" | "invocations()",
): void {
  checkMembers(request, LIST_MEMBERS, `The request of ${place}`);
}

/** What the rate limits may be [api-ssm-model]. */
const LIMIT = /^(0|[1-9]\d{0,6}|(\d|[1-9]\d|100)%)$/;

/**
 * Refuses here what the service would answer in a way that does not help: too many ids get a throttling error
 * [report-51-ids], and a limit that is none a pattern. What has another type than the request's is left to the service.
 *
 * @throws RangeError for more than 50 `InstanceIds`, and for a limit that is neither a count nor a percentage; TypeError for
 *   a mistyped member.
 */
export function checkRequest(request: SendRequest, place: "send()" | "sendAll()"): void {
  const given: unknown = request;
  if (typeof given !== "object" || given === null) {
    throw notTaken(given, place, "a request");
  }
  checkMembers(given, SEND_MEMBERS, `The request of ${place}`);
  const { InstanceIds, Targets } = request;
  for (const target of Array.isArray(Targets) ? Targets : []) {
    if (typeof target === "object" && target !== null) {
      checkMembers(target, TARGET_MEMBERS, `A target of ${place}`);
    }
  }
  if (place === "send()" && InstanceIds && InstanceIds.length > MAX_INSTANCE_IDS) {
    throw new RangeError(
      `The request names ${InstanceIds.length} InstanceIds, and SendCommand takes at most ${MAX_INSTANCE_IDS}. Use sendAll(), or Targets.`,
    );
  }
  for (const name of ["MaxErrors", "MaxConcurrency"] as const) {
    const limit: unknown = request[name];
    const isNone = name === "MaxConcurrency" && /^0/.test(String(limit));
    if (typeof limit !== "string" || (LIMIT.test(limit) && !isNone)) continue;
    throw new RangeError(
      `${name} is ${JSON.stringify(limit)}. Write a count or a percentage: "10", "10%".`,
    );
  }
}

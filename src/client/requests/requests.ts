import type {
  ListCommandInvocationsCommandInput,
  ListCommandsCommandInput,
  SendCommandCommandInput,
  Target,
} from "@aws-sdk/client-ssm";
import { MAX_INSTANCE_IDS } from "../../domain/limits.ts";

/**
 * The SDK's own input of SendCommand, narrowed: the document is named, the nodes are given in exactly one way, and rate
 * limits are counts or percentages.
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
  /** How many nodes run the command at a time, as a count or a percentage. AWS's default is `"50"` [api-ssm-model]. */
  MaxConcurrency?: `${number}` | `${number}%`;
  /** How many nodes may fail before the command goes to no more nodes. AWS's default is `"0"` [api-ssm-model]. */
  MaxErrors?: `${number}` | `${number}%`;
} & (
    | {
        /** The ids of the nodes, at most 50. */
        InstanceIds: string[];
        /** The service refuses both together. */
        Targets?: never;
      }
    | {
        /** What any number of nodes have in common: tags, a resource group. {@link tagTargets} makes it of tags. */
        Targets: Target[];
        /** The service refuses both together. */
        InstanceIds?: never;
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
  Filters?: CommandsFilter[];
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
  Filters?: InvocationsFilter[];
};

/**
 * Refuses too many ids here, because the service answers them with a throttling error [report-51-ids].
 *
 * @throws RangeError for more than 50 `InstanceIds`.
 */
export function refuseTooManyIds({ InstanceIds }: SendRequest): void {
  if (InstanceIds !== undefined && InstanceIds.length > MAX_INSTANCE_IDS) {
    throw new RangeError(
      `The request names ${InstanceIds.length} InstanceIds, and SendCommand takes at most ${MAX_INSTANCE_IDS}. Send it to Targets instead: tagTargets({ … }) reaches any number of nodes.`,
    );
  }
}

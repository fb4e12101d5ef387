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
 * `TimeoutSeconds` bounds the delivery only. How long a step may run is a parameter of its document, and the command as a
 * whole may take both together: {@link totalTimeoutSeconds}.
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
  /** How many nodes run it at a time, as a count or a share of them. AWS's default is `"50"`. */
  MaxConcurrency?: `${number}` | `${number}%`;
  /** How many nodes may fail before no more are sent to. AWS's default is `"0"`. */
  MaxErrors?: `${number}` | `${number}%`;
} & (
    | {
        /** The nodes, one by one: at most 50 ids. */
        InstanceIds: string[];
        /** The service refuses both. */
        Targets?: never;
      }
    | {
        /** What the nodes have in common: tags, a resource group, however many nodes. {@link tagTargets} makes it of tags. */
        Targets: Target[];
        /** The service refuses both. */
        InstanceIds?: never;
      }
  );

/** @inline */
interface TextFilter {
  /** What is compared. */
  key: "InvokedAfter" | "InvokedBefore" | "DocumentName";
  /** An ISO 8601 time (`InvokedAfter` takes its instant in, `InvokedBefore` leaves it out), or a document's name. */
  value: string;
}

/**
 * The states that both listings take. `TimedOut` covers delivery and execution.
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
 * A filter of ListCommands, its value typed by its key. The states are words of both kinds, `Status` and `StatusDetails`.
 *
 * Source: the API reference's page on CommandFilter.
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
 * Source: the API reference's page on CommandFilter.
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
 * What {@link RunCommandClient.commands} lists: the SDK's input, its filters typed.
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
  /** All of these have to hold. */
  Filters?: CommandsFilter[];
};

/**
 * What {@link RunCommandClient.invocations} lists: the SDK's input, its filters typed.
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
  /** All of these have to hold. */
  Filters?: InvocationsFilter[];
};

/**
 * The service answers too many ids with a throttling error (boto/botocore#993), so they are refused here.
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

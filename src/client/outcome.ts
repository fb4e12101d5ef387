import type { Command, CommandInvocation, CommandPlugin } from "@aws-sdk/client-ssm";
import { logStreamNames } from "../domain/output-names.ts";

/** How one plugin of an invocation ended. */
export interface PluginOutcome {
  /** As AWS reports it: the action for schema 1.2 (`"aws:runShellScript"`), the step's name for 2.x. */
  readonly name: string;
  /** Its `Status`, as the service spelled it; `""` if it sent none. */
  readonly status: string;
  /** Its `StatusDetails`, as the service spelled it; `""` if it sent none. */
  readonly statusDetails: string;
  /** The code that its process ended with. Missing where AWS reports -1, which means that there is none. */
  readonly exitCode?: number;
  /**
   * Both streams in one text, as AWS merges them: at most 2,500 characters. Missing where nothing ran, or nothing was heard
   * of it.
   */
  readonly output?: string;
  /** Standard output alone, where it was read apart. */
  readonly stdout?: string;
  /** Standard error alone, where it was read apart. */
  readonly stderr?: string;
  /** Whether the agent cut the output short. Recognised by the markers that it leaves in the text. */
  readonly truncated: boolean;
  /** Where the whole output lies in CloudWatch Logs, if the command was sent with `CloudWatchOutputConfig`. */
  readonly logStreams?: {
    /** The stream of standard output. */
    readonly stdout: string;
    /** The stream of standard error. */
    readonly stderr: string;
  };
}

/** An invocation that has ended, in the way that `kind` says. */
export interface Ended<K extends string> {
  /** How it ended. */
  readonly kind: K;
  /** The node. */
  readonly instanceId: string;
  /** Its plugins, in the order in which AWS lists them. */
  readonly plugins: readonly PluginOutcome[];
  /** What the SDK answered. */
  readonly invocation: CommandInvocation;
}

/**
 * How a command ended on one node, as plain data, exhaustive in a `switch` over `kind`. What this version does not know is
 * `"unrecognized"`, and so is an invocation that was still open when its command had ended.
 *
 * Source of the kinds: the user guide's page "Understanding command statuses".
 *
 * @example
 * ```ts
 * if (outcome.kind === "failed") outcome.exitCode; //=> 7
 * ```
 */
export type InvocationOutcome =
  | (Ended<"succeeded"> & {
      /** Always 0, also after an early exit, which its plugin reports as 168. */
      readonly exitCode: number;
    })
  | (Ended<"failed"> & {
      /** The code of the first plugin that failed, never 0; 1 if none has any (killed by a signal, or never started). */
      readonly exitCode: number;
    })
  | Ended<"executionTimedOut">
  | Ended<"deliveryTimedOut">
  | Ended<"undeliverable">
  | Ended<"cancelled">
  | Ended<"terminated">
  | Ended<"invalidPlatform">
  | Ended<"accessDenied">
  | Ended<"unrecognized">;

/** A command that is over, in the way that `kind` says. */
export interface Closed<K extends string> {
  /** How it ended. */
  readonly kind: K;
  /** What the SDK answered. */
  readonly command: Command;
  /** How it ended on its nodes, as far as they were asked for. */
  readonly invocations: readonly InvocationOutcome[];
}

/**
 * How a command ended, as plain data, exhaustive in a `switch` over `kind`. A failed command is an outcome, not an
 * exception. `"noTargets"` is AWS's `Success` with `NoInstancesInTag`: nothing ran anywhere.
 *
 * Source of the kinds: the user guide's page "Understanding command statuses".
 *
 * @example
 * ```ts
 * const outcome = await sent.waitForTerminal();
 * outcome.kind; //=> "succeeded"
 * ```
 */
export type CommandOutcome =
  | Closed<"succeeded">
  | Closed<"incomplete">
  | Closed<"noTargets">
  | Closed<"failed">
  | Closed<"deliveryTimedOut">
  | Closed<"cancelled">
  | Closed<"limitExceeded">
  | Closed<"accessDenied">
  | Closed<"unrecognized">;

/** By `StatusDetails`, or by `Status` where the details are unknown. A bare `TimedOut` does not say of what: it is left out. */
const COMMAND_KINDS: Readonly<Record<string, CommandOutcome["kind"]>> = {
  Success: "succeeded",
  NoInstancesInTag: "noTargets",
  Incomplete: "incomplete",
  Failed: "failed",
  // In the API's text only; a lone execution time-out was recorded as Failed (2026-09).
  ExecutionTimedOut: "failed",
  FailedDueToAlarm: "failed",
  FailedDueToUnknownAlarmState: "failed",
  DeliveryTimedOut: "deliveryTimedOut",
  Cancelled: "cancelled",
  LimitExceeded: "limitExceeded",
  // The user guide calls LimitExceeded "Rate Exceeded".
  RateExceeded: "limitExceeded",
  AccessDenied: "accessDenied",
};

const INVOCATION_KINDS: Readonly<Record<string, InvocationOutcome["kind"]>> = {
  Success: "succeeded",
  Failed: "failed",
  ExecutionTimedOut: "executionTimedOut",
  DeliveryTimedOut: "deliveryTimedOut",
  Undeliverable: "undeliverable",
  Cancelled: "cancelled",
  Terminated: "terminated",
  InvalidPlatform: "invalidPlatform",
  AccessDenied: "accessDenied",
};

/** What the SDK's answer about a command that is over comes to. */
export function commandOutcome(
  command: Command,
  invocations: readonly InvocationOutcome[],
): CommandOutcome {
  return { kind: kindOf(COMMAND_KINDS, command), command, invocations };
}

/** What the SDK's answer about an invocation comes to. */
export function invocationOutcome(invocation: CommandInvocation): InvocationOutcome {
  const kind = kindOf(INVOCATION_KINDS, invocation);
  const plugins = (invocation.CommandPlugins ?? []).map((plugin) =>
    pluginOutcome(plugin, invocation),
  );
  const ended = { instanceId: invocation.InstanceId ?? "", plugins, invocation };
  if (kind === "succeeded") return { kind, ...ended, exitCode: 0 };
  if (kind === "failed") return { kind, ...ended, exitCode: failureCode(plugins) };
  return { kind, ...ended };
}

function kindOf<K extends string>(
  kinds: Readonly<Record<string, K>>,
  { Status, StatusDetails }: Pick<CommandInvocation | Command, "Status" | "StatusDetails">,
): K | "unrecognized" {
  const known = [StatusDetails, Status].find(
    (word) => word !== undefined && Object.hasOwn(kinds, word),
  );
  return (known !== undefined && kinds[known]) || "unrecognized";
}

function failureCode(plugins: readonly PluginOutcome[]): number {
  const failed = plugins.find(({ status, exitCode }) => status === "Failed" && exitCode);
  return failed?.exitCode ?? 1;
}

/** The agent's own texts, from its source. */
const TRUNCATION_MARKER = /\n---(?:Output truncated---|Error truncated----)/;

function pluginOutcome(
  { Name = "", Status, StatusDetails = "", ResponseCode = -1, Output = "" }: CommandPlugin,
  { CommandId = "", InstanceId = "", CloudWatchOutputConfig }: CommandInvocation,
): PluginOutcome {
  const ended = ResponseCode !== -1;
  return {
    name: Name,
    status: Status ?? "",
    statusDetails: StatusDetails,
    ...(ended && { exitCode: ResponseCode }),
    ...((ended || Output !== "") && { output: Output }),
    truncated: TRUNCATION_MARKER.test(Output),
    ...(CloudWatchOutputConfig?.CloudWatchOutputEnabled && {
      logStreams: logStreamNames({
        commandId: CommandId,
        instanceId: InstanceId,
        pluginName: Name,
      }),
    }),
  };
}

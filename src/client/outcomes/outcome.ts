import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import type { EndedCommandDetail } from "../../domain/command-details.ts";
import { type EndedInvocationDetail, entryOf } from "../../domain/status.ts";
import { type PluginOutcome, pluginOutcome } from "./plugin-outcome.ts";

// Types that are not exported are aliases and no interfaces, so that the declaration files of users can spell them out.

/**
 * The members of every invocation that has ended, however it ended.
 *
 * @inline
 */
export type Ended = {
  /** The id of the node. */
  readonly instanceId: string;
  /** Its plugins, in the order in which AWS lists them. */
  readonly plugins: readonly PluginOutcome[];
  /** What the SDK returned. */
  readonly invocation: CommandInvocation;
};

/**
 * How a command ended on one node, as plain data, exhaustive in a `switch` over `kind`. A status that this version does
 * not know is `"unrecognized"`, and so is an invocation that was still open when its command had ended.
 *
 * Source of the kinds: [guide-command-statuses].
 *
 * @example
 * ```ts
 * if (outcome.kind === "failed") outcome.exitCode; //=> 7
 * ```
 */
export type InvocationOutcome = Ended &
  (
    | {
        /** Every step succeeded. */
        readonly kind: "succeeded";
        /** Always 0, also after an early exit, which its plugin reports as 168 [agent-run-plugins]. */
        readonly exitCode: number;
      }
    | {
        /** A step failed. */
        readonly kind: "failed";
        /** The code of the first plugin that failed, never 0; 1 if none has one, as when a signal killed it. */
        readonly exitCode: number;
      }
    | {
        /** The agent killed a process at its execution time-out. */
        readonly kind: "executionTimedOut";
      }
    | {
        /** No reply came before the command expired. */
        readonly kind: "deliveryTimedOut";
      }
    | {
        /** The node could not be reached at all. */
        readonly kind: "undeliverable";
      }
    | {
        /** It was cancelled, before or while it ran. */
        readonly kind: "cancelled";
      }
    | {
        /** It was not sent any more, or an alarm ended it. */
        readonly kind: "terminated";
      }
    | {
        /** The document is not for the platform of the node. */
        readonly kind: "invalidPlatform";
      }
    | {
        /** The service had no access to the node. */
        readonly kind: "accessDenied";
      }
    | {
        /** This version does not know how it ended, or it was still open. */
        readonly kind: "unrecognized";
      }
  );

/**
 * The members of every command that is over, however it ended.
 *
 * @inline
 */
export type Closed = {
  /** What the SDK returned. */
  readonly command: Command;
  /** How it ended on its nodes; {@link WaitOptions.invocations} decides which of them are here. */
  readonly invocations: readonly InvocationOutcome[];
};

/**
 * How a command ended, as plain data, exhaustive in a `switch` over `kind`. A failed command is an outcome, not an
 * exception. `"noTargets"` is AWS's `Success` with `NoInstancesInTag`: nothing ran anywhere. The type of one kind is
 * `Extract<CommandOutcome, { kind: "failed" }>`.
 *
 * Source of the kinds: [guide-command-statuses].
 *
 * @example
 * ```ts
 * const outcome = await sent.waitForTerminal();
 * outcome.kind; //=> "succeeded"
 * ```
 */
export type CommandOutcome = Closed &
  (
    | {
        /** Every invocation succeeded, except on nodes that could not be used. */
        readonly kind: "succeeded";
      }
    | {
        /** Some invocations succeeded, some did not, and no limit was exceeded. */
        readonly kind: "incomplete";
      }
    | {
        /** No node matched the targets. */
        readonly kind: "noTargets";
      }
    | {
        /** More errors than MaxErrors, nothing succeeded, or an alarm stopped it. */
        readonly kind: "failed";
      }
    | {
        /** More delivery time-outs than MaxErrors, or so many that nothing succeeded. */
        readonly kind: "deliveryTimedOut";
      }
    | {
        /** It was cancelled while some of it was open. */
        readonly kind: "cancelled";
      }
    | {
        /** The account had too many pending invocations. */
        readonly kind: "limitExceeded";
      }
    | {
        /** The service could not list the resource group of the targets. */
        readonly kind: "accessDenied";
      }
    | {
        /** This version does not know how it ended. */
        readonly kind: "unrecognized";
      }
  );

/**
 * The kind of a command by its `StatusDetails`, or by its `Status` if the details are unknown. Every terminal detail has a
 * kind. A bare `TimedOut` is left out, since it does not say what timed out. What is worse stands further down, for commands
 * that are parts of one: failed, timed out and cancelled as [rules-roll-up] ranks them.
 */
export const COMMAND_KINDS = {
  Success: "succeeded",
  NoInstancesInTag: "noTargets",
  Incomplete: "incomplete",
  Cancelled: "cancelled",
  LimitExceeded: "limitExceeded",
  // [guide-command-statuses] calls LimitExceeded "Rate Exceeded".
  RateExceeded: "limitExceeded",
  AccessDenied: "accessDenied",
  DeliveryTimedOut: "deliveryTimedOut",
  Failed: "failed",
  // In [api-command-filter] only; a lone execution time-out made the command Failed [rec-2026-09-27-timeouts].
  ExecutionTimedOut: "failed",
  FailedDueToAlarm: "failed",
  FailedDueToUnknownAlarmState: "failed",
} as const satisfies Record<
  EndedCommandDetail | "ExecutionTimedOut" | "RateExceeded",
  CommandOutcome["kind"]
>;

/** The kind of an invocation by its `StatusDetails`, or by its `Status`. */
export const INVOCATION_KINDS = {
  Success: "succeeded",
  Failed: "failed",
  ExecutionTimedOut: "executionTimedOut",
  DeliveryTimedOut: "deliveryTimedOut",
  Undeliverable: "undeliverable",
  Cancelled: "cancelled",
  Terminated: "terminated",
  InvalidPlatform: "invalidPlatform",
  AccessDenied: "accessDenied",
} as const satisfies Record<EndedInvocationDetail, InvocationOutcome["kind"]>;

/** The outcome of a command that is over, from what the SDK returned. */
export function commandOutcome(
  command: Command,
  invocations: readonly InvocationOutcome[],
): CommandOutcome {
  return { kind: kindOf(COMMAND_KINDS, command), command, invocations };
}

/** The outcome of an invocation, from what the SDK returned. */
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

/** The kind that a table has for the details of an answer, or for its status if the table does not know the details. */
export function kindOf<K extends string>(
  kinds: Readonly<Record<string, K>>,
  { Status, StatusDetails }: Pick<CommandInvocation | Command, "Status" | "StatusDetails">,
): K | "unrecognized" {
  return entryOf(kinds, StatusDetails) ?? entryOf(kinds, Status) ?? "unrecognized";
}

function failureCode(plugins: readonly PluginOutcome[]): number {
  const failed = plugins.find(({ status, exitCode }) => status === "Failed" && exitCode);
  return failed?.exitCode ?? 1;
}

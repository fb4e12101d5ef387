import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import type { EndedCommandDetail } from "../../domain/command-details.ts";
import { type EndedInvocationDetail, entryOf } from "../../domain/status.ts";
import { type PluginOutcome, pluginOutcome } from "./plugin-outcome.ts";

/**
 * What every invocation that has ended has, however it ended. No interface, so that a declaration file of a user can spell it
 * out.
 *
 * @inline
 */
export type Ended = {
  /** The node. */
  readonly instanceId: string;
  /** Its plugins, in the order in which AWS lists them. */
  readonly plugins: readonly PluginOutcome[];
  /** What the SDK returned. */
  readonly invocation: CommandInvocation;
};

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
export type InvocationOutcome = Ended &
  (
    | {
        readonly kind: "succeeded";
        /** Always 0, also after an early exit, which its plugin reports as 168. */
        readonly exitCode: number;
      }
    | {
        readonly kind: "failed";
        /** The code of the first plugin that failed, never 0; 1 if none has any (killed by a signal, or never started). */
        readonly exitCode: number;
      }
    | { readonly kind: "executionTimedOut" }
    | { readonly kind: "deliveryTimedOut" }
    | { readonly kind: "undeliverable" }
    | { readonly kind: "cancelled" }
    | { readonly kind: "terminated" }
    | { readonly kind: "invalidPlatform" }
    | { readonly kind: "accessDenied" }
    | { readonly kind: "unrecognized" }
  );

/**
 * What every command that is over has, however it ended.
 *
 * @inline
 */
export type Closed = {
  /** What the SDK returned. */
  readonly command: Command;
  /** How it ended on its nodes, as far as they were asked for. */
  readonly invocations: readonly InvocationOutcome[];
};

/**
 * How a command ended, as plain data, exhaustive in a `switch` over `kind`. A failed command is an outcome, not an
 * exception. `"noTargets"` is AWS's `Success` with `NoInstancesInTag`: nothing ran anywhere. The type of one kind is
 * `Extract<CommandOutcome, { kind: "failed" }>`.
 *
 * Source of the kinds: the user guide's page "Understanding command statuses".
 *
 * @example
 * ```ts
 * const outcome = await sent.waitForTerminal();
 * outcome.kind; //=> "succeeded"
 * ```
 */
export type CommandOutcome = Closed &
  (
    | { readonly kind: "succeeded" }
    | { readonly kind: "incomplete" }
    | { readonly kind: "noTargets" }
    | { readonly kind: "failed" }
    | { readonly kind: "deliveryTimedOut" }
    | { readonly kind: "cancelled" }
    | { readonly kind: "limitExceeded" }
    | { readonly kind: "accessDenied" }
    | { readonly kind: "unrecognized" }
  );

/**
 * By `StatusDetails`, or by `Status` where the details are unknown; every detail that is an end has its kind. A bare
 * `TimedOut` does not say of what: it is left out.
 */
export const COMMAND_KINDS = {
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
} as const satisfies Record<
  EndedCommandDetail | "ExecutionTimedOut" | "RateExceeded",
  CommandOutcome["kind"]
>;

/** The same of an invocation. */
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

/** Orders outcomes by node, whatever order the service listed them in. */
export function byInstanceId(a: InvocationOutcome, b: InvocationOutcome): number {
  return a.instanceId < b.instanceId ? -1 : 1;
}

/** What a table makes of the details of an answer, or of its status where it does not know the details. */
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

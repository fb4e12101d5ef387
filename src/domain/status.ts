import type {
  CommandInvocationStatus,
  CommandPluginStatus,
  CommandStatus,
} from "@aws-sdk/client-ssm";

/**
 * What a status of a command, an invocation or a plugin says about its end.
 *
 * @inline
 */
export type StatusTraits = {
  /** Whether it is terminal: it will not change any more. */
  readonly terminal: boolean;
  /** Whether it is terminal and a success. */
  readonly successful: boolean;
};

const running = { terminal: false, successful: false } as const;
const succeeded = { terminal: true, successful: true } as const;
const unsuccessful = { terminal: true, successful: false } as const;

/**
 * Every `Status` of a command. Source: [api-ssm-model]; the compiler checks it against the SDK's own union.
 *
 * @example
 * ```ts
 * COMMAND_STATUSES.Cancelling.terminal; //=> false
 * ```
 */
export const COMMAND_STATUSES: Readonly<Record<CommandStatus, StatusTraits>> = {
  Pending: running,
  InProgress: running,
  Success: succeeded,
  Cancelled: unsuccessful,
  Failed: unsuccessful,
  TimedOut: unsuccessful,
  Cancelling: running,
};

/**
 * Every `Status` of an invocation. Source: [api-ssm-model]. It has `Delayed`, but an invocation that waits for its node had
 * the status `Pending` with the details `Delayed` [rec-2026-09-27-timeouts] (question 15 of docs/settings.md).
 *
 * @example
 * ```ts
 * INVOCATION_STATUSES.TimedOut; //=> { terminal: true, successful: false }
 * ```
 */
export const INVOCATION_STATUSES: Readonly<Record<CommandInvocationStatus, StatusTraits>> = {
  Pending: running,
  InProgress: running,
  Delayed: running,
  Success: succeeded,
  Cancelled: unsuccessful,
  TimedOut: unsuccessful,
  Failed: unsuccessful,
  Cancelling: running,
};

/**
 * Every `Status` of a plugin. Source: [api-ssm-model].
 *
 * @example
 * ```ts
 * PLUGIN_STATUSES.Failed.successful; //=> false
 * ```
 */
export const PLUGIN_STATUSES: Readonly<Record<CommandPluginStatus, StatusTraits>> = {
  Pending: running,
  InProgress: running,
  Success: succeeded,
  TimedOut: unsuccessful,
  Cancelled: unsuccessful,
  Failed: unsuccessful,
};

/**
 * A `StatusDetails` of an invocation, as spelled on the wire.
 *
 * @example
 * ```ts
 * const details = Object.keys(INVOCATION_DETAILS) as InvocationDetail[];
 * details.filter((detail) => !INVOCATION_DETAILS[detail].terminal);
 * //=> ["Pending", "InProgress", "Delayed", "Cancelling"]
 * ```
 */
export type InvocationDetail =
  | "Pending"
  | "InProgress"
  | "Delayed"
  | "Cancelling"
  | "Success"
  | "Failed"
  | "ExecutionTimedOut"
  | "DeliveryTimedOut"
  | "Cancelled"
  | "Undeliverable"
  | "Terminated"
  | "InvalidPlatform"
  | "AccessDenied";

/**
 * The details of an invocation that is open. They are listed by hand, since the type of {@link INVOCATION_DETAILS} does not
 * show them. A detail that is not listed here counts as an end, and the client does not compile until it has a kind for it.
 */
export type OpenInvocationDetail = "Pending" | "InProgress" | "Delayed" | "Cancelling";

/** The details with which an invocation has ended. */
export type EndedInvocationDetail = Exclude<InvocationDetail, OpenInvocationDetail>;

/**
 * What a `StatusDetails` of an invocation says about its end, and the `Status` beside it.
 *
 * @inline
 */
export type DetailTraits = StatusTraits & {
  /** The `Status` that goes with it on the wire. */
  readonly status: CommandInvocationStatus;
};

/**
 * Every `StatusDetails` of an invocation, as spelled on the wire (no spaces), with its `Status`. Sources:
 * [guide-command-statuses], [rec-2026-09-27-timeouts], [rec-2026-10-01-alarms]; the `Status` of `InvalidPlatform` and
 * `AccessDenied` is our decision.
 *
 * @example
 * ```ts
 * INVOCATION_DETAILS.Delayed.status; //=> "Pending"
 * INVOCATION_DETAILS.DeliveryTimedOut.status; //=> "TimedOut"
 * ```
 */
export const INVOCATION_DETAILS =
  // A bundler keeps what spreads, as a getter might run. What is marked as pure goes when nobody uses it.
  /* @__PURE__ */ ((): Readonly<Record<InvocationDetail, DetailTraits>> => ({
    Pending: { ...running, status: "Pending" },
    InProgress: { ...running, status: "InProgress" },
    Delayed: { ...running, status: "Pending" },
    Cancelling: { ...running, status: "Cancelling" },
    Success: { ...succeeded, status: "Success" },
    Failed: { ...unsuccessful, status: "Failed" },
    ExecutionTimedOut: { ...unsuccessful, status: "TimedOut" },
    DeliveryTimedOut: { ...unsuccessful, status: "TimedOut" },
    Cancelled: { ...unsuccessful, status: "Cancelled" },
    Undeliverable: { ...unsuccessful, status: "Failed" },
    Terminated: { ...unsuccessful, status: "Failed" },
    InvalidPlatform: { ...unsuccessful, status: "Failed" },
    AccessDenied: { ...unsuccessful, status: "Failed" },
  }))();

/**
 * Whether a command with this `Status` has ended; false for a status that this version does not know. For that, the service
 * can be asked: ListCommands with the filter `ExecutionStage`.
 *
 * @example
 * ```ts
 * isTerminalCommandStatus("Cancelling"); //=> false
 * ```
 */
export function isTerminalCommandStatus(status: string | undefined): boolean {
  return entryOf(COMMAND_STATUSES, status)?.terminal ?? false;
}

/**
 * Whether an invocation with this `Status` has ended; false for a status that this version does not know.
 *
 * @example
 * ```ts
 * isTerminalInvocationStatus("TimedOut"); //=> true
 * ```
 */
export function isTerminalInvocationStatus(status: string | undefined): boolean {
  return entryOf(INVOCATION_STATUSES, status)?.terminal ?? false;
}

/**
 * A status without spaces: "Delivery Timed Out", as [guide-command-statuses] prints it and some emulators send it, is
 * `DeliveryTimedOut` on the wire.
 */
export function wordOf(status: string): string {
  return status.replaceAll(" ", "");
}

/** What a table has for a word of the service, `undefined` for a word that this version does not know. */
export function entryOf<T>(
  table: Readonly<Record<string, T>>,
  word: string | undefined,
): T | undefined {
  const key = wordOf(word ?? "");
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

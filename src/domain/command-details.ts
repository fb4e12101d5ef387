import type { CommandStatus } from "@aws-sdk/client-ssm";
import type { StatusTraits } from "./status.ts";

/**
 * Every `StatusDetails` of a command, as spelled on the wire, with its `Status`. Sources: [guide-command-statuses], and for
 * alarms [rec-2026-10-01-alarms]. `ExecutionTimedOut` is missing on purpose: a lone execution time-out made the command
 * `Failed` [rec-2026-09-27-timeouts]. The `Status` of `Incomplete` and `LimitExceeded` is not known (questions 1 and 4 of
 * docs/settings.md).
 *
 * @example
 * ```ts
 * COMMAND_DETAILS.NoInstancesInTag; //=> { terminal: true, successful: true, status: "Success" }
 * ```
 */
export const COMMAND_DETAILS = {
  Pending: { terminal: false, successful: false, status: "Pending" },
  InProgress: { terminal: false, successful: false, status: "InProgress" },
  Cancelling: { terminal: false, successful: false, status: "Cancelling" },
  Success: { terminal: true, successful: true, status: "Success" },
  NoInstancesInTag: { terminal: true, successful: true, status: "Success" },
  Incomplete: { terminal: true, successful: false, status: "Success" },
  Failed: { terminal: true, successful: false, status: "Failed" },
  DeliveryTimedOut: { terminal: true, successful: false, status: "TimedOut" },
  Cancelled: { terminal: true, successful: false, status: "Cancelled" },
  LimitExceeded: { terminal: true, successful: false, status: "Failed" },
  AccessDenied: { terminal: true, successful: false, status: "Failed" },
  FailedDueToAlarm: { terminal: true, successful: false, status: "Failed" },
  FailedDueToUnknownAlarmState: { terminal: true, successful: false, status: "Failed" },
} as const satisfies Record<string, StatusTraits & { readonly status: CommandStatus }>;

/** A `StatusDetails` of a command, one of the keys of {@link COMMAND_DETAILS}. */
export type CommandDetail = keyof typeof COMMAND_DETAILS;

/** The details with which a command has ended: all that the table calls terminal. */
export type EndedCommandDetail = {
  [Detail in CommandDetail]: (typeof COMMAND_DETAILS)[Detail]["terminal"] extends false
    ? never
    : Detail;
}[CommandDetail];

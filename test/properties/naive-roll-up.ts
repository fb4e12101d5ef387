import type { CommandInvocationStatus, CommandStatus } from "@aws-sdk/client-ssm";
import type { AlarmState } from "../support/fleet-acts.ts";

/**
 * Every StatusDetails with its Status [guide-command-statuses]. `Cancelling` is not shown (question 14 of
 * docs/settings.md).
 */
export const STATUS_OF = {
  Pending: "Pending",
  InProgress: "InProgress",
  Cancelling: "InProgress",
  Delayed: "Pending",
  Success: "Success",
  Failed: "Failed",
  ExecutionTimedOut: "TimedOut",
  DeliveryTimedOut: "TimedOut",
  Cancelled: "Cancelled",
  Undeliverable: "Failed",
  Terminated: "Failed",
  InvalidPlatform: "Failed",
  AccessDenied: "Failed",
} as const satisfies Record<string, CommandInvocationStatus>;
export type NaiveDetail = keyof typeof STATUS_OF;

export function isOpen({ detail }: { readonly detail: NaiveDetail }): boolean {
  return ["Pending", "InProgress", "Cancelling", "Delayed"].includes(detail);
}

/** A count as it stands, a percentage rounded down [rules-rate-control]. */
export function limitOf(limit: string, total: number): number {
  return limit.endsWith("%")
    ? Math.floor((Number.parseInt(limit, 10) * total) / 100)
    : Number(limit);
}

/** The table of [rules-roll-up], row by row. */
export function rollUp(
  details: readonly NaiveDetail[],
  facts: { readonly budget: number; readonly wholeCancel: boolean; readonly alarmed: AlarmState },
): readonly [CommandStatus, string] {
  const count = (...wanted: NaiveDetail[]) => details.filter((d) => wanted.includes(d)).length;
  const [N, S, C] = [details.length, count("Success"), count("Cancelled")];
  const [E, T] = [count("Failed", "ExecutionTimedOut"), count("DeliveryTimedOut")];
  const X = count("Undeliverable", "InvalidPlatform", "AccessDenied");
  const open = count("Pending", "InProgress", "Cancelling", "Delayed");
  if (N === 0) return ["Success", "NoInstancesInTag"];
  if (open === 0 && facts.alarmed === "ALARM") return ["Failed", "FailedDueToAlarm"];
  if (open === 0 && facts.alarmed === "UNKNOWN") return ["Failed", "FailedDueToUnknownAlarmState"];
  if (open > 0 && count("Pending") < N) return ["InProgress", "InProgress"];
  if (open > 0) return ["Pending", "Pending"];
  if (E > facts.budget) return ["Failed", "Failed"];
  if (T > facts.budget) return ["TimedOut", "DeliveryTimedOut"];
  if (C > 0 && (C === N || facts.wholeCancel)) return ["Cancelled", "Cancelled"];
  if (S === N) return ["Success", "Success"];
  if (S === 0 && E + X + count("Terminated") > 0) return ["Failed", "Failed"];
  if (S === 0) return T > 0 ? ["TimedOut", "DeliveryTimedOut"] : ["Cancelled", "Cancelled"];
  return S + X === N ? ["Success", "Success"] : ["Success", "Incomplete"];
}

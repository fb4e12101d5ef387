import type { CommandFilter } from "@aws-sdk/client-ssm";
import type { EpochMs } from "../../../time/clock.ts";

/** What filters look at, of a command or an invocation. */
export interface Filterable {
  readonly requestedAt: EpochMs;
  readonly documentName: string;
  readonly status: string;
  readonly details: string;
}

type Test = (item: Filterable) => boolean;

/** The values that a Status filter takes, by operation. Source: the model's text for CommandFilter. */
export const STATUS_FILTER_VALUES = {
  ListCommands: [
    "Pending",
    "InProgress",
    "Success",
    "Cancelled",
    "Failed",
    "TimedOut",
    "AccessDenied",
    "DeliveryTimedOut",
    "ExecutionTimedOut",
    "Incomplete",
    "NoInstancesInTag",
    "LimitExceeded",
  ],
  ListCommandInvocations: [
    "Pending",
    "InProgress",
    "Delayed",
    "Success",
    "Cancelled",
    "Failed",
    "TimedOut",
    "AccessDenied",
    "DeliveryTimedOut",
    "ExecutionTimedOut",
    "Undeliverable",
    "InvalidPlatform",
    "Terminated",
  ],
} as const;

const EXECUTING = ["Pending", "InProgress", "Delayed", "Cancelling"];

/**
 * The test that the filters make together (all must hold), or undefined when one of them is not taken: the service then
 * says InvalidFilterKey.
 *
 * - `Status` holds for the status or the details, so that `TimedOut` finds both time-outs (documented).
 * - `InvokedAfter` includes its instant, `InvokedBefore` does not (inferred).
 * - `ExecutionStage` is for ListCommands only (documented).
 */
export function filterTest(
  filters: readonly CommandFilter[],
  operation: keyof typeof STATUS_FILTER_VALUES,
): Test | undefined {
  const tests = filters.map(({ key, value = "" }): Test | undefined => {
    switch (key) {
      case "InvokedAfter":
        return instantTest(value, (at, limit) => at >= limit);
      case "InvokedBefore":
        return instantTest(value, (at, limit) => at < limit);
      case "Status":
        if (!STATUS_FILTER_VALUES[operation].some((known) => known === value)) return undefined;
        return ({ status, details }) => status === value || details === value;
      case "ExecutionStage":
        if (operation !== "ListCommands" || !["Executing", "Complete"].includes(value)) {
          return undefined;
        }
        return ({ status }) => EXECUTING.includes(status) === (value === "Executing");
      case "DocumentName":
        return ({ documentName }) => documentName === value;
      default:
        return undefined;
    }
  });
  const known = tests.filter((test) => test !== undefined);
  if (known.length < tests.length) return undefined;
  return (item) => known.every((test) => test(item));
}

/** An InstanceId cannot be combined with the status Pending (documented); that it is this refusal is our decision. */
export function asksPendingOfNode({
  InstanceId,
  Filters = [],
}: {
  readonly InstanceId?: string | undefined;
  readonly Filters?: readonly CommandFilter[] | undefined;
}): boolean {
  const isPending = ({ key, value }: CommandFilter) => key === "Status" && value === "Pending";
  return InstanceId !== undefined && Filters.some(isPending);
}

function instantTest(
  value: string,
  holds: (at: EpochMs, limit: EpochMs) => boolean,
): Test | undefined {
  const limit = Date.parse(value);
  return Number.isNaN(limit) ? undefined : ({ requestedAt }) => holds(requestedAt, limit);
}

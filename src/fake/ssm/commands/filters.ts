import type { CommandFilter, CommandFilterKey } from "@aws-sdk/client-ssm";
import { COMMAND_STATUSES, entryOf } from "../../../domain/status.ts";
import type { EpochMs } from "../../../time/clock.ts";
import { type FilterRow, type FilterTable, filterTest } from "../../calls/filter-table.ts";
import type { Refusal, Result } from "../../result.ts";

/** What filters look at in a command or an invocation. */
export interface Filterable {
  readonly requestedAt: EpochMs;
  readonly documentName: string;
  readonly status: string;
  readonly details: string;
}

/** The values that a Status filter takes, by operation. Source: [api-command-filter]. */
const STATUS_FILTER_VALUES = {
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

function wrong(why: string): Refusal {
  return { name: "InvalidFilterKey", why };
}

type Listing = keyof typeof STATUS_FILTER_VALUES;

/**
 * What each key of a filter looks at. A value that a key does not take is InvalidFilterKey, too.
 *
 * - `Status` compares with the status and with the details, so that `TimedOut` finds both time-outs [api-command-filter].
 * - `InvokedAfter` includes its instant, `InvokedBefore` does not (question 30 of docs/settings.md).
 * - `ExecutionStage` is for ListCommands only [api-command-filter].
 */
const KEYS: Readonly<Record<CommandFilterKey, (listing: Listing) => FilterRow<Filterable>>> = {
  InvokedAfter: () => instantRow((at, limit) => at >= limit),
  InvokedBefore: () => instantRow((at, limit) => at < limit),
  Status: (listing) => ({
    refuse: unlessOneOf(STATUS_FILTER_VALUES[listing]),
    holds: ({ status, details }, value) => status === value || details === value,
  }),
  ExecutionStage: (listing) => ({
    refuse: unlessOneOf(listing === "ListCommands" ? ["Executing", "Complete"] : []),
    holds: ({ status }, value) => isExecuting(status) === (value === "Executing"),
  }),
  DocumentName: () => ({ holds: ({ documentName }, value) => documentName === value }),
};

const TABLES: Readonly<Record<Listing, FilterTable<Filterable>>> = {
  ListCommands: tableOf("ListCommands"),
  ListCommandInvocations: tableOf("ListCommandInvocations"),
};

/** The test that all filters make together, or InvalidFilterKey when the operation does not take one of them. */
export function commandTest(
  filters: readonly CommandFilter[],
  listing: Listing,
): Result<(item: Filterable) => boolean> {
  const asked = filters.map(({ key = "", value = "" }) => ({ key, values: [value] }));
  return filterTest(asked, TABLES[listing]);
}

/**
 * An InstanceId cannot be combined with the status Pending [api-command-filter]; that the refusal is InvalidFilterKey is
 * our decision.
 */
export function refusePendingOfNode({
  InstanceId,
  Filters = [],
}: {
  readonly InstanceId?: string | undefined;
  readonly Filters?: readonly CommandFilter[] | undefined;
}): Refusal | undefined {
  const isPending = ({ key, value }: CommandFilter) => key === "Status" && value === "Pending";
  if (InstanceId === undefined || !Filters.some(isPending)) return undefined;
  return wrong("InstanceId cannot be combined with the filter Status Pending.");
}

function tableOf(listing: Listing): FilterTable<Filterable> {
  return Object.fromEntries(Object.entries(KEYS).map(([key, row]) => [key, row(listing)]));
}

function instantRow(holds: (at: EpochMs, limit: EpochMs) => boolean): FilterRow<Filterable> {
  return {
    refuse: (values) =>
      values.some((value) => Number.isNaN(Date.parse(value)))
        ? wrong('The value of the filter is not an instant, such as "2024-01-01T00:00:00Z".')
        : undefined,
    holds: ({ requestedAt }, value) => holds(requestedAt, Date.parse(value)),
  };
}

function unlessOneOf(words: readonly string[]): (values: readonly string[]) => Refusal | undefined {
  const why =
    words.length === 0
      ? "This operation does not take the filter."
      : `The value of the filter has to be one of ${words.join(", ")}.`;
  return (values) => (values.every((value) => words.includes(value)) ? undefined : wrong(why));
}

/** Whether a status is Pending, InProgress or Cancelling: every one that is not terminal. */
function isExecuting(status: string): boolean {
  return entryOf(COMMAND_STATUSES, status)?.terminal === false;
}

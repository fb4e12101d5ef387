import type { CommandFilter, CommandFilterKey } from "@aws-sdk/client-ssm";
import { COMMAND_STATUSES, entryOf } from "../../../domain/status.ts";
import type { EpochMs } from "../../../time/clock.ts";
import { type FilterRow, type FilterTable, filterTest } from "../../calls/filter-table.ts";
import type { Refusal, Result } from "../../result.ts";

/** What filters look at, of a command or an invocation. */
export interface Filterable {
  readonly requestedAt: EpochMs;
  readonly documentName: string;
  readonly status: string;
  readonly details: string;
}

/** The values that a Status filter takes, by operation. Source: the model's text for CommandFilter. */
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

const WRONG: Refusal = { name: "InvalidFilterKey" };

type Listing = keyof typeof STATUS_FILTER_VALUES;

/**
 * What each key of a listing looks at. A value that a key does not take is InvalidFilterKey, too.
 *
 * - `Status` holds for the status or the details, so that `TimedOut` finds both time-outs (documented).
 * - `InvokedAfter` includes its instant, `InvokedBefore` does not (inferred).
 * - `ExecutionStage` is for ListCommands only (documented).
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

/** The test that the filters make together, or InvalidFilterKey when one of them is not taken. */
export function commandTest(
  filters: readonly CommandFilter[],
  listing: Listing,
): Result<(item: Filterable) => boolean> {
  const asked = filters.map(({ key = "", value = "" }) => ({ key, values: [value] }));
  return filterTest(asked, TABLES[listing]);
}

/** An InstanceId cannot be combined with the status Pending (documented); that it is this refusal is our decision. */
export function refusePendingOfNode({
  InstanceId,
  Filters = [],
}: {
  readonly InstanceId?: string | undefined;
  readonly Filters?: readonly CommandFilter[] | undefined;
}): Refusal | undefined {
  const isPending = ({ key, value }: CommandFilter) => key === "Status" && value === "Pending";
  return InstanceId !== undefined && Filters.some(isPending) ? WRONG : undefined;
}

function tableOf(listing: Listing): FilterTable<Filterable> {
  return Object.fromEntries(Object.entries(KEYS).map(([key, row]) => [key, row(listing)]));
}

function instantRow(holds: (at: EpochMs, limit: EpochMs) => boolean): FilterRow<Filterable> {
  return {
    refuse: (values) =>
      values.some((value) => Number.isNaN(Date.parse(value))) ? WRONG : undefined,
    holds: ({ requestedAt }, value) => holds(requestedAt, Date.parse(value)),
  };
}

function unlessOneOf(words: readonly string[]): (values: readonly string[]) => Refusal | undefined {
  return (values) => (values.every((value) => words.includes(value)) ? undefined : WRONG);
}

/** Pending, InProgress, Cancelling: whatever is not over. */
function isExecuting(status: string): boolean {
  return entryOf(COMMAND_STATUSES, status)?.terminal === false;
}

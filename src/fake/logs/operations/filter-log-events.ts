import type { FilterLogEventsRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { EpochMs } from "../../../time/clock.ts";
import { firstIndex } from "../../calls/ordered.ts";
import { takePage, walk } from "../../calls/paging.ts";
import { ok, type Result, refuse } from "../../result.ts";
import {
  type EventCursor,
  eventIdOf,
  formatCursor,
  readCursor,
  refusedToken,
} from "../event-cursor.ts";
import { parseFilterPattern } from "../filter-pattern.ts";
import { findGroup, findStream, GROUP_MEMBERS, NEXT_TOKEN, STREAM_NAME } from "../log-account.ts";
import type { LogEvent, LogGroup } from "../log-group.ts";
import { logsOperation } from "../logs-operation.ts";

/** 2024-01-01T00:00:00Z: from then on AWS can read a group from its end [logs-filter-events]. */
const BACKWARD_SINCE = 1_704_067_200_000;

/** The answer of FilterLogEvents. */
export interface FilterLogEventsResponse {
  readonly events: readonly {
    readonly logStreamName: string;
    readonly timestamp: EpochMs;
    readonly message: string;
    readonly ingestionTime: EpochMs;
    readonly eventId: string;
  }[];
  /** Always empty since 2020 [logs-filter-events]. */
  readonly searchedLogStreams: readonly never[];
  readonly nextToken?: string;
}

/**
 * One page of the events of a group that match, streams interleaved: by time, then by stream, then in the order of writing.
 *
 * - An answer without `nextToken` is the last page. An empty page with a token is not the end: with the latency `worst`, and
 *   with `pages: { emptyFirst: true }`, the first one is empty. A token lasts 24 hours.
 * - `startTime` and `endTime` are both inclusive. `startFromHead: false` begins at the end, and is refused unless
 *   `startTime` lies in 2024 or later; on later pages the token's direction counts. Source of these rules:
 *   [logs-filter-events].
 * - A name in `logStreamNames` that does not exist is refused [logs-seen-filter-2022].
 */
export const filterLogEvents = logsOperation<FilterLogEventsRequest, FilterLogEventsResponse>(
  {
    ...GROUP_MEMBERS,
    logStreamNames: { type: "list", min: 1, max: 100, of: { type: "string" } },
    logStreamNamePrefix: STREAM_NAME,
    startTime: { type: "long", min: 0 },
    endTime: { type: "long", min: 0 },
    filterPattern: { type: "string", min: 0, max: 1024 },
    nextToken: NEXT_TOKEN,
    limit: { type: "integer", min: 1, max: 10_000 },
    startFromHead: { type: "boolean" },
    interleaved: { type: "boolean" },
    unmask: { type: "boolean" },
  },
  (request, account) => {
    const group = findGroup(account, request);
    if (!group.ok) return group;
    const isAsked = eventsAsked(group.value, request);
    if (!isAsked.ok) return isAsked;
    const { startTime = 0, endTime, nextToken, limit = 10_000, startFromHead = true } = request;
    if (!startFromHead && nextToken === undefined && startTime < BACKWARD_SINCE) {
      return invalid("With startFromHead false, startTime must lie on or after 2024-01-01.");
    }

    const events = group.value.events.items;
    const now = account.now();
    const sent = nextToken === undefined ? undefined : readCursor(nextToken, { now });
    if (sent?.ok === false) return sent;
    const cursor = sent?.value;
    // A position is the order of the last event that was read, which no later write can move; 0 stands before the first.
    const last = events.findIndex(({ order }) => order === cursor?.position);
    if (cursor !== undefined && cursor.position > 0 && last < 0) return refusedToken();
    const direction = cursor?.direction ?? (startFromHead ? "forward" : "backward");
    const window = {
      from: firstIndex(events, ({ timestamp }) => timestamp >= startTime),
      to: firstIndex(events, ({ timestamp }) => timestamp > (endTime ?? Number.POSITIVE_INFINITY)),
    };
    const { page, more } = takePage(
      walk(events, {
        ...after(last, direction, window),
        backward: direction === "backward",
        where: isAsked.value,
      }),
      {
        ...{ limit, token: nextToken, pages: account.pages, saysEmpty: true },
        bytesOf: ({ bytes }) => bytes,
      },
    );
    const position = page.at(-1)?.order ?? 0;
    return ok({
      events: page.map(({ stream, timestamp, message, ingestionTime, order }) => ({
        logStreamName: stream,
        timestamp,
        message,
        ingestionTime,
        eventId: eventIdOf(order),
      })),
      searchedLogStreams: [],
      ...(more && { nextToken: formatCursor({ direction, position }, now) }),
    });
  },
);

/** What is left of a window after the event at index `last`, or all of it when `last` is below zero. */
function after(
  last: number,
  direction: EventCursor["direction"],
  { from, to }: { readonly from: number; readonly to: number },
): { readonly from: number; readonly to: number } {
  if (last < 0) return { from, to };
  return direction === "forward"
    ? { from: Math.max(from, last + 1), to }
    : { from, to: Math.min(to, last) };
}

/** The test whether an event lies in a stream that is searched and has a message that matches, or a refusal. */
function eventsAsked(
  group: LogGroup,
  request: FilterLogEventsRequest,
): Result<(event: LogEvent) => boolean> {
  const { logStreamNames, logStreamNamePrefix = "", filterPattern = "" } = request;
  if (logStreamNames !== undefined && logStreamNamePrefix !== "") {
    return invalid("Specify either logStreamNames or logStreamNamePrefix, and not both.");
  }
  for (const name of logStreamNames ?? []) {
    const stream = findStream(group, name);
    if (!stream.ok) return stream;
  }
  const matches = parseFilterPattern(filterPattern);
  if (!matches.ok) return matches;
  const names = logStreamNames && new Set(logStreamNames);
  return ok(
    ({ stream, message }) =>
      (names?.has(stream) ?? stream.startsWith(logStreamNamePrefix)) && matches.value(message),
  );
}

function invalid(message: string): Result<never> {
  return refuse("InvalidParameterException", message);
}

import type { DescribeLogStreamsRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { EpochMs } from "../../../time/clock.ts";
import { compareText, firstIndex } from "../../calls/ordered.ts";
import { takePage, walk } from "../../calls/paging.ts";
import { ok, refuse } from "../../result.ts";
import { refusedToken, refuseOldToken } from "../event-cursor.ts";
import { findGroup, GROUP_MEMBERS, groupArn, NEXT_TOKEN, STREAM_NAME } from "../log-account.ts";
import type { LogStream } from "../log-group.ts";
import { logsOperation } from "../logs-operation.ts";

/** The answer of DescribeLogStreams. */
export interface DescribeLogStreamsResponse {
  readonly logStreams: readonly {
    readonly logStreamName: string;
    readonly creationTime: EpochMs;
    readonly firstEventTimestamp: EpochMs;
    readonly lastEventTimestamp: EpochMs;
    readonly lastIngestionTime: EpochMs;
    readonly arn: string;
    /** Always zero since 2019 [logs-service-model]. */
    readonly storedBytes: 0;
  }[];
  readonly nextToken?: string;
}

/**
 * One page of the streams of a group: by name, or by the time of their last event and then by name.
 *
 * - `logStreamNamePrefix` can be combined with the order by name only. AWS's message: [logs-seen-order-2023].
 * - A token lasts 24 hours. (That of DescribeLogGroups, which is the name of a group, does not grow old here.)
 * - `lastEventTimestamp` is right at once; on AWS it follows within an hour [logs-service-model].
 * - `uploadSequenceToken` is left out: AWS has ignored it since 2023 [logs-service-model].
 */
export const describeLogStreams = logsOperation<
  DescribeLogStreamsRequest,
  DescribeLogStreamsResponse
>(
  {
    ...GROUP_MEMBERS,
    logStreamNamePrefix: STREAM_NAME,
    orderBy: { type: "string", oneOf: ["LogStreamName", "LastEventTime"] },
    descending: { type: "boolean" },
    nextToken: NEXT_TOKEN,
    limit: { type: "integer", min: 1, max: 50 },
  },
  (request, account) => {
    const { logStreamNamePrefix = "", orderBy, descending = false } = request;
    const { nextToken, limit = 50 } = request;
    const byTime = orderBy === "LastEventTime";
    if (byTime && logStreamNamePrefix !== "") {
      return refuse(
        "InvalidParameterException",
        "Cannot order by LastEventTime with a logStreamNamePrefix.",
      );
    }
    const group = findGroup(account, request);
    if (!group.ok) return group;
    const now = account.now();
    const sent = nextToken === undefined ? undefined : parseCursor(nextToken);
    if (nextToken !== undefined && sent === undefined) return refusedToken();
    const old = sent && refuseOldToken(sent.returnedAt, now);
    if (old !== undefined) return old;
    const last = sent?.cursor;

    const streams = (byTime ? group.value.streamsByLastEvent : group.value.streamsByName).items;
    const compare = byTime ? compareByTime : compareByName;
    const isPast = (stream: Cursor) => last !== undefined && compare(stream, last) > 0;
    const isReached = (stream: Cursor) => last !== undefined && compare(stream, last) >= 0;
    const { page, more } = takePage(
      walk(streams, {
        from: last !== undefined && !descending ? firstIndex(streams, isPast) : 0,
        to: last !== undefined && descending ? firstIndex(streams, isReached) : streams.length,
        backward: descending,
        where: ({ name }) => name.startsWith(logStreamNamePrefix),
      }),
      { limit, token: nextToken, pages: account.pages },
    );
    return ok({
      logStreams: page.map((stream) => shown(stream, groupArn(account, group.value.name))),
      ...(more && { nextToken: formatCursor(page.at(-1), now) }),
    });
  },
);

function shown(stream: LogStream, arn: string): DescribeLogStreamsResponse["logStreams"][number] {
  const events = stream.events.items;
  return {
    logStreamName: stream.name,
    creationTime: stream.createdAt,
    firstEventTimestamp: events[0]?.timestamp ?? stream.createdAt,
    lastEventTimestamp: stream.lastEventAt,
    lastIngestionTime: stream.lastIngestedAt,
    arn: `${arn}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}

/**
 * What streams are ordered by, and what a token holds. An event that is written between two pages does not move a token.
 */
type Cursor = Pick<LogStream, "name" | "lastEventAt">;

function compareByName(a: Cursor, b: Cursor): number {
  return compareText(a.name, b.name);
}

function compareByTime(a: Cursor, b: Cursor): number {
  return a.lastEventAt - b.lastEventAt || compareByName(a, b);
}

/** The token of a page: no stream is without a name, so that none stands for the end of an empty first page. */
function formatCursor(end: Cursor | undefined, returnedAt: EpochMs): string {
  const { name = "", lastEventAt = 0 } = end ?? {};
  return `${Math.trunc(returnedAt)}:${lastEventAt}:${name}`;
}

function parseCursor(
  token: string,
): { readonly returnedAt: EpochMs; readonly cursor: Cursor | undefined } | undefined {
  const [, returnedAt, time, name] = /^(\d+):(\d+):([^:*]*)$/.exec(token) ?? [];
  if (name === undefined) return undefined;
  const cursor = name === "" ? undefined : { name, lastEventAt: Number(time) };
  return { returnedAt: Number(returnedAt), cursor };
}

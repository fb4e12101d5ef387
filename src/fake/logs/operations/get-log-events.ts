import type { GetLogEventsRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { EpochMs } from "../../../time/clock.ts";
import { firstIndex } from "../../calls/ordered.ts";
import { PAGES_AS_ASKED, takePage, walk } from "../../calls/paging.ts";
import { ok } from "../../result.ts";
import { formatCursor, readCursor, refusedToken } from "../event-cursor.ts";
import { findGroup, findStream, GROUP_MEMBERS, NEXT_TOKEN, STREAM_NAME } from "../log-account.ts";
import { logsOperation } from "../logs-operation.ts";

/** The answer of GetLogEvents. */
export interface GetLogEventsResponse {
  readonly events: readonly {
    readonly timestamp: EpochMs;
    readonly message: string;
    readonly ingestionTime: EpochMs;
  }[];
  readonly nextForwardToken: string;
  readonly nextBackwardToken: string;
}

/**
 * One page of one stream, in the order of time.
 *
 * - Without a token it is the latest page, or the earliest one if `startFromHead` is true. Each token then reads on in its
 *   own direction, whatever `startFromHead` says (our decision: AWS asks for `startFromHead: true` with a forward token and
 *   does not say what happens without it).
 * - The tokens are never absent. When nothing is left, the token that was sent comes back: this is the end for now, and the
 *   same token finds events that are written later. A token lasts 24 hours from when it was returned.
 * - A page that is empty or short is not the end. With the latency `worst`, the page without a token is empty, and the others
 *   have one event less than they could; `pages` of the fake says more.
 * - `startTime` is inclusive, `endTime` exclusive. Source of these rules: [logs-get-events].
 */
export const getLogEvents = logsOperation<GetLogEventsRequest, GetLogEventsResponse>(
  {
    ...GROUP_MEMBERS,
    logStreamName: { ...STREAM_NAME, required: true },
    startTime: { type: "long", min: 0 },
    endTime: { type: "long", min: 0 },
    nextToken: NEXT_TOKEN,
    limit: { type: "integer", min: 1, max: 10_000 },
    startFromHead: { type: "boolean" },
    unmask: { type: "boolean" },
  },
  (request, account) => {
    const group = findGroup(account, request);
    if (!group.ok) return group;
    const stream = findStream(group.value, request.logStreamName);
    if (!stream.ok) return stream;

    const { startTime = 0, endTime, nextToken, limit = 10_000, startFromHead } = request;
    const now = account.now();
    const { returnedTokens } = stream.value;
    const events = stream.value.events.items;
    const first = firstIndex(events, ({ timestamp }) => timestamp >= startTime);
    const end =
      endTime === undefined
        ? events.length
        : firstIndex(events, ({ timestamp }) => timestamp >= endTime);
    const start = startFromHead
      ? ({ direction: "forward", position: first } as const)
      : ({ direction: "backward", position: end } as const);
    const sent =
      nextToken === undefined
        ? ok(start)
        : readCursor(nextToken, { now, returnedAt: returnedTokens.get(nextToken) });
    if (!sent.ok) return sent;
    const cursor = sent.value;
    if (cursor.position > events.length) return refusedToken();

    const backward = cursor.direction === "backward";
    const from = backward ? first : Math.max(first, cursor.position);
    const to = backward ? Math.min(end, cursor.position) : end;
    const { pages = PAGES_AS_ASKED } = account;
    const most = Math.min(limit, pages.most);
    const { page } = takePage(walk(events, { from, to, backward }), {
      limit: pages.isShort ? Math.max(1, most - 1) : most,
      ...{ token: nextToken, pages, saysEmpty: true },
      bytesOf: ({ bytes }) => bytes,
    });
    // An empty page moves nothing, so that the token that was sent comes back.
    const left = page.length === 0 ? cursor.position : backward ? to - page.length : from;
    const tokenOf = (direction: "forward" | "backward", position: number) => {
      // With nothing left in its direction, the token that was sent comes back as it is.
      const isSent = nextToken !== undefined && cursor.direction === direction;
      if (page.length > 0 || !isSent) return formatCursor({ direction, position }, now);
      returnedTokens.add(nextToken, now);
      return nextToken;
    };
    return ok({
      events: (backward ? page.toReversed() : page).map(
        ({ timestamp, message, ingestionTime }) => ({
          timestamp,
          message,
          ingestionTime,
        }),
      ),
      nextForwardToken: tokenOf("forward", left + page.length),
      nextBackwardToken: tokenOf("backward", left),
    });
  },
);

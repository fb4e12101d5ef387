import type { EpochMs } from "../../../time/clock.ts";
import { formatCursor, parseCursor, refusedToken, takePage, walk } from "../../calls/paging.ts";
import { type Members, readRequest } from "../../calls/request.ts";
import { type Answer, answered } from "../../result.ts";
import { findGroup, findStream, GROUP_MEMBERS, type LogAccount } from "../log-account.ts";
import { firstIndex } from "../ordered.ts";

const MEMBERS = {
  ...GROUP_MEMBERS,
  logStreamName: { type: "string", least: 1, most: 512, pattern: /[^:*]*/, required: true },
  startTime: { type: "long", least: 0 },
  endTime: { type: "long", least: 0 },
  nextToken: { type: "string", least: 1 },
  limit: { type: "integer", least: 1, most: 10_000 },
  startFromHead: { type: "boolean" },
} as const satisfies Members;

/** The answer of GetLogEvents. */
export interface GetLogEventsAnswer {
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
 * - The latest page first, unless `startFromHead` is true; then each token reads on in its own direction, whatever
 *   `startFromHead` says (our decision: AWS asks for `startFromHead: true` with a forward token and does not say what
 *   happens without).
 * - The tokens are never absent. Where nothing is left, the token that was sent comes back: that is the end, for now. Events
 *   that are written later are found with it.
 * - `startTime` is inclusive, `endTime` exclusive. Source of these rules: AWS's page.
 */
export function getLogEvents(account: LogAccount, input: unknown): Answer<GetLogEventsAnswer> {
  const request = readRequest(input, MEMBERS);
  if (!request.ok) return request;
  const group = findGroup(account, request.answer);
  if (!group.ok) return group;
  const stream = findStream(group.answer, request.answer.logStreamName);
  if (!stream.ok) return stream;

  const { startTime = 0, endTime, nextToken, limit = 10_000, startFromHead } = request.answer;
  const events = stream.answer.events.items;
  const first = firstIndex(events, ({ timestamp }) => timestamp >= startTime);
  const end =
    endTime === undefined
      ? events.length
      : firstIndex(events, ({ timestamp }) => timestamp >= endTime);
  const start = startFromHead
    ? ({ direction: "forward", position: first } as const)
    : ({ direction: "backward", position: end } as const);
  const cursor = nextToken === undefined ? start : parseCursor(nextToken);
  if (cursor === undefined || cursor.position > events.length) return refusedToken();

  const backward = cursor.direction === "backward";
  const from = backward ? first : Math.max(first, cursor.position);
  const to = backward ? Math.min(end, cursor.position) : end;
  const { page } = takePage(walk(events, { from, to, backward }), {
    limit,
    bytesOf: ({ bytes }) => bytes,
  });
  // An empty page moves nothing, so that the token that was sent comes back.
  const left = page.length === 0 ? cursor.position : backward ? to - page.length : from;
  return answered({
    events: (backward ? page.toReversed() : page).map(({ timestamp, message, ingestionTime }) => ({
      timestamp,
      message,
      ingestionTime,
    })),
    nextForwardToken: formatCursor({ direction: "forward", position: left + page.length }),
    nextBackwardToken: formatCursor({ direction: "backward", position: left }),
  });
}

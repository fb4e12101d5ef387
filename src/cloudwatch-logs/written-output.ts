import {
  type CloudWatchLogsClient,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Command } from "@aws-sdk/client-ssm";
import { paginate } from "../client/paginate.ts";
import type { CallOptions } from "../domain/run-command-api.ts";
import { logGroupOf } from "./log-group-of.ts";
import { isNamed, type WithToken } from "./log-reader.ts";

/** An event of a stream of the command. */
export interface WrittenPiece {
  readonly stream: string;
  readonly timestamp: number;
  readonly text: string;
}

/** What commands wrote, read again and again while they run. */
export interface WrittenOutput {
  /** The log group. */
  readonly group: string;
  /** Whether the group existed when it was last read. */
  isThere(): boolean;
  /** How many pages were read. */
  pages(): number;
  /**
   * Yields what it has not yielded before, in the order of time. If it throws, the next call goes on where it stopped, so
   * that a page that was read is not read again because of trouble behind it.
   *
   * @param isLast - Whether to look at all of it, from the beginning; see {@link SETTLED_MS}.
   */
  fresh(isLast: boolean): AsyncGenerator<WrittenPiece, void, undefined>;
}

/** Up to this size (of text, and {@link EVENT_SIZE} per event) all output is read at each look: mostly in one call. Our decision. */
const SMALL = 200_000;
const EVENT_SIZE = 100;

/**
 * FilterLogEvents selects by the timestamp, which the node made. An event can appear after later ones: its agent uploads
 * late, its node's clock is behind, or the service shows it late. So a look begins before what had arrived when the
 * last complete look began, by as much as the latest event so far was late, and these 10 s. Nothing is left out for all that:
 * when the command has ended, one look reads everything from the beginning, and yields what is not among the ids seen. That
 * is why all ids are kept, and why output beyond {@link SMALL} is read a second time, at its end: a call per megabyte, which
 * no other call can tell to be needless. Our decision.
 */
const SETTLED_MS = 10_000;

/** The most that counts of a lateness: AWS takes no request of a node whose clock is further behind. */
const LATEST_MS = 300_000;

/** What is read: the streams that begin with a prefix, or the group from an instant on. */
interface Source {
  readonly group: string;
  readonly prefix?: string;
  readonly since: number;
}

/**
 * The output of a command, or of the parts of one.
 *
 * One call reads the streams of one command, or the whole group. So several commands are read as the part of the group that
 * is as old as they are, unless others write so much there that a call per command is less.
 */
export function writtenOutput(
  logs: CloudWatchLogsClient,
  commands: readonly Command[],
  options: CallOptions,
): WrittenOutput {
  const ids = new Set(commands.map(({ CommandId }) => CommandId));
  const each = commands.map(
    (command): Source => ({
      group: logGroupOf(command),
      prefix: `${command.CommandId}/`,
      since: 0,
    }),
  );
  const [{ group } = { group: "" }] = each;
  let sources = inOneGroup(each, commands);
  const seen = new Set<string>();
  /** What was yielded so far, by {@link SMALL}. */
  let size = 0;
  /** When the latest event had arrived, and the latest before this look. */
  let newest = 0;
  let settled = 0;
  /** By how much the latest event came late. */
  let lateness = 0;
  let isThere = false;
  let isLastLook = false;
  let pages = 0;
  let pagesOfLook = 0;
  /** How many equal events without an id this look has shown. */
  const equals = new Map<string, number>();
  /** What is left of the look under way, and the token of the page that comes next. */
  let left: readonly Source[] = [];
  let token: string | undefined;

  return { group, isThere: () => isThere, pages: () => pages, fresh };

  async function* fresh(isLast: boolean): AsyncGenerator<WrittenPiece, void, undefined> {
    if (left.length === 0 || isLast !== isLastLook) beginLook(isLast);
    for (let source = left[0]; source !== undefined; source = left[0]) {
      const resumed = token;
      try {
        yield* unseen(source);
        isThere = true;
      } catch (error) {
        // A token lasts 24 hours, and the trouble before may have been longer [logs-filter-events].
        if (resumed !== undefined && resumed === token && isNamed(error, "InvalidParameter")) {
          token = undefined;
          equals.clear();
          continue;
        }
        if (!isNamed(error, "ResourceNotFound")) throw error;
        isThere = false;
      }
      left = left.slice(1);
      token = undefined;
    }
    if (pagesOfLook > each.length) sources = each;
  }

  function beginLook(isLast: boolean): void {
    isLastLook = isLast;
    const from = size < SMALL ? 0 : settled - SETTLED_MS - Math.min(lateness, LATEST_MS);
    left = isLast
      ? each
      : sources.map((source) => ({ ...source, since: Math.max(source.since, from) }));
    token = undefined;
    settled = newest;
    pagesOfLook = 0;
    equals.clear();
  }

  /** Its id. AWS gives every event one; mocks may not, and then equal events of a look are told apart by their number. */
  function idOf({ eventId, logStreamName, timestamp, message }: FilteredLogEvent): string {
    if (eventId) return eventId;
    const text = JSON.stringify([logStreamName, timestamp, message]);
    const count = (equals.get(text) ?? 0) + 1;
    equals.set(text, count);
    return `${count} ${text}`;
  }

  async function* unseen({ group, prefix, since }: Source) {
    const first: WithToken = { NextToken: token };
    const events = paginate(first, {
      operation: "FilterLogEvents",
      ask: async ({ NextToken }) => {
        token = NextToken;
        const { events, nextToken } = await logs.send(
          new FilterLogEventsCommand({
            logGroupName: group,
            logStreamNamePrefix: prefix,
            startTime: since || undefined,
            nextToken: NextToken,
          }),
          options,
        );
        pages++;
        pagesOfLook++;
        return { events, NextToken: nextToken };
      },
      items: (page) => page.events,
      signal: options.abortSignal,
    });
    for await (const event of events) {
      const { logStreamName: stream = "", timestamp = 0, message: text = "" } = event;
      const { ingestionTime = timestamp } = event;
      const id = idOf(event);
      if (seen.has(id) || !ids.has(stream.split("/", 1)[0])) continue;
      options.abortSignal?.throwIfAborted();
      seen.add(id);
      size += text.length + EVENT_SIZE;
      newest = Math.max(newest, ingestionTime);
      lateness = Math.max(lateness, ingestionTime - timestamp);
      yield { stream, timestamp, text };
    }
  }
}

/** The part of a group that is as old as the commands are, in place of several sources in that group. */
function inOneGroup(each: readonly Source[], commands: readonly Command[]): readonly Source[] {
  const [first] = each;
  if (each.length < 2 || each.some(({ group }) => group !== first?.group)) return each;
  const sentAt = commands.map(({ RequestedDateTime }) => RequestedDateTime?.getTime() ?? 0);
  const since = Math.min(...sentAt) - LATEST_MS - SETTLED_MS;
  return each.slice(0, 1).map(({ group }) => ({ group, since: Math.max(0, since) }));
}

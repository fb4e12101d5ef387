import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type OutputLogEvent,
} from "@aws-sdk/client-cloudwatch-logs";
import { paginate } from "../client/paginate.ts";
import type { CallOptions } from "../domain/run-command-api.ts";

/** Where the streams of a command are looked for. */
export interface CommandPlace {
  readonly group: string;
  readonly commandId: string;
  readonly options: CallOptions | undefined;
}

/** Where the events of a stream are read. */
export interface StreamPlace {
  readonly group: string;
  readonly stream: string;
  /** The token behind what was read before. @default the stream's beginning */
  readonly from?: string | undefined;
  readonly options: CallOptions | undefined;
}

/** Events, and the token of the place behind them. */
export interface EventPage {
  readonly events: readonly OutputLogEvent[];
  readonly next: string | undefined;
}

/** The names of the streams that a command has in a log group, or undefined if the group does not exist. */
export async function streamNames(
  logs: CloudWatchLogsClient,
  { group, commandId, options }: CommandPlace,
): Promise<ReadonlySet<string> | undefined> {
  const first: WithToken = {};
  const streams = paginate(first, {
    operation: "DescribeLogStreams",
    ask: async ({ NextToken }) => {
      const { logStreams = [], nextToken } = await logs.send(
        new DescribeLogStreamsCommand({
          logGroupName: group,
          logStreamNamePrefix: `${commandId}/`,
          nextToken: NextToken,
        }),
        options,
      );
      return { logStreams, NextToken: nextToken };
    },
    items: ({ logStreams }) => logStreams,
    signal: options?.abortSignal,
  });
  const names = new Set<string>();
  try {
    for await (const { logStreamName } of streams) {
      if (logStreamName !== undefined) names.add(logStreamName);
    }
  } catch (error) {
    if (isNamed(error, "ResourceNotFound")) return undefined;
    throw error;
  }
  return names;
}

/**
 * The events of a stream from a place on, in order, page by page. An empty page is not the end, since CloudWatch Logs may
 * return one. The end is a page whose token is the one that was asked with [logs-get-events]; a later call with this token
 * finds the events that were written meanwhile.
 */
export async function* eventPages(
  logs: CloudWatchLogsClient,
  { group, stream, from, options }: StreamPlace,
): AsyncGenerator<EventPage, void, undefined> {
  let token = from;
  for (;;) {
    const { events = [], nextForwardToken } = await logs.send(
      new GetLogEventsCommand({
        logGroupName: group,
        logStreamName: stream,
        startFromHead: true,
        nextToken: token,
      }),
      options,
    );
    yield { events, next: nextForwardToken };
    if (nextForwardToken === undefined || nextForwardToken === token) return;
    token = nextForwardToken;
  }
}

/** Whether an exception of AWS has this name, but for `Exception` at its end. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === `${name}Exception`;
}

/** The token as `paginate` spells it: CloudWatch Logs has `nextToken`. */
export interface WithToken {
  readonly NextToken?: string | undefined;
}

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
  /** How far an earlier reading came. @default the stream's beginning */
  readonly from?: string | undefined;
  readonly options: CallOptions | undefined;
}

/** Events, and the place behind them. */
export interface EventPage {
  readonly events: readonly OutputLogEvent[];
  readonly next: string | undefined;
}

/** The names of the streams that a command has in a log group, or undefined when there is no such group. */
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
    if (error instanceof Error && error.name === "ResourceNotFoundException") return undefined;
    throw error;
  }
  return names;
}

/**
 * The events of a stream from a place on, in order, page by page. An empty page is not the end (CloudWatch Logs may answer
 * one); the token that comes back is. It holds the place: what is written later is found with it.
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

/** The token as `paginate` knows it: CloudWatch Logs writes it with a small letter. */
interface WithToken {
  readonly NextToken?: string | undefined;
}

import {
  type CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
  type OutputLogEvent,
} from "@aws-sdk/client-cloudwatch-logs";
import { paginate } from "../client/paginate.ts";
import type { CallOptions } from "../domain/run-command-api.ts";

/** The names of the streams that a command has in a log group, or undefined when there is no such group. */
export async function streamNames(
  logs: CloudWatchLogsClient,
  { group, commandId, options }: StreamsOf,
): Promise<ReadonlySet<string> | undefined> {
  const streams = paginate<WithToken, Page<string>, string>(
    {},
    {
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
        return {
          items: logStreams.flatMap(({ logStreamName = [] }) => logStreamName),
          NextToken: nextToken,
        };
      },
      items: (page) => page.items,
      signal: options?.abortSignal,
    },
  );
  const names = new Set<string>();
  try {
    for await (const name of streams) names.add(name);
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
  { group, stream, from, options }: EventsOf,
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

/** Whose streams. */
export interface StreamsOf {
  readonly group: string;
  readonly commandId: string;
  readonly options: CallOptions | undefined;
}

/** Which events. */
export interface EventsOf {
  readonly group: string;
  readonly stream: string;
  /** The place that an earlier reading came to. */
  readonly from?: string | undefined;
  readonly options: CallOptions | undefined;
}

/** Events, and the place behind them. */
export interface EventPage {
  readonly events: readonly OutputLogEvent[];
  readonly next: string | undefined;
}

interface WithToken {
  readonly NextToken?: string | undefined;
}

interface Page<Item> extends WithToken {
  readonly items: readonly Item[];
}

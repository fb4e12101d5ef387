import type {
  CloudWatchLogsClient,
  FilterLogEventsCommandInput,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Clock } from "ssm-run-command";

/** An event as a node made it, and when the service has and shows it. */
export interface LateEvent {
  readonly stream: string;
  readonly message: string;
  /** By the clock of the node. */
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly visibleFrom: number;
}

export interface LateLogGroupOptions {
  readonly events: readonly LateEvent[];
  readonly clock: Clock;
  /** The most events of a page. */
  readonly pageSize?: number;
  /** Whether events have an `eventId`, as those of AWS have. */
  readonly ids?: boolean;
  /** What a call throws, if it does. */
  readonly trouble?: (call: number) => Error | undefined;
}

/**
 * A log group that shows events late and out of order, as far as FilterLogEvents goes: by timestamp, then by ingestion, with
 * tokens that stand for the place behind an event.
 */
export function aLateLogGroup({
  events,
  clock,
  pageSize = 10_000,
  ids = true,
  trouble = () => undefined,
}: LateLogGroupOptions) {
  const all = events
    .map((event, index) => ({
      ...event,
      ...(ids && { eventId: String(index).padStart(56, "0") }),
    }))
    .sort((a, b) => a.timestamp - b.timestamp || a.ingestionTime - b.ingestionTime);
  const inputs: FilterLogEventsCommandInput[] = [];
  const send = async ({ input }: { readonly input: FilterLogEventsCommandInput }) => {
    await clock.sleep("100ms");
    inputs.push(input);
    const error = trouble(inputs.length);
    if (error !== undefined) throw error;
    const { logStreamNamePrefix = "", startTime = 0, nextToken } = input;
    const behind = nextToken === undefined ? 0 : Number(nextToken);
    const found = all
      .map((event, index) => ({ ...event, place: index + 1 }))
      .filter(
        ({ stream, timestamp, visibleFrom, place }) =>
          stream.startsWith(logStreamNamePrefix) &&
          timestamp >= startTime &&
          visibleFrom <= clock.now() &&
          place > behind,
      );
    const page = found.slice(0, pageSize);
    const more = found.length > page.length ? { nextToken: String(page.at(-1)?.place) } : {};
    return {
      events: page.map(({ stream, ...event }) => ({ logStreamName: stream, ...event })),
      ...more,
    };
  };
  // FilterLogEvents is the only call of a tail.
  return { inputs, logs: { clock, send } as unknown as CloudWatchLogsClient };
}

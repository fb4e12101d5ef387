import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { RunCommandError } from "../client/errors/errors.ts";
import { findClock } from "../client/find-clock.ts";
import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import type { SentCommand } from "../client/sent-command.ts";
import { fixedInterval } from "../client/waiting/poll-intervals.ts";
import { patience, throwUnlessPassing } from "../client/waiting/polling.ts";
import { checkOptions, type OptionTable } from "../domain/options.ts";
import type { CallOptions, RunCommandApi } from "../domain/run-command-api.ts";
import type { Duration } from "../time/duration.ts";
import { stopwatch } from "../time/stopwatch.ts";
import { type FollowedCommand, followedCommand } from "./followed-command.ts";
import { logGroupOf } from "./log-group-of.ts";
import { eventPages, streamNames } from "./log-reader.ts";
import { hasWritten, whyMissing } from "./missing-output.ts";

/**
 * Options of {@link tailCommandOutput}.
 *
 * @example
 * ```ts
 * const signal = AbortSignal.abort("seen enough");
 * const tailing = tailCommandOutput(logs, sent, { pollEvery: "5s", signal }).next();
 * await tailing.catch((reason: unknown) => reason); //=> "seen enough"
 * ```
 */
export interface TailOptions {
  /** Ends the iteration with its reason, unchanged. The command keeps running. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The pause between two polls of the streams; the end of the command cuts it short. The agent itself looks for new output
   * every second [agent-logs-publisher].
   *
   * @default "2s"
   */
  readonly pollEvery?: Duration | undefined;
}

/** The options of {@link tailCommandOutput}. */
export const TAIL_OPTIONS = {
  signal: "an AbortSignal",
  pollEvery: "any",
} as const satisfies OptionTable<TailOptions>;

/**
 * A piece of output: an event of CloudWatch Logs.
 *
 * @example
 * ```ts
 * const pieces: TailedOutput[] = [];
 * for await (const piece of tailCommandOutput(logs, sent)) pieces.push(piece);
 * pieces;
 * //=> [{ instanceId: "i-0123456789abcdef0", plugin: "aws:runShellScript", stream: "stdout", text: "deployed", … }]
 * ```
 */
export interface TailedOutput {
  /** The id of the node that wrote it. */
  readonly instanceId: string;
  /** The plugin: the action for schema 1.2 (`"aws:runShellScript"`), the step's name for 2.x. */
  readonly plugin: string;
  /** The output stream that it was written to. */
  readonly stream: "stdout" | "stderr";
  /** When the agent sent it, in milliseconds since 1970, by the clock of the node. */
  readonly timestamp: number;
  /**
   * One or more whole lines, each with its newline. A piece that was sent after the process had ended may lack its last
   * newline, and a line of more than 200,000 bytes comes in several pieces [agent-logs-publisher].
   */
  readonly text: string;
}

/**
 * Follows what the nodes write while a command runs, and ends when the command has ended.
 *
 * - The pieces of one stream come in order, several streams as they are found. Nothing comes twice, and nothing is left
 *   out.
 * - Costs a `waitForTerminal`, and for each poll one DescribeLogStreams call per 50 streams and at least one GetLogEvents
 *   call per stream. It waits on the clock of `logs`, which is found as a RunCommandClient finds its own.
 * - Goes on after throttling, 5xx and network errors; what could not be read is read at the next poll.
 *
 * @param logs - A client in the region of the nodes.
 * @param sent - The command that was sent, or its id and an api to ask about it.
 * @param options - How often to poll, and a signal to end it.
 * @throws (while iterating) RunCommandError when the command was sent without CloudWatch output or, at its end, when nodes
 *   wrote output and none of it reached the logs; `signal.reason`; RangeError for a `pollEvery` of zero, TypeError for one
 *   that is not a duration; whatever the wait and CloudWatch Logs throw.
 *
 * @example
 * ```ts
 * // logs is your new CloudWatchLogsClient({})
 * for await (const { instanceId, text } of tailCommandOutput(logs, sent)) {
 *   process.stdout.write(`${instanceId}  ${text}`);
 * }
 * ```
 */
export async function* tailCommandOutput(
  logs: CloudWatchLogsClient,
  sent: SentCommand | { readonly api: RunCommandApi; readonly commandId: string },
  options: TailOptions = {},
): AsyncGenerator<TailedOutput, void, undefined> {
  checkOptions(options, TAIL_OPTIONS, "tailCommandOutput()");
  const { signal, pollEvery = "2s" } = options;
  const interval = fixedInterval(pollEvery);
  const leaving = new AbortController();
  /** Cuts a pause short, because the command has ended or the caller leaves. */
  const waking = new AbortController();
  const leave = () => {
    leaving.abort(signal?.reason);
    waking.abort();
  };
  signal?.addEventListener("abort", leave, { once: true });
  if (signal?.aborted) leave();
  const { commandId } = sent;
  const command = followedCommand(sent);
  const endless = {
    watch: stopwatch(findClock(logs)),
    deadline: () => Number.POSITIVE_INFINITY,
  };
  const untilEnd = patience({ ...endless, signal: waking.signal, onAbort: async () => {} });
  const afterEnd = patience({ ...endless, signal: leaving.signal });
  const tail: Tail = { commandId, places: new Map(), options: { abortSignal: leaving.signal } };
  const waited: { end?: End } = {};
  const waiting = command
    .wait(leaving.signal)
    .then(
      (outcome): End => ({ outcome }),
      (error: unknown): End => ({ error }),
    )
    .then((end) => {
      waited.end = end;
      waking.abort();
    });
  try {
    for (let lastLooks = 0; ; ) {
      leaving.signal.throwIfAborted();
      // All output is there when the command is over: the agent uploads, then replies [rec-2026-09-27-managed-execution].
      const { end } = waited;
      const trouble = yield* look(logs, { tail, command });
      leaving.signal.throwIfAborted();
      if (end === undefined) {
        // If the command has ended during this poll, the next poll is the last and comes at once.
        if (!waking.signal.aborted) await untilEnd.pause(interval);
        continue;
      }
      if (trouble === undefined) return finish(end, tail);
      if (lastLooks++ === MOST_RETRIES) throw trouble;
      await afterEnd.pause(interval);
    }
  } finally {
    signal?.removeEventListener("abort", leave);
    leaving.abort();
    await waiting;
  }
}

/** How often the last poll is repeated if it fails with a transient error. Our decision. */
const MOST_RETRIES = 10;

type End = { readonly outcome: CommandOutcome } | { readonly error: unknown };

/** What is known of the logs of a command, kept from poll to poll. */
interface Tail {
  readonly commandId: string;
  readonly options: CallOptions;
  /** How far each stream was read, by its name. */
  readonly places: Map<string, string | undefined>;
  group?: string;
  /** Whether the log group existed at the last poll. */
  isThere?: boolean;
}

/** Yields what is new in all streams. Returns the error that ended the poll early, if that is transient. */
async function* look(
  logs: CloudWatchLogsClient,
  { tail, command }: { readonly tail: Tail; readonly command: FollowedCommand },
): AsyncGenerator<TailedOutput, unknown, undefined> {
  const { commandId, options, places } = tail;
  try {
    if (tail.group === undefined) {
      const found = await command.find(options);
      if (found === undefined) return undefined;
      tail.group = logGroupOf(found);
    }
    const { group } = tail;
    const names = await streamNames(logs, { group, commandId, options });
    tail.isThere = names !== undefined;
    for (const stream of names ?? []) {
      const from = places.get(stream);
      for await (const { events, next } of eventPages(logs, { group, stream, from, options })) {
        places.set(stream, next);
        for (const { timestamp = 0, message: text = "" } of events) {
          options.abortSignal?.throwIfAborted();
          yield { ...writerOf(stream), timestamp, text };
        }
      }
    }
    return undefined;
  } catch (error) {
    throwUnlessPassing(error, options.abortSignal);
    return error;
  }
}

/** Names of streams are `<command>/<node>/<plugin>/<stream>`, with `-` for the `:` of an action [agent-run-plugins]. */
function writerOf(name: string): Pick<TailedOutput, "instanceId" | "plugin" | "stream"> {
  const [, instanceId = "", plugin = "", stream] = name.split("/");
  return {
    instanceId,
    plugin: plugin.replace(/^aws-(?=[a-zA-Z]+$)/, "aws:"),
    stream: stream === "stderr" ? "stderr" : "stdout",
  };
}

/** Throws if the wait has failed, or if a node wrote output and none of it is in the logs. */
function finish(end: End, { group = "", isThere = false, places }: Tail): void {
  if ("error" in end) throw end.error;
  const read = new Set([...places.keys()].map((stream) => writerOf(stream).instanceId));
  const silent = end.outcome.invocations.filter(
    ({ instanceId, plugins }) => !read.has(instanceId) && plugins.some(hasWritten),
  );
  if (silent.length === 0) return;
  const nodes = silent.map(({ instanceId }) => instanceId).join(", ");
  throw new RunCommandError(
    `Nothing that ${nodes} wrote is in the logs. ${whyMissing({ group, isThere, written: true })}`,
  );
}

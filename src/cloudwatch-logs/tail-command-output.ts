import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { RunCommandError } from "../client/errors/errors.ts";
import { findClock } from "../client/find-clock.ts";
import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import type { SentCommand } from "../client/sent-command.ts";
import { fixedInterval } from "../client/waiting/poll-intervals.ts";
import { patience, throwUnlessPassing } from "../client/waiting/polling.ts";
import type { CallOptions, RunCommandApi } from "../domain/run-command-api.ts";
import type { Duration } from "../time/duration.ts";
import { type FollowedCommand, followedCommand } from "./followed-command.ts";
import { logGroupOf } from "./log-group-of.ts";
import { eventPages, streamNames } from "./log-reader.ts";
import { hasWritten, whyMissing } from "./missing-output.ts";

/**
 * How output is followed.
 *
 * @example
 * ```ts
 * const signal = AbortSignal.abort("seen enough");
 * const tailing = tailCommandOutput(logs, sent, { pollEvery: "5s", signal }).next();
 * await tailing.catch((reason: unknown) => reason); //=> "seen enough"
 * ```
 */
export interface TailOptions {
  /** Ends it with its reason, unchanged. The command goes on. */
  readonly signal?: AbortSignal;
  /**
   * The pause between two looks at the streams; the end of the command ends it early.
   *
   * @default "2s" (the agent itself looks for new output every second)
   */
  readonly pollEvery?: Duration;
}

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
  /** The node that wrote it. */
  readonly instanceId: string;
  /** The plugin: the action for schema 1.2 (`"aws:runShellScript"`), the step's name for 2.x. */
  readonly plugin: string;
  /** Which of its streams. */
  readonly stream: "stdout" | "stderr";
  /** When the agent sent it, in milliseconds since 1970, by the clock of the node. */
  readonly timestamp: number;
  /** Whole lines, one or many, each with its newline; the last piece of a stream may come without. */
  readonly text: string;
}

/**
 * Follows what the nodes write while a command runs, and ends when the command has.
 *
 * - In order per stream; streams of several nodes come as they are found. Nothing comes twice, and nothing is left out.
 * - Costs one DescribeLogStreams call per 50 streams and look, and one GetLogEvents call or more per stream and look, beside
 *   a `waitForTerminal`. It waits on the clock of `logs`, found as a RunCommandClient finds its own.
 * - Rides out throttling, 5xx and trouble of the network; what was not read then is read at the next look.
 *
 * @param logs - A client in the region of the nodes.
 * @param sent - What was sent, or its id and who to ask about it.
 * @param options - When to give up, how often to look.
 * @throws While iterating: RunCommandError when the command was sent without CloudWatch output, or, at its end, when nodes
 *   wrote output of which nothing reached the logs; `signal.reason`; RangeError or TypeError for a `pollEvery` that is no
 *   pause or no duration; whatever waiting and CloudWatch Logs throw.
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
  { signal, pollEvery = "2s" }: TailOptions = {},
): AsyncGenerator<TailedOutput, void, undefined> {
  const interval = fixedInterval(pollEvery);
  const leaving = new AbortController();
  /** Ends a pause: the command has ended, or the caller leaves. */
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
    clock: findClock(logs),
    deadline: () => Number.POSITIVE_INFINITY,
    giveUp: (trouble: unknown) => trouble,
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
      // What is there when the command is over is all: the agent uploads before it replies (recorded 2026-09).
      const { end } = waited;
      const trouble = yield* look(logs, { tail, command });
      leaving.signal.throwIfAborted();
      if (end === undefined) {
        // It may have ended during the look: then the next one is the last, and it is taken at once.
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

/** How often the last look is taken again when it does not get through. Our decision. */
const MOST_RETRIES = 10;

type End = { readonly outcome: CommandOutcome } | { readonly error: unknown };

/** What is known of the logs of a command, from look to look. */
interface Tail {
  readonly commandId: string;
  readonly options: CallOptions;
  /** By stream, how far it was read. */
  readonly places: Map<string, string | undefined>;
  group?: string;
  /** Whether the log group was there. */
  isThere?: boolean;
}

/** Hands out what is new in all streams. Answers with the trouble that ended the look early, if it will pass. */
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

/** The names of streams are `<command>/<node>/<plugin>/<stream>`, with `-` for the `:` of an action (agent's source). */
function writerOf(name: string): Pick<TailedOutput, "instanceId" | "plugin" | "stream"> {
  const [, instanceId = "", plugin = "", stream] = name.split("/");
  return {
    instanceId,
    plugin: plugin.replace(/^aws-(?=[a-zA-Z]+$)/, "aws:"),
    stream: stream === "stderr" ? "stderr" : "stdout",
  };
}

/** Nothing to say, unless the waiting failed or the output of a node is nowhere in the logs. */
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

import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Command } from "@aws-sdk/client-ssm";
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
import { followedCommand } from "./followed-command.ts";
import { hasWritten, whyMissing } from "./missing-output.ts";
import { type WrittenOutput, writtenOutput } from "./written-output.ts";

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
   * The pause between two polls; the end of the command cuts it short. The agent itself looks for new output every second
   * [agent-logs-publisher].
   *
   * @default "2s", 1.5 s more per 100 nodes that have written, half as much again after each poll that finds nothing: up to 10 s
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
 * - Nothing comes twice, and nothing is left out. The pieces of one stream come in order, unless CloudWatch Logs itself shows
 *   an earlier one late: that comes when it is found, at the latest at the end.
 * - Costs a `waitForTerminal`, and one FilterLogEvents call per poll, whatever the number of nodes; more where a poll finds more
 *   than 1 MB. At the end all output is read once more, a call per 1 MB or 10,000 pieces, to find what came late. A command that
 *   was sent in parts of fifty nodes is followed by reading the part of the log group that is as old as it is, or with a call per
 *   part where others write much there; the last time it is a call per part. The caller needs the permission
 *   `logs:FilterLogEvents`.
 * - It keeps an id of 56 characters per piece until it ends, by which it tells what it has seen. It waits on the clock of
 *   `logs`, which is found as a RunCommandClient finds its own.
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
  const { signal, pollEvery } = options;
  const pause = pauses(pollEvery);
  const leaving = new AbortController();
  /** Cuts a pause short, because the command has ended or the caller leaves. */
  const waking = new AbortController();
  const leave = () => {
    leaving.abort(signal?.reason);
    waking.abort();
  };
  signal?.addEventListener("abort", leave, { once: true });
  if (signal?.aborted) leave();
  const command = followedCommand(sent);
  const endless = {
    watch: stopwatch(findClock(logs)),
    deadline: () => Number.POSITIVE_INFINITY,
  };
  const untilEnd = patience({ ...endless, signal: waking.signal, onAbort: async () => {} });
  const afterEnd = patience({ ...endless, signal: leaving.signal });
  const calls = { abortSignal: leaving.signal };
  const heard = new Set<string>();
  let output: WrittenOutput | undefined;
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
    for (let lastLooks = 0, silentLooks = 0; ; ) {
      leaving.signal.throwIfAborted();
      // All output is there when the command is over: the agent uploads, then replies [rec-2026-09-27-managed-execution].
      const { end } = waited;
      const pages = output?.pages();
      let [isFresh, trouble]: [boolean, unknown] = [false, undefined];
      try {
        output ??= outputOf(logs, await command.find(calls), calls);
        for await (const { stream, timestamp, text } of output?.fresh(end !== undefined) ?? []) {
          const writer = writerOf(stream);
          heard.add(writer.instanceId);
          isFresh = true;
          yield { ...writer, timestamp, text };
        }
      } catch (error) {
        throwUnlessPassing(error, leaving.signal);
        trouble = error;
      }
      leaving.signal.throwIfAborted();
      const interval = pause({ isFresh, nodes: heard.size });
      if (end === undefined) {
        // If the command has ended during this poll, the next poll is the last and comes at once.
        if (!waking.signal.aborted) await untilEnd.pause(interval);
        continue;
      }
      if (trouble === undefined) {
        const silent = silentNodes(end, heard);
        if (silent.length === 0) return;
        // What was written a moment ago may not be shown yet.
        if (silentLooks++ === SILENT_LOOKS) throw nothingOf(silent, output);
        await afterEnd.pause(Math.min(interval, FIRST_MS));
        continue;
      }
      // Trouble that lets pages through gets better; without one, it is tried so often.
      if (output?.pages() !== pages) lastLooks = 0;
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

/** How often it looks again for what nodes wrote of which nothing is there. Our decision. */
const SILENT_LOOKS = 3;

const FIRST_MS = 2_000;
const MS_PER_NODE = 15;
const LONGEST_MS = 10_000;

/**
 * The pause after a poll, in milliseconds: longer after polls that found nothing, and the more nodes were heard, since nobody
 * reads five hundred nodes line by line. Our decision.
 */
function pauses(
  pollEvery: Duration | undefined,
): (poll: { readonly isFresh: boolean; readonly nodes: number }) => number {
  if (pollEvery !== undefined) {
    const fixed = fixedInterval(pollEvery);
    return () => fixed;
  }
  let grown = 0;
  return ({ isFresh, nodes }) => {
    const least = FIRST_MS + MS_PER_NODE * nodes;
    const interval = Math.min(LONGEST_MS, isFresh ? least : Math.max(least, grown));
    grown = interval * 1.5;
    return interval;
  };
}

type End = { readonly outcome: CommandOutcome } | { readonly error: unknown };

/** The output of the commands that there are; undefined while the service shows none. */
function outputOf(
  logs: CloudWatchLogsClient,
  commands: readonly Command[],
  options: CallOptions,
): WrittenOutput | undefined {
  return commands.length === 0 ? undefined : writtenOutput(logs, commands, options);
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

/** The nodes that wrote output of which nothing is in the logs. Throws if the wait has failed. */
function silentNodes(end: End, heard: ReadonlySet<string>): readonly string[] {
  if ("error" in end) throw end.error;
  return end.outcome.invocations
    .filter(({ instanceId, plugins }) => !heard.has(instanceId) && plugins.some(hasWritten))
    .map(({ instanceId }) => instanceId);
}

function nothingOf(nodes: readonly string[], output: WrittenOutput | undefined): RunCommandError {
  const { group = "", isThere } = output ?? {};
  const why = whyMissing({ group, isThere: isThere?.() ?? false, written: true });
  return new RunCommandError(`Nothing that ${nodes.join(", ")} wrote is in the logs. ${why}`);
}

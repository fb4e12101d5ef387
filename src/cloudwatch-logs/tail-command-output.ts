import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { Command } from "@aws-sdk/client-ssm";
import { RunCommandError } from "../client/errors/errors.ts";
import { findClock } from "../client/find-clock.ts";
import type { SentCommand } from "../client/sent-command.ts";
import { patience, throwUnlessPassing } from "../client/waiting/polling.ts";
import { checkOptions, type OptionTable } from "../domain/options.ts";
import type { CallOptions, RunCommandApi } from "../domain/run-command-api.ts";
import type { Duration } from "../time/duration.ts";
import { stopwatch } from "../time/stopwatch.ts";
import { type FollowedCommand, followedCommand, nodesOf } from "./followed-command.ts";
import { hasWritten, whyMissing } from "./missing-output.ts";
import { type Looked, MOST_THAT_COUNT, tailPauses } from "./tail-pace.ts";
import { type End, watchedEnd } from "./watched-end.ts";
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
   * [agent-logs-publisher]. With it, the end is looked for as often as `waitForTerminal` does by itself.
   *
   * @default "2s", 1.5 s more per 100 nodes, half as much again after each poll that finds nothing: up to 10 s. From 100 nodes on,
   *   2.5 s more per 100 nodes and page that a poll reads: up to 10 s and 4 s more per 100 nodes, 30 s at most; and the end of
   *   the command is asked for every 10 s and 3 s more per 100 nodes, so that 500 nodes take less than 200 calls
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
  const pauseAfter = tailPauses(pollEvery);
  const leaving = new AbortController();
  /** Cuts a pause short, because the command has ended. */
  const waking = new AbortController();
  const leave = () => leaving.abort(signal?.reason);
  signal?.addEventListener("abort", leave, { once: true });
  if (signal?.aborted) leave();
  const patient = patience({
    watch: stopwatch(findClock(logs)),
    deadline: () => Number.POSITIVE_INFINITY,
    signal: leaving.signal,
  });
  const command = followedCommand(sent);
  const ending = watchedEnd(command, {
    signal: leaving.signal,
    onEnd: () => waking.abort(),
    isPaced: pollEvery === undefined,
  });
  const tail = newTail(logs, command, leaving.signal);
  let lastTries = 0;
  let silentLooks = 0;
  try {
    for (;;) {
      // All output is there when the command is over: the agent uploads, then replies [rec-2026-09-27-managed-execution].
      const end = ending.found();
      const looked = yield* look(tail, end !== undefined);
      const interval = pauseAfter(looked, tail.nodes);
      if (end === undefined) {
        ending.expect(tail.nodes);
        // If the command has ended during this look, the next look is the last and comes at once.
        if (!waking.signal.aborted) await patient.pause(interval, waking.signal);
      } else if (looked.trouble === undefined) {
        const silent = silentNodes(end, tail.heard);
        if (silent.length === 0) return;
        // What was written a moment ago may not be shown yet.
        if (silentLooks++ === SILENT_LOOKS) throw nothingOf(silent, tail.output);
        await patient.pause(Math.min(interval, AGAIN_MS));
      } else {
        // Trouble that lets pages through gets better; without one, it is tried so often.
        if (looked.pages > 0) lastTries = 0;
        if (lastTries++ === MOST_RETRIES) throw looked.trouble;
        await patient.pause(interval);
      }
    }
  } finally {
    signal?.removeEventListener("abort", leave);
    leaving.abort();
    await ending.settled();
  }
}

/** How often the last look is repeated if it fails with a transient error. Our decision. */
const MOST_RETRIES = 10;

/** How often it looks again for what nodes wrote of which nothing is there, and how long after. Our decision. */
const SILENT_LOOKS = 3;
const AGAIN_MS = 2_000;

/** So many nodes are heard before it is asked how many there are, which a command for a few nodes need not be. */
const SOME_NODES = 20;

/** A command that is followed, and what is known of it by now. */
interface Tail {
  readonly logs: CloudWatchLogsClient;
  readonly command: FollowedCommand;
  readonly signal: AbortSignal;
  /** The ids of the nodes that have written. */
  readonly heard: Set<string>;
  /** How many nodes there are; as many as were heard while that is not known. */
  nodes: number;
  isCounted: boolean;
  output?: WrittenOutput | undefined;
}

function newTail(logs: CloudWatchLogsClient, command: FollowedCommand, signal: AbortSignal): Tail {
  return { logs, command, signal, heard: new Set(), nodes: command.nodes, isCounted: false };
}

/** Yields what is new. Transient errors end the look, and not the tail. */
async function* look(tail: Tail, isLast: boolean): AsyncGenerator<TailedOutput, Looked, undefined> {
  const { logs, command, signal, heard } = tail;
  const calls = { abortSignal: signal };
  const pagesBefore = tail.output?.pages() ?? 0;
  let isFresh = false;
  let trouble: unknown;
  signal.throwIfAborted();
  try {
    if (tail.output === undefined) {
      const commands = await command.find(calls);
      tail.nodes = nodesOf(commands);
      tail.isCounted = tail.nodes > 0;
      tail.output = outputOf(logs, commands, calls);
    }
    for await (const { stream, timestamp, text } of tail.output?.fresh(isLast) ?? []) {
      const writer = writerOf(stream);
      heard.add(writer.instanceId);
      isFresh = true;
      yield { ...writer, timestamp, text };
    }
    if (!isLast && !tail.isCounted && heard.size >= SOME_NODES) {
      // Once, since it takes a listing. A service in trouble is better asked too seldom.
      tail.isCounted = true;
      tail.nodes = await command.countNodes(calls).catch(() => MOST_THAT_COUNT);
    }
  } catch (error) {
    throwUnlessPassing(error, signal);
    trouble = error;
  }
  signal.throwIfAborted();
  tail.nodes = Math.max(tail.nodes, heard.size);
  return { isFresh, trouble, pages: (tail.output?.pages() ?? 0) - pagesBefore };
}

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

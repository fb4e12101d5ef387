import type { EpochMs } from "../../time/clock.ts";
import { toMs } from "../../time/duration.ts";
import { joinedStreams } from "../documents/step-flow.ts";
import type { AgentRunState } from "./agent-run-state.ts";
import { filesIn, type Streams } from "./output-files.ts";
import { type RunningProcess, writtenUntil } from "./process.ts";

/** How often the agent looks for new output, in milliseconds ([agent-logs-publisher]: 1 s; 3 and 30 s in old versions). */
const LOG_POLL_MS = 1_000;

/**
 * When the agent looks at what a process has written: after its first round, and after each round in which something is
 * written.
 */
export function logPolls({ startedAt, endsAt = Infinity, result }: RunningProcess): EpochMs[] {
  if (result.type === "neverReplies" || result.type === "notStarted") return [];
  const rounds = (result.writes ?? []).map(({ at }) => Math.ceil(toMs(at, "at") / LOG_POLL_MS));
  return [...new Set([1, ...rounds])]
    .map((round) => startedAt + round * LOG_POLL_MS)
    .filter((at) => at < endsAt);
}

/** The round in which the agent sees what a process that was started at `startedAt` writes at `at`. */
export function nextLogPoll(startedAt: EpochMs, at: EpochMs): EpochMs {
  return startedAt + Math.max(1, Math.ceil((at - startedAt) / LOG_POLL_MS)) * LOG_POLL_MS;
}

/** What a step that still runs has written by an instant; undefined when none runs. */
export function writtenSoFar(
  { process, work, reports, files }: Pick<AgentRunState, "process" | "work" | "reports" | "files">,
  { at, folder }: { readonly at: EpochMs; readonly folder: string },
): Streams | undefined {
  const now = process ? writtenUntil(at - process.startedAt, process.result) : work?.written;
  if (now === undefined) return undefined;
  const all = (name: keyof Streams) =>
    joinedStreams([
      ...reports.map((report) => report[name]),
      filesIn(files, folder)[name] + now[name],
    ]);
  return { stdout: all("stdout"), stderr: all("stderr") };
}

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

/** What a step that still runs has written by an instant; undefined when none runs. */
export function writtenSoFar(
  { process, reports, files }: Pick<AgentRunState, "process" | "reports" | "files">,
  { at, folder }: { readonly at: EpochMs; readonly folder: string },
): Streams | undefined {
  if (process === undefined) return undefined;
  const now = writtenUntil(at - process.startedAt, process.result);
  const all = (name: keyof Streams) =>
    joinedStreams([
      ...reports.map((report) => report[name]),
      filesIn(files, folder)[name] + now[name],
    ]);
  return { stdout: all("stdout"), stderr: all("stderr") };
}

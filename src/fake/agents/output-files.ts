import type { AgentRunContext, AgentRunState } from "./agent-run-state.ts";

/** Both streams of a step or of a process, as far as they are written. */
export interface Streams {
  readonly stdout: string;
  readonly stderr: string;
}

/** What lies in output files, by the folder of the process. */
export type Files = Readonly<Record<string, Streams>>;

/**
 * The folder of a process of the step that a run is at, from the folder of the command on.
 *
 * @param index - Which of the step's processes. @default the one that is next, or runs
 */
export function folderOf(
  { stepIndex, reports }: Pick<AgentRunState, "stepIndex" | "reports">,
  { document, within = "" }: Pick<AgentRunContext, "document" | "within">,
  index = reports.length,
): string {
  const step = document.steps[stepIndex];
  return `${within}${step?.name}/${step?.processes[index]?.folder}/`;
}

/** What tells the process that a run is at from all others of its command. */
export function processKey(
  run: Pick<AgentRunState, "stepIndex" | "reports">,
  context: Pick<AgentRunContext, "document" | "within">,
): string {
  return `${folderOf(run, context)}${run.reports.length}`;
}

/** The files once more was appended to those of a folder. */
export function appendedTo(files: Files | undefined, folder: string, more: Streams): Files {
  const { stdout, stderr } = filesIn(files, folder);
  return { ...files, [folder]: { stdout: stdout + more.stdout, stderr: stderr + more.stderr } };
}

/** What lies in the files of a folder. */
export function filesIn(files: Files | undefined, folder: string): Streams {
  return files?.[folder] ?? NOTHING_WRITTEN;
}

const NOTHING_WRITTEN: Streams = { stdout: "", stderr: "" };

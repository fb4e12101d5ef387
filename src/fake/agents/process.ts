import type { EpochMs } from "../../time/clock.ts";
import { toMs } from "../../time/duration.ts";
import type { Platform } from "../documents/document-model.ts";
import type { StepReport } from "../documents/step-flow.ts";
import type { Streams } from "./output-files.ts";
import type { OutputWrite, PluginResult } from "./plugin-result.ts";

/** What ends a process: itself, the agent at its execution time-out, or the agent because of a cancel. */
export type ProcessEnd = "exit" | "timeout" | "cancel";

/** A process on a node. Without `endsAt` the agent is never heard of again. */
export interface RunningProcess {
  readonly result: PluginResult;
  readonly startedAt: EpochMs;
  readonly endsAt: EpochMs | undefined;
  readonly end: ProcessEnd;
}

/** A process whose end is known. */
export interface EndingProcess extends RunningProcess {
  readonly endsAt: EpochMs;
}

/** Whether the end of a process is known. */
export function hasEnd(process: RunningProcess | undefined): process is EndingProcess {
  return process?.endsAt !== undefined;
}

/** The code of a process that the agent killed [agent-exec-unix] [agent-exec-windows] [rec-2026-09-27-timeouts]. */
export const KILLED_EXIT_CODE = { Linux: 137, MacOS: 137, Windows: -1 } as const satisfies Record<
  Platform,
  number
>;

/** The codes by which a script asks the agent for a reboot [guide-reboot] [agent-exec-unix] [agent-exec-windows]. */
export const REBOOT_EXIT_CODE = { Linux: 194, MacOS: 194, Windows: 3010 } as const satisfies Record<
  Platform,
  number
>;

/**
 * A process from its start, as it goes on unless a cancel ends it. The agent kills it `timeoutMs` after its start; one that
 * ends exactly then has ended by itself (question 40 of docs/settings.md).
 */
export function startProcess(
  result: PluginResult,
  { startedAt, timeoutMs }: { readonly startedAt: EpochMs; readonly timeoutMs: number },
): RunningProcess {
  if (result.type === "neverReplies") {
    return { result, startedAt, endsAt: undefined, end: "exit" };
  }
  if (result.type === "notStarted") return { result, startedAt, endsAt: startedAt, end: "exit" };
  const runs = result.type === "hangs" ? Infinity : toMs(result.after ?? "0s", "after");
  if (runs <= timeoutMs) return { result, startedAt, endsAt: startedAt + runs, end: "exit" };
  const endsAt = startedAt + timeoutMs + toMs(result.killTakes ?? "0s", "killTakes");
  return { result, startedAt, endsAt, end: "timeout" };
}

/** The reboot that a process has asked for by its end, or undefined. `rerun` is the result of the rerun, if it is known. */
export function rebootOf(
  { result, end }: RunningProcess,
  platform: Platform,
): { readonly takesMs: number; readonly rerun: PluginResult | undefined } | undefined {
  if (end !== "exit") return undefined;
  if (result.type === "reboots") {
    return { takesMs: toMs(result.takes ?? "0s", "takes"), rerun: result.then };
  }
  const asks = result.type === "exits" && result.exitCode === REBOOT_EXIT_CODE[platform];
  return asks ? { takesMs: 0, rerun: undefined } : undefined;
}

/** The process once the agent kills it because of a cancel. One that has ended before keeps its own end. */
export function killProcess(process: RunningProcess, at: EpochMs): RunningProcess {
  const { result, endsAt } = process;
  if (result.type === "neverReplies" || result.type === "notStarted") return process;
  if (endsAt !== undefined && endsAt <= at) return process;
  return { ...process, endsAt: at + toMs(result.killTakes ?? "0s", "killTakes"), end: "cancel" };
}

/**
 * What the agent reports of a process that has ended.
 *
 * - 0 is Success, any other code Failed; the code of a killed process counts as a time-out even when the script itself
 *   exits with it, or as a cancel when one is pending [agent-exec-unix].
 * - A failing script gets `failed to run commands: exit status N` appended to stderr, without a separator of its own
 *   [rec-2026-09-27-managed-execution] [agent-run-script]; one that was killed from elsewhere gets `signal: …` and code -1
 *   [agent-executers]; one that the agent killed gets nothing [rec-2026-09-27-timeouts].
 * - A plugin that runs no script gets none of that: what it writes, or why it does not start, is all [agent-cases], and code
 *   137 is a failure like any other.
 */
export function reportOf(
  process: EndingProcess,
  { platform, isScript, isCancelled = false }: Reported,
): StepReport {
  const { result, end } = process;
  const written = writtenBy(process);
  const failed = (exitCode: number, reason: string): StepReport => ({
    detail: "Failed",
    exitCode,
    stdout: written.stdout,
    stderr: written.stderr + (isScript ? `failed to run commands: ${reason}` : ""),
  });
  // With a cancel pending, the agent takes a process that was killed from elsewhere for one that it has killed.
  if (end === "exit" && result.type === "killed" && !isCancelled) {
    return failed(-1, `signal: ${result.signal}`);
  }
  if (result.type === "notStarted") {
    const { reason, at = "start" } = result;
    const isAlone = !isScript || at === "preparation";
    return isAlone ? { ...failed(1, ""), stderr: reason } : failed(1, reason);
  }
  const killedCode = KILLED_EXIT_CODE[platform];
  const exitCode = (end === "exit" ? ownCode(result) : undefined) ?? killedCode;
  const { stdout, stderr } = written;
  if (exitCode === 0) return { detail: "Success", exitCode, stdout, stderr };
  if (exitCode !== killedCode || (end === "exit" && !isScript)) {
    return failed(exitCode, `exit status ${exitCode}`);
  }
  const wasCancelled = end === "cancel" || (end === "exit" && isCancelled);
  return { detail: wasCancelled ? "Cancelled" : "ExecutionTimedOut", exitCode, stdout, stderr };
}

/** What decides how an end is reported. */
interface Reported {
  readonly platform: Platform;
  /** Whether it runs a script. */
  readonly isScript: boolean;
  /** Whether a cancel is pending. */
  readonly isCancelled?: boolean;
}

/** What a process that has ended has written. */
export function writtenBy({ result, startedAt, endsAt }: EndingProcess): Streams {
  return writtenUntil(endsAt - startedAt, result);
}

/** What a process has written `ms` milliseconds after its start. */
export function writtenUntil(ms: number, result: PluginResult): Streams {
  if (result.type === "neverReplies" || result.type === "notStarted") {
    return { stdout: "", stderr: "" };
  }
  if (result.writes === undefined) {
    return { stdout: result.stdout ?? "", stderr: result.stderr ?? "" };
  }
  const writes = result.writes
    .map((write) => ({ ...write, atMs: toMs(write.at, "writes") }))
    .filter(({ atMs }) => atMs <= ms)
    .sort((a, b) => a.atMs - b.atMs);
  const stream = (name: keyof Pick<OutputWrite, "stdout" | "stderr">) =>
    [result[name] ?? "", ...writes.map((write) => write[name] ?? "")].join("");
  return { stdout: stream("stdout"), stderr: stream("stderr") };
}

/** The code of a process that ended by itself, if its kind has one; any other counts as killed. */
function ownCode(result: PluginResult): number | undefined {
  switch (result.type) {
    case "exits":
      return result.exitCode ?? 0;
    case "killed":
    case "hangs":
    case "reboots":
    case "notStarted":
    case "neverReplies":
      return undefined;
  }
}

import type { EpochMs } from "../../time/clock.ts";
import { toMs } from "../../time/duration.ts";
import type { Platform } from "../documents/document-model.ts";
import type { OutputWrite, PluginResult } from "./behavior.ts";

/** What ends a process: itself, the agent at its execution time-out, or the agent because of a cancel. */
export type ProcessEnd = "exit" | "timeout" | "cancel";

/** A process on a node. Without `endsAt` the agent is never heard of again. */
export interface RunningProcess {
  readonly result: PluginResult;
  readonly startedAt: EpochMs;
  readonly endsAt: EpochMs | undefined;
  readonly end: ProcessEnd;
}

/** What the agent tells the service about a process that has ended. */
export interface ProcessReport {
  readonly detail: "Success" | "Failed" | "ExecutionTimedOut" | "Cancelled";
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The code of a process that the agent killed (agent's source; 137 recorded 2026-09). */
export const KILLED_EXIT_CODE = { Linux: 137, MacOS: 137, Windows: -1 } as const satisfies Record<
  Platform,
  number
>;

/**
 * A process from its start, as it will go unless somebody cancels it. The agent kills it `timeoutMs` after its start; one
 * that ends exactly then has ended by itself (open question 40).
 */
export function startProcess(
  result: PluginResult,
  { startedAt, timeoutMs }: { readonly startedAt: EpochMs; readonly timeoutMs: number },
): RunningProcess {
  if (result.type === "neverReplies") {
    return { result, startedAt, endsAt: undefined, end: "exit" };
  }
  const runs = result.type === "exits" ? toMs(result.after ?? "0s", "after") : Infinity;
  if (runs <= timeoutMs) return { result, startedAt, endsAt: startedAt + runs, end: "exit" };
  const endsAt = startedAt + timeoutMs + toMs(result.killTakes ?? "0s", "killTakes");
  return { result, startedAt, endsAt, end: "timeout" };
}

/** The process when the agent kills it because of a cancel. One that has ended by then keeps its own end. */
export function killProcess(process: RunningProcess, at: EpochMs): RunningProcess {
  const { result, endsAt } = process;
  if (result.type === "neverReplies" || (endsAt !== undefined && endsAt <= at)) return process;
  return { ...process, endsAt: at + toMs(result.killTakes ?? "0s", "killTakes"), end: "cancel" };
}

/**
 * What the agent reports of a process that has ended.
 *
 * - 0 is Success, any other code Failed; a code of a killed process counts as a time-out even when the script itself exits
 *   with it (agent's source).
 * - A failing script gets `failed to run commands: exit status N` appended to stderr, without a separator of its own; a
 *   killed one does not (recorded 2026-09).
 */
export function reportOf(
  process: RunningProcess & { readonly endsAt: EpochMs },
  platform: Platform,
): ProcessReport {
  const { result, end } = process;
  const written = writtenUntil(process.endsAt - process.startedAt, result);
  const killed = KILLED_EXIT_CODE[platform];
  const exitCode = end === "exit" && result.type === "exits" ? (result.exitCode ?? 0) : killed;
  if (end === "cancel") return { ...written, detail: "Cancelled", exitCode: killed };
  if (exitCode === killed) return { ...written, detail: "ExecutionTimedOut", exitCode };
  if (exitCode === 0) return { ...written, detail: "Success", exitCode };
  const stderr = `${written.stderr}failed to run commands: exit status ${exitCode}`;
  return { stdout: written.stdout, stderr, detail: "Failed", exitCode };
}

function writtenUntil(
  ms: number,
  result: PluginResult,
): { readonly stdout: string; readonly stderr: string } {
  if (result.type === "neverReplies") return { stdout: "", stderr: "" };
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

import { readdirSync, readFileSync } from "node:fs";
import { realTime } from "../../time/clock.ts";

/** What Linux tells of a process. */
export interface ProcessState {
  readonly pid: number;
  /** Whether it runs. Of one that does not, its parent has not heard yet. */
  readonly isRunning: boolean;
  readonly group: number;
  readonly session: number;
  /** When it started, in ticks since the computer did. */
  readonly startedAt: number;
}

/** Whether this computer tells of its processes, as Linux does. */
export function tellsOfProcesses(): boolean {
  return process.platform === "linux";
}

/** A process; undefined if it is gone, or nothing is told of it. */
export function processState(pid: number): ProcessState | undefined {
  const text = contentOf(`/proc/${pid}/stat`);
  // The name, in parentheses, may hold anything.
  const [state = "", , group, session, ...others] = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ");
  if (state === "") return undefined;
  return {
    pid,
    isRunning: state !== "Z" && state !== "X",
    group: Number(group),
    session: Number(session),
    startedAt: Number(others[15]),
  };
}

/** The soft limit of a process's resident memory, in bytes. */
export function memoryLimit(pid: number): number {
  return Number(/^Max resident set +(\d+)/m.exec(contentOf(`/proc/${pid}/limits`))?.[1]);
}

/** All processes but this one. */
export function allProcesses(): readonly ProcessState[] {
  return statesOf(pids());
}

/** A process, and those that were started after it, by their ids. */
export function processesSince(pid: number): readonly ProcessState[] {
  // Ids begin anew some time; then the last one that was given is below that of the other process.
  const last = Number(contentOf("/proc/loadavg").trim().split(" ").at(-1));
  return statesOf(last >= pid ? pids().filter((id) => id >= pid) : pids());
}

/** Looks at all processes, once for all those who ask in one turn of the event loop. */
export class ProcessTable {
  #look: Promise<readonly ProcessState[]> | undefined;

  look(): Promise<readonly ProcessState[]> {
    this.#look ??= realTime.nextTurn().then(() => {
      this.#look = undefined;
      return allProcesses();
    });
    return this.#look;
  }
}

/** The content of a file of the system that may be gone, or somebody else's: then it is empty. */
export function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function statesOf(ids: readonly number[]): readonly ProcessState[] {
  return ids.flatMap((pid) => processState(pid) ?? []);
}

function pids(): readonly number[] {
  try {
    return readdirSync("/proc")
      .map(Number)
      .filter((id) => Number.isInteger(id) && id > 0 && id !== process.pid);
  } catch {
    return [];
  }
}

import { allProcesses, memoryLimit, type ProcessState, processState } from "./process-table.ts";

/** What tells the processes of a run from all others of this computer. */
export interface Marks {
  /** The id of the shell, which is that of its process group and of its session, too. */
  readonly pid: number;
  /** When the shell started; undefined where that is not told. */
  readonly startedAt: number | undefined;
  /** The mark of its folder, see `markOf`. */
  readonly mark: number;
}

/** The marks of a shell that has just been started. */
export function marksOf(pid: number, mark: number): Marks {
  return { pid, mark, startedAt: processState(pid)?.startedAt };
}

/**
 * A number that belongs to one folder, in KiB. The shell of a run limits its resident memory to it, which has no effect on
 * Linux, and which all its descendants inherit, whatever they do with their session, folder, environment and open files.
 *
 * @param root - A folder whose last six characters no other folder of its kind has.
 */
export function markOf(root: string): number {
  const codes = [...root.slice(-6)].map((character) => character.charCodeAt(0) % 128);
  return 2 ** 42 + codes.reduce((sum, code) => sum * 128 + code, 0);
}

/** What a shell does first, so that all that it starts has the mark. */
export function marking(mark: number): string {
  return `ulimit -S -m ${mark} 2>/dev/null; `;
}

/** Those processes among some that a run has left. */
export function leftAmong(processes: readonly ProcessState[], marks: Marks): readonly number[] {
  const { pid: shell, startedAt, mark } = marks;
  if (startedAt === undefined) return isGroupAlive(shell) ? [shell] : [];
  const isOurs = isStillOurs(marks);
  return processes
    .filter((state) => state.isRunning && state.startedAt >= startedAt)
    .filter(
      ({ pid, group, session }) =>
        (isOurs && (group === shell || session === shell)) || memoryLimit(pid) === mark * 1024,
    )
    .map(({ pid }) => pid);
}

/**
 * A function that kills what a run has left of some processes, as far as this user may, and returns which of that has not
 * ended yet. It has to be called until that is nothing: processes take a moment to end, and may have started others.
 */
export function killerOf(marks: Marks): (processes?: readonly ProcessState[]) => readonly number[] {
  const killed = new Set<number>();
  return (processes = allProcesses()) => {
    const left = leftAmong(processes, marks);
    if (left.length > 0) killGroup(marks);
    if (marks.startedAt !== undefined) for (const pid of left) kill(pid);
    for (const pid of left) killed.add(pid);
    // One that was killed has no limits any more some time before it has ended.
    return left.length > 0 ? left : [...killed].filter(isRunning);
  };
}

/** Kills the process group of a run, as the agent does [agent-executers]. */
export function killGroup(marks: Marks): void {
  // Windows has no process groups.
  if (isStillOurs(marks)) kill(process.platform === "win32" ? marks.pid : -marks.pid);
}

/** Kills a process, or for a negative id its group. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already, or belongs to somebody else.
  }
}

/**
 * Whether the id of the shell still stands for its group and its session. It is given again only when nothing of them is
 * left; then a process has it that started at another time.
 */
function isStillOurs({ pid, startedAt }: Marks): boolean {
  const leader = processState(pid);
  return leader === undefined || leader.startedAt === startedAt;
}

function isRunning(pid: number): boolean {
  return processState(pid)?.isRunning ?? false;
}

function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

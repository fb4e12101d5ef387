import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** What tells the processes of a run from all others of this computer. */
export interface Marks {
  /** The id of the shell, which is that of its process group and of its session, too. */
  readonly pid: number;
  /** When the shell started, as the system counts; undefined where that is not told. */
  readonly startedAt: number | undefined;
  /** The folder of the run, which every process inherits as an open file unless it closes it. */
  readonly root: string;
}

/** What Linux tells of a process. */
interface ProcessState {
  readonly pid: number;
  readonly state: string;
  readonly group: number;
  readonly session: number;
  readonly terminal: number;
  readonly startedAt: number;
}

/** The number under which the processes of a run inherit its folder: the first that no program expects. */
export const MARK_FD = 3;

/** The states of processes that have ended, but of which their parents have not heard. */
const ENDED = ["Z", "X"];

/** Whether this computer tells of its processes, as Linux does. */
export function tellsOfProcesses(): boolean {
  return process.platform === "linux";
}

/** The marks of a shell that has just been started. */
export function marksOf(pid: number, root: string): Marks {
  return { pid, root, startedAt: stateOf(pid)?.startedAt };
}

/**
 * The processes that a run has left: those of its process group, and those that have left the group. What has changed its
 * session, its folder, its environment and its open files is not found.
 *
 * @param isFresh - Whether the shell has ended just now, so that only processes with later ids can be left.
 */
export function leftProcesses(
  marks: Marks,
  { isFresh = false }: { readonly isFresh?: boolean } = {},
): readonly number[] {
  if (marks.startedAt === undefined) return isGroupAlive(marks.pid) ? [marks.pid] : [];
  return candidates(marks, isFresh).filter((pid) => isLeft(pid, marks));
}

/**
 * A function that kills what a run has left, as far as this user may, and returns which of that has not ended yet. It has to
 * be called until that is nothing: processes take a moment to end, and may have started others meanwhile.
 */
export function killerOf(marks: Marks): () => readonly number[] {
  const killed = new Set<number>();
  return () => {
    const left = leftProcesses(marks);
    if (left.length > 0) kill(-marks.pid);
    if (marks.startedAt !== undefined) for (const pid of left) kill(pid);
    for (const pid of left) killed.add(pid);
    // One that was killed shows nothing by which it is found some time before it has ended.
    return left.length > 0 ? left : [...killed].filter(isRunning);
  };
}

function isRunning(pid: number): boolean {
  if (!tellsOfProcesses()) return isGroupAlive(pid);
  const state = stateOf(pid)?.state;
  return state !== undefined && !ENDED.includes(state);
}

/** Kills a process, or for a negative id its group. */
export function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended already, or belongs to somebody else.
  }
}

function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function candidates({ pid }: Marks, isFresh: boolean): readonly number[] {
  const all = namesIn("/proc")
    .map(Number)
    .filter((id) => Number.isInteger(id) && id > 0 && id !== process.pid);
  // Ids begin anew some time; then the last one that was given is below that of the shell.
  return isFresh && lastPid() >= pid ? all.filter((id) => id >= pid) : all;
}

function lastPid(): number {
  return Number(contentOf("/proc/loadavg").trim().split(" ").at(-1));
}

function isLeft(pid: number, { pid: shell, startedAt = 0, root }: Marks): boolean {
  const state = stateOf(pid);
  // A terminal that somebody has opened in the folder is none of the run's.
  if (state === undefined || state.startedAt < startedAt || state.terminal !== 0) return false;
  if (ENDED.includes(state.state)) return false;
  if (state.session === shell || state.group === shell) return true;
  const isBelow = (path: string) => path === root || path.startsWith(`${root}/`);
  const linked = [`fd/${MARK_FD}`, "cwd"].map((name) => linkOf(`/proc/${pid}/${name}`));
  return linked.some((path) => isBelow(path.replace(/ \(deleted\)$/, ""))) || knows(pid, root);
}

/** Whether the folder stands in the environment of a process, where shells name the one that they are in. */
function knows(pid: number, root: string): boolean {
  return contentOf(`/proc/${pid}/environ`).includes(root);
}

function stateOf(pid: number): ProcessState | undefined {
  const text = contentOf(`/proc/${pid}/stat`);
  // The name, in parentheses, may hold anything.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const [state = "", , group, session, terminal] = fields;
  if (state === "") return undefined;
  return {
    pid,
    state,
    group: Number(group),
    session: Number(session),
    terminal: Number(terminal),
    startedAt: Number(fields[19]),
  };
}

/** The content of a file of the system that may be gone, or somebody else's: then it is empty. */
export function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { realTime } from "../../time/clock.ts";
import type { PluginResult } from "../agents/plugin-result.ts";
import { KILLED_EXIT_CODE } from "../agents/process.ts";
import { codeOf, errorAsGo, signalAsGo } from "./go-words.ts";
import { keepOutput } from "./kept-output.ts";

/** What a process is started with, and who hears of it. */
export interface Starting {
  readonly program: string;
  /** How the program is called. */
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted when the agent kills the process. */
  readonly signal: AbortSignal;
  /** How many bytes of each stream are kept. */
  readonly mostKept: number;
  readonly onStarted: (pid: number) => void;
  /** Kills the process and its group. */
  readonly kill: () => void;
  readonly onOutput: (soFar: Written) => void;
  readonly onDropped: (stream: "standard output" | "standard error") => void;
}

interface Written {
  readonly stdout: string;
  readonly stderr: string;
}

/** For how many milliseconds after a kill what is in the pipes is still read (our decision). */
const DRAIN_MS = 100;

/**
 * Runs a process to its end, which is when it has exited and nobody holds its output any more, or when the agent kills it
 * and its group [agent-executers]. It throws nothing: what keeps the process from starting is its result.
 */
export async function runProcess(starting: Starting): Promise<PluginResult> {
  const { program, signal, mostKept, onStarted, onOutput, onDropped, kill } = starting;
  let shell: ChildProcess;
  try {
    shell = startProcess(starting);
  } catch (error) {
    return notStarted(program, error);
  }
  const { pid, stdout, stderr } = shell;
  const failure = new Promise<Error>((resolve) => shell.once("error", resolve));
  if (pid === undefined || stdout === null || stderr === null) {
    return notStarted(program, await failure);
  }
  onStarted(pid);
  const closed = new Promise<"closed">((resolve) => shell.once("close", () => resolve("closed")));
  const onRead = () => onOutput({ stdout: out.text, stderr: err.text });
  const out = keepOutput(stdout, {
    ...{ mostKept, onRead },
    onDropped: () => onDropped("standard output"),
  });
  const err = keepOutput(stderr, {
    ...{ mostKept, onRead },
    onDropped: () => onDropped("standard error"),
  });
  const how = await Promise.race([closed, aborted(signal, closed)]);
  if (how === "aborted") {
    kill();
    // A program of another user, which this one may not kill, must not keep the agent from reporting, nor this process alive.
    await settled(closed, { withinMs: DRAIN_MS });
    shell.unref();
    // Node.js may hear of the exit before it has read the pipes, and a busy event loop may see the time over first. By the
    // second turn it has read them.
    await realTime.nextTurn();
    await realTime.nextTurn();
    // A process that left the group may still hold the other ends; that must not keep this process alive.
    stdout.destroy();
    stderr.destroy();
  }
  const written: Written = { stdout: out.finish(), stderr: err.finish() };
  if (how === "aborted") return { type: "exits", exitCode: KILLED_EXIT_CODE.Linux, ...written };
  const { exitCode, signalCode } = shell;
  return signalCode === null
    ? { type: "exits", exitCode: exitCode ?? 0, ...written }
    : { type: "killed", signal: signalAsGo(constants.signals[signalCode]), ...written };
}

/**
 * Starts a process as the leader of a process group of its own, which can be killed as one, with an empty standard input.
 *
 * @throws the error of the system, or of Node.js for a value that no process can be given.
 */
function startProcess({ program, name, args, cwd, env }: Starting): ChildProcess {
  return spawn(program, args, {
    ...{ argv0: name, cwd, env, detached: true, windowsHide: true },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

function notStarted(program: string, error: unknown): PluginResult {
  // Values that Node.js does not even give to the system.
  const isOfNode = codeOf(error)?.startsWith("ERR_") ?? false;
  const why = isOfNode ? "invalid argument" : errorAsGo(error);
  return { type: "notStarted", reason: `fork/exec ${program}: ${why}` };
}

/** Settles when the signal is aborted; not at all if something else comes first. */
function aborted(signal: AbortSignal, first: Promise<unknown>): Promise<"aborted"> {
  return new Promise((resolve) => {
    const hear = () => resolve("aborted");
    if (signal.aborted) return hear();
    signal.addEventListener("abort", hear, { once: true });
    void first.then(() => signal.removeEventListener("abort", hear));
  });
}

function settled(
  work: Promise<unknown>,
  { withinMs }: { readonly withinMs: number },
): Promise<void> {
  return new Promise((resolve) => {
    const stopWaiting = realTime.after(withinMs, resolve);
    void work.then(() => {
      stopWaiting();
      resolve();
    });
  });
}

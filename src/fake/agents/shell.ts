import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { realTime } from "../../time/clock.ts";
import type { PluginRun, RealTimeBehavior } from "./behavior.ts";
import type { ExitingProcess } from "./plugin-result.ts";

/**
 * Options of {@link runsInShell}.
 *
 * @example
 * ```ts
 * const options: ShellOptions = { shell: "/bin/sh", env: { STAGE: "test" } };
 * node.behavior = runsInShell(options);
 * const { commandId } = await runCommand.send({ ...runShellScript("echo $STAGE"), InstanceIds: [instanceId] });
 * await runCommand.waitForTerminal(commandId);
 * (await runCommand.readOutput({ commandId, instanceId })).stdout; //=> "test\n"
 * ```
 */
export interface ShellOptions {
  /**
   * The program that gets the script as a file: a path, or a name that is looked up in `PATH`. Scripts for PowerShell need
   * `"pwsh"`, on any system. @default "/bin/sh", and "powershell.exe" on Windows
   */
  readonly shell?: string;
  /** The folder to run in. A `workingDirectory` that the command names wins. @default a temporary folder of that run */
  readonly cwd?: string;
  /** Variables on top of the few that are passed on. @default {} */
  readonly env?: Readonly<Record<string, string>>;
}

type Shell = ChildProcessByStdio<null, Readable, Readable>;

/** What a script sees of this process's environment. Credentials and `NODE_OPTIONS` stay out (our decision). */
const VARIABLES_PASSED_ON = [
  ...["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"],
  ...["SystemRoot", "ComSpec", "PATHEXT"],
];

/** For how many milliseconds after the script's end output of its background processes is still read (our decision). */
const DRAIN_MS = 100;

/** The code of a killed process: 128 + SIGKILL [agent-exec-unix] [rec-2026-09-27-timeouts]. */
const KILLED = 137;

/**
 * A behavior that really runs the script, on this computer. Virtual time flows with the wall clock meanwhile.
 *
 * - The script is written to a file in a temporary folder of that run, which is removed afterwards. Exit code and output
 *   are the true ones, read as UTF-8. A process that was killed by a signal exits with 128 + the number of the signal.
 * - At the execution time-out and on cancel, the whole process group is killed; what was written until then is kept. (On
 *   Windows, which has no process groups, it is the shell alone.)
 * - What a script leaves in the background ends with it: output is read for another 100 ms, then the rest of the group is
 *   killed. Our decision: a forgotten child must not hold up a test.
 * - Of the environment it sees `PATH`, `HOME`, `USER`, `LANG`, `LC_ALL`, `TZ` and `TMPDIR` (on Windows also `SystemRoot`,
 *   `ComSpec` and `PATHEXT`), `SSM_COMMAND_ID` as the agent sets it [agent-run-script], and `env`.
 * - When the shell or the folder does not exist, the plugin fails with code 1 and standard error says why. For a plugin
 *   without a script the behavior rejects with an Error.
 *
 * @example
 * ```ts
 * const node = fake.nodes.add({ behavior: runsInShell({ shell: "/bin/bash" }) });
 * const sent = await runCommand.send({ ...runShellScript("echo $((6 * 7))"), InstanceIds: [node.instanceId] });
 * await sent.waitForTerminal(); // takes as long as the script does
 * const invocation = await runCommand.getCommandInvocation({ CommandId: sent.commandId, InstanceId: node.instanceId });
 * invocation.StandardOutputContent; //=> "42\n"
 * ```
 */
export function runsInShell(options: ShellOptions = {}): RealTimeBehavior {
  return { type: "inRealTime", run: (run) => runScript(run, options) };
}

async function runScript(
  run: PluginRun,
  {
    shell = process.platform === "win32" ? "powershell.exe" : "/bin/sh",
    cwd,
    env = {},
  }: ShellOptions,
): Promise<ExitingProcess> {
  if (run.script === undefined) {
    throw new Error(
      `runsInShell was given the plugin ${run.plugin.name} (${run.plugin.action}) of ${run.documentName} on ${run.node.instanceId}, which has no script to run. Give that node another behavior, such as succeeds().`,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), "ssm-run-command-"));
  try {
    const { fileName, flags } = launchOf(shell);
    const file = join(folder, fileName);
    await writeFile(file, run.script, { mode: 0o700 });
    return await runProcess([shell, ...flags, file], {
      cwd: workingDirectoryOf(run) ?? cwd ?? folder,
      env: { ...variablesPassedOn(), SSM_COMMAND_ID: run.commandId, ...env },
      signal: run.signal,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * How a shell takes its script: PowerShell recognizes files by their ending, and with `-File` it exits with the script's
 * code.
 */
function launchOf(shell: string): { readonly fileName: string; readonly flags: readonly string[] } {
  return /(^|[\\/])(pwsh|powershell)(\.exe)?$/i.test(shell)
    ? {
        fileName: "_script.ps1",
        flags: ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Unrestricted", "-File"],
      }
    : { fileName: "_script.sh", flags: [] };
}

function workingDirectoryOf({ plugin }: PluginRun): string | undefined {
  const { workingDirectory } = plugin.inputs;
  return typeof workingDirectory === "string" && workingDirectory !== ""
    ? workingDirectory
    : undefined;
}

function variablesPassedOn(): NodeJS.ProcessEnv {
  return Object.fromEntries(VARIABLES_PASSED_ON.map((name) => [name, process.env[name]]));
}

async function runProcess(
  [program, ...args]: readonly [string, ...string[]],
  {
    cwd,
    env,
    signal,
  }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly signal: AbortSignal },
): Promise<ExitingProcess> {
  if (signal.aborted) return { type: "exits", exitCode: KILLED };
  let shell: Shell;
  try {
    // Detached, so that it leads a process group of its own, which can be killed as one.
    const stdio: ["ignore", "pipe", "pipe"] = ["ignore", "pipe", "pipe"];
    shell = spawn(program, args, { cwd, env, stdio, detached: true, windowsHide: true });
    await once(shell, "spawn");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const stderr = `The shell ${program} could not be started in ${cwd}: ${reason}. Check that both exist.\n`;
    return { type: "exits", exitCode: 1, stderr };
  }
  const closed = once(shell, "close");
  const [stdout, stderr] = [collect(shell.stdout), collect(shell.stderr)];
  const kill = () => killGroup(shell);
  signal.addEventListener("abort", kill);
  if (signal.aborted) kill();
  await once(shell, "exit");
  await settled(closed, { withinMs: DRAIN_MS });
  // Node.js may hear of the exit before it has read the pipes, and a busy event loop may see the time over first. By the
  // second turn it has read them.
  await realTime.nextTurn();
  await realTime.nextTurn();
  signal.removeEventListener("abort", kill);
  kill();
  // A process that left the group may still hold the other ends; that must not keep this process alive.
  shell.stdout.destroy();
  shell.stderr.destroy();
  return { type: "exits", exitCode: exitCodeOf(shell), stdout: stdout.text, stderr: stderr.text };
}

function collect(stream: Readable): { readonly text: string } {
  const collected = { text: "" };
  // With an encoding set, a character that was cut between two chunks is held back until it is whole.
  stream.setEncoding("utf8").on("data", (chunk: string) => {
    collected.text += chunk;
  });
  return collected;
}

function settled(
  work: Promise<unknown>,
  { withinMs }: { readonly withinMs: number },
): Promise<void> {
  return new Promise((resolve) => {
    const stopWaiting = realTime.after(withinMs, resolve);
    const stop = () => {
      stopWaiting();
      resolve();
    };
    work.then(stop, stop);
  });
}

function killGroup(shell: Shell): void {
  if (shell.pid === undefined) return;
  if (process.platform === "win32") {
    shell.kill("SIGKILL");
    return;
  }
  try {
    process.kill(-shell.pid, "SIGKILL");
  } catch {
    // No process of the group is left.
  }
}

function exitCodeOf({ exitCode, signalCode }: Shell): number {
  return exitCode ?? 128 + constants.signals[signalCode ?? "SIGKILL"];
}

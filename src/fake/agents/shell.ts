import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { access, constants, mkdtemp, rm, writeFile } from "node:fs/promises";
import { constants as osConstants, tmpdir } from "node:os";
import { delimiter, isAbsolute, join } from "node:path";
import type { Readable } from "node:stream";
import { realTime } from "../../time/clock.ts";
import { isObject } from "../documents/go-values.ts";
import { checkInputs } from "../documents/plugin-checks.ts";
import { type PluginRun, type RealTimeBehavior, succeeds } from "./behavior.ts";
import type { PluginResult } from "./plugin-result.ts";
import { textOf } from "./utf8.ts";

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
   * The program that gets the script as a file: a path, or a name that is looked up in `PATH`. Steps of
   * `aws:runPowerShellScript` take it only if it is a PowerShell. @default "/bin/sh"; for PowerShell `pwsh` as the agent
   * finds it, and "powershell.exe" on Windows
   */
  readonly shell?: string;
  /**
   * The folder to run in. An absolute `workingDirectory` that the command names wins. @default a temporary folder of that
   * run
   */
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
 *   are the true ones; bytes that are no UTF-8 are read as U+FFFD. A process that was killed by a signal exits with 128 + the
 *   number of the signal.
 * - At the execution time-out and on cancel, the whole process group is killed; what was written until then is kept. (On
 *   Windows, which has no process groups, it is the shell alone.)
 * - What a script leaves in the background ends with it: output is read for another 100 ms, then the rest of the group is
 *   killed. Our decision: a forgotten child must not hold up a test.
 * - Of the environment it sees `PATH`, `HOME`, `USER`, `LANG`, `LC_ALL`, `TZ` and `TMPDIR` (on Windows also `SystemRoot`,
 *   `ComSpec` and `PATHEXT`), the step's `environment`, `SSM_COMMAND_ID` as the agent sets it [agent-run-script], and `env`.
 * - When the shell or the folder does not exist, the plugin fails with code 1 and standard error says why. A step of
 *   `aws:runPowerShellScript` without `pwsh` fails as on a node:
 *   `failed to run commands: fork/exec /usr/bin/pwsh: no such file or directory` [agent-cases].
 * - A plugin that runs no script, such as `aws:configurePackage`, succeeds without output, as it does with `succeeds()`. The
 *   first one is reported on the console.
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
  let hasWarned = false;
  return {
    type: "inRealTime",
    run(run) {
      const { script } = run;
      if (script !== undefined) return runScript({ ...run, script }, options);
      if (!hasWarned) console.warn(whyNothingRuns(run));
      hasWarned = true;
      return succeeds();
    },
  };
}

function whyNothingRuns({ plugin, documentName, node }: PluginRun): string {
  return `The plugin ${plugin.name} (${plugin.action}) of ${documentName} has no script that runsInShell() could run on ${node.instanceId}, so it succeeds, as with succeeds(). Say what else it does: byPlugin({ ${JSON.stringify(plugin.name)}: fails() }, runsInShell()).`;
}

async function runScript(
  run: PluginRun & { readonly script: string },
  { shell: given, cwd, env = {} }: ShellOptions,
): Promise<PluginResult> {
  const isForPowerShell = run.plugin.action === "aws:runPowerShellScript";
  const shell = isForPowerShell ? await powerShellFor(run, given) : (given ?? "/bin/sh");
  if (shell === undefined) {
    return { type: "notStarted", reason: `fork/exec ${pwshOf(run)}: no such file or directory` };
  }
  const folder = await mkdtemp(join(tmpdir(), "ssm-run-command-"));
  try {
    const { fileName, flags } = launchOf(shell);
    const file = join(folder, fileName);
    await writeFile(file, run.script, { mode: 0o700 });
    return await runProcess([shell, ...flags, file], {
      cwd: workingDirectoryOf(run) ?? cwd ?? folder,
      env: {
        ...variablesPassedOn(),
        ...environmentOf(run),
        SSM_COMMAND_ID: run.commandId,
        ...env,
      },
      signal: run.signal,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where the agent looks for PowerShell [agent-exec-unix]. */
function pwshOf({ node }: PluginRun): string {
  return node.platform === "MacOS" ? "/usr/local/bin/pwsh" : "/usr/bin/pwsh";
}

/** The PowerShell that runs a script: the one that was given, the node's, or the one of this computer; else undefined. */
async function powerShellFor(
  run: PluginRun,
  given: string | undefined,
): Promise<string | undefined> {
  if (given !== undefined && isPowerShell(given)) return given;
  if (process.platform === "win32") return "powershell.exe";
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  for (const file of [pwshOf(run), ...folders.map((folder) => join(folder, "pwsh"))]) {
    const isThere = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return file;
  }
  // A node with Windows always has PowerShell, so it is this computer that lacks it.
  return run.node.platform === "Windows" ? "powershell.exe" : undefined;
}

function isPowerShell(shell: string): boolean {
  return /(^|[\\/])(pwsh|powershell)(\.exe)?$/i.test(shell);
}

/**
 * How a shell takes its script: PowerShell recognizes files by their ending, and with `-File` it exits with the script's
 * code.
 */
function launchOf(shell: string): { readonly fileName: string; readonly flags: readonly string[] } {
  return isPowerShell(shell)
    ? {
        fileName: "_script.ps1",
        flags: ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Unrestricted", "-File"],
      }
    : { fileName: "_script.sh", flags: [] };
}

function workingDirectoryOf({ plugin }: PluginRun): string | undefined {
  const { workingDirectory } = plugin.inputs;
  // A relative one lies below what the command has downloaded, and a folder that is not there is not used [agent-cases].
  return typeof workingDirectory === "string" && isAbsolute(workingDirectory)
    ? workingDirectory
    : undefined;
}

/** The variables that the step states in its `environment` [agent-run-script]. */
function environmentOf({ plugin }: PluginRun): object {
  const checked = checkInputs(plugin.action, plugin.inputs);
  const stated = checked.ok ? checked.fields["Environment"] : undefined;
  return isObject(stated) ? stated : {};
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
): Promise<PluginResult> {
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

/** What is kept of a stream, in bytes (our decision: a script that writes for ever must not end the test's process). */
const MOST_KEPT = 16 * 1024 * 1024;

function collect(stream: Readable): { readonly text: string } {
  const chunks: Buffer[] = [];
  let kept = 0;
  stream.on("data", (chunk: Buffer) => {
    if (kept < MOST_KEPT) chunks.push(chunk.subarray(0, MOST_KEPT - kept));
    kept += chunk.length;
  });
  return {
    get text() {
      if (kept > MOST_KEPT) console.warn(TOO_LONG);
      return textOf(Buffer.concat(chunks));
    },
  };
}

const TOO_LONG = `A script in runsInShell() has written more than ${MOST_KEPT / 1024 / 1024} MiB to one stream. The rest was dropped.`;

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
  return exitCode ?? 128 + osConstants.signals[signalCode ?? "SIGKILL"];
}

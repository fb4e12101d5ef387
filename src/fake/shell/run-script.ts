import { dirname, isAbsolute } from "node:path";
import type { PluginRun } from "../agents/behavior.ts";
import type { PluginResult } from "../agents/plugin-result.ts";
import { KILLED_EXIT_CODE } from "../agents/process.ts";
import { checkInputs } from "../documents/plugin-checks.ts";
import { asSize } from "./byte-size.ts";
import { errorAsGo } from "./go-words.ts";
import { type Launch, launchOf } from "./launch.ts";
import { type Keepers, Remains } from "./remains.ts";
import {
  makeScriptFolder,
  refusesExecution,
  type ScriptFolder,
  ScriptFolderError,
} from "./script-folder.ts";
import { runProcess } from "./script-process.ts";

/** How scripts run: the options of `runsInShell()`, checked. */
export interface ScriptOptions {
  readonly shell?: string | undefined;
  readonly cwd?: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly folder?: string | undefined;
  /** In bytes. */
  readonly mostKept: number;
  readonly keepers: Keepers;
}

type ScriptRun = PluginRun & { readonly script: string };

/** Runs a script as the agent does [agent-run-script]. It throws nothing: what goes wrong is the plugin's failure. */
export async function runScript(run: ScriptRun, options: ScriptOptions): Promise<PluginResult> {
  try {
    return await resultOf(run, options);
  } catch (error) {
    // Thrown on, it would be thrown by the next call of the test, which may have nothing to do with the script.
    const { message, asAgent } =
      error instanceof ScriptFolderError ? error : ownFailure(run, error);
    run.warn(message);
    return { type: "notStarted", at: "preparation", reason: asAgent };
  }
}

/** Something that should not happen, in the same words for the test and in the agent's place. */
function ownFailure({ plugin, node }: ScriptRun, error: unknown) {
  const message = `runsInShell() could not run the script of ${plugin.name} on ${node.instanceId}: ${errorAsGo(error)}.`;
  return { message, asAgent: message };
}

/** @throws ScriptFolderError when the script cannot be put into its file. */
async function resultOf(run: ScriptRun, options: ScriptOptions): Promise<PluginResult> {
  if (run.signal.aborted) return { type: "exits", exitCode: KILLED_EXIT_CODE.Linux };
  const launch = launchOf(run, options);
  if ("reason" in launch) return { type: "notStarted", reason: launch.reason };
  const { fileName, isPowerShell } = launch;
  const place = { parent: options.folder, folder: run.folder, fileName };
  const folder = makeScriptFolder(run.script, place);
  if (!isPowerShell && refusesExecution(folder.file)) run.warn(noExecution(folder.root));
  const remains = new Remains(folder, options.keepers);
  try {
    return await runProcess({
      ...{ program: launch.program, name: launch.name },
      args: launch.argumentsFor(folder.file, remains.mark),
      cwd: workingDirectoryOf(run) ?? options.cwd ?? folder.path,
      env: environmentOf(run, { launch, folder, env: options.env }),
      ...{ signal: run.signal, mostKept: options.mostKept },
      onStarted: (pid) => remains.begin(pid),
      kill: () => remains.kill(),
      onOutput: (soFar) => run.showOutput(soFar),
      onDropped: (stream) => run.warn(tooLong(run, { stream, mostKept: options.mostKept })),
    });
  } finally {
    await remains.settle(run);
  }
}

function noExecution(root: string): string {
  return `The folder ${dirname(root)} lets no file be executed, as one does that is mounted with noexec, so scripts in it end with code 126, "Permission denied", as on such a node. Give runsInShell({ folder }) one that does.`;
}

function tooLong(
  { plugin, node }: PluginRun,
  { stream, mostKept }: { readonly stream: string; readonly mostKept: number },
): string {
  return `The script of ${plugin.name} on ${node.instanceId} has written more than ${asSize(mostKept)} to ${stream}. The rest is dropped; runsInShell({ keeps }) can keep more.`;
}

function workingDirectoryOf({ plugin }: PluginRun): string | undefined {
  const checked = checkInputs(plugin.action, plugin.inputs);
  const workingDirectory = checked.ok ? checked.fields["WorkingDirectory"] : undefined;
  // A relative one lies below what the command has downloaded, and a folder that is not there is not used [agent-cases].
  return typeof workingDirectory === "string" && isAbsolute(workingDirectory)
    ? workingDirectory
    : undefined;
}

/** What scripts see of the environment of this process: what they could not run without (our decision). */
const PASSED_ON =
  process.platform === "win32" ? ["PATH", "SystemRoot", "ComSpec", "PATHEXT"] : ["PATH"];

function environmentOf(
  run: PluginRun,
  {
    launch,
    folder,
    env,
  }: { readonly launch: Launch; readonly folder: ScriptFolder } & Pick<ScriptOptions, "env">,
): NodeJS.ProcessEnv {
  const passedOn = Object.fromEntries(PASSED_ON.map((name) => [name, process.env[name]]));
  // PowerShell does not start without a home; the agent gives it one [agent-executers]. It is not that of the developer.
  const home = launch.isPowerShell && process.platform !== "win32" ? { HOME: folder.root } : {};
  return { ...passedOn, ...home, ...run.environment, ...env };
}

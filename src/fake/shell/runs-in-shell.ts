import { type PluginRun, type RealTimeBehavior, succeeds } from "../agents/behavior.ts";
import { type ByteSize, toBytes } from "./byte-size.ts";
import { checkShellOptions } from "./check-shell-options.ts";
import { Guard } from "./guard.ts";
import { ProcessTable } from "./process-table.ts";
import { runScript } from "./run-script.ts";

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
   * The program that is `sh` on the node, and starts the script as `sh -c FILE`: a path, or a name that is looked up in
   * `PATH`. It is called `sh`, so bash is in its POSIX mode, as on a node with Amazon Linux. Steps of
   * `aws:runPowerShellScript` take it only if it is a PowerShell. @default "sh"; for PowerShell `pwsh` as the agent finds it,
   * and "powershell.exe" on Windows
   */
  readonly shell?: string | undefined;
  /** The folder to run in. An absolute `workingDirectory` that the step names wins. @default the folder of the script */
  readonly cwd?: string | undefined;
  /**
   * Variables on top of those of the agent. A script sees your home only if you say so: `{ HOME: os.homedir() }`.
   * @default {}
   */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /**
   * Where scripts and their folders lie while they run. Files in it have to be executable. @default the folder for temporary
   * files of this computer
   */
  readonly folder?: string | undefined;
  /** How much of each stream of a script is kept, at most 256 MiB. The rest is read and dropped. @default "16MiB" */
  readonly keeps?: ByteSize | undefined;
}

/**
 * A behavior that really runs the script, on this computer, as the agent runs it on a node [agent-run-script]. Virtual time
 * flows with the wall clock meanwhile, and output is seen in CloudWatch Logs while it is written.
 *
 * - The script is a program: it lies in an executable file, `sh -c FILE` starts it, and its first line says what reads it
 *   (`#!/bin/bash`, `#!/usr/bin/env python3`). Standard input is empty.
 * - Its environment is the agent's: the `PATH` of this process and nothing else of it, neither `HOME` nor credentials (on
 *   Windows also `SystemRoot`, `ComSpec` and `PATHEXT`); the step's `environment`, `SSM_NAME` for each parameter with
 *   `interpolationType: ENV_VAR`, `SSM_COMMAND_ID` and the four `AWS_SSM_…`; and `env`.
 * - Exit code and output are the true ones; a byte that is no UTF-8 is read as U+FFFD. A script that a signal ends while a
 *   shell waits for it exits with 128 + the number of the signal; where the shell has become the script, it is Failed with
 *   code -1 and `signal: killed`, as on a node [agent-cases].
 * - A shell or folder that does not exist fails the plugin as on a node: `failed to run commands: fork/exec /usr/bin/sh: no
 *   such file or directory` [agent-cases]. So does a folder of ours that cannot be made.
 * - At the execution time-out and on cancel, the whole process group is killed; what was written until then is kept. (On
 *   Windows, which has no process groups, it is the shell alone.)
 * - A child that holds the output open keeps the plugin open until it lets go, at the latest until the execution time-out. A
 *   child whose output goes elsewhere lives on after its script, and ends with the fake: at its `reset()`, when it is disposed
 *   of, or with this process, whatever ends that. (Our reading of [agent-executers].)
 * - The folder of a run is removed at its end. What cannot be removed is told on the console.
 * - A plugin that runs no script, such as `aws:configurePackage`, succeeds without output, as it does with `succeeds()`. The
 *   first one is reported on the console.
 *
 * @throws TypeError for an option that does not exist, or a value that it cannot have.
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
  checkShellOptions(options);
  const { keeps = "16MiB", env = {}, ...places } = options;
  const keepers = { table: new ProcessTable(), guard: new Guard() };
  const settled = { ...places, env: statedIn(env), mostKept: toBytes(keeps), keepers };
  let hasWarned = false;
  return {
    type: "inRealTime",
    run(run) {
      const { script } = run;
      if (script !== undefined) return runScript({ ...run, script }, settled);
      if (!hasWarned) run.warn(whyNothingRuns(run));
      hasWarned = true;
      return succeeds();
    },
  };
}

/** The variables that are not undefined, as those of `process.env` for the compiler may be. */
function statedIn(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const stated: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) stated[name] = value;
  return stated;
}

function whyNothingRuns({ plugin, documentName, node }: PluginRun): string {
  return `The plugin ${plugin.name} (${plugin.action}) of ${documentName} has no script that runsInShell() could run on ${node.instanceId}, so it succeeds, as with succeeds(). Say what else it does: byPlugin({ ${JSON.stringify(plugin.name)}: fails() }, runsInShell()).`;
}

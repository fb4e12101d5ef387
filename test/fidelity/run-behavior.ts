import type { AgentBehavior, PluginResult, PluginRun } from "ssm-run-command/fake";
import type { OutputWrite } from "../../src/fake/agents/plugin-result.ts";
import type { Output, Run, Runs } from "./case-format.ts";
import { msOf } from "./case-time.ts";

/** The exit code by which a script asks the agent for a reboot [guide-reboot]. */
const REBOOT_EXIT_CODE = { Linux: 194, MacOS: 194, Windows: 3010 } as const;

/**
 * The behavior of a node of a case. It counts the processes of each plugin of each command, so that runs in turn begin
 * again with every command.
 */
export function behaviorOf(runs: Runs): AgentBehavior {
  const started = new Map<string, number>();
  return (pluginRun) => {
    const key = `${pluginRun.commandId} ${pluginRun.plugin.name}`;
    const ordinal = started.get(key) ?? 0;
    started.set(key, ordinal + 1);
    return resultOf(runFor(runs, pluginRun.plugin.name, ordinal), pluginRun.node.platform);
  };
}

/** The run of the process with that ordinal, 0 for the first, of a plugin; a plugin that is not named has the default. */
function runFor(runs: Runs, plugin: string, ordinal: number): Run {
  if ("byPlugin" in runs) {
    const own = Object.hasOwn(runs.byPlugin, plugin) ? runs.byPlugin[plugin] : undefined;
    return runFor(own ?? {}, plugin, ordinal);
  }
  if ("inTurn" in runs) return runs.inTurn[ordinal] ?? runs.inTurn.at(-1) ?? {};
  return runs;
}

function resultOf(run: Run, platform: PluginRun["node"]["platform"]): PluginResult {
  if (run.neverReplies) return { type: "neverReplies" };
  const killTakes = `${msOf(run.killTakes ?? "0s")}ms` as const;
  const output = { ...outputOf(run), killTakes };
  if (run.hangs) return { type: "hangs", ...output };
  const after = `${msOf(run.takes ?? "0s")}ms` as const;
  if (run.killedBySignal !== undefined) {
    return { type: "killed", signal: run.killedBySignal, after, ...output };
  }
  const { exitCode = 0 } = run;
  if (exitCode === REBOOT_EXIT_CODE[platform] && run.rebootTakes !== undefined) {
    return { type: "reboots", after, takes: `${msOf(run.rebootTakes)}ms`, ...output };
  }
  return { type: "exits", exitCode, after, ...output };
}

function outputOf({ stdout = "", stderr = "" }: Run) {
  return {
    ...(typeof stdout === "string" ? { stdout } : {}),
    ...(typeof stderr === "string" ? { stderr } : {}),
    writes: [...writesOf(stdout, "stdout"), ...writesOf(stderr, "stderr")],
  };
}

function writesOf(output: Output, stream: "stdout" | "stderr"): readonly OutputWrite[] {
  if (typeof output === "string") return [];
  return output.map(({ after, text }) => ({ at: `${msOf(after)}ms`, [stream]: text }));
}

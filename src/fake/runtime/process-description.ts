import type { Account } from "../account/account.ts";
import type { AgentRun, CommandRecord } from "../account/command-record.ts";
import { innermost, processOf } from "../agents/agent-run-state.ts";
import type { PluginRun } from "../agents/behavior.ts";

/** What a process can tell its surroundings. */
export type ProcessVoice = Pick<PluginRun, "signal" | "showOutput" | "warn" | "whenFakeEnds">;

/** What a behavior is told of the process that a run is at. */
export function describeProcess(
  command: CommandRecord,
  run: AgentRun,
  { account, voice }: { readonly account: Account; readonly voice: ProcessVoice },
): PluginRun {
  const inner = innermost(run, command.document);
  const { stepIndex, restarts } = inner.run;
  const step = inner.document.steps[stepIndex];
  const process = processOf(inner.run, inner);
  const { inputs = {}, script } = process ?? {};
  const { instanceId, platform, platformName, platformVersion, tags } = run.node;
  const { commandId } = command;
  const environment = {
    ...process?.environment,
    // The agent sets its own last, so that they win [agent-run-script] [agent-executers].
    SSM_COMMAND_ID: commandId,
    AWS_SSM_INSTANCE_ID: instanceId,
    AWS_SSM_REGION_NAME: account.region,
    AWS_SSM_PLATFORM_NAME: platformName,
    AWS_SSM_PLATFORM_VERSION: platformVersion,
  };
  const description = {
    node: { instanceId, platform, platformName, platformVersion, tags },
    commandId,
    documentName: inner.document.name ?? command.request.DocumentName,
    plugin: { name: step?.name ?? "", action: step?.action ?? "", inputs },
    attempt: restarts.attempt,
    environment,
    folder: `${instanceId}/document/orchestration/${commandId}${foldersOf(run, command)}`,
    random: account.random.behaviors,
    signal: voice.signal,
    showOutput: voice.showOutput,
    warn: voice.warn,
    whenFakeEnds: voice.whenFakeEnds,
  };
  return script === undefined ? description : { ...description, script };
}

/** The folders of the step and of the steps that it lies within: plugin and step, for each. */
function foldersOf(run: AgentRun, { document }: Pick<CommandRecord, "document">): string {
  const process = processOf(run, { document });
  if (process === undefined) return "";
  const inner = run.child && process.child ? foldersOf(run.child, { document: process.child }) : "";
  return `/${process.scriptFolder}${inner}`;
}

import type { Account } from "../account/account.ts";
import type { AgentRun, CommandRecord } from "../account/command-record.ts";
import { innermost, processOf } from "../agents/agent-run-state.ts";
import type { PluginRun } from "../agents/behavior.ts";
import { scriptFolderOf } from "../documents/actions.ts";

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
  return {
    node: { instanceId, platform, platformName, platformVersion, tags },
    commandId,
    documentName: inner.document.name ?? command.request.DocumentName,
    plugin: { name: step?.name ?? "", action: step?.action ?? "", inputs },
    attempt: restarts.attempt,
    ...(script === undefined ? {} : { script }),
    // The agent sets its own last, so that they win [agent-run-script] [agent-executers].
    environment: {
      ...process?.environment,
      SSM_COMMAND_ID: commandId,
      AWS_SSM_INSTANCE_ID: instanceId,
      AWS_SSM_REGION_NAME: account.region,
      AWS_SSM_PLATFORM_NAME: platformName,
      AWS_SSM_PLATFORM_VERSION: platformVersion,
    },
    folder: [instanceId, "document", "orchestration", commandId, ...foldersOf(run, command)].join(
      "/",
    ),
    random: account.random.behaviors,
    ...voice,
  };
}

/** The folders of the step and of the steps that it lies within: plugin and step, for each. */
function foldersOf(
  run: AgentRun,
  { document }: Pick<CommandRecord, "document">,
): readonly string[] {
  const step = document.steps[run.stepIndex];
  const process = processOf(run, { document });
  if (step === undefined || process === undefined) return [];
  const folder = scriptFolderOf(step.action, process.folder);
  return run.child === undefined || process.child === undefined
    ? [folder]
    : [folder, ...foldersOf(run.child, { document: process.child })];
}

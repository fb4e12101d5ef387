import type { Account } from "../account/account.ts";
import type { AgentRun, CommandRecord } from "../account/command-record.ts";
import { innermost, processOf } from "../agents/agent-run-state.ts";
import type { PluginRun } from "../agents/behavior.ts";

/** What a process can tell its surroundings. */
export type ProcessVoice = Pick<PluginRun, "showOutput" | "warn" | "whenFakeEnds">;

interface Surroundings {
  readonly account: Account;
  readonly voice: ProcessVoice;
  readonly signal: AbortSignal;
}

/**
 * What a behavior is told of the process that a run is at. Literals without spreads: a fleet makes one of each at every
 * step, and in Node.js 20 each object that is spread first and then added to has a hidden class of its own.
 */
export function describeProcess(
  command: CommandRecord,
  run: AgentRun,
  { account, voice, signal }: Surroundings,
): PluginRun {
  const inner = innermost(run, command.document);
  const { stepIndex, restarts } = inner.run;
  const step = inner.document.steps[stepIndex];
  const process = processOf(inner.run, inner);
  const { inputs = {}, script } = process ?? {};
  const { instanceId, platform, platformName, platformVersion, tags } = run.node;
  const { commandId } = command;
  const description: PluginRun = {
    node: { instanceId, platform, platformName, platformVersion, tags },
    commandId,
    documentName: inner.document.name ?? command.request.DocumentName,
    plugin: { name: step?.name ?? "", action: step?.action ?? "", inputs },
    attempt: restarts.attempt,
    environment: environmentOf(command, run, { account, stated: process?.environment }),
    folder: `${instanceId}/document/orchestration/${commandId}${foldersOf(run, command)}`,
    signal,
    random: account.random.behaviors,
    showOutput: voice.showOutput,
    warn: voice.warn,
    whenFakeEnds: voice.whenFakeEnds,
  };
  return script === undefined ? description : Object.assign(description, { script });
}

/** The agent sets its own variables last, so that they win [agent-run-script] [agent-executers]. */
function environmentOf(
  { commandId }: CommandRecord,
  { node: { instanceId, platformName, platformVersion } }: AgentRun,
  {
    account,
    stated = {},
  }: Pick<Surroundings, "account"> & { readonly stated?: object | undefined },
): PluginRun["environment"] {
  const ofAgent = {
    SSM_COMMAND_ID: commandId,
    AWS_SSM_INSTANCE_ID: instanceId,
    AWS_SSM_REGION_NAME: account.region,
    AWS_SSM_PLATFORM_NAME: platformName,
    AWS_SSM_PLATFORM_VERSION: platformVersion,
  };
  return Object.keys(stated).length === 0 ? ofAgent : { ...stated, ...ofAgent };
}

/** The folders of the step and of the steps that it lies within: plugin and step, for each. */
function foldersOf(run: AgentRun, { document }: Pick<CommandRecord, "document">): string {
  const process = processOf(run, { document });
  if (process === undefined) return "";
  const inner = run.child && process.child ? foldersOf(run.child, { document: process.child }) : "";
  return `/${process.scriptFolder}${inner}`;
}

import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import { RunCommandError } from "../errors/errors.ts";
import { type PluginOutcome, pluginOutcomeApart } from "./plugin-outcome.ts";

/**
 * Which plugin of which invocation.
 *
 * @example
 * ```ts
 * await fake.documents.add("Deploy-App", deployAppYaml); // steps: install, verify
 * const sent = await runCommand.send({ DocumentName: "Deploy-App", InstanceIds: [instanceId] });
 * await sent.waitForTerminal();
 * const place: OutputPlace = { commandId: sent.commandId, instanceId, pluginName: "verify" };
 * (await runCommand.readOutput(place)).stdout; //=> "deployed\n"
 * ```
 */
export interface OutputPlace {
  /** The command's id. */
  readonly commandId: string;
  /** The node's id. */
  readonly instanceId: string;
  /** As AWS reports it: the action for schema 1.2, the step's name for 2.x. Left out, it is the only one. */
  readonly pluginName?: string;
}

/** Reads the streams of one plugin. The rules are those of `RunCommandClient.readOutput`. */
export async function readOutput(
  api: RunCommandApi,
  { at, options }: { readonly at: OutputPlace; readonly options: CallOptions | undefined },
): Promise<PluginOutcome> {
  const { commandId: CommandId, instanceId: InstanceId, pluginName: PluginName } = at;
  let cause: unknown;
  try {
    const answer = await api.getCommandInvocation({ CommandId, InstanceId, PluginName }, options);
    // Of several plugins the service answers for the invocation as a whole, and names none.
    if (answer.PluginName) return pluginOutcomeApart(answer);
  } catch (error) {
    if (!(error instanceof Error && error.name === "InvalidPluginName")) throw error;
    cause = error;
  }
  const { CommandInvocations } = await api.listCommandInvocations(
    { CommandId, InstanceId, Details: true },
    options,
  );
  const names = CommandInvocations?.[0]?.CommandPlugins?.map(({ Name }) => Name) ?? [];
  throw new RunCommandError(
    `pluginName is ${JSON.stringify(PluginName)}. Set it to a plugin of command ${CommandId} on node ${InstanceId}: ${names.join(", ") || "none is known yet"}.`,
    { cause },
  );
}

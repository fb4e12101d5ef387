import { checkPluginRef, type PluginRef } from "../../domain/output-names.ts";
import {
  type AbortOptions,
  callOptions,
  type RunCommandApi,
} from "../../domain/run-command-api.ts";
import { RunCommandError } from "../errors/errors.ts";
import { firstOf, invocationsOf } from "../listings.ts";
import { type PluginOutcome, pluginOutcomeApart } from "./plugin-outcome.ts";

/** Reads the streams of one plugin. The rules are those of `RunCommandClient.readOutput`. */
export async function readOutput(
  api: RunCommandApi,
  { at, options: given }: { readonly at: PluginRef; readonly options: AbortOptions | undefined },
): Promise<PluginOutcome> {
  const options = callOptions(given, "readOutput()");
  checkPluginRef(at, "readOutput()");
  const { commandId: CommandId, instanceId: InstanceId, pluginName: PluginName } = at;
  let cause: unknown;
  try {
    const answer = await api.getCommandInvocation({ CommandId, InstanceId, PluginName }, options);
    // If there are several plugins and none was named, the answer may be about the whole invocation and name none (question
    // 20 of docs/settings.md).
    if (answer.PluginName) return pluginOutcomeApart(answer);
  } catch (error) {
    if (!(error instanceof Error && error.name === "InvalidPluginName")) throw error;
    cause = error;
  }
  const invocation = await firstOf(
    invocationsOf({ CommandId, InstanceId, Details: true }, (page) =>
      api.listCommandInvocations(page, options),
    ),
  );
  const names = invocation?.CommandPlugins?.map(({ Name }) => Name) ?? [];
  throw new RunCommandError(
    `pluginName is ${JSON.stringify(PluginName)}. Set it to a plugin of command ${CommandId} on node ${InstanceId}: ${names.join(", ") || "none is known yet"}.`,
    { cause },
  );
}

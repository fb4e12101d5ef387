import type {
  GetCommandInvocationCommandInput,
  GetCommandInvocationResult,
} from "@aws-sdk/client-ssm";
import { byInstanceId, failedPlugin } from "../../domain/explanation/causes.ts";
import type { InvocationOutcome } from "../outcomes/outcome.ts";
import { pluginOutcomeApart } from "../outcomes/plugin-outcome.ts";

/** For how many failed nodes the streams are read separately. It costs one call for each. Our decision. */
const MOST_NODES_READ = 5;

/**
 * The same outcomes, with separate streams for the plugin that failed, on the first five nodes that failed, in the order of
 * their ids.
 *
 * @param ask - Returns undefined if the call is refused: the outcome is known without the streams.
 */
export async function withSeparateStreams(
  outcomes: readonly InvocationOutcome[],
  ask: (input: GetCommandInvocationCommandInput) => Promise<GetCommandInvocationResult | undefined>,
): Promise<readonly InvocationOutcome[]> {
  const failed = outcomes
    .filter(({ plugins }) => failedPlugin(plugins) !== undefined)
    .sort(byInstanceId)
    .slice(0, MOST_NODES_READ);
  const read = new Map<string, InvocationOutcome>();
  for (const outcome of failed) {
    const { instanceId, plugins, invocation } = outcome;
    const plugin = failedPlugin(plugins);
    const answer = await ask({
      CommandId: invocation.CommandId,
      InstanceId: instanceId,
      PluginName: plugin?.name,
    });
    const { stdout, stderr, truncated } = pluginOutcomeApart(answer ?? {});
    // This answer may be older than the listing, and then it has no output yet.
    if (stdout === undefined || stderr === undefined) continue;
    const apart = plugins.map((each) =>
      each === plugin ? { ...each, stdout, stderr, truncated } : each,
    );
    read.set(instanceId, { ...outcome, plugins: apart });
  }
  return outcomes.map((outcome) => read.get(outcome.instanceId) ?? outcome);
}

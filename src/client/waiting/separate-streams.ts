import type {
  GetCommandInvocationCommandInput,
  GetCommandInvocationResult,
} from "@aws-sdk/client-ssm";
import { byInstanceId, failedPlugin } from "../../domain/explanation/causes.ts";
import type { InvocationOutcome } from "../outcomes/outcome.ts";
import { pluginOutcomeApart } from "../outcomes/plugin-outcome.ts";
import { tenAtOnce } from "../ten-at-once.ts";

/** Outcomes, for how many of those that failed the streams are read separately, and what reads them. */
export interface SeparateStreams {
  readonly outcomes: readonly InvocationOutcome[];
  readonly most: number;
  readonly ask: (
    input: GetCommandInvocationCommandInput,
  ) => Promise<GetCommandInvocationResult | undefined>;
}

/**
 * The same outcomes, with separate streams for the plugin that failed, on the first nodes that failed, in the order of their
 * ids. It costs one call for each.
 *
 * @param ask - Returns undefined if the call is refused: the outcome is known without the streams.
 */
export async function withSeparateStreams({
  outcomes,
  most,
  ask,
}: SeparateStreams): Promise<readonly InvocationOutcome[]> {
  const failed = outcomes
    .filter(({ plugins }) => failedPlugin(plugins) !== undefined)
    .sort(byInstanceId)
    .slice(0, most);
  const read = new Map<string, InvocationOutcome>();
  await tenAtOnce(failed, async (outcome) => {
    const { instanceId, plugins, invocation } = outcome;
    const plugin = failedPlugin(plugins);
    const answer = await ask({
      CommandId: invocation.CommandId,
      InstanceId: instanceId,
      PluginName: plugin?.name,
    });
    const { stdout, stderr, truncated } = pluginOutcomeApart(answer ?? {});
    // This answer may be older than the listing, and then it has no output yet.
    if (stdout === undefined || stderr === undefined) return;
    const apart = plugins.map((each) =>
      each === plugin ? { ...each, stdout, stderr, truncated } : each,
    );
    read.set(instanceId, { ...outcome, plugins: apart });
  });
  return outcomes.map((outcome) => read.get(outcome.instanceId) ?? outcome);
}

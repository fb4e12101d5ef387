import type { PluginOutcome } from "../client/outcomes/plugin-outcome.ts";
import { nodeLogsPolicy } from "../client/requests/cloudwatch-output.ts";

/** What the agent reports in place of output for a step that it skipped [agent-run-plugins]. */
const SKIPPED = /^(Step execution|Plugin with name .*) skipped due to /;

/** Whether a plugin wrote anything, as far as the API shows; undefined if it does not say. */
export function hasWritten({ output }: PluginOutcome): boolean | undefined {
  return output === undefined ? undefined : output !== "" && !SKIPPED.test(output);
}

/** The likely reason why nothing of a plugin is in its log group, and what to do about it. */
export function whyMissing({
  group,
  isThere,
  written,
}: {
  readonly group: string;
  readonly isThere: boolean;
  readonly written: boolean | undefined;
}): string {
  if (written === false) return "The plugin wrote nothing.";
  const [where, actions] = isThere
    ? [`Log group ${group} has no stream of it`, ["logs:CreateLogStream", "logs:PutLogEvents"]]
    : [`Log group ${group} does not exist in the region of the logs client`, nodeActions()];
  const who = written ? "The" : "Either it wrote nothing, or the";
  return `${where}. ${who} role of the node lacks one of ${actions.join(", ")}: nodeLogsPolicy() makes the policy that it needs.`;
}

function nodeActions(): readonly string[] {
  return nodeLogsPolicy().Statement.flatMap(({ Action }) => Action);
}

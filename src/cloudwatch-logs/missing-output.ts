import type { PluginOutcome } from "../client/outcomes/plugin-outcome.ts";
import { nodeLogsPolicy } from "../client/requests/cloudwatch-output.ts";

/** What the agent reports in place of output for a step that it skipped [agent-run-plugins]. */
const SKIPPED = /^(Step execution|Plugin with name .*) skipped due to /;

/** Whether a plugin wrote anything, as far as the API shows; undefined if it does not say. */
export function hasWritten({ output }: PluginOutcome): boolean | undefined {
  return output === undefined ? undefined : output !== "" && !SKIPPED.test(output);
}

export const NOTHING_WRITTEN = "The plugin wrote nothing.";

/** The beginning of the sentence about the permissions that are missing. */
export function whoLacks(written: boolean | undefined): string {
  return `${written ? "The" : "Either it wrote nothing, or the"} role of the node lacks one of`;
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
  if (written === false) return NOTHING_WRITTEN;
  const [where, actions] = isThere
    ? [`Log group ${group} has no stream of it`, ["logs:CreateLogStream", "logs:PutLogEvents"]]
    : [`Log group ${group} does not exist in the region of the logs client`, nodeActions()];
  return `${where}. ${whoLacks(written)} ${actions.join(", ")}: nodeLogsPolicy() makes the policy that it needs.`;
}

function nodeActions(): readonly string[] {
  return nodeLogsPolicy().Statement.flatMap(({ Action }) => Action);
}

import type { CauseGroup, Explained } from "./causes.ts";

/** How many causes, and how many nodes of each, a short text names. */
const MOST_SHOWN = 3;

/** Why a command did not succeed, in short: counts, the first causes, and where the rest is. */
export function shortText(explained: Explained, causes: readonly CauseGroup[]): string {
  const bad = causes.flatMap(({ nodes }) => nodes).length;
  const counts = bad && `: ${bad} of ${explained.command?.TargetCount} nodes did not succeed`;
  const lines = causes.slice(0, MOST_SHOWN).map((cause) => causeText(cause, MOST_SHOWN));
  const more = "explain(outcome) tells the rest.";
  return [`${endOf(explained)}${counts || ""}.`, ...lines, more].join("\n");
}

/** How a command ended, as the beginning of a sentence. */
export function endOf({ kind, command = {} }: Explained): string {
  const { CommandId = "", StatusDetails = kind, Targets } = command;
  return kind === "noTargets"
    ? `Command ${CommandId} ran nowhere: no node matches its targets ${JSON.stringify(Targets)}`
    : `Command ${CommandId} ended as ${StatusDetails}`;
}

/** Such as `failed (aws:runShellScript, exit code 7) on i-1, i-2 and 3 more:`, and what was written. */
export function causeText({ kind, nodes, plugins, output }: CauseGroup, most: number): string {
  const left = nodes.length - most;
  const ids = nodes.slice(0, most).join(", ") + (left > 0 ? ` and ${left} more` : "");
  const codes = [...new Set(plugins.flatMap(({ exitCode }) => exitCode ?? []))].join(", ");
  const [plugin] = plugins;
  const where = plugin ? ` (${plugin.name}${codes && `, exit code ${codes}`})` : "";
  return `  ${kind}${where} on ${ids}${output && `:\n    ${output.replaceAll("\n", "\n    ")}`}`;
}

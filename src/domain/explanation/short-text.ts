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
  // Those of parts are joined.
  const id = shortList(CommandId.split(", "), 1);
  return kind === "noTargets"
    ? `Command ${id} ran nowhere: no node matches its targets ${JSON.stringify(Targets)}`
    : `Command ${id} ended as ${StatusDetails}`;
}

/** The first of some names, and how many more there are. */
export function shortList(names: readonly string[], most: number): string {
  const left = names.length - most;
  return names.slice(0, most).join(", ") + (left > 0 ? ` and ${left} more` : "");
}

/** Such as `failed (aws:runShellScript, exit code 7) on i-1, i-2 and 3 more:`, and what was written. */
export function causeText({ kind, nodes, plugins, output }: CauseGroup, most: number): string {
  const ids = shortList(nodes, most);
  const codes = [...new Set(plugins.flatMap(({ exitCode }) => exitCode ?? []))].join(", ");
  const [plugin] = plugins;
  const where = plugin ? ` (${plugin.name}${codes && `, exit code ${codes}`})` : "";
  return `  ${kind}${where} on ${ids}${output && `:\n    ${output.replaceAll("\n", "\n    ")}`}`;
}

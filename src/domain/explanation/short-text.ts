import type { CauseGroup, Explained } from "./causes.ts";

/** How many causes, and how many nodes of each, a short text names. */
const MOST_SHOWN = 3;

/** Why a command did not succeed, in short: counts, the first causes, and where the rest is. */
export function shortText(explained: Explained, causes: readonly CauseGroup[]): string {
  const lines = causes.slice(0, MOST_SHOWN).map((cause) => `\n${causeText(cause, MOST_SHOWN)}`);
  return `${headline(explained)}${lines.join("")}\nexplain(outcome) says more, and what to do next.`;
}

/** The first line: how a command ended, or stands, and on how many nodes. */
export function headline(
  { kind, command = {}, invocations = [] }: Explained,
  stands = `ended as ${command.StatusDetails ?? kind}`,
): string {
  const { CommandId, Targets, TargetCount = 0 } = command;
  if (kind === "noTargets") {
    return `Command ${CommandId} ran nowhere: no node matches its targets ${JSON.stringify(Targets)}, which the service calls a success.`;
  }
  const counts: Record<string, number> = {};
  for (const { kind: of } of invocations) counts[of] = (counts[of] ?? 0) + 1;
  const unlisted = TargetCount - invocations.length;
  if (unlisted > 0) counts["not listed"] = unlisted;
  const all = Object.keys(counts)
    .sort()
    .map((name) => `${counts[name]} ${name}`);
  return `Command ${CommandId} ${stands}: ${all.join(", ") || "no node"}.`;
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

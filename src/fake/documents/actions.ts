import type { Platform } from "./document-model.ts";

/** All platforms, in the order in which the service lists those of a document (CreateDocument in a public log of 2024-06-13). */
const ALL: readonly Platform[] = ["Windows", "Linux", "MacOS"];
const LINUX_AND_WINDOWS: readonly Platform[] = ["Windows", "Linux"];
const WINDOWS: readonly Platform[] = ["Windows"];

interface Plugin {
  /** The platforms of a document that has it, as the service sees them [guide-plugin-reference]. */
  readonly listedFor: readonly Platform[];
  /** Where the agent has it [agent-plugin-registry] [agent-plugins-mac]. */
  readonly runsOn: readonly Platform[];
}

/**
 * The plugins of documents. PowerShell steps run on every platform, by `pwsh` where it is installed [agent-plugin-registry],
 * and the service lists such documents for all of them (CreateDocument in a public log of 2024-06-13).
 */
const PLUGINS: Readonly<Record<string, Plugin>> = {
  "aws:applications": { listedFor: WINDOWS, runsOn: WINDOWS },
  "aws:cloudWatch": { listedFor: WINDOWS, runsOn: LINUX_AND_WINDOWS },
  "aws:configureDocker": { listedFor: LINUX_AND_WINDOWS, runsOn: LINUX_AND_WINDOWS },
  "aws:configurePackage": { listedFor: ALL, runsOn: ALL },
  "aws:domainJoin": { listedFor: LINUX_AND_WINDOWS, runsOn: LINUX_AND_WINDOWS },
  "aws:downloadContent": { listedFor: ALL, runsOn: LINUX_AND_WINDOWS },
  "aws:psModule": { listedFor: WINDOWS, runsOn: WINDOWS },
  "aws:refreshAssociation": { listedFor: ALL, runsOn: ALL },
  "aws:runDockerAction": { listedFor: LINUX_AND_WINDOWS, runsOn: LINUX_AND_WINDOWS },
  "aws:runDocument": { listedFor: ALL, runsOn: LINUX_AND_WINDOWS },
  "aws:runPowerShellScript": { listedFor: ALL, runsOn: ALL },
  "aws:runShellScript": { listedFor: ["Linux", "MacOS"], runsOn: ["Linux", "MacOS"] },
  "aws:softwareInventory": { listedFor: ALL, runsOn: ALL },
  "aws:updateAgent": { listedFor: WINDOWS, runsOn: WINDOWS },
  "aws:updateSsmAgent": { listedFor: ALL, runsOn: ALL },
};

/** Whether AWS has this plugin. */
export function isPlugin(action: string): boolean {
  return Object.hasOwn(PLUGINS, action);
}

/**
 * What the agent of a platform makes of a plugin: it runs it, does not find it (Linux, Windows), refuses it (macOS, where
 * it keeps a list of those that it supports [agent-plugins-mac]), or has never heard of it.
 */
export function supportOf(
  action: string,
  platform: Platform,
): "runs" | "notFound" | "unsupported" | "unknown" {
  const plugin = Object.hasOwn(PLUGINS, action) ? PLUGINS[action] : undefined;
  if (plugin === undefined) return "unknown";
  if (plugin.runsOn.includes(platform)) return "runs";
  return platform === "MacOS" ? "unsupported" : "notFound";
}

/**
 * The folder of a step's output in S3, below the node's: plugin and step without colons [agent-run-plugins], for 1.2
 * [rec-2026-09-27-managed-execution].
 */
export function outputFolderOf(action: string, step: string): string {
  return `${action}/${step}`.replaceAll(":", "");
}

/** The folder of a step's script on the node, below that of its command: `plugin/step`, of characters that are harmless. */
export function scriptFolderOf(action: string, step: string): string {
  return [action, step].map((name) => name.replace(/[^\w.-]/g, "").replace(/^\.*$/, "_")).join("/");
}

/** The platforms of a document, as the service works them out from its plugins (our decision), in its order. */
export function platformsOfAll(actions: readonly string[]): readonly Platform[] {
  const lists = actions.map((action) => PLUGINS[action]?.listedFor ?? []);
  return ALL.filter((platform) => lists.some((list) => list.includes(platform)));
}

import { PLATFORMS, type Platform } from "./document-model.ts";

const UNIX: readonly Platform[] = ["Linux", "MacOS"];
const WINDOWS: readonly Platform[] = ["Windows"];

/** The plugins that the agent has, and where they run. Sources: [guide-plugin-reference], [agent-plugin-registry]. */
const ACTION_PLATFORMS: Readonly<Record<string, readonly Platform[]>> = {
  "aws:applications": WINDOWS,
  "aws:cloudWatch": WINDOWS,
  "aws:configureDocker": ["Linux", "Windows"],
  "aws:configurePackage": PLATFORMS,
  "aws:domainJoin": ["Linux", "Windows"],
  "aws:downloadContent": PLATFORMS,
  "aws:psModule": WINDOWS,
  "aws:refreshAssociation": PLATFORMS,
  "aws:runDockerAction": ["Linux", "Windows"],
  "aws:runDocument": PLATFORMS,
  "aws:runPowerShellScript": WINDOWS,
  "aws:runShellScript": UNIX,
  "aws:softwareInventory": PLATFORMS,
  "aws:updateAgent": WINDOWS,
  "aws:updateSsmAgent": PLATFORMS,
};

/** Where a plugin runs, or undefined for one that the agent does not have. */
export function platformsOf(action: string): readonly Platform[] | undefined {
  return Object.hasOwn(ACTION_PLATFORMS, action) ? ACTION_PLATFORMS[action] : undefined;
}

/**
 * The folder of a step's output in S3, below the node's: plugin and step without colons [agent-run-plugins], for 1.2
 * [rec-2026-09-27-managed-execution].
 */
export function outputFolderOf(action: string, step: string): string {
  return `${action}/${step}`.replaceAll(":", "");
}

/** The platforms of a document, as the service works them out from its plugins (our decision). */
export function platformsOfAll(actions: readonly string[]): readonly Platform[] {
  return PLATFORMS.filter((platform) =>
    actions.some((action) => platformsOf(action)?.includes(platform)),
  );
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
/** Ignored by git, and kept from run to run. Vitest leaves to Node what lies in a `node_modules`, as it does for users. */
const CACHE = fileURLToPath(new URL("../../node_modules/.cache/", import.meta.url));

/** Packages by the name that they are installed under: exact versions, or `npm:name@version`. */
export type ExactVersions = Readonly<Record<string, string>>;

/**
 * A folder whose `node_modules` has exactly these packages beside those of the repository. What is not installed yet is
 * installed.
 *
 * @param path - Where it lies in the cache.
 */
export async function installedPackages(path: string, versions: ExactVersions): Promise<string> {
  const folder = join(CACHE, path);
  if (!hasPackages(folder, versions)) await install(folder, versions);
  return folder;
}

/** Whether a folder has exactly these packages. */
export function hasPackages(folder: string, versions: ExactVersions): boolean {
  const require = createRequire(join(folder, "package.json"));
  return Object.entries(versions).every(([name, version]) => {
    try {
      const found = require(`${name}/package.json`) as { readonly version: string };
      return found.version === version.replace(/^npm:.*@/, "");
    } catch {
      return false;
    }
  });
}

async function install(folder: string, dependencies: ExactVersions): Promise<void> {
  // A folder gets its name when it is complete, so that an interrupted install does not count. Each install has a folder of
  // its own until then, because several test files may begin at once.
  await mkdir(dirname(folder), { recursive: true });
  const unfinished = await mkdtemp(`${folder}-unfinished-`);
  await writeFile(
    join(unfinished, "package.json"),
    JSON.stringify({ private: true, dependencies }),
  );
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  // Versions are exact, so what npm has kept is good. Peers are not installed: those are the repository's own, which Node finds
  // further up.
  const options = [...quiet, "--prefer-offline", "--legacy-peer-deps"];
  try {
    await run("npm", ["install", "--prefix", unfinished, ...options], { cwd: unfinished });
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Something is there: what a quicker install has made, or a folder that is not complete.
    if (hasPackages(folder, dependencies)) return rm(unfinished, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
    await rm(folder, { recursive: true, force: true });
    await rename(unfinished, folder);
  }
}

import { execFile } from "node:child_process";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { NEWEST, type SdkVersion } from "./sdks.ts";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
/** Ignored by git, and kept from run to run. Vitest lets Node load what lies in a `node_modules`, as it does for users. */
const CACHE = join(REPOSITORY, "node_modules", ".cache", "sdks");

/** The two clients of one version: the file to import for each. */
export interface InstalledSdk {
  readonly "@aws-sdk/client-ssm": string;
  readonly "@aws-sdk/client-cloudwatch-logs": string;
}

/** The clients of exactly this version. A version that is not installed yet is installed, except that of the repository. */
export async function installedSdk(sdk: SdkVersion): Promise<InstalledSdk> {
  const versions: InstalledSdk = {
    "@aws-sdk/client-ssm": sdk.ssm,
    "@aws-sdk/client-cloudwatch-logs": sdk.logs,
  };
  const folder = sdk === NEWEST ? REPOSITORY : join(CACHE, `${sdk.ssm}-${sdk.logs}`);
  if (!isWhole(folder, versions)) {
    if (sdk === NEWEST) throw new Error(`The SDK ${sdk.ssm} is not installed. Run \`npm ci\`.`);
    await install(folder, versions);
  }
  const { resolve } = createRequire(join(folder, "package.json"));
  return {
    "@aws-sdk/client-ssm": resolve("@aws-sdk/client-ssm"),
    "@aws-sdk/client-cloudwatch-logs": resolve("@aws-sdk/client-cloudwatch-logs"),
  };
}

async function install(folder: string, dependencies: InstalledSdk) {
  // A folder gets its name when it is complete, so that an interrupted install does not count.
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await writeFile(
    join(unfinished, "package.json"),
    JSON.stringify({ private: true, dependencies }),
  );
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"];
  await run("npm", ["install", "--prefix", unfinished, ...quiet], { cwd: unfinished });
  await rename(unfinished, folder);
}

function isWhole(folder: string, versions: InstalledSdk): boolean {
  const require = createRequire(join(folder, "package.json"));
  return Object.entries(versions).every(([name, version]) => {
    try {
      return (require(`${name}/package.json`) as { version: string }).version === version;
    } catch {
      return false;
    }
  });
}

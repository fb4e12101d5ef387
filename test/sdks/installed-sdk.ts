import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hasPackages, installedPackages } from "../support/installed-packages.ts";
import { NEWEST, type SdkVersion } from "./sdks.ts";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The two clients of one version: the file to import for each. */
export interface InstalledSdk {
  readonly "@aws-sdk/client-ssm": string;
  readonly "@aws-sdk/client-cloudwatch-logs": string;
  readonly "@aws-sdk/client-s3": string;
}

/** The clients of exactly this version. A version that is not installed yet is installed, except that of the repository. */
export async function installedSdk(sdk: SdkVersion): Promise<InstalledSdk> {
  const { resolve } = createRequire(join(await folderOf(sdk), "package.json"));
  return {
    "@aws-sdk/client-ssm": resolve("@aws-sdk/client-ssm"),
    "@aws-sdk/client-cloudwatch-logs": resolve("@aws-sdk/client-cloudwatch-logs"),
    "@aws-sdk/client-s3": resolve("@aws-sdk/client-s3"),
  };
}

async function folderOf(sdk: SdkVersion): Promise<string> {
  const versions = {
    "@aws-sdk/client-ssm": sdk.ssm,
    "@aws-sdk/client-cloudwatch-logs": sdk.logs,
    "@aws-sdk/client-s3": sdk.s3,
  };
  if (sdk !== NEWEST)
    return installedPackages(join("sdks", `${sdk.ssm}-${sdk.logs}-${sdk.s3}`), versions);
  if (hasPackages(REPOSITORY, versions)) return REPOSITORY;
  throw new Error(`The SDK ${sdk.ssm} is not installed. Run \`npm ci\`.`);
}

import type * as logs from "@aws-sdk/client-cloudwatch-logs";
import { isNotInstalled } from "./is-not-installed.ts";

declare const require: (name: "@aws-sdk/client-cloudwatch-logs") => typeof logs;

/** As `logs-module.ts`, for CommonJS: Jest knows no `import()` there. */
export async function logsModule(): Promise<typeof logs | undefined> {
  try {
    return require("@aws-sdk/client-cloudwatch-logs");
  } catch (error) {
    if (isNotInstalled(error, "@aws-sdk/client-cloudwatch-logs")) return undefined;
    throw error;
  }
}

import type * as logs from "@aws-sdk/client-cloudwatch-logs";
import { isNotInstalled } from "./is-not-installed.ts";

/**
 * The SDK's module of CloudWatch Logs; undefined where it is not installed. It is imported by its literal name inside a `try`:
 * so bundlers find it where it is installed, and where it is not, they warn at most. The CommonJS build has
 * `logs-module-when-needed.ts` instead.
 */
export async function logsModule(): Promise<typeof logs | undefined> {
  try {
    return await import("@aws-sdk/client-cloudwatch-logs");
  } catch (error) {
    if (isNotInstalled(error, "@aws-sdk/client-cloudwatch-logs")) return undefined;
    throw error;
  }
}

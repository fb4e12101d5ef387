import type { Command } from "@aws-sdk/client-ssm";
import { RunCommandError } from "../client/errors/errors.ts";
import { defaultLogGroupName } from "../domain/output-names.ts";

/**
 * The log group that a command writes to.
 *
 * @throws RunCommandError when the command was sent without CloudWatch output.
 */
export function logGroupOf({ CommandId, CloudWatchOutputConfig, DocumentName }: Command): string {
  if (!CloudWatchOutputConfig?.CloudWatchOutputEnabled) {
    throw new RunCommandError(
      `Command ${CommandId} was sent without CloudWatch output, so there is none to read. Send it with CloudWatchOutputConfig: cloudWatchOutput().`,
    );
  }
  return CloudWatchOutputConfig.CloudWatchLogGroupName || defaultLogGroupName(DocumentName ?? "");
}

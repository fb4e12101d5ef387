import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import { defaultLogGroupName, logStreamNames } from "../../domain/output-names.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { PluginReply } from "../engine/invocation.ts";
import type { OpenQuestions } from "../engine/open-questions.ts";
import { toLogMessages } from "../logs/log-events.ts";
import type { Account } from "./account.ts";
import type { CommandRecord } from "./command-record.ts";

/** Whether the agent uploads output before it replies (recorded 2026-09: the reply came seconds after the end). */
export function uploadsOutput(request: SendCommandRequest): boolean {
  return (
    request.CloudWatchOutputConfig?.CloudWatchOutputEnabled === true ||
    (request.OutputS3BucketName ?? "") !== ""
  );
}

/**
 * The agent writes the streams of its plugins to CloudWatch Logs, if that was asked for. Nothing that goes wrong there
 * changes the command (agent's source).
 */
export function writeLogs(
  { commandId, request }: CommandRecord,
  { logs, rules }: Account,
  {
    instanceId,
    plugins,
    at,
  }: {
    readonly instanceId: string;
    readonly plugins: readonly PluginReply[];
    readonly at: EpochMs;
  },
): void {
  const group = logGroupOf(request, rules);
  if (group === undefined) return;
  for (const { name, stdout, stderr } of plugins) {
    const streams = logStreamNames({ commandId, instanceId, pluginName: name });
    logs.write({ group, stream: streams.stdout, messages: toLogMessages(stdout), at });
    logs.write({ group, stream: streams.stderr, messages: toLogMessages(stderr), at });
  }
}

/** The log group that a command's output goes to, or undefined when none was asked for. A name alone asks for nothing. */
function logGroupOf(
  { CloudWatchOutputConfig: config, DocumentName = "" }: SendCommandRequest,
  { leadingSlash }: Pick<OpenQuestions, "leadingSlash">,
): string | undefined {
  if (config?.CloudWatchOutputEnabled !== true) return undefined;
  if (config.CloudWatchLogGroupName) return config.CloudWatchLogGroupName;
  return defaultLogGroupName(DocumentName).slice(leadingSlash ? 0 : 1);
}

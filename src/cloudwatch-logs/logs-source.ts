import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { logStreamNames } from "../domain/output-names.ts";
import type { AbortOptions } from "../domain/run-command-api.ts";
import { eventPages, type StreamPlace, streamNames } from "./log-reader.ts";
import { whyMissing } from "./missing-output.ts";
import type { OutputSource } from "./output-source.ts";
import { readTenAtOnce } from "./read-ten-at-once.ts";

/** The output of commands in a log group. */
export async function logsSource(
  logs: CloudWatchLogsClient,
  { group, commandIds }: { readonly group: string; readonly commandIds: readonly string[] },
  options: AbortOptions,
): Promise<OutputSource> {
  const found = await readTenAtOnce(
    commandIds,
    (commandId, call) => streamNames(logs, { group, commandId, options: call }),
    options,
  );
  const there = new Set(found.flatMap((names) => [...(names ?? [])]));
  const isThere = found.some((names) => names !== undefined);
  return {
    find: ({ commandId, instanceId, plugin }) => {
      const { stdout, stderr } = logStreamNames({ commandId, instanceId, pluginName: plugin });
      const ifThere = (name: string) => (there.has(name) ? name : undefined);
      return { stdout: ifThere(stdout), stderr: ifThere(stderr) };
    },
    read: (stream, call) => textOf(logs, { group, stream, options: call }),
    whyMissing: ({ written }) => whyMissing({ group, isThere, written }),
  };
}

/**
 * From this many bytes on, an event may end within a line: the agent cuts only a line that is longer than the 200,000 bytes
 * of an event [agent-logs-publisher], and a character that does not fit leaves up to 3 of them free. A shorter event
 * without a newline at its end has lost that newline.
 */
const CUT_BYTES = 199_997;

async function textOf(logs: CloudWatchLogsClient, place: StreamPlace): Promise<string> {
  let text = "";
  let isCut = true;
  for await (const { events } of eventPages(logs, place)) {
    for (const { message = "" } of events) {
      text += isCut ? message : `\n${message}`;
      isCut = message.endsWith("\n") || new TextEncoder().encode(message).length >= CUT_BYTES;
    }
  }
  return text;
}

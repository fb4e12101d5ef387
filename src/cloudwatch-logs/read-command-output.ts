import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import { logStreamNames, type PluginRef } from "../domain/output-names.ts";
import type { CallOptions } from "../domain/run-command-api.ts";
import { logGroupOf } from "./log-group-of.ts";
import { eventPages, type StreamPlace, streamNames } from "./log-reader.ts";
import { hasWritten, whyMissing } from "./missing-output.ts";

/**
 * Plugins of a command on several nodes, for callers without an outcome.
 *
 * @inline
 */
export type PluginRefs = Pick<PluginRef, "commandId"> & {
  /** The nodes. */
  readonly instanceIds: readonly string[];
  /** The plugins, as AWS reports them: the action for schema 1.2, the step's name for 2.x. */
  readonly pluginNames: readonly string[];
  /** The log group; `defaultLogGroupName` says which one the agent takes by itself. */
  readonly logGroupName: string;
};

/**
 * What a plugin wrote on a node.
 *
 * @example
 * ```ts
 * const [output]: readonly CommandOutput[] = await readCommandOutput(logs, outcome);
 * output; //=> { instanceId: "i-0123456789abcdef0", plugin: "aws:runShellScript", stdout: "deployed", stderr: "" }
 * ```
 */
export interface CommandOutput {
  /** The node. */
  readonly instanceId: string;
  /** The plugin, as AWS reports it. */
  readonly plugin: string;
  /** All of its standard output. The newline that ends it is missing if it was written last: the agent drops that one. */
  readonly stdout: string;
  /** All of its standard error, with the same exception. */
  readonly stderr: string;
  /** What is likely wrong, where CloudWatch Logs has neither stream; missing where it has one. */
  readonly missing?: string;
}

/**
 * The whole output of a command from CloudWatch Logs, its streams apart, beyond the 2,500 and 24,000 characters of the API.
 *
 * - Needs `CloudWatchOutputConfig` in the request (`cloudWatchOutput()`), and of the reader `logs:DescribeLogStreams` and
 *   `logs:GetLogEvents`. One call per 50 streams of the command, two or more per stream.
 * - The agent uploads before it replies (recorded 2026-09), so what was written is there when the command is over.
 *
 * @param logs - A client in the region of the nodes.
 * @param of - An outcome with its invocations, or where to look.
 * @param options - `abortSignal`, to end it early.
 * @returns One item per node and plugin, in the order of the outcome.
 * @throws RunCommandError (as a rejection) when the command was sent without CloudWatch output; whatever CloudWatch Logs
 *   throws.
 *
 * @example
 * ```ts
 * // The script prints 100,000 characters, of which GetCommandInvocation shows 24,000.
 * const [output] = await readCommandOutput(new CloudWatchLogsClient({}), await sent.waitForTerminal());
 * output?.stdout.length; //=> 100000
 *
 * // Without an outcome:
 * const logGroupName = defaultLogGroupName("AWS-RunShellScript");
 * const where = { commandId, instanceIds: [instanceId], pluginNames: ["aws:runShellScript"], logGroupName };
 * const [same] = await readCommandOutput(logs, where);
 * ```
 */
export async function readCommandOutput(
  logs: CloudWatchLogsClient,
  of: CommandOutcome | PluginRefs,
  options?: CallOptions,
): Promise<readonly CommandOutput[]> {
  const { group, commandId, places } = "kind" in of ? placesOf(of) : placesAt(of);
  const there = await streamNames(logs, { group, commandId, options });
  const found: CommandOutput[] = [];
  for (const { instanceId, plugin, written } of places) {
    const names = logStreamNames({ commandId, instanceId, pluginName: plugin });
    const read = async (stream: string) =>
      there?.has(stream) ? textOf(logs, { group, stream, options }) : undefined;
    const [stdout, stderr] = [await read(names.stdout), await read(names.stderr)];
    found.push({
      instanceId,
      plugin,
      stdout: stdout ?? "",
      stderr: stderr ?? "",
      ...(stdout === undefined &&
        stderr === undefined && {
          missing: whyMissing({ group, isThere: there !== undefined, written }),
        }),
    });
  }
  return found;
}

interface Places {
  readonly group: string;
  readonly commandId: string;
  readonly places: readonly {
    readonly instanceId: string;
    readonly plugin: string;
    /** Whether the API shows that it wrote. */
    readonly written: boolean | undefined;
  }[];
}

function placesOf({ command, invocations }: CommandOutcome): Places {
  return {
    group: logGroupOf(command),
    commandId: command.CommandId ?? "",
    places: invocations.flatMap(({ instanceId, plugins }) =>
      plugins.map((plugin) => ({ instanceId, plugin: plugin.name, written: hasWritten(plugin) })),
    ),
  };
}

function placesAt({ commandId, instanceIds, pluginNames, logGroupName }: PluginRefs): Places {
  return {
    group: logGroupName,
    commandId,
    places: instanceIds.flatMap((instanceId) =>
      pluginNames.map((plugin) => ({ instanceId, plugin, written: undefined })),
    ),
  };
}

/** Only a line that is longer than an event is cut (agent's source), so a shorter event without a newline has lost it. */
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

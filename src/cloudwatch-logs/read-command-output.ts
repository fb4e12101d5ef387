import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import { checkOptions, type OptionTable } from "../domain/options.ts";
import { logStreamNames, type PluginRef } from "../domain/output-names.ts";
import { type AbortOptions, callOptions } from "../domain/run-command-api.ts";
import { logGroupOf } from "./log-group-of.ts";
import { eventPages, type StreamPlace, streamNames } from "./log-reader.ts";
import { hasWritten, whyMissing } from "./missing-output.ts";

/**
 * Plugins of a command on several nodes, for callers without an outcome.
 *
 * @inline
 */
export type PluginRefs = Pick<PluginRef, "commandId"> & {
  /** The ids of the nodes. */
  readonly instanceIds: readonly string[];
  /** The plugins, as AWS reports them: the action for schema 1.2, the step's name for 2.x. */
  readonly pluginNames: readonly string[];
  /** The log group; `defaultLogGroupName` returns the one that the agent takes by default. */
  readonly logGroupName: string;
};

/** What tells which plugins. */
export const PLUGIN_REFS_OPTIONS = {
  commandId: "a string",
  instanceIds: "a list",
  pluginNames: "a list",
  logGroupName: "a string",
} as const satisfies OptionTable<PluginRefs>;

/**
 * What a plugin wrote on a node.
 *
 * @example
 * ```ts
 * const outputs: readonly CommandOutput[] = await readCommandOutput(logs, outcome);
 * outputs[0]; //=> { instanceId: "i-0123456789abcdef0", plugin: "aws:runShellScript", stdout: "deployed", stderr: "" }
 * ```
 */
export interface CommandOutput {
  /** The id of the node. */
  readonly instanceId: string;
  /** The plugin, as AWS reports it. */
  readonly plugin: string;
  /**
   * All of its standard output. The newline at its end may be missing, since the agent drops it from what it uploads after
   * the process has ended [agent-logs-publisher].
   */
  readonly stdout: string;
  /** All of its standard error, with the same exception. */
  readonly stderr: string;
  /** The likely reason if CloudWatch Logs has neither of the two streams; absent if it has one. */
  readonly missing?: string;
}

/**
 * The whole output of a command from CloudWatch Logs, each stream by itself, without the API's limits of 2,500 and 24,000
 * characters.
 *
 * - Needs `CloudWatchOutputConfig` in the request (`cloudWatchOutput()`), and for the reader the permissions
 *   `logs:DescribeLogStreams` and `logs:GetLogEvents`. Makes one call per 50 streams of the command, and two or more per
 *   stream.
 * - The agent uploads before it replies [rec-2026-09-27-managed-execution], so all output is there when the command is
 *   over.
 *
 * @param logs - A client in the region of the nodes.
 * @param of - An outcome with its invocations, or the command, nodes, plugins and log group.
 * @param options - `abortSignal`, to end it early.
 * @returns One item per node and plugin, in the order of the outcome.
 * @throws RunCommandError (as a rejection) when the command was sent without CloudWatch output; whatever CloudWatch Logs
 *   throws.
 *
 * @example
 * ```ts
 * // The script prints 100,000 characters, of which GetCommandInvocation shows 24,000.
 * const outputs = await readCommandOutput(new CloudWatchLogsClient({}), await sent.waitForTerminal());
 * outputs[0]?.stdout.length; //=> 100000
 *
 * // Without an outcome:
 * const logGroupName = defaultLogGroupName("AWS-RunShellScript");
 * const where = { commandId, instanceIds: [instanceId], pluginNames: ["aws:runShellScript"], logGroupName };
 * const same = await readCommandOutput(logs, where);
 * ```
 */
export async function readCommandOutput(
  logs: CloudWatchLogsClient,
  of: CommandOutcome | PluginRefs,
  options?: AbortOptions,
): Promise<readonly CommandOutput[]> {
  const call = callOptions(options, "readCommandOutput()");
  if (!("kind" in of)) {
    checkOptions(of, PLUGIN_REFS_OPTIONS, "readCommandOutput()");
  }
  const { group, commandId, places } = "kind" in of ? placesOf(of) : placesAt(of);
  const there = await streamNames(logs, { group, commandId, options: call });
  const found: CommandOutput[] = [];
  for (const { instanceId, plugin, written } of places) {
    const names = logStreamNames({ commandId, instanceId, pluginName: plugin });
    const read = async (stream: string) =>
      there?.has(stream) ? textOf(logs, { group, stream, options: call }) : undefined;
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
    /** Whether the API shows that the plugin wrote anything; undefined if it does not say. */
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

import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { RunCommandError } from "../client/errors/errors.ts";
import { hasMethod, member } from "../client/member.ts";
import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import { notTaken } from "../domain/in-message.ts";
import { checkOptions, type OptionTable } from "../domain/options.ts";
import type { PluginRef } from "../domain/output-names.ts";
import type { AbortOptions } from "../domain/run-command-api.ts";
import { bucketSource, type S3Reader } from "./bucket-source.ts";
import { logGroupOf } from "./log-group-of.ts";
import { logsSource } from "./logs-source.ts";
import { hasWritten } from "./missing-output.ts";
import type { OutputPlace, OutputSource } from "./output-source.ts";
import { readTenAtOnce } from "./read-ten-at-once.ts";

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
   * All of its standard output. From CloudWatch Logs the newline at its end may be missing, since the agent drops it from what
   * it uploads there after the process has ended [agent-logs-publisher]. From S3 it is as the script wrote it; bytes that are not UTF-8
   * come as `\uFFFD`.
   */
  readonly stdout: string;
  /** All of its standard error, with the same exception. */
  readonly stderr: string;
  /** The likely reason if neither of the two streams is there; absent if one is. */
  readonly missing?: string;
}

/**
 * Options of {@link readCommandOutput}.
 *
 * @inline
 */
export type ReadCommandOutputOptions = AbortOptions & {
  /**
   * An `S3Client` of `@aws-sdk/client-s3`, in the region of the bucket. With it, the output of a command that was sent with
   * `OutputS3BucketName` is read from there.
   */
  readonly s3?: S3Reader | undefined;
};

/** The options of {@link readCommandOutput}. */
export const READ_COMMAND_OUTPUT_OPTIONS = {
  abortSignal: "an AbortSignal",
  s3: "any",
} as const satisfies OptionTable<ReadCommandOutputOptions>;

/**
 * The whole output of a command from CloudWatch Logs or from S3, each stream by itself, without the API's limits of 2,500 and
 * 24,000 characters. Ten streams are read at once.
 *
 * - From CloudWatch Logs it needs `CloudWatchOutputConfig` in the request (`cloudWatchOutput()`), and for the caller the permissions
 *   `logs:DescribeLogStreams` and `logs:GetLogEvents`. Makes one call per 50 streams of the command, and two or more per
 *   stream.
 * - From S3, with the option `s3`, it needs `OutputS3BucketName` in the request, and for the caller `s3:ListBucket` and
 *   `s3:GetObject`. Makes one call per 1,000 streams of the command, and one per stream that has something. If the command's output
 *   goes to both, `s3` decides.
 * - The agent uploads before it replies [rec-2026-09-27-managed-execution], so all output is there when the command is
 *   over.
 *
 * @param logs - A client in the region of the nodes; undefined will do for what is read from S3.
 * @param of - An outcome with its invocations, or the command, nodes, plugins and log group.
 * @param options - `abortSignal`, to end it early; `s3`, to read from a bucket.
 * @returns One item per node and plugin, in the order of the outcome.
 * @throws RunCommandError (as a rejection) when the command was sent without such output, or `@aws-sdk/client-s3` cannot be
 *   loaded; TypeError for an option that does not exist, when the client is missing, and for `s3` without an outcome; whatever CloudWatch Logs and S3 throw.
 *   The other streams are not read on then.
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
 *
 * // From a bucket:
 * const inBucket = await runCommand.send({ ...request, OutputS3BucketName: "output-bucket" });
 * const [read] = await readCommandOutput(undefined, await inBucket.waitForTerminal(), { s3: new S3Client({}) });
 * read?.stdout.length; //=> 100000
 * ```
 */
export async function readCommandOutput(
  logs: CloudWatchLogsClient | undefined,
  of: CommandOutcome | PluginRefs,
  options: ReadCommandOutputOptions = {},
): Promise<readonly CommandOutput[]> {
  checkOptions(options, READ_COMMAND_OUTPUT_OPTIONS, PLACE);
  const { s3 } = options;
  if (s3 !== undefined && !hasMethod(s3, "send")) {
    throw notTaken(s3, `s3 of ${PLACE}`, "an S3Client of @aws-sdk/client-s3");
  }
  checkWhat(of, s3);
  const places = "kind" in of ? placesOf(of) : placesAt(of);
  const source = await sourceOf(of, { logs, places, options });
  const found = places.map((place) => source.find(place));
  const streams = found.flatMap(({ stdout, stderr }) => [stdout, stderr]);
  const texts = new Map(
    await readTenAtOnce(
      streams.filter((name) => name !== undefined),
      async (name, call) => [name, await source.read(name, call)] as const,
      options,
    ),
  );
  return places.map((place, index) => {
    const { stdout = "", stderr = "" } = found[index] ?? {};
    return {
      instanceId: place.instanceId,
      plugin: place.plugin,
      stdout: texts.get(stdout) ?? "",
      stderr: texts.get(stderr) ?? "",
      ...(stdout + stderr === "" && { missing: source.whyMissing(place) }),
    };
  });
}

const PLACE = "readCommandOutput()";

/** Refuses what is neither an outcome with invocations nor tells which plugins, and a bucket that nothing tells. */
function checkWhat(of: CommandOutcome | PluginRefs, s3: S3Reader | undefined): void {
  const isOutcome = member(of, "kind") !== undefined;
  if (typeof of !== "object" || !of || (isOutcome && !Array.isArray(member(of, "invocations")))) {
    const refs = `{ ${Object.keys(PLUGIN_REFS_OPTIONS).join(", ")} }`;
    throw notTaken(of, PLACE, `the outcome of a command, or ${refs}`);
  }
  if (isOutcome) return;
  checkOptions(of, PLUGIN_REFS_OPTIONS, PLACE);
  if (s3 === undefined) return;
  throw new TypeError(
    `${PLACE} was given s3 and no outcome, and only an outcome says which bucket it is. Give it the outcome, which waitForTerminal() and look() return, or leave out s3.`,
  );
}

/** What is asked for: where it lies, and with which clients it is read. */
interface Asked {
  readonly logs: CloudWatchLogsClient | undefined;
  readonly places: readonly OutputPlace[];
  readonly options: ReadCommandOutputOptions;
}

/** From S3 if there is a client for it and the command has a bucket, else from CloudWatch Logs. Our decision. */
async function sourceOf(
  of: CommandOutcome | PluginRefs,
  { logs, places, options }: Asked,
): Promise<OutputSource> {
  const { s3 } = options;
  const commandIds = [...new Set(places.map(({ commandId }) => commandId))];
  if ("kind" in of) {
    const { command } = of;
    const { CommandId, CloudWatchOutputConfig, OutputS3BucketName } = command;
    if (s3 && OutputS3BucketName) return bucketSource(s3, { command, commandIds }, options);
    if (OutputS3BucketName && !CloudWatchOutputConfig?.CloudWatchOutputEnabled) {
      throw new RunCommandError(
        `The output of command ${CommandId} went to the bucket ${OutputS3BucketName} only. Give readCommandOutput() the option s3, an S3Client.`,
      );
    }
  }
  const group = "kind" in of ? logGroupOf(of.command) : of.logGroupName;
  if (logs === undefined) throw notTaken(logs, PLACE, "a CloudWatchLogsClient");
  return logsSource(logs, { group, commandIds }, options);
}

/** The commands are those of the invocations: a command that was sent in parts has an id per part. */
function placesOf({ command, invocations }: CommandOutcome): readonly OutputPlace[] {
  return invocations.flatMap(({ instanceId, plugins, invocation }) =>
    plugins.map((plugin) => ({
      commandId: invocation.CommandId ?? command.CommandId ?? "",
      instanceId,
      plugin: plugin.name,
      written: hasWritten(plugin),
      shown: invocation.CommandPlugins?.find(({ Name }) => Name === plugin.name),
    })),
  );
}

function placesAt({ commandId, instanceIds, pluginNames }: PluginRefs): readonly OutputPlace[] {
  return instanceIds.flatMap((instanceId) =>
    pluginNames.map((plugin) => ({ commandId, instanceId, plugin, written: undefined })),
  );
}

import { RunCommandError } from "../errors/errors.ts";
import { byInstanceId, type CommandOutcome, type InvocationOutcome } from "./outcome.ts";
import { failedPlugin, type PluginOutcome } from "./plugin-outcome.ts";

/**
 * What an error may show of what a node wrote.
 *
 * @inline
 */
export interface FailureText {
  /** How many of the last lines, and of them the last 2,000 characters; 0 shows none. @default 20 */
  readonly lines?: number;
  /** Takes out what nobody may read in a log. It sees the whole text, before it is cut. @default the text as it is */
  readonly redact?: (text: string) => string;
}

/** The most characters of a node's output in an error. Our decision: log lines are cut somewhere, and this is short of it. */
const MOST_CHARACTERS = 2_000;

/**
 * A command did not succeed: what {@link orThrow} throws. The message names node, plugin, exit code and the last lines of
 * standard error, of the first node by id that failed by itself; if there is none, the first that did not succeed.
 *
 * @example
 * ```ts
 * error.message;
 * //=> "Command 7afa32e5-… ended as Failed: aws:runShellScript on node i-0123456789abcdef0 ended as failed, exit code 7. …"
 * ```
 */
export class CommandFailedError extends RunCommandError {
  /** Always `"CommandFailedError"`. */
  override readonly name = "CommandFailedError";
  /** How the command ended. */
  readonly kind: Exclude<CommandOutcome["kind"], "succeeded">;
  /** The command; `""` if the service sent no id. */
  readonly commandId: string;
  /** The node that the message speaks of, if the outcome holds any that did not succeed. */
  readonly instanceId: string | undefined;
  /** The plugin that failed there, as AWS reports it. */
  readonly pluginName: string | undefined;
  /** Its exit code, if its process ended by itself. */
  readonly exitCode: number | undefined;
  /** The last lines of its standard error (of both streams, where they were not read apart), redacted and cut. */
  readonly stderr: string | undefined;

  /**
   * As {@link orThrow} makes it, and as tests of your own `catch` can.
   *
   * @param outcome - How the command ended; all that the error knows comes from it.
   * @param options - How much of what a node wrote it may show: `lines`, `redact`.
   */
  constructor(
    outcome: Exclude<CommandOutcome, { kind: "succeeded" }>,
    { lines = 20, redact = (text) => text }: FailureText = {},
  ) {
    const { kind, command } = outcome;
    const { CommandId = "", StatusDetails = kind } = command;
    const guilty = guiltyOf(outcome);
    const plugin = guilty && failedPlugin(guilty.plugins);
    const written = plugin?.stderr ?? plugin?.output;
    const stderr = written && tailOf(redact(written), lines);
    super(
      kind === "noTargets"
        ? `Command ${CommandId} ran nowhere: no node matches its targets ${JSON.stringify(command.Targets)}, which the service calls a success. Check targets and region.`
        : `Command ${CommandId} ended as ${StatusDetails}${blame(guilty, plugin)}${stderr ? ` Its last lines:\n${stderr}` : ""}`,
    );
    this.kind = kind;
    this.commandId = CommandId;
    this.instanceId = guilty?.instanceId;
    this.pluginName = plugin?.name;
    this.exitCode = plugin?.exitCode;
    this.stderr = stderr;
  }
}

/** Nodes that were terminated or cancelled suffer from others; those that failed by themselves say why. */
function guiltyOf({ invocations }: CommandOutcome): InvocationOutcome | undefined {
  const bad = invocations.filter(({ kind }) => kind !== "succeeded").sort(byInstanceId);
  return bad.find(({ plugins }) => failedPlugin(plugins) !== undefined) ?? bad[0];
}

function blame(guilty: InvocationOutcome | undefined, plugin: PluginOutcome | undefined): string {
  if (guilty === undefined) return ". Read its invocations to see where.";
  const where = plugin === undefined ? "" : `${plugin.name} on `;
  const code = plugin?.exitCode === undefined ? "" : `, exit code ${plugin.exitCode}`;
  return `: ${where}node ${guilty.instanceId} ended as ${guilty.kind}${code}.`;
}

function tailOf(text: string, lines: number): string {
  if (lines <= 0) return "";
  return text.trimEnd().split("\n").slice(-lines).join("\n").slice(-MOST_CHARACTERS);
}

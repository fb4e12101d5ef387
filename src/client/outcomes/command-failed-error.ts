import type { OptionTable } from "../../domain/options.ts";
import { RunCommandError } from "../errors/errors.ts";
import { byInstanceId, type CommandOutcome, type InvocationOutcome } from "./outcome.ts";
import { failedPlugin, type PluginOutcome } from "./plugin-outcome.ts";

/**
 * How much of a node's output an error may show.
 *
 * @inline
 */
export type FailureText = {
  /** How many of the last lines to show, cut to their last 2,000 characters; 0 shows none. @default 20 */
  readonly lines?: number | undefined;
  /** Takes out secrets. It gets the output before it is cut to its last lines. @default the output as it is */
  readonly redact?: ((text: string) => string) | undefined;
};

/** The options of `orThrow()` and `new CommandFailedError()`. */
export const FAILURE_TEXT_OPTIONS = {
  lines: "number",
  redact: "function",
} as const satisfies OptionTable<FailureText>;

/** The most characters of a node's output in an error. Our decision: short enough for most logs, which cut long lines. */
const MOST_CHARACTERS = 2_000;

/**
 * A command did not succeed: what {@link orThrow} throws. The message is about one node, the first by id that failed by
 * itself or else the first that did not succeed: its plugin, exit code and the last lines of standard error,
 * or why the agent failed the whole document.
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
  /** The id of the command; `""` if the service sent none. */
  readonly commandId: string;
  /** The node that the message is about, if the outcome holds any that did not succeed. */
  readonly instanceId: string | undefined;
  /** The plugin that failed there, as AWS reports it. */
  readonly pluginName: string | undefined;
  /** Its exit code, if its process ended by itself. */
  readonly exitCode: number | undefined;
  /**
   * The last lines of its standard error (of both streams, if they were not read separately; of `TraceOutput`, if the agent
   * failed the whole document), redacted and cut.
   */
  readonly stderr: string | undefined;

  /**
   * Created by {@link orThrow}, and by tests of your own `catch`.
   *
   * @param outcome - How the command ended; all members of the error come from it.
   * @param options - How much of a node's output it may show: `lines`, `redact`.
   */
  constructor(
    outcome: Exclude<CommandOutcome, { kind: "succeeded" }>,
    { lines = 20, redact = (text) => text }: FailureText = {},
  ) {
    const { kind, command } = outcome;
    const { CommandId = "", StatusDetails = kind } = command;
    const guilty = guiltyOf(outcome);
    const plugin = guilty && failedPlugin(guilty.plugins);
    const written = plugin?.stderr ?? plugin?.output ?? guilty?.invocation.TraceOutput;
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

/** The node to blame: the first that failed by itself, since those that were terminated or cancelled caused nothing. */
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

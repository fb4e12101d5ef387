import { causesOf, failedPlugin, tailOf } from "../../domain/explanation/causes.ts";
import { shortText } from "../../domain/explanation/short-text.ts";
import type { OptionTable } from "../../domain/options.ts";
import { RunCommandError } from "../errors/errors.ts";
import type { CommandOutcome } from "./outcome.ts";

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

/**
 * A command did not succeed: what {@link orThrow} throws. The message is {@link explain} in short: how many nodes ended how,
 * and the first three causes, with nodes, plugin, exit code and the last lines of standard error. The members are about one
 * node: the first of the first cause, which is one that failed by itself if there is any.
 *
 * @example
 * ```ts
 * error.message;
 * //=> "Command 7afa32e5-… ended as Failed: 1 failed.\n  failed (aws:runShellScript, …"
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
  constructor(outcome: Exclude<CommandOutcome, { kind: "succeeded" }>, shown?: FailureText) {
    const { kind, command, invocations } = outcome;
    const causes = causesOf(invocations, shown);
    super(shortText(outcome, causes));
    const [instanceId] = causes[0]?.nodes ?? [];
    const guilty = invocations.find((node) => node.instanceId === instanceId);
    const plugin = guilty && failedPlugin(guilty.plugins);
    const written = plugin?.stderr ?? plugin?.output ?? guilty?.invocation.TraceOutput;
    this.kind = kind;
    this.commandId = command.CommandId ?? "";
    this.instanceId = instanceId;
    this.pluginName = plugin?.name;
    this.exitCode = plugin?.exitCode;
    this.stderr = written && tailOf(written, shown);
  }
}

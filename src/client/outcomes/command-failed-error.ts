import { causesOf, type ShownOutput, tailOf } from "../../domain/explanation/causes.ts";
import { shortText } from "../../domain/explanation/short-text.ts";
import { RunCommandError } from "../errors/errors.ts";
import type { CommandOutcome } from "./outcome.ts";

/**
 * A command did not succeed: what {@link orThrow} throws. The message is {@link explain} in short: how many nodes did
 * not succeed, and the first three causes, with nodes, plugin, exit code and the last lines of standard error. The members are about one
 * node: the first of the first cause, which is one that failed by itself if there is any.
 *
 * @example
 * ```ts
 * error.message;
 * //=> "Command 7afa32e5-… ended as Failed: 1 of 1 nodes did not succeed.\n  failed (aws:runShellScript, …"
 * ```
 */
export class CommandFailedError extends RunCommandError {
  /** Always `"CommandFailedError"`. */
  override readonly name = "CommandFailedError";
  /** How the command ended. */
  declare readonly kind: Exclude<CommandOutcome["kind"], "succeeded">;
  /** The id of the command; `""` if the service sent none. */
  declare readonly commandId: string;
  /** The node that the message is about, if the outcome holds any that did not succeed. */
  declare readonly instanceId: string | undefined;
  /** The plugin that failed there, as AWS reports it. */
  declare readonly pluginName: string | undefined;
  /** Its exit code, if its process ended by itself. */
  declare readonly exitCode: number | undefined;
  /**
   * The last lines of its standard error (of both streams, if they were not read separately; of `TraceOutput`, if the agent
   * failed the whole document), redacted and cut.
   */
  declare readonly stderr: string | undefined;

  /**
   * Created by {@link orThrow}, and by tests of your own `catch`.
   *
   * @param outcome - How the command ended; all members of the error come from it.
   * @param options - How much of a node's output it may show: `lines`, `redact`.
   */
  constructor(outcome: Exclude<CommandOutcome, { kind: "succeeded" }>, options?: ShownOutput) {
    const { kind, command, invocations } = outcome;
    const causes = causesOf(invocations, options);
    super(shortText(outcome, causes));
    const [cause] = causes;
    const plugin = cause?.plugins[0];
    this.kind = kind;
    this.commandId = command.CommandId ?? "";
    this.instanceId = cause?.nodes[0];
    this.pluginName = plugin?.name;
    this.exitCode = plugin?.exitCode;
    this.stderr = tailOf(cause?.written, options);
  }
}

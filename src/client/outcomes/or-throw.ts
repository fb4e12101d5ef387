import { SHOWN_OUTPUT_OPTIONS, type ShownOutput } from "../../domain/explanation/causes.ts";
import { notTaken } from "../../domain/in-message.ts";
import { checkOptions } from "../../domain/options.ts";
import { CommandFailedError } from "./command-failed-error.ts";
import type { CommandOutcome } from "./outcome.ts";

/**
 * Returns the outcome of a command that succeeded, and throws for any other, for code that prefers exceptions.
 *
 * @param outcome - What {@link RunCommandClient.waitForTerminal} resolved with.
 * @param options - How much of a node's output the error may show: `lines`, `redact`.
 * @throws CommandFailedError for every kind but `"succeeded"`, `"noTargets"` among them: nothing ran anywhere then.
 *
 * @example
 * ```ts
 * orThrow(await sent.waitForTerminal(), { redact: (text) => text.replaceAll(token, "***") }).kind; //=> "succeeded"
 * ```
 */
export function orThrow(
  outcome: CommandOutcome,
  options?: ShownOutput,
): Extract<CommandOutcome, { kind: "succeeded" }> {
  checkOptions(options, SHOWN_OUTPUT_OPTIONS, "orThrow()");
  const given: unknown = outcome;
  if (typeof given !== "object" || given === null || !("kind" in given)) {
    throw notTaken(given, "orThrow()", "an outcome: orThrow(await sent.waitForTerminal())");
  }
  if (outcome.kind === "succeeded") return outcome;
  throw new CommandFailedError(outcome, options);
}

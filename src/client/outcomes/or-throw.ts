import { CommandFailedError, type FailureText } from "./command-failed-error.ts";
import type { CommandOutcome } from "./outcome.ts";

/**
 * The outcome of a command that succeeded; an exception for any other, for those who prefer one.
 *
 * @param outcome - As {@link RunCommandClient.waitForTerminal} resolves with it.
 * @param options - How much of what a node wrote the error may show: `lines`, `redact`.
 * @throws CommandFailedError for every kind but `"succeeded"`, `"noTargets"` among them: nothing ran anywhere then.
 *
 * @example
 * ```ts
 * orThrow(await sent.waitForTerminal(), { redact: (text) => text.replaceAll(token, "***") }).kind; //=> "succeeded"
 * ```
 */
export function orThrow(
  outcome: CommandOutcome,
  options?: FailureText,
): Extract<CommandOutcome, { kind: "succeeded" }> {
  if (outcome.kind === "succeeded") return outcome;
  throw new CommandFailedError(outcome, options);
}

import type { OptionTable } from "../../domain/options.ts";
import type { AbortOptions } from "../../domain/run-command-api.ts";
import type { Duration } from "../../time/duration.ts";
import type { FindOptions } from "../errors/maybe-sent-error.ts";

/**
 * How {@link RunCommandClient.send} sends.
 *
 * SendCommand knows no token of idempotency, and the SDK sends it again by itself when an answer is lost: the fleet then
 * runs the script twice. `send` never does that, unless `resend` says so. With `once` it also finds out.
 *
 * The promise of a key is "at most once, and says when it does not know". It cannot be more: a command is not visible for a
 * moment after the send, so two processes with one key at the same moment may both send, and so may one that is started
 * again within seconds.
 *
 * @example
 * ```ts
 * const options: SendOptions = { once: "deploy-1a2b" };
 * const sent = await runCommand.send(request, options);
 * const again = await runCommand.send(request, options); // another process, an hour later
 * [again.commandId === sent.commandId, again.adopted]; //=> [true, true]
 * ```
 */
export interface SendOptions extends AbortOptions {
  /**
   * A key of this request. ListCommands is asked first, one call per fifty commands of the document: a command with this
   * key is adopted, however it ended, and nothing is sent. The key stands at the end of Comment, as `[once:KEY]`.
   *
   * Text without white space and `]`, with Comment at most 100 characters. @default none: it is sent whatever is there
   */
  readonly once?: string | undefined;
  /** With `once`: how old a command with this key may be. @default "1d" */
  readonly within?: Duration | undefined;
  /** For how long a command is looked for whose answer was lost, by `once` and by `find()` of the error. @default "15s" */
  readonly lookFor?: Duration | undefined;
  /**
   * With `once`: what to do when the answer was lost and the command was not shown for as long as `lookFor` says.
   * `"sendAgain"` sends it again, three times in all, and may so run it twice. @default "throw": MaybeSentError
   */
  readonly notFound?: "throw" | "sendAgain" | undefined;
  /** With `once`: whether a command with this key is adopted that has other parameters or targets. @default false */
  readonly adoptOther?: boolean | undefined;
  /**
   * `"sdk"` lets the SDK send the command again when its answer was lost, as every other client of AWS does. With
   * `once` that is never done. @default "never"
   */
  readonly resend?: "never" | "sdk" | undefined;
}

/** The options of `send()`. */
export const SEND_OPTIONS = {
  abortSignal: "an AbortSignal",
  once: "any",
  within: "any",
  lookFor: "any",
  notFound: ["throw", "sendAgain"],
  adoptOther: "a boolean",
  resend: ["never", "sdk"],
} as const satisfies OptionTable<SendOptions>;

/** The options of `find()` of a MaybeSentError. */
export const FIND_OPTIONS = {
  lookFor: "any",
  abortSignal: "an AbortSignal",
} as const satisfies OptionTable<FindOptions>;

import type { CommandStatus } from "@aws-sdk/client-ssm";
import { formatElapsed } from "../../time/duration.ts";
import type { RunningLook, UnknownLook } from "../outcomes/command-look.ts";

/**
 * The base of every error that the client makes itself. Errors of the service are not among them: they pass through
 * unchanged, so code that catches `InvalidInstanceId` today still does with this client.
 *
 * @example
 * ```ts
 * // after waitForTerminal({ timeout: "10m" }); for an InvalidInstanceId of the service it would be false
 * error instanceof RunCommandError; //=> true
 * ```
 */
export class RunCommandError extends Error {
  /** The error's name, a literal on each subclass, so that a `switch` narrows. */
  override readonly name: string = "RunCommandError";

  /**
   * For the client's own errors, and for errors of yours that extend it.
   *
   * @param message - What happened, to what, and what to do.
   * @param options - `cause`: the error behind it. Without one the error has no member `cause`.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options?.cause === undefined ? undefined : options);
  }
}

/**
 * The wait ended before the command did. The command keeps running: wait again with its id, from any process. `look` is how
 * it stood then; `cause` is the error of the last poll, if it failed.
 *
 * @example
 * ```ts
 * if (error instanceof StillRunningError) await queue.later(error.commandId);
 * ```
 */
export class StillRunningError extends RunCommandError {
  /** Always `"StillRunningError"`. */
  override readonly name = "StillRunningError";
  /** The command that was waited for. */
  declare readonly commandId: string;
  /** Its `Status` when it was last seen; `Pending` when it was never seen. */
  declare readonly lastStatus: CommandStatus;
  /** How long the wait was, in milliseconds of the clock that was waited on. */
  declare readonly waitedMs: number;
  readonly #look: RunningLook | UnknownLook;

  /**
   * Created by a wait that has run out of time, and by tests of your own `catch`.
   *
   * @param facts - About the command and the wait; the message is made of them.
   */
  constructor({
    commandId,
    lastStatus,
    waitedMs,
    cancelAccepted,
    cause,
    look = { kind: "unknown", commandId },
  }: {
    /** The command that was waited for. */
    readonly commandId: string;
    /** Its `Status` when it was last seen; `Pending` when it was never seen. */
    readonly lastStatus: CommandStatus;
    /** How long the wait was, in milliseconds. */
    readonly waitedMs: number;
    /** Whether the service accepted a CancelCommand that the wait sent; the message then says so. @default false */
    readonly cancelAccepted?: boolean;
    /** The error of the last poll. @default none */
    readonly cause?: unknown;
    /** How the command stood. @default that the service did not show it */
    readonly look?: RunningLook | UnknownLook | undefined;
  }) {
    const advice = cancelAccepted
      ? "It was asked to stop."
      : "It keeps running: nothing was cancelled.";
    super(
      `Command ${commandId} was still ${lastStatus} after ${formatElapsed(waitedMs)}. ${advice} Waiting again is safe.`,
      { cause },
    );
    this.commandId = commandId;
    this.lastStatus = lastStatus;
    this.waitedMs = waitedMs;
    this.#look = look;
  }

  /**
   * How the command stood then, as {@link RunCommandClient.look} returns it: which nodes have ended and how, and which are
   * open; `"unknown"` if the service never showed it. Invocations that could not be read any more are missing.
   *
   * Logs that print an error with its members do not print this one, as it has the parameters of the command.
   */
  get look(): RunningLook | UnknownLook {
    return this.#look;
  }
}

/**
 * The service does not know the command, although there was time enough for it to become visible.
 *
 * @example
 * ```ts
 * error.message;
 * //=> "Command 7c1f0a3e-… is unknown to the service: ListCommands did not show it for 00:00:30.085. …"
 * ```
 */
export class CommandNotFoundError extends RunCommandError {
  /** Always `"CommandNotFoundError"`. */
  override readonly name = "CommandNotFoundError";
  /** The id that was asked for. */
  declare readonly commandId: string;

  /**
   * Created by a wait that never saw its command, and by tests of your own `catch`.
   *
   * @param commandId - The id that was asked for.
   * @param waitedMs - For how long the service did not show the command, in milliseconds; the message says so.
   */
  constructor(commandId: string, waitedMs: number) {
    super(
      `Command ${commandId} is unknown to the service: ListCommands did not show it for ${formatElapsed(waitedMs)}. Check id, region and account; it is forgotten after 30 days.`,
    );
    this.commandId = commandId;
  }
}

/**
 * A listing returned a page token that it had returned before, so its pages would never have ended.
 *
 * @example
 * ```ts
 * error.message; //=> "ListCommands answered the same NextToken twice: its pages would never end. Begin again."
 * ```
 */
export class RepeatedTokenError extends RunCommandError {
  /** Always `"RepeatedTokenError"`. */
  override readonly name = "RepeatedTokenError";
  /** The operation that was paged through, such as `ListCommands`. */
  declare readonly operation: string;
  /** The token that came twice. */
  declare readonly token: string;

  /**
   * Created by a listing that would not end, and by tests of your own `catch`.
   *
   * @param operation - The operation that was paged through, such as `ListCommands`.
   * @param token - The token that came twice. The message does not show it.
   */
  constructor(operation: string, token: string) {
    super(
      `${operation} answered the same NextToken twice: its pages would never end. Begin again.`,
    );
    this.operation = operation;
    this.token = token;
  }
}

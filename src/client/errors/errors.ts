import type { CommandStatus } from "@aws-sdk/client-ssm";
import { formatElapsed } from "../../time/duration.ts";

/**
 * The base of every error that the client makes itself. What the service throws passes through untouched and is none of
 * these: whoever catches `InvalidInstanceId` today catches it tomorrow.
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
   * For the client's own errors, and for yours beside them.
   *
   * @param message - What happened, to what, and what to do.
   * @param options - `cause`: the error that it came of. An error without one has no such member.
   */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options?.cause === undefined ? undefined : options);
  }
}

/**
 * The waiting ended before the command did. The command goes on: wait again with its id, from any process. `cause` is the
 * trouble that kept the last polls from getting through, if there was any.
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
  readonly commandId: string;
  /** Its `Status` when it was last seen; `Pending` when it was never seen. */
  readonly lastStatus: CommandStatus;
  /** How long it was waited for, in milliseconds of the clock that was waited on. */
  readonly waitedMs: number;

  /**
   * As a wait that is over makes it, and as tests of your own `catch` can.
   *
   * @param facts - Of the command and the wait; the message is made of them.
   */
  constructor({
    commandId,
    lastStatus,
    waitedMs,
    cancelAccepted,
    cause,
  }: {
    /** The command that was waited for. */
    readonly commandId: string;
    /** Its `Status` when it was last seen; `Pending` when it was never seen. */
    readonly lastStatus: CommandStatus;
    /** How long it was waited for, in milliseconds. */
    readonly waitedMs: number;
    /** Whether the service accepted a CancelCommand of the wait; the message then says so. @default false */
    readonly cancelAccepted?: boolean;
    /** The trouble that kept the last polls from getting through. @default none */
    readonly cause?: unknown;
  }) {
    const advice = cancelAccepted
      ? "It was asked to stop: waiting again with its id is safe."
      : "It keeps running: waiting again with its id is safe, and nothing was cancelled.";
    super(
      `Command ${commandId} was still ${lastStatus} after ${formatElapsed(Math.round(waitedMs))}. ${advice}`,
      { cause },
    );
    this.commandId = commandId;
    this.lastStatus = lastStatus;
    this.waitedMs = waitedMs;
  }
}

/**
 * The service does not know the command, and there was time enough for it to become visible.
 *
 * @example
 * ```ts
 * error.message;
 * //=> "Command 7c1f0a3e-… is unknown to the service: ListCommands did not show it for 00:00:30.000. …"
 * ```
 */
export class CommandNotFoundError extends RunCommandError {
  /** Always `"CommandNotFoundError"`. */
  override readonly name = "CommandNotFoundError";
  /** The id that was asked for. */
  readonly commandId: string;

  /**
   * As a wait makes it that never saw its command, and as tests of your own `catch` can.
   *
   * @param commandId - The id that was asked for.
   * @param waitedMs - How long the service did not show it, in milliseconds; the message says so.
   */
  constructor(commandId: string, waitedMs: number) {
    super(
      `Command ${commandId} is unknown to the service: ListCommands did not show it for ${formatElapsed(Math.round(waitedMs))}. Check the id, the region and the account; the service forgets a command after 30 days.`,
    );
    this.commandId = commandId;
  }
}

/**
 * A listing answered with a page token that it had answered before, so it would have gone round for ever.
 *
 * @example
 * ```ts
 * error.message; //=> "ListCommands answered the same NextToken twice, so its pages would never end. …"
 * ```
 */
export class RepeatedTokenError extends RunCommandError {
  /** Always `"RepeatedTokenError"`. */
  override readonly name = "RepeatedTokenError";
  /** The operation that was paged through, such as `ListCommands`. */
  readonly operation: string;
  /** The token that came twice. */
  readonly token: string;

  /**
   * As a listing makes it that would not end, and as tests of your own `catch` can.
   *
   * @param operation - The operation that was paged through, such as `ListCommands`.
   * @param token - The token that came twice. The message does not show it.
   */
  constructor(operation: string, token: string) {
    super(
      `${operation} answered the same NextToken twice, so its pages would never end. Begin the listing again; if it comes back, look at what stands between you and the service.`,
    );
    this.operation = operation;
    this.token = token;
  }
}

import type { Command } from "@aws-sdk/client-ssm";
import type { Duration } from "../../time/duration.ts";
import type { SentCommand } from "../sent-command.ts";
import { RunCommandError } from "./errors.ts";

/**
 * How to look for a command that may have been sent.
 *
 * @inline
 */
export type FindOptions = {
  /** For how long to look; `"0s"` is one look. @default that of the send: 15 s */
  readonly lookFor?: Duration | undefined;
  /** Ends the looking: it rejects with the signal's reason. */
  readonly abortSignal?: AbortSignal | undefined;
};

/**
 * SendCommand failed in a way that leaves open whether the command was sent: the connection was lost, the answer took too
 * long or was cut, or the service failed (5xx). It was not sent again. `cause` is the failure.
 *
 * @example
 * ```ts
 * fake.faults.loseAnswer("SendCommand", { times: 1 });
 * const sent = await runCommand.send(request).catch((error: MaybeSentError) => error.find());
 * sent?.adopted; //=> true
 * ```
 */
export class MaybeSentError extends RunCommandError {
  /** Always `"MaybeSentError"`. */
  override readonly name = "MaybeSentError";
  /** The key that it was sent with, if it was (`once`). */
  declare readonly key: string | undefined;
  /**
   * Looks for the command with ListCommands, again and again for a while, and resolves with it, or with undefined if it was
   * not shown.
   *
   * - With a key, it is the command with that key and the same parameters and targets.
   * - Without one, it is the newest with the same document, targets, parameters and Comment, requested since the attempt.
   *   The service's time is compared with the caller's there, which may differ: so a command that was requested up to five
   *   minutes before the attempt counts, too, unless this client has an answer of it, or of a later one. If you send the
   *   same request more often than that, send it with `once`.
   *
   * @param options - For how long to look, and a signal to end it.
   * @throws (as a rejection) what ListCommands throws, throttling and network errors only when the time is over.
   */
  declare readonly find: (options?: FindOptions) => Promise<SentCommand | undefined>;

  /**
   * Created by {@link RunCommandClient.send}, and by tests of your own `catch`.
   *
   * @param facts - The failure, the key, what `find` does; the message is made of them.
   */
  constructor({
    cause,
    key,
    looked,
    find,
  }: {
    /** The failure of SendCommand. */
    readonly cause: unknown;
    /** The key that it was sent with. @default none */
    readonly key?: string | undefined;
    /** What ListCommands did, such as `did not show it for 15s`. @default nothing: it was not looked for */
    readonly looked?: string;
    /** Looks for the command. */
    readonly find: (options?: FindOptions) => Promise<SentCommand | undefined>;
  }) {
    super(
      `The command may have been sent: SendCommand failed with ${String(cause).split("\n", 1)}.${looked ? ` ListCommands ${looked}.` : ""} error.find() looks for it; with { once: "${key ?? "deploy-1a2b"}" }, send() does.`,
      { cause },
    );
    this.key = key;
    this.find = find;
  }
}

/**
 * A command with this key is there, and it is another request: its parameters or its targets differ. Nothing was sent.
 *
 * @example
 * ```ts
 * await runCommand.send(request, { once: "deploy-1a2b" });
 * const other = { ...request, ...runShellScript("./another.sh") };
 * await runCommand.send(other, { once: "deploy-1a2b" }).catch((error: KeyTakenError) => error.differs);
 * //=> ["Parameters.commands"]
 * ```
 */
export class KeyTakenError extends RunCommandError {
  /** Always `"KeyTakenError"`. */
  override readonly name = "KeyTakenError";
  /** The key. */
  declare readonly key: string;
  /** The id of the command that has it. */
  declare readonly commandId: string;
  /** In what that command differs: `InstanceIds`, `Targets`, and parameters by name, such as `Parameters.commands`. */
  declare readonly differs: readonly string[];

  /**
   * Created by {@link RunCommandClient.send}, and by tests of your own `catch`.
   *
   * @param key - The key.
   * @param command - The command that has it.
   * @param differs - In what it differs from the request.
   */
  constructor(key: string, { CommandId = "" }: Command, differs: readonly string[]) {
    super(
      `The key "${key}" is that of command ${CommandId}, which differs in ${differs.join(", ")}. Use another key, or { adoptOther: true }.`,
    );
    this.key = key;
    this.commandId = CommandId;
    this.differs = differs;
  }
}

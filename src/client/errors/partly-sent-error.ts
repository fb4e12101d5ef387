import { shortList } from "../../domain/explanation/short-text.ts";
import type { SentFleet } from "../fleets/sent-fleet.ts";
import { RunCommandError } from "./errors.ts";

/**
 * A part of what {@link RunCommandClient.sendAll} sends was refused, or nobody knows whether it was sent. Those that were sent
 * before go on, and nothing else is sent. `cause` says why.
 *
 * @example
 * ```ts
 * const InstanceIds = Array.from({ length: 60 }, () => fake.nodes.add().instanceId);
 * fake.nodes.get(InstanceIds[55] ?? "")?.remove(); // the second part is refused
 * const sending = runCommand.sendAll({ ...runShellScript("uptime"), InstanceIds });
 * const error = await sending.then(() => undefined, (error: PartlySentError) => error);
 * [error?.sent?.parts.length, error?.notSent.length]; //=> [1, 10]
 * ```
 */
export class PartlySentError extends RunCommandError {
  /** Always `"PartlySentError"`. */
  override readonly name = "PartlySentError";
  /** What was sent: wait for it, or cancel it. Missing if that is nothing. */
  declare readonly sent: SentFleet | undefined;
  /** The nodes that it was not sent to, for certain. */
  declare readonly notSent: readonly string[];
  /** The nodes of the part of which nobody knows whether it was sent: then `cause` is a MaybeSentError, which can look. */
  declare readonly inDoubt: readonly string[];

  /**
   * Created by {@link RunCommandClient.sendAll}, and by tests of your own `catch`.
   *
   * @param facts - What was sent, where it was not sent, and why.
   */
  constructor({
    sent,
    notSent,
    inDoubt = [],
    cause,
  }: {
    /** What was sent. */
    readonly sent: SentFleet | undefined;
    /** The nodes that it was not sent to. */
    readonly notSent: readonly string[];
    /** The nodes of the part that may have been sent. @default none */
    readonly inDoubt?: readonly string[];
    /** What the send of the next part failed with. */
    readonly cause: unknown;
  }) {
    const nodes = (what: string, ids: readonly string[]) =>
      ids[0] ? ` ${what} ${ids.length} nodes: ${shortList(ids, 3)}.` : "";
    super(
      `Parts that were sent: ${sent?.parts.length ?? 0} (error.sent).${nodes("In doubt", inDoubt)}${nodes("Not sent to", notSent)} ${String(cause).split("\n", 1)}`,
      { cause },
    );
    this.sent = sent;
    this.notSent = notSent;
    this.inDoubt = inDoubt;
  }
}

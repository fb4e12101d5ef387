import type { SentFleet } from "../fleets/sent-fleet.ts";
import { RunCommandError } from "./errors.ts";

/**
 * A part of what {@link RunCommandClient.sendAll} sends was refused, or nobody knows whether it was sent, after others were
 * sent. Those go on, and nothing else is sent. `cause` says why.
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
  /** The nodes that it was not sent to. Those of a part that may have been sent (`cause` is a MaybeSentError) are not here. */
  declare readonly notSent: readonly string[];

  /**
   * Created by {@link RunCommandClient.sendAll}, and by tests of your own `catch`.
   *
   * @param facts - What was sent, where it was not sent, and why.
   */
  constructor({
    sent,
    notSent,
    cause,
  }: {
    /** What was sent. */
    readonly sent: SentFleet | undefined;
    /** The nodes that it was not sent to. */
    readonly notSent: readonly string[];
    /** What the send of the next part failed with. */
    readonly cause: unknown;
  }) {
    super(
      `${sent?.parts.length ?? "No"} parts were sent: error.sent. It was not sent to ${notSent.join(", ")}, after ${String(cause).split("\n", 1)}`,
      { cause },
    );
    this.sent = sent;
    this.notSent = notSent;
  }
}

import type { Command, CommandInvocation } from "@aws-sdk/client-ssm";
import type { CommandProgress, OpenPhase } from "../waiting/progress.ts";
import type { CommandOutcome, InvocationOutcome } from "./outcome.ts";

/**
 * An invocation that has not ended.
 *
 * @inline
 */
export type OpenInvocation = {
  /** The id of the node. */
  readonly instanceId: string;
  /** Where it stands; `"unrecognized"` for a status that this version does not know. */
  readonly phase: OpenPhase | "unrecognized";
  /** What the SDK returned. */
  readonly invocation: CommandInvocation;
};

/**
 * A command that has not ended.
 *
 * @inline
 */
export type RunningLook = {
  /** The command has not ended. */
  readonly kind: "running";
  /** What the SDK returned. */
  readonly command: Command;
  /** The number of invocations by how they ended or, for those that are open, by phase, as in {@link CommandProgress}. */
  readonly counts: CommandProgress["counts"];
  /** How many invocations have ended. */
  readonly ended: number;
  /** The invocations that have ended. Their streams were not read separately. */
  readonly invocations: readonly InvocationOutcome[];
  /** The invocations that are listed and have not ended. */
  readonly open: readonly OpenInvocation[];
};

/**
 * A command that the service does not show.
 *
 * @inline
 */
export type UnknownLook = {
  /** ListCommands does not show the command: not yet, not in this region or account, or not any more. */
  readonly kind: "unknown";
  /** The id that was asked for. */
  readonly commandId: string;
};

/**
 * How a command stands at one moment: how it ended, that it is running, or that the service does not show it. Plain data,
 * exhaustive in a `switch` over `kind`.
 *
 * @example
 * ```ts
 * node.behavior = hangs();
 * const sent = await runCommand.send(request);
 * const look: CommandLook = await sent.look();
 * look.kind; //=> "running"
 * ```
 */
export type CommandLook = CommandOutcome | RunningLook | UnknownLook;

import { notTaken } from "../../domain/in-message.ts";
import { member } from "../member.ts";
import type { CommandLook } from "./command-look.ts";
import type { InvocationOutcome } from "./outcome.ts";

/** @throws TypeError for what is neither an outcome nor a look. */
export function checkLook(look: CommandLook, place: string): void {
  if (Array.isArray(member(look, "invocations")) || member(look, "kind") === "unknown") return;
  throw notTaken(look, place, "the outcome of a command: await sent.waitForTerminal()");
}

/**
 * The nodes of an outcome, or those of a look that have ended.
 *
 * @param place - What was given it, such as `groupByOutput()`.
 * @throws TypeError for what is neither, and for an outcome that was read without its nodes.
 */
export function nodesOf(look: CommandLook, place: string): readonly InvocationOutcome[] {
  checkLook(look, place);
  if (look.kind === "unknown") return [];
  const { kind, command, invocations } = look;
  if (
    invocations.length === 0 &&
    command.TargetCount &&
    kind !== "running" &&
    kind !== "succeeded"
  ) {
    throw new TypeError(
      `The outcome of ${place} has none of its ${command.TargetCount} nodes. Wait for it without invocations: "none".`,
    );
  }
  return invocations;
}

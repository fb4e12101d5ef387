import type { Explained } from "./causes.ts";

/**
 * What decided how a command ended, or what it waits for.
 *
 * @inline
 */
export type DecidingRule =
  | "more errors than MaxErrors allow"
  | "nothing succeeded"
  | "some nodes did not succeed"
  | "expired before delivery"
  | "alarm"
  | "quota"
  | "cancelled"
  | "no node matches the targets"
  | "access denied"
  | "the node could not be used"
  | "has not ended"
  | "not shown"
  | "not told";

/** The rule of a command, by its kind; of a failed one, it has to be found out. */
const COMMAND_RULES: Readonly<Record<string, DecidingRule>> = {
  succeeded: "the node could not be used",
  incomplete: "some nodes did not succeed",
  noTargets: "no node matches the targets",
  deliveryTimedOut: "expired before delivery",
  cancelled: "cancelled",
  limitExceeded: "quota",
  accessDenied: "access denied",
  running: "has not ended",
  unknown: "not shown",
};

/** The rule of nodes that ended in a way of their own, whatever ended the command. */
const NODE_RULES: Readonly<Record<string, DecidingRule>> = {
  deliveryTimedOut: "expired before delivery",
  cancelled: "cancelled",
  undeliverable: "the node could not be used",
  invalidPlatform: "the node could not be used",
  accessDenied: "the node could not be used",
};

/** What decided how a command ended: the rows of [rules-roll-up], read backwards. */
export function ruleOf({ kind, command = {}, invocations = [] }: Explained): DecidingRule {
  if (kind !== "failed") return COMMAND_RULES[kind] ?? "not told";
  const { StatusDetails = "", MaxErrors = "0", TargetCount = 0, ErrorCount = 0 } = command;
  if (/Alarm/.test(StatusDetails)) return "alarm";
  const errors = invocations.filter(({ kind: of }) => /^(failed|executionT)/.test(of)).length;
  const share = MaxErrors.endsWith("%") ? TargetCount / 100 : 1;
  return Math.max(errors, ErrorCount) > Number.parseInt(MaxErrors, 10) * share
    ? "more errors than MaxErrors allow"
    : "nothing succeeded";
}

/** The rule of nodes that ended in this way. */
export function ruleOfNodes(kind: string, ofCommand: DecidingRule): DecidingRule {
  return NODE_RULES[kind] ?? ofCommand;
}

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

/** The rule of a command, by its kind; of one that failed or is running, it has to be found out. */
const COMMAND_RULES: Readonly<Record<string, DecidingRule>> = {
  succeeded: "the node could not be used",
  incomplete: "some nodes did not succeed",
  noTargets: "no node matches the targets",
  deliveryTimedOut: "expired before delivery",
  cancelled: "cancelled",
  limitExceeded: "quota",
  accessDenied: "access denied",
  unknown: "not shown",
};

/** The rule of nodes that ended in a way of their own, whatever ended the command. */
const NODE_RULES: Readonly<Record<string, DecidingRule>> = {
  deliveryTimedOut: "expired before delivery",
  cancelled: "cancelled",
  undeliverable: "the node could not be used",
  invalidPlatform: "the node could not be used",
  accessDenied: "the node could not be used",
  pending: "has not ended",
  inProgress: "has not ended",
  delayed: "has not ended",
  cancelling: "has not ended",
};

/**
 * What decided how a command ended: the rows of [rules-roll-up], read backwards. Errors above MaxErrors show before the end,
 * too. That nothing succeeded is said only where every node is known.
 */
export function ruleOf({ kind, command = {}, invocations = [] }: Explained): DecidingRule {
  if (kind !== "failed" && kind !== "running") return COMMAND_RULES[kind] ?? "not told";
  const { StatusDetails = "", MaxErrors = "0", TargetCount = 0, ErrorCount = 0 } = command;
  if (/Alarm/.test(StatusDetails)) return "alarm";
  const errors = invocations.filter(({ kind: of }) => isError(of)).length;
  const share = MaxErrors.endsWith("%") ? TargetCount / 100 : 1;
  const isExceeded = Math.max(errors, ErrorCount) > Number.parseInt(MaxErrors, 10) * share;
  // What was sent in parts has limits of its own in each: nodes that were not sent it any more tell.
  if (isExceeded || invocations.some(({ kind: of }) => of === "terminated"))
    return "more errors than MaxErrors allow";
  if (kind === "running") return "has not ended";
  const isKnown = invocations.length > 0 && invocations.length >= TargetCount;
  return isKnown && invocations.every((node) => node.kind !== "succeeded")
    ? "nothing succeeded"
    : "not told";
}

/** The rule of nodes that ended in this way. What failed by itself was neither cancelled nor too late. */
export function ruleOfNodes(kind: string, ofCommand: DecidingRule): DecidingRule {
  const own = NODE_RULES[kind];
  if (own !== undefined) return own;
  const isOthers = ofCommand === "cancelled" || ofCommand === "expired before delivery";
  return isError(kind) && isOthers ? "some nodes did not succeed" : ofCommand;
}

function isError(kind: string): boolean {
  return kind === "failed" || kind === "executionTimedOut";
}

import { adviceFor } from "./advice.ts";
import {
  byInstanceId,
  type CauseGroup,
  causesOf,
  type Explained,
  type ExplainedNode,
  type ShownOutput,
} from "./causes.ts";
import { type DecidingRule, ruleOf, ruleOfNodes } from "./rules.ts";
import { causeText, endOf, shortList } from "./short-text.ts";

/**
 * Nodes with which the same happened.
 *
 * @inline
 */
export type Cause = {
  /** How it ended there, or where it stands: the kind of the invocations, else that of the command. */
  readonly kind: string;
  /** The ids of the nodes, sorted; empty only where no node can be named. */
  readonly nodes: readonly string[];
  /** What decided how it ended. */
  readonly rule: DecidingRule;
  /** The last lines that they wrote, if they wrote any. */
  readonly output?: string;
  /** What to do next, with the operation or the IAM action, and what the service does not tell. */
  readonly advice: string;
};

/**
 * Why a command did not succeed, or has not yet.
 *
 * @example
 * ```ts
 * const { causes }: Explanation = explain(await sent.waitForTerminal());
 * causes; //=> []
 * ```
 */
export interface Explanation {
  /** All of it, as text for people, with what was never tried. */
  readonly text: string;
  /** Those first that failed by themselves, then the largest. Empty after a success. */
  readonly causes: readonly Cause[];
}

/** How many nodes the text names of each cause. */
const MOST_NODES = 10;

/** Explains how a command ended, or stands. The rules are those of {@link explain} in `client/outcomes`. */
export function explanationOf(explained: Explained, shown?: ShownOutput): Explanation {
  const { kind } = explained;
  const rule = ruleOf(explained);
  const nodes = allNodes(explained);
  const found = causesOf(nodes, shown);
  const isEmpty = found.length === 0 && kind !== "succeeded";
  const groups = isEmpty ? [{ ...NO_NODES, kind }] : found;
  const causes = groups.map((group) => causeOf(group, rule));
  const lines = groups.flatMap((group, index) => linesOf(group, causes[index]));
  const first = endAndCounts(explained);
  return {
    text: [first, ...decidedBy(explained, rule), ...lines, ...neverTried(nodes, rule)].join("\n"),
    causes,
  };
}

/** How a command ended or stands, and on how many nodes in which way: a sentence. */
export function endAndCounts(explained: Explained): string {
  const nodes = allNodes(explained);
  const all = Object.entries(countsOf(explained)).map(([kind, count]) => `${count} ${kind}`);
  // The caller may have asked for some of them only, and the service does not list all of them at once.
  const others = (explained.command?.TargetCount ?? 0) - nodes.length;
  if (others > 0) all.push(`${others} that are not shown`);
  return `${endOrStand(explained)}${all.length === 0 ? "" : `: ${all.join(", ")}`}.`;
}

function endOrStand(explained: Explained): string {
  const { kind, command, commandId } = explained;
  if (kind === "unknown") return `Command ${commandId} is not shown by ListCommands`;
  return kind === "running" ? `Command ${command?.CommandId} is running` : endOf(explained);
}

/** On how many nodes it ended in each way, or stands where: by kind and phase, in the order of their names. */
export function countsOf(explained: Explained): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  const kinds = allNodes(explained).map(({ kind }) => kind);
  for (const kind of kinds.sort()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const NO_NODES = { nodes: [], written: undefined, output: "", plugins: [] } as const;

/** The nodes that have ended, and those that are open as if their phase were an end. */
function allNodes({ invocations = [], open = [] }: Explained): readonly ExplainedNode[] {
  const waiting = open.map(({ instanceId, phase }) => ({ instanceId, kind: phase, plugins: [] }));
  return [...invocations, ...waiting];
}

function causeOf({ kind, nodes, output }: CauseGroup, ofCommand: DecidingRule): Cause {
  const rule = ruleOfNodes(kind, ofCommand);
  const advice = adviceFor(kind, { rule, isNamed: nodes.length > 0 });
  return { kind, nodes, rule, ...(output && { output }), advice };
}

function linesOf(group: CauseGroup, cause: Cause | undefined): readonly string[] {
  const named = group.nodes.length > 0 ? [causeText(group, MOST_NODES)] : [];
  return [...named, `    → ${cause?.advice ?? ""}`];
}

function decidedBy({ kind, command }: Explained, rule: DecidingRule): readonly string[] {
  if (["succeeded", "running", "unknown", "noTargets"].includes(kind)) return [];
  if (rule === "not told") return ["The service does not tell what decided that."];
  const limit =
    rule === "more errors than MaxErrors allow"
      ? ` (MaxErrors is ${command?.MaxErrors ?? "0"})`
      : "";
  return [`Decided by: ${rule}${limit}.`];
}

/** The kinds of invocations that nothing has run for, unless a plugin was reported. What was cancelled may have begun. */
const UNTRIED: readonly string[] = [
  "terminated",
  "undeliverable",
  "invalidPlatform",
  "accessDenied",
];

function neverTried(nodes: readonly ExplainedNode[], rule: DecidingRule): readonly string[] {
  const untried = nodes.filter(
    ({ kind, plugins }) =>
      UNTRIED.includes(kind) &&
      // An alarm terminates what is running, too, and its processes go on [rec-2026-10-01-alarms].
      !(kind === "terminated" && rule === "alarm") &&
      !plugins.some(hasRun),
  );
  if (untried.length === 0) return [];
  const ids = untried.sort(byInstanceId).map(({ instanceId }) => instanceId);
  return [`Never tried: ${shortList(ids, MOST_NODES)}.`];
}

function hasRun({ exitCode, output, stdout, stderr }: ExplainedNode["plugins"][number]): boolean {
  return exitCode !== undefined || Boolean(output || stdout || stderr);
}

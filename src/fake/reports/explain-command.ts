import type { Explained, ExplainedNode, ShownOutput } from "../../domain/explanation/causes.ts";
import { type Cause, type Explanation, explanationOf } from "../../domain/explanation/explain.ts";
import type { DecidingRule } from "../../domain/explanation/rules.ts";
import { RATE_DEFAULTS } from "../../domain/limits.ts";
import { INVOCATION_DETAILS } from "../../domain/status.ts";
import type { Account } from "../account/account.ts";
import type { CommandRecord } from "../account/command-record.ts";
import type { Invocation, PluginReply } from "../engine/invocation.ts";
import { rollUpInvocations, type Standing } from "../engine/roll-up.ts";

/**
 * What {@link FakeSsm.explain} returns.
 *
 * @inline
 */
export type SourcedExplanation = Omit<Explanation, "causes"> & {
  /** Those first that failed by themselves, then the largest. Empty after a success. */
  readonly causes: readonly (Cause & {
    /** Where the rule comes from: rows of docs/sources.md, such as `"[guide-send-multiple]"`, or `"our decision"`. */
    readonly source: string;
  })[];
};

/** Where each rule comes from. */
const SOURCES: Readonly<Record<DecidingRule, string>> = {
  "more errors than MaxErrors allow": "[guide-send-multiple]",
  "nothing succeeded": "[rules-roll-up]",
  "some nodes did not succeed": "[guide-command-statuses]",
  "expired before delivery": "[rec-2026-09-27-timeouts]",
  alarm: "[rec-2026-10-01-alarms]",
  quota: "[guide-command-statuses]",
  cancelled: "[rules-cancel]",
  "no node matches the targets": "[rec-2026-10-01-resource-groups]",
  "access denied": "[rec-2026-10-01-resource-groups]",
  "the node could not be used": "[guide-command-statuses]",
  "has not ended": "[guide-command-statuses]",
  "not shown": "our decision",
  "not told": "our decision",
};

/** Explains a command, the latest if none is named, as it stands now. */
export function explainCommand(
  { commands, settings }: Pick<Account, "commands" | "settings">,
  {
    commandId,
    shown,
  }: { readonly commandId: string | undefined; readonly shown: ShownOutput | undefined },
): SourcedExplanation {
  const command =
    commandId === undefined
      ? commands.sent.at(-1)
      : commands.sent.find((each) => each.commandId === commandId);
  const explained =
    command === undefined
      ? { kind: "unknown", commandId: commandId ?? "" }
      : explainedOf(command, settings);
  const { text, causes } = explanationOf(explained, shown);
  const sourced = causes.map((cause) => ({ ...cause, source: SOURCES[cause.rule] }));
  const sources = new Set(sourced.map(({ rule, source }) => `  ${rule}: ${source}`));
  const lines = sources.size === 0 ? "" : `\nSources:\n${[...sources].join("\n")}`;
  return { text: text + lines, causes: sourced };
}

/** A command in the words of an outcome or a look. */
function explainedOf(command: CommandRecord, settings: Account["settings"]): Explained {
  const { details } = rollUpInvocations(command.state.rollout, settings);
  const { commandId, request, state, invocations, targetCount } = command;
  const { failed } = state.rollout;
  const isOpen = state.closedAt === undefined;
  const hasEnded = ({ detail }: Invocation) => INVOCATION_DETAILS[detail].terminal;
  return {
    kind: isOpen ? "running" : commandKind(details),
    command: {
      CommandId: commandId,
      StatusDetails: details,
      MaxErrors: request.MaxErrors ?? RATE_DEFAULTS.maxErrors,
      TargetCount: targetCount,
      ErrorCount: failed,
      Targets: request.Targets,
    },
    invocations: invocations.filter(hasEnded).map(endedNode),
    open: invocations
      .filter((invocation) => !hasEnded(invocation))
      .map(({ instanceId, detail }) => ({ instanceId, phase: phaseOf(detail, settings) })),
  };
}

/** The phase that the service shows: whether `Cancelling` is seen is a setting. */
function phaseOf(detail: Invocation["detail"], { showCancelling }: Account["settings"]): string {
  return detail === "Cancelling" && !showCancelling ? "inProgress" : inCamelCase(detail);
}

function endedNode({ instanceId, detail, plugins, trace }: Invocation): ExplainedNode {
  return {
    instanceId,
    kind: detail === "Success" ? "succeeded" : inCamelCase(detail),
    plugins: plugins.map(explainedPlugin),
    invocation: { TraceOutput: trace },
  };
}

function explainedPlugin({ name, detail, exitCode, stdout, stderr }: PluginReply) {
  const status = detail === "ExecutionTimedOut" ? "TimedOut" : detail;
  return { name, status, stdout, stderr, ...(exitCode !== -1 && { exitCode }) };
}

/** The kind of an outcome with these details. */
function commandKind(details: Standing["details"]): string {
  switch (details) {
    case "Success":
      return "succeeded";
    case "NoInstancesInTag":
      return "noTargets";
    case "FailedDueToAlarm":
    case "FailedDueToUnknownAlarmState":
      return "failed";
    default:
      return inCamelCase(details);
  }
}

/** The kinds of the client are the words of the service, beginning with a small letter. */
function inCamelCase(word: string): string {
  return word.charAt(0).toLowerCase() + word.slice(1);
}

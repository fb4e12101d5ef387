import type { EpochMs } from "../../time/clock.ts";
import type { ResolvedStep } from "../documents/resolve-steps.ts";
import {
  exitsWhenRefused,
  mergeReports,
  type StepReport,
  type Verdict,
  verdictOn,
} from "../documents/step-flow.ts";
import type { PluginReply } from "../engine/invocation.ts";
import {
  type AgentRunContext,
  type AgentRunDraft,
  type AgentRunEffect,
  type AgentRunState,
  type AgentRunStep,
  copyOf,
  endStep,
  NOTHING,
  tell,
} from "./agent-run-state.ts";
import { filesIn, folderOf } from "./output-files.ts";
import { killProcess } from "./process.ts";

/** When something happens. */
export interface Now {
  readonly at: EpochMs;
}

/** What the agent makes of the step that a run is at. */
export function verdictOnStep(
  { stepIndex, hasExited, node: { platform } }: AgentRunState,
  { document }: AgentRunContext,
): Verdict {
  return verdictOn(stepIndex, { flow: document, platform, hasExited });
}

/** Reports a step that does not run, which takes no time. */
export function passOver(
  run: AgentRunDraft,
  { step, verdict, at }: Now & { readonly step: ResolvedStep; readonly verdict: Verdict },
  context: AgentRunContext,
): void {
  const none = { name: step.name, startedAt: at, finishedAt: at, stdout: "", stderr: "" };
  if (verdict.type === "run") {
    // A cancel kept it from starting [agent-run-plugins].
    const { stdout, stderr } = mergeReports(cancelledReports(run, step, context));
    const reply: PluginReply = { ...none, stdout, stderr, detail: "Cancelled", exitCode: 1 };
    endStep(run, { reply, exits: false }, context);
    return;
  }
  const merged = { stdout: verdict.message, stderr: "" };
  const reply: PluginReply =
    verdict.type === "skip"
      ? { ...none, detail: context.settings.skippedStatus, exitCode: 0, merged, unrun: "skipped" }
      : { ...none, detail: "Failed", exitCode: 1, merged, unrun: "refused" };
  endStep(run, { reply, exits: verdict.type === "fail" && exitsWhenRefused(step) }, context);
}

/**
 * The processes of a step that a cancel keeps from starting. Each shows what lies in its files: another process of the step
 * may have written there, or the run before a reboot [agent-io-handler].
 */
export function cancelledReports(
  run: AgentRunState,
  { processes }: Pick<ResolvedStep, "processes">,
  context: AgentRunContext,
): readonly StepReport[] {
  return processes.slice(run.reports.length).map((_, index) => {
    const folder = folderOf(run, context, run.reports.length + index);
    return { detail: "Cancelled", exitCode: 1, ...filesIn(run.files, folder) };
  });
}

/**
 * The last step has ended, or a cancel keeps the others from starting; those that would not have run say so as ever. The
 * reply comes when the output is uploaded.
 */
export function finish(run: AgentRunDraft, at: EpochMs, context: AgentRunContext): AgentRunStep {
  const { steps, trace } = context.document;
  const endedAt = run.plugins.at(-1)?.finishedAt ?? at;
  for (const step of trace === undefined ? steps.slice(run.stepIndex) : []) {
    passOver(run, { step, verdict: verdictOnStep(run, context), at: endedAt }, context);
  }
  const { replyDelay, uploadDelay } = context.latency;
  const delay = replyDelay + (context.isUploaded ? uploadDelay : 0);
  run.stage = "replying";
  if (delay === 0) return reply(run, at, context);
  run.wait = { until: at + delay };
  return [run, NOTHING];
}

/**
 * A reply at exactly ExpiresAfter is late, and later ones change nothing, between it and the sweep too (our decision;
 * [rules-late-replies]).
 */
export function reply(
  run: AgentRunDraft,
  at: EpochMs,
  { document: { trace }, expiresAt }: AgentRunContext,
): AgentRunStep {
  run.stage = "gone";
  if (at >= expiresAt) return [run, NOTHING];
  return [run, [tell({ type: "agentReplied", at, plugins: run.plugins, trace })]];
}

export function killLater(
  run: AgentRunState,
  { at }: Now,
  { latency }: AgentRunContext,
): AgentRunStep {
  return [run, [{ type: "killLater", until: at + latency.cancelLatency }]];
}

/** Runs of one document on one node, reboots included, before the agent gives it up [agent-constants]. */
const MAX_DOCUMENT_RUNS = 15;

/** Whether the agent still runs a document. One that has given it up is not heard of any more [agent-constants]. */
export function hasNotGivenUp({ restarts }: AgentRunState): boolean {
  return restarts.documentRuns <= MAX_DOCUMENT_RUNS;
}

export function killIdle(run: AgentRunState, { at }: Now, context: AgentRunContext): AgentRunStep {
  if (!hasNotGivenUp(run)) return [run, NOTHING];
  const next = copyOf(cancelled(run));
  const hasRun = run.plugins.length > 0 || run.restarts.documentRuns > 1;
  if (hasRun) return finish(next, at, context);
  return leave(next, tell({ type: "recalled", at }));
}

export function killRunning(run: AgentRunState, { at }: Now): AgentRunStep {
  const { process } = run;
  // The agent does not tell a document within the step of a cancel [agent-run-document].
  if (process === undefined) return [cancelled(run), NOTHING];
  const killed = killProcess(process, at);
  if (killed === process) return [cancelled(run), NOTHING];
  const next = copyOf(cancelled(run));
  next.process = killed;
  next.wait = { until: killed.endsAt ?? at };
  return [next, NOTHING];
}

export function leave(run: AgentRunState, ...effects: readonly AgentRunEffect[]): AgentRunStep {
  return [{ ...run, stage: "gone" }, effects];
}

export function cancelled(run: AgentRunState): AgentRunState {
  return { ...run, isCancelled: true };
}

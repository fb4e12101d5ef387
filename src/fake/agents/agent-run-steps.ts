import type { EpochMs } from "../../time/clock.ts";
import type { ResolvedStep } from "../documents/resolve-steps.ts";
import { afterStep, mergeReports, verdictOn } from "../documents/step-flow.ts";
import type { PluginReply } from "../engine/invocation.ts";
import {
  type AgentRunContext,
  type AgentRunDraft,
  type AgentRunEffect,
  type AgentRunState,
  type AgentRunStep,
  copyOf,
  endStep,
  NO_REPORTS,
  NOTHING,
  processOf,
  tell,
} from "./agent-run-state.ts";
import { logPolls, writtenSoFar } from "./log-polls.ts";
import type { PluginResult } from "./plugin-result.ts";
import {
  hasEnd,
  killProcess,
  type ProcessEnd,
  rebootOf,
  reportOf,
  startProcess,
} from "./process.ts";

/** Runs of one document on one node, reboots included, before the agent gives it up [agent-constants]. */
const MAX_DOCUMENT_RUNS = 15;

/** When something happens. */
interface Now {
  readonly at: EpochMs;
}

/** When a run begins, and the result of its first process, if it is known without asking the behavior. */
export interface Beginning extends Now {
  readonly plain?: PluginResult | undefined;
}

/** Starts the next step that runs; those that do not are reported at once and take no time. */
export function start(run: AgentRunDraft, now: Beginning, context: AgentRunContext): AgentRunStep {
  const { document, steps, values, settings } = context;
  const { at } = now;
  for (; run.stepIndex < steps.length; ) {
    const { hasExited, stepIndex } = run;
    const { platform } = run.node;
    const verdict = verdictOn(stepIndex, { flow: document, platform, values, hasExited });
    const step = steps[stepIndex];
    if (verdict.type === "run" || step === undefined) return startNextProcess(run, now, context);
    const isSkipped = verdict.type === "skip";
    const { report, exits } = afterStep(step, {
      detail: isSkipped ? settings.skippedStatus : "Failed",
      exitCode: isSkipped ? 0 : 1,
      stdout: verdict.message,
      stderr: "",
    });
    endStep(run, {
      reply: {
        name: step.name,
        startedAt: at,
        finishedAt: at,
        ...report,
        unrun: isSkipped ? "skipped" : "refused",
      },
      exits: exits && !isSkipped,
    });
  }
  return finish(run, at, context);
}

/**
 * Starts the next process of a step. Its result is known if the last reboot named it, or if the behavior is plain data;
 * otherwise the behavior is asked.
 */
function startNextProcess(
  run: AgentRunDraft,
  { at, plain }: Beginning,
  context: AgentRunContext,
): AgentRunStep {
  const { rerun } = run.restarts;
  run.stepStartedAt ??= at;
  run.processStartedAt = at;
  if (rerun !== undefined) {
    run.restarts = { ...run.restarts, rerun: undefined };
    return runProcess(run, rerun, context);
  }
  if (plain !== undefined) return runProcess(run, plain, context);
  run.stage = "asking";
  run.work = undefined;
  return [run, ASK_BEHAVIOR];
}

export function runProcess(
  run: AgentRunDraft,
  result: PluginResult,
  context: AgentRunContext,
): AgentRunStep {
  const { timeoutMs = 0 } = processOf(run, context) ?? {};
  const process = startProcess(result, { startedAt: run.processStartedAt, timeoutMs });
  run.stage = "running";
  run.work = undefined;
  run.process = process;
  if (process.endsAt !== undefined) run.wait = { until: process.endsAt };
  return [run, context.isLogged ? [{ type: "pollLogs", at: logPolls(process) }] : NOTHING];
}

export function workBegun(
  run: AgentRunState,
  { at, isReal }: Now & { readonly isReal: boolean },
  context: AgentRunContext,
): AgentRunStep {
  const next = copyOf(run);
  next.work = { isReal, end: "exit" };
  const { timeoutMs = 0 } = processOf(run, context) ?? {};
  if (isReal) next.wait = { until: at + timeoutMs };
  return [next, NOTHING];
}

/** Real work has taken the time that it took, whatever its result says; a promise has taken no virtual time. */
export function workEnded(
  run: AgentRunState,
  now: Now & { readonly result: PluginResult },
  context: AgentRunContext,
): AgentRunStep {
  const { at, result } = now;
  const { work, processStartedAt: startedAt, isCancelled } = run;
  if (work?.isReal && result.type !== "neverReplies") {
    const process = { result, startedAt, endsAt: at, end: work.end };
    return endProcess({ ...run, work: undefined, process }, now, context);
  }
  const [started, effects] = runProcess(copyOf(run), result, context);
  if (!isCancelled) return [started, effects];
  const [killed, more] = killRunning(started, now);
  return [killed, [...effects, ...more]];
}

export function endWork(run: AgentRunState, why: Exclude<ProcessEnd, "exit">): AgentRunStep {
  if (run.work === undefined) return [run, NOTHING];
  return [{ ...run, work: { ...run.work, end: why } }, [{ type: "endWork", why }]];
}

export function endProcess(run: AgentRunState, now: Now, context: AgentRunContext): AgentRunStep {
  const step = context.steps[run.stepIndex];
  const { process, isCancelled } = run;
  const { platform } = run.node;
  const { at } = now;
  if (step === undefined || !hasEnd(process)) return [run, NOTHING];
  const next = copyOf(run);
  next.process = undefined;
  const reboot = isCancelled ? undefined : rebootOf(process, platform);
  if (reboot !== undefined) return restart(next, { at, ...reboot });
  const ended = reportOf(process, { platform, isCancelled });
  next.reports = run.reports.length === 0 ? [ended] : [...run.reports, ended];
  if (next.reports.length < step.processes.length && !isCancelled) {
    return startNextProcess(next, now, context);
  }
  // What the process wrote is uploaded, without the messages that the flow of steps adds.
  const streams = mergeReports(next.reports);
  const { report, exits } = afterStep(step, streams);
  const { stepIndex, stepStartedAt: startedAt = at } = next;
  const { attempt } = next.restarts;
  const { detail, exitCode, stdout, stderr } = report;
  const reply = { name: step.name, detail, exitCode, startedAt, finishedAt: at, stdout, stderr };
  endStep(next, { reply, exits });
  const [after, effects] = isCancelled ? finish(next, at, context) : start(next, now, context);
  if (!context.isUploaded) return [after, effects];
  return [after, [{ type: "upload", stepIndex, attempt, streams, isComplete: true }, ...effects]];
}

/** Nothing is reported; the step runs again from its start when the node is back. */
function restart(run: AgentRunDraft, { at, takesMs, rerun }: RebootAt): AgentRunStep {
  const { attempt, documentRuns } = run.restarts;
  run.stage = "starting";
  run.reports = NO_REPORTS;
  run.stepStartedAt = undefined;
  run.restarts = { attempt: attempt + 1, documentRuns: documentRuns + 1, rerun };
  // An agent that has given up is not heard of any more [agent-constants].
  if (documentRuns < MAX_DOCUMENT_RUNS) run.wait = { until: at + takesMs };
  return [run, NOTHING];
}

interface RebootAt {
  readonly at: EpochMs;
  readonly takesMs: number;
  readonly rerun: PluginResult | undefined;
}

/** The last step has ended; the reply comes when the output is uploaded. */
function finish(run: AgentRunDraft, at: EpochMs, context: AgentRunContext): AgentRunStep {
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
  { steps, expiresAt }: AgentRunContext,
): AgentRunStep {
  run.stage = "gone";
  if (at >= expiresAt) return [run, NOTHING];
  return [run, [tell({ type: "agentReplied", at, plugins: repliesOf(run, steps) })]];
}

export function logsPolled(run: AgentRunState, { at }: Now): AgentRunStep {
  const streams = writtenSoFar(run, at);
  if (streams === undefined) return [run, NOTHING];
  const { stepIndex, restarts } = run;
  const { attempt } = restarts;
  return [run, [{ type: "upload", stepIndex, attempt, streams, isComplete: false }]];
}

export function killLater(
  run: AgentRunState,
  { at }: Now,
  { latency }: AgentRunContext,
): AgentRunStep {
  return [run, [{ type: "killLater", until: at + latency.cancelLatency }]];
}

export function killIdle(run: AgentRunState, { at }: Now, context: AgentRunContext): AgentRunStep {
  const next = copyOf(cancelled(run));
  if (run.plugins.length > 0) return finish(next, at, context);
  return leave(next, tell({ type: "recalled", at }));
}

export function killRunning(run: AgentRunState, { at }: Now): AgentRunStep {
  const { process } = run;
  if (process === undefined) return [run, NOTHING];
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

/**
 * What the agent reports: its plugins, and Cancelled with code 1 for steps that a cancel kept from starting
 * [agent-run-plugins].
 */
function repliesOf(
  { stepIndex, plugins }: AgentRunState,
  steps: readonly ResolvedStep[],
): readonly PluginReply[] {
  if (stepIndex >= steps.length) return plugins;
  const at = plugins.at(-1)?.finishedAt ?? 0;
  const kept = steps.slice(stepIndex).map(
    ({ name }): PluginReply => ({
      name,
      detail: "Cancelled",
      exitCode: 1,
      startedAt: at,
      finishedAt: at,
      stdout: "",
      stderr: "",
    }),
  );
  return [...plugins, ...kept];
}

const ASK_BEHAVIOR: readonly AgentRunEffect[] = [{ type: "askBehavior" }];

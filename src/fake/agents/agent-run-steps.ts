import type { EpochMs } from "../../time/clock.ts";
import { afterStep, mergeReports, type StepReport } from "../documents/step-flow.ts";
import {
  cancelled,
  finish,
  killIdle,
  killRunning,
  leave,
  type Now,
  passOver,
  verdictOnStep,
} from "./agent-run-ends.ts";
import {
  type AgentRunContext,
  type AgentRunDraft,
  type AgentRunEffect,
  type AgentRunState,
  type AgentRunStep,
  copyOf,
  endStep,
  freshRun,
  NO_REPORTS,
  NOTHING,
  processOf,
  type Streams,
} from "./agent-run-state.ts";
import { childContext, reportOfChild } from "./child-run.ts";
import { logPolls, writtenSoFar } from "./log-polls.ts";
import type { PluginResult } from "./plugin-result.ts";
import { hasEnd, type ProcessEnd, rebootOf, reportOf, startProcess, writtenBy } from "./process.ts";

/** Runs of one document on one node, reboots included, before the agent gives it up [agent-constants]. */
const MAX_DOCUMENT_RUNS = 15;

/** When a run begins, and the result of its first process, if it is known without asking the behavior. */
export interface Beginning extends Now {
  readonly plain?: PluginResult | undefined;
}

/** Starts the next step that runs; those that do not are reported at once and take no time. */
export function start(run: AgentRunDraft, now: Beginning, context: AgentRunContext): AgentRunStep {
  const { steps, trace } = context.document;
  const { at } = now;
  for (; trace === undefined && run.stepIndex < steps.length; ) {
    const step = steps[run.stepIndex];
    const verdict = verdictOnStep(run, context);
    if (verdict.type === "run" || step === undefined) return startNextProcess(run, now, context);
    passOver(run, { step, verdict, at }, context);
  }
  return finish(run, at, context);
}

/**
 * Starts the next process of a step. One whose inputs the agent refuses has ended already. Its result is known if the last
 * reboot named it, or if the behavior is plain data; otherwise the behavior is asked.
 */
function startNextProcess(
  run: AgentRunDraft,
  now: Beginning,
  context: AgentRunContext,
): AgentRunStep {
  const { at, plain } = now;
  const { rerun } = run.restarts;
  const process = processOf(run, context);
  run.stepStartedAt ??= at;
  run.processStartedAt = at;
  if (process === undefined) return endProcessAs(run, NOTHING_TO_RUN, { at }, context);
  const { refusal } = process;
  if (refusal !== undefined) {
    const ended = { detail: "Failed", exitCode: 1, stdout: "", stderr: refusal } as const;
    return endProcessAs(run, ended, { at }, context);
  }
  if (process.child !== undefined) return startChild(run, now, context);
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
  const { process, isCancelled } = run;
  const { platform } = run.node;
  const at = processOf(run, context);
  if (at === undefined || !hasEnd(process)) return [run, NOTHING];
  const next = copyOf(run);
  next.process = undefined;
  const reboot = isCancelled ? undefined : rebootOf(process, platform);
  if (reboot !== undefined) {
    next.files = withFile(next, at.folder, writtenBy(process));
    return restart(next, { at: now.at, ...reboot });
  }
  const isScript = at.script !== undefined;
  return endProcessAs(next, reportOf(process, { platform, isScript, isCancelled }), now, context);
}

/** Ends the process that a run is at, and with the last one of a step the step. */
function endProcessAs(
  run: AgentRunDraft,
  own: StepReport,
  { at }: Now,
  context: AgentRunContext,
): AgentRunStep {
  const step = context.document.steps[run.stepIndex];
  if (step === undefined) return [run, NOTHING];
  const { folder = "" } = processOf(run, context) ?? {};
  const ended = run.files === undefined ? own : { ...own, ...fileAfter(run, folder, own) };
  if (step.processes.length > 1) run.files = withFile(run, folder, own);
  run.reports = run.reports.length === 0 ? [ended] : [...run.reports, ended];
  if (run.reports.length < step.processes.length && !run.isCancelled) {
    return startNextProcess(run, { at }, context);
  }
  // What the process wrote is uploaded, without the sentences that the flow of steps adds.
  const streams = mergeReports(run.reports);
  const { report, exits } = afterStep(step, streams);
  const { stepIndex, stepStartedAt: startedAt = at } = run;
  endStep(run, { reply: { name: step.name, startedAt, finishedAt: at, ...report }, exits });
  const [after, effects] = run.isCancelled ? finish(run, at, context) : start(run, { at }, context);
  if (!context.isUploaded) return [after, effects];
  return [after, [{ type: "upload", stepIndex, streams, isComplete: true }, ...effects]];
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

/** What lies in a file once more was appended to it. */
function fileAfter({ files }: AgentRunState, folder: string, more: Streams): Streams {
  const { stdout = "", stderr = "" } = files?.[folder] ?? {};
  return { stdout: stdout + more.stdout, stderr: stderr + more.stderr };
}

function withFile(run: AgentRunState, folder: string, more: Streams): AgentRunState["files"] {
  return { ...run.files, [folder]: fileAfter(run, folder, more) };
}

/** Starts the document that a step runs, as a run within the run. */
function startChild(run: AgentRunDraft, now: Beginning, context: AgentRunContext): AgentRunStep {
  const inner = childContext(run, context);
  if (inner === undefined) return [run, NOTHING];
  run.stage = "running";
  return afterChild(run, start(freshRun(run.node, now.at), now, inner), { at: now.at }, context);
}

/** The run after something has happened to the run of the document within it. */
export function afterChild(
  run: AgentRunState,
  [child, effects]: AgentRunStep,
  now: Now,
  context: AgentRunContext,
): AgentRunStep {
  const told = effects.find((effect) => effect.type === "tell")?.event;
  const passed: readonly AgentRunEffect[] = effects.filter(({ type }) => type !== "tell");
  const next = copyOf(run);
  next.isCancelled = child.isCancelled;
  if (child.stage !== "gone") {
    next.child = child;
    next.wait = child.wait;
    return [next, passed];
  }
  next.child = undefined;
  const [after, more] =
    told?.type === "agentReplied"
      ? endProcessAs(next, reportOfChild(told.plugins), now, context)
      : told?.type === "recalled"
        ? killIdle(cancelled(next), now, context)
        : leave(next);
  return [after, [...passed, ...more]];
}

export function logsPolled(
  run: AgentRunState,
  { at }: Now,
  context: AgentRunContext,
): AgentRunStep {
  const { folder = "" } = processOf(run, context) ?? {};
  const streams = writtenSoFar(run, { at, folder });
  if (streams === undefined) return [run, NOTHING];
  return [run, [{ type: "upload", stepIndex: run.stepIndex, streams, isComplete: false }]];
}

const ASK_BEHAVIOR: readonly AgentRunEffect[] = [{ type: "askBehavior" }];

/** What comes of a step with an empty list of properties (our decision). */
const NOTHING_TO_RUN: StepReport = { detail: "Success", exitCode: 0, stdout: "", stderr: "" };

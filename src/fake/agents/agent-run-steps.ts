import { afterStep, mergeReports, type StepReport } from "../documents/step-flow.ts";
import {
  cancelledReports,
  finish,
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
  type Restarts,
} from "./agent-run-state.ts";
import { childContext, reportOfChild } from "./child-run.ts";
import { logPolls, writtenSoFar } from "./log-polls.ts";
import { appendedTo, filesIn, folderOf } from "./output-files.ts";
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
  while (trace === undefined && run.stepIndex < steps.length) {
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
    const ended: StepReport = { detail: "Failed", exitCode: 1, stdout: "", stderr: refusal.stderr };
    const report = refusal.isFiled ? filed(run, ended, context) : ended;
    return endProcessAs(run, report, { at }, context);
  }
  if (process.child !== undefined) return startChild(run, now, context);
  if (rerun !== undefined && rerun.folder === folderOf(run, context)) {
    run.restarts = { ...run.restarts, rerun: undefined };
    return runProcess(run, rerun.result, context);
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
    const folder = folderOf(next, context);
    next.files = appendedTo(next.files, folder, writtenBy(process));
    const { takesMs, rerun } = reboot;
    return restart(
      next,
      { at: now.at, takesMs, rerun: rerun && { folder, result: rerun } },
      context,
    );
  }
  const isScript = at.script !== undefined;
  const own = reportOf(process, { platform, isScript, isCancelled });
  return endProcessAs(next, filed(next, own, context), now, context);
}

/** What the agent shows of a process: all that lies in its files, where others may have written to them as well. */
function filed(run: AgentRunDraft, own: StepReport, context: AgentRunContext): StepReport {
  const { processes = [] } = context.document.steps[run.stepIndex] ?? {};
  if (run.files === undefined && processes.length <= 1 && context.within === undefined) return own;
  const folder = folderOf(run, context);
  run.files = appendedTo(run.files, folder, own);
  return { ...own, ...filesIn(run.files, folder) };
}

/** Ends the process that a run is at, and with the last one of a step the step. */
function endProcessAs(
  run: AgentRunDraft,
  ended: StepReport,
  { at }: Now,
  context: AgentRunContext,
): AgentRunStep {
  const step = context.document.steps[run.stepIndex];
  if (step === undefined) return [run, NOTHING];
  run.reports = run.reports.length === 0 ? [ended] : [...run.reports, ended];
  if (run.reports.length < step.processes.length) {
    if (!run.isCancelled) return startNextProcess(run, { at }, context);
    run.reports = [...run.reports, ...cancelledReports(run, step, context)];
  }
  // What the process wrote is uploaded, without the sentences that the flow of steps adds.
  const streams = mergeReports(run.reports);
  const { report, exits } = afterStep(step, streams);
  const { stepIndex, stepStartedAt: startedAt = at } = run;
  endStep(
    run,
    { reply: { name: step.name, startedAt, finishedAt: at, ...report }, exits },
    context,
  );
  const [after, effects] = run.isCancelled ? finish(run, at, context) : start(run, { at }, context);
  if (!context.isUploaded) return [after, effects];
  return [after, [{ type: "upload", stepIndex, streams, isComplete: true }, ...effects]];
}

/** Nothing is reported; the step runs again from its start when the node is back. */
function restart(
  run: AgentRunDraft,
  { at, takesMs, rerun }: Now & { readonly takesMs: number } & Pick<Restarts, "rerun">,
  context: AgentRunContext,
): AgentRunStep {
  const { attempt, documentRuns } = run.restarts;
  // An agent that has given up is not heard of any more [agent-constants].
  const wait = documentRuns < MAX_DOCUMENT_RUNS ? { until: at + takesMs } : undefined;
  const restarts = { attempt: attempt + 1, documentRuns: documentRuns + 1, rerun };
  interrupt(run, { at, restarts, wait }, context);
  return [run, NOTHING];
}

/** Puts a run back to the start of its step. */
function interrupt(
  run: AgentRunDraft,
  { at, restarts, wait }: Now & Pick<AgentRunState, "restarts" | "wait">,
  context: AgentRunContext,
): void {
  const step = context.document.steps[run.stepIndex];
  // The step that runs this document shows what was written until then, and runs it again from its beginning.
  if (context.within !== undefined && step !== undefined) {
    const { stdout, stderr } = mergeReports([
      ...run.reports,
      { ...NOTHING_TO_RUN, ...filesIn(run.files, folderOf(run, context)) },
    ]);
    const times = { startedAt: run.stepStartedAt ?? at, finishedAt: at };
    const reply = { name: step.name, ...times, ...NOTHING_TO_RUN, stdout, stderr };
    run.plugins = [...run.plugins, reply];
  }
  run.stage = "starting";
  run.reports = NO_REPORTS;
  run.stepStartedAt = undefined;
  run.restarts = restarts;
  run.wait = wait;
}

/** Starts the document that a step runs, as a run within the run. */
function startChild(run: AgentRunDraft, now: Beginning, context: AgentRunContext): AgentRunStep {
  const inner = childContext(run, context);
  if (inner === undefined) return [run, NOTHING];
  run.stage = "running";
  const child = start(freshRun(run.node, now.at, run), now, inner);
  return afterChild(run, child, { at: now.at }, context);
}

/** The run after something has happened to the run of the document within it. */
export function afterChild(
  run: AgentRunState,
  [child, effects]: AgentRunStep,
  { at }: Now,
  context: AgentRunContext,
): AgentRunStep {
  const { restarts, files, wait } = child;
  const passed: readonly AgentRunEffect[] = effects.filter(({ type }) => type !== "tell");
  const next = copyOf(run);
  const isReboot = restarts.documentRuns > run.restarts.documentRuns;
  if (child.stage !== "gone" && !isReboot) {
    next.child = child;
    next.wait = wait;
    return [next, passed];
  }
  next.child = undefined;
  next.files = files;
  next.restarts = restarts;
  const replied = effects.some(({ type }) => type === "tell");
  if (!replied && !isReboot) return leave(next, ...passed);
  const ended = filed(next, reportOfChild(child.plugins), context);
  // A reboot interrupts the step as well, of whose document the agent keeps nothing but files [agent-run-document].
  if (isReboot && !run.isCancelled) {
    interrupt(next, { at, restarts, wait }, context);
    return [next, passed];
  }
  const [after, more] = endProcessAs(next, ended, { at }, context);
  return [after, [...passed, ...more]];
}

export function logsPolled(
  run: AgentRunState,
  { at }: Now,
  context: AgentRunContext,
): AgentRunStep {
  const streams = writtenSoFar(run, { at, folder: folderOf(run, context) });
  if (streams === undefined) return [run, NOTHING];
  return [run, [{ type: "upload", stepIndex: run.stepIndex, streams, isComplete: false }]];
}

const ASK_BEHAVIOR: readonly AgentRunEffect[] = [{ type: "askBehavior" }];

/** What comes of a step with an empty list of properties (our decision). */
const NOTHING_TO_RUN: StepReport = { detail: "Success", exitCode: 0, stdout: "", stderr: "" };

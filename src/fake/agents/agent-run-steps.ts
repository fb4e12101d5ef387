import { afterStep, allowsReboot, mergeReports, type StepReport } from "../documents/step-flow.ts";
import type { PluginReply } from "../engine/invocation.ts";
import {
  cancelledReports,
  finish,
  hasNotGivenUp,
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
import { logPolls, nextLogPoll, writtenSoFar } from "./log-polls.ts";
import { appendedTo, filesIn, folderOf, processKey, type Streams } from "./output-files.ts";
import type { PluginResult } from "./plugin-result.ts";
import {
  hasEnd,
  type ProcessEnd,
  REBOOT_EXIT_CODE,
  rebootOf,
  reportOf,
  startProcess,
  writtenBy,
} from "./process.ts";

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
  const { attempt, reruns } = run.restarts;
  const process = processOf(run, context);
  run.stepStartedAt ??= at;
  run.processStartedAt = at;
  if (process === undefined) return endProcessAs(run, NOTHING_TO_RUN, { at }, context);
  const { refusal } = process;
  if (refusal !== undefined) {
    const { stdout, stderr, isFiled } = refusal;
    const ended: StepReport = { detail: "Failed", exitCode: 1, stdout, stderr };
    const report = isFiled ? filed(run, ended, context) : ended;
    return endProcessAs(run, report, { at }, context);
  }
  if (process.child !== undefined) return startChild(run, now, context);
  const rerun = attempt > 1 ? reruns[processKey(run, context)] : undefined;
  if (rerun !== undefined) return runProcess(run, rerun, context);
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
  next.work = { isReal, end: "exit", written: undefined, isPollDue: false };
  const { timeoutMs = 0 } = processOf(run, context) ?? {};
  if (isReal) next.wait = { until: at + timeoutMs };
  return [next, NOTHING];
}

/** Real work shows what it has written so far. The agent looks at it in its next round. */
export function workWrote(
  run: AgentRunState,
  { at, soFar }: Now & { readonly soFar: Streams },
  { isLogged }: AgentRunContext,
): AgentRunStep {
  const { work, processStartedAt: startedAt } = run;
  if (work === undefined) return [run, NOTHING];
  const asksForPoll = isLogged && !work.isPollDue;
  const isPollDue = work.isPollDue || asksForPoll;
  const next = { ...run, work: { ...work, written: soFar, isPollDue } };
  return [next, asksForPoll ? [{ type: "pollLogs", at: [nextLogPoll(startedAt, at)] }] : NOTHING];
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
  const resolved = processOf(run, context);
  if (resolved === undefined || !hasEnd(process)) return [run, NOTHING];
  const next = copyOf(run);
  next.process = undefined;
  const reboot = isCancelled ? undefined : rebootOf(process, platform);
  if (reboot !== undefined) {
    next.rebootTakes ??= reboot.takesMs;
    next.restarts = withRerun(next, reboot.rerun, context);
    const asked = { detail: "Success", exitCode: REBOOT_EXIT_CODE[platform] } as const;
    const shown = appended(next, { ...asked, ...writtenBy(process) }, context);
    return endProcessAs(next, shown, now, context);
  }
  const isScript = resolved.script !== undefined;
  const own = reportOf(process, { platform, isScript, isCancelled });
  return endProcessAs(next, filed(next, own, context), now, context);
}

/** What the agent shows of a process: all that lies in its files, where others may have written to them as well. */
function filed(run: AgentRunDraft, own: StepReport, context: AgentRunContext): StepReport {
  const { processes = [] } = context.document.steps[run.stepIndex] ?? {};
  const isAlone = processes.length <= 1 && context.within === undefined;
  return run.files === undefined && isAlone ? own : appended(run, own, context);
}

/** Writes what a process has written to its files, and shows all that lies there. */
function appended(run: AgentRunDraft, own: StepReport, context: AgentRunContext): StepReport {
  const folder = folderOf(run, context);
  run.files = appendedTo(run.files, folder, own);
  return { ...own, ...filesIn(run.files, folder) };
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
  run.reports = run.reports.length === 0 ? [own] : [...run.reports, own];
  if (run.reports.length < step.processes.length) {
    if (!run.isCancelled) return startNextProcess(run, { at }, context);
    run.reports = [...run.reports, ...cancelledReports(run, step, context)];
  }
  const { stepIndex, stepStartedAt: startedAt = at } = run;
  const ended = { name: step.name, startedAt, finishedAt: at };
  // What the process wrote is uploaded, without the sentences that the flow of steps adds.
  const streams = mergeReports(run.reports);
  // A cancel that is pending keeps a node from rebooting (our decision, for documents within a step).
  if (run.rebootTakes !== undefined && !run.isCancelled && allowsReboot(streams)) {
    return context.within === undefined
      ? restart(run, { at, streams }, context)
      : breakOff(run, { ...ended, ...streams }, context);
  }
  const { report, exits } = afterStep(step, streams);
  endStep(run, { reply: { ...ended, ...shownAs(report, context) }, exits }, context);
  const [after, effects] = run.isCancelled ? finish(run, at, context) : start(run, { at }, context);
  if (!context.isUploaded) return [after, effects];
  return [after, [{ type: "upload", stepIndex, streams, isComplete: true }, ...effects]];
}

/** A step whose document had nothing but skipped steps shows as they do. */
function shownAs(report: StepReport, { within, settings }: AgentRunContext): StepReport {
  return report.isSkipped === true && within === undefined
    ? { ...report, detail: settings.skippedStatus }
    : report;
}

/** Where the behavior has named what a process does when it runs again, that holds until its step has ended. */
function withRerun(
  run: AgentRunState,
  rerun: PluginResult | undefined,
  context: AgentRunContext,
): Restarts {
  const key = processKey(run, context);
  const { [key]: _, ...others } = run.restarts.reruns;
  const reruns = rerun === undefined ? others : { ...others, [key]: rerun };
  return { ...run.restarts, reruns };
}

/** Nothing is reported, but uploaded; the step runs again from its start when the node is back [agent-io-handler]. */
function restart(
  run: AgentRunDraft,
  { at, streams }: Now & { readonly streams: Streams },
  { isUploaded }: AgentRunContext,
): AgentRunStep {
  const { stepIndex, rebootTakes = 0 } = run;
  const { attempt, documentRuns, reruns } = run.restarts;
  run.stage = "starting";
  run.reports = NO_REPORTS;
  run.stepStartedAt = undefined;
  run.rebootTakes = undefined;
  run.restarts = { attempt: attempt + 1, documentRuns: documentRuns + 1, reruns };
  if (hasNotGivenUp(run)) run.wait = { until: at + rebootTakes };
  return [run, isUploaded ? [{ type: "upload", stepIndex, streams, isComplete: true }] : NOTHING];
}

/** A reboot ends a document within a step, which repeats the document from its beginning [agent-run-document]. */
function breakOff(run: AgentRunDraft, reply: PluginReply, context: AgentRunContext): AgentRunStep {
  const { rebootTakes } = run;
  endStep(run, { reply, exits: true }, context);
  run.stage = "gone";
  run.rebootTakes = rebootTakes;
  return [run, NOTHING];
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
  const passed: readonly AgentRunEffect[] = effects.filter(({ type }) => type !== "tell");
  const next = copyOf(run);
  if (child.stage !== "gone") {
    next.child = child;
    next.wait = child.wait;
    return [next, passed];
  }
  next.child = undefined;
  next.files = child.files;
  next.restarts = child.restarts;
  next.rebootTakes ??= child.rebootTakes;
  const hasReplied = effects.some(({ type }) => type === "tell");
  if (!hasReplied && child.rebootTakes === undefined) return leave(next, ...passed);
  const ended = filed(next, reportOfChild(child.plugins), context);
  const [after, more] = endProcessAs(next, ended, { at }, context);
  return [after, [...passed, ...more]];
}

export function logsPolled(
  run: AgentRunState,
  { at }: Now,
  context: AgentRunContext,
): AgentRunStep {
  const { work, stepIndex } = run;
  const streams = writtenSoFar(run, { at, folder: folderOf(run, context) });
  if (streams === undefined) return [run, NOTHING];
  const next = work === undefined ? run : { ...run, work: { ...work, isPollDue: false } };
  return [next, [{ type: "upload", stepIndex, streams, isComplete: false }]];
}

const ASK_BEHAVIOR: readonly AgentRunEffect[] = [{ type: "askBehavior" }];

/** What comes of a step with an empty list of properties (our decision). */
const NOTHING_TO_RUN: StepReport = { detail: "Success", exitCode: 0, stdout: "", stderr: "" };

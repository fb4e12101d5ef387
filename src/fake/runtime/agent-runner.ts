import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import type { CommandRecord } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import {
  type AgentRun,
  endStep,
  forgetOutput,
  newAgentRun,
  repliesOf,
} from "../agents/agent-run.ts";
import type { PluginRun } from "../agents/behavior.ts";
import { chooseBehavior, isLeaf, type LeafBehavior } from "../agents/choose-behavior.ts";
import type { PluginResult } from "../agents/plugin-result.ts";
import {
  type EndingProcess,
  killProcess,
  type ProcessEnd,
  type RunningProcess,
  rebootOf,
  reportOf,
  startProcess,
} from "../agents/process.ts";
import { afterStep, mergeReports, verdictOn } from "../documents/step-flow.ts";
import type { InvocationEvent } from "../engine/invocation.ts";
import { type Deadlines, type DeadlineType, RANK } from "./deadlines.ts";
import {
  isLogged,
  logPolls,
  uploadLogs,
  uploadObjects,
  uploadsOutput,
  writtenSoFar,
} from "./output-upload.ts";
import type { PendingBehaviors } from "./pending-behaviors.ts";

/** Runs of one document on one node, reboots included, before the agent gives it up (agent's constants). */
const MAX_DOCUMENT_RUNS = 15;

/** How a run reports to the service. */
export type Apply = (command: CommandRecord, index: number, event: InvocationEvent) => void;

interface DueDeadline {
  readonly type: DeadlineType;
  readonly index: number;
  readonly order: number;
  readonly at: EpochMs;
}

/** The agents of all nodes: they take invocations, run the steps and reply. */
export class AgentRunner {
  readonly #account: Account;
  readonly #behaviors: PendingBehaviors;
  readonly #deadlines: Deadlines;
  readonly #apply: Apply;
  /** Runs that wait for their node to come back. */
  readonly #waiting = new Map<string, Map<AgentRun, CommandRecord>>();

  constructor(
    account: Account,
    {
      behaviors,
      deadlines,
    }: { readonly behaviors: PendingBehaviors; readonly deadlines: Deadlines },
    apply: Apply,
  ) {
    this.#account = account;
    this.#behaviors = behaviors;
    this.#deadlines = deadlines;
    this.#apply = apply;
  }

  /** The effect `handToAgent`. */
  take(command: CommandRecord, index: number, at: EpochMs): void {
    const instanceId = command.instanceIds[index] ?? "";
    const node = this.#account.nodes.get(instanceId);
    if (node === undefined || node.agent === "undeliverable") {
      this.#apply(command, index, { type: "turnedAway", at, as: "Undeliverable" });
      return;
    }
    const run = newAgentRun(index, node);
    command.runs.set(index, run);
    const { agentDelayedAfter, startDelay } = this.#account.delays;
    if (!node.isReachable) {
      this.#schedule(command, run, "agentSilent", at + agentDelayedAfter);
      const waiting = this.#waiting.get(instanceId) ?? new Map();
      this.#waiting.set(instanceId, waiting.set(run, command));
    } else if (startDelay === 0) this.#startStep(command, run, at);
    else this.#schedule(command, run, "startStep", at + startDelay);
  }

  /** The effect `recallFromAgent`: what has not started ends at once, what runs is killed after `cancelLatency`. */
  recall(command: CommandRecord, index: number, at: EpochMs): void {
    const run = command.runs.get(index);
    // Without a run its agent has replied, too late to be heard: nothing is left to stop (agent's source).
    if (run === undefined) return;
    if (this.#waiting.get(run.node.instanceId)?.has(run)) {
      command.runs.delete(index);
      this.#apply(command, index, { type: "recalled", at });
      return;
    }
    this.#deadlines.schedule({
      type: "kill",
      at: at + this.#account.delays.cancelLatency,
      rank: RANK.agent,
      commandId: command.commandId,
      index,
    });
  }

  /** An invocation has ended without its agent: what waits for a node to come back is dropped. */
  ended(command: CommandRecord, index: number): void {
    const run = command.runs.get(index);
    if (run === undefined || !this.#waiting.get(run.node.instanceId)?.delete(run)) return;
    command.runs.delete(index);
  }

  /** A node is gone for good, and what runs on it with it. */
  removed(command: CommandRecord, index: number): void {
    const run = command.runs.get(index);
    if (run === undefined) return;
    command.runs.delete(index);
    this.#waiting.delete(run.node.instanceId);
    run.abort?.("cancel");
  }

  /** A node that can be reached again takes what waits for it, oldest first. */
  cameBack(node: ManagedNode, at: EpochMs): void {
    const waiting = this.#waiting.get(node.instanceId) ?? [];
    this.#waiting.delete(node.instanceId);
    for (const [{ index }, command] of waiting) {
      const detail = command.invocations[index]?.detail;
      if (detail === "Delayed") this.#apply(command, index, { type: "agentBack", at });
      else if (detail === "InProgress") this.take(command, index, at);
    }
  }

  /** A deadline of a run has come. */
  fallDue(command: CommandRecord, { type, index, order, at }: DueDeadline): void {
    const run = command.runs.get(index);
    if (run === undefined) return;
    if (type === "kill") this.#kill(command, run, at);
    if (type === "uploadLogs") this.#uploadSoFar(command, run, at);
    if (run.awaits !== order) return;
    switch (type) {
      case "agentSilent":
        this.#apply(command, index, { type: "agentSilent", at });
        break;
      case "startStep":
        this.#startStep(command, run, at);
        break;
      case "timeUp":
        // A cancel that is pending wins (agent's source).
        if (!run.cancelled) run.abort?.("timeout");
        break;
      case "endProcess":
        this.#endProcess(command, run, at);
        break;
      case "reply":
        this.#reply(command, run, at);
        break;
    }
  }

  /** Drops every run that waits. */
  clear(): void {
    this.#waiting.clear();
  }

  /** Starts the next step that runs; those that do not are reported at once and take no time. */
  #startStep(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    for (; run.stepIndex < command.steps.length; ) {
      const { document, steps, values } = command;
      const verdict = verdictOn(run.stepIndex, {
        flow: document,
        platform: run.node.platform,
        values,
        hasExited: run.hasExited,
      });
      if (verdict.type === "run") {
        this.#startProcess(command, run, at);
        return;
      }
      const step = steps[run.stepIndex];
      if (step === undefined) return;
      const isSkipped = verdict.type === "skip";
      const { report, exits } = afterStep(step, {
        detail: isSkipped ? this.#account.rules.skippedStatus : "Failed",
        exitCode: isSkipped ? 0 : 1,
        stdout: verdict.message,
        stderr: "",
      });
      const times = { startedAt: at, finishedAt: at };
      const unrun = isSkipped ? "skipped" : "refused";
      endStep(run, { name: step.name, ...times, ...report, unrun }, exits && !isSkipped);
    }
    this.#finish(command, run, at);
  }

  #startProcess(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    run.stepStartedAt ??= at;
    const process = command.steps[run.stepIndex]?.processes[run.reports.length];
    const timeoutMs = process?.timeoutMs ?? 0;
    const behavior = run.rerun ?? this.#choose(command, run);
    run.rerun = undefined;
    if (behavior === undefined) return;
    const times = { startedAt: at, timeoutMs };
    if (typeof behavior !== "function" && behavior.type !== "inRealTime") {
      this.#run(command, run, startProcess(behavior, times));
      return;
    }
    const isReal = typeof behavior !== "function";
    const work = this.#behaviors.begin(behavior, (signal) => this.#describe(command, run, signal));
    if (work.type === "result") this.#run(command, run, startProcess(work.result, times));
    if (work.type !== "working") return;
    let end: ProcessEnd = "exit";
    run.abort = (why) => {
      end = why;
      work.abort(new Error(`The agent ended the process: ${why}.`));
    };
    if (isReal) this.#schedule(command, run, "timeUp", at + timeoutMs);
    work.whenSettled((result) => {
      run.abort = undefined;
      if (command.runs.get(run.index) !== run) return;
      const now = Math.max(at, this.#account.clock.now());
      if (isReal && result.type !== "neverReplies") {
        // Real work has taken the time that it took, whatever its result says.
        run.process = { result, startedAt: at, endsAt: now, end };
        this.#endProcess(command, run, now);
      } else {
        this.#run(command, run, startProcess(result, times));
        if (run.cancelled) this.#kill(command, run, now);
      }
    });
  }

  #run(command: CommandRecord, run: AgentRun, process: RunningProcess): void {
    run.process = process;
    const { endsAt } = process;
    if (endsAt !== undefined) this.#schedule(command, run, "endProcess", endsAt);
    if (isLogged(command.request)) this.#uploadLater(command, run, process);
  }

  #endProcess(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    const step = command.steps[run.stepIndex];
    const { process } = run;
    if (step === undefined || !hasEnd(process)) return;
    const { platform } = run.node;
    run.process = undefined;
    const reboot = run.cancelled ? undefined : rebootOf(process, platform);
    if (reboot !== undefined) {
      this.#reboot(command, run, { at, ...reboot });
      return;
    }
    const ended = reportOf(process, { platform, isCancelled: run.cancelled });
    run.reports = run.reports.length === 0 ? [ended] : [...run.reports, ended];
    if (run.reports.length < step.processes.length && !run.cancelled) {
      this.#startProcess(command, run, at);
      return;
    }
    // What goes to CloudWatch Logs and S3 is what was written, without what the flow of steps says to it (agent's source).
    const written = mergeReports(run.reports);
    const { report, exits } = afterStep(step, written);
    uploadLogs(command, this.#account, { run, streams: written, at, isComplete: true });
    uploadObjects(command, this.#account, { run, streams: written });
    const startedAt = run.stepStartedAt ?? at;
    const { detail, exitCode, stdout, stderr } = report;
    const { name } = step;
    endStep(run, { name, detail, exitCode, startedAt, finishedAt: at, stdout, stderr }, exits);
    if (run.cancelled) this.#finish(command, run, at);
    else this.#startStep(command, run, at);
  }

  /** Nothing is reported; the step runs again from its start when the node is back. */
  #reboot(
    command: CommandRecord,
    run: AgentRun,
    { at, takesMs, rerun }: { at: EpochMs; takesMs: number; rerun: PluginResult | undefined },
  ): void {
    forgetOutput(run);
    run.rerun = rerun;
    run.attempt++;
    if (++run.documentRuns > MAX_DOCUMENT_RUNS) return;
    this.#schedule(command, run, "startStep", at + takesMs);
  }

  /** The last step has ended; the reply comes when the output is uploaded. */
  #finish(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    const { replyDelay, uploadDelay } = this.#account.delays;
    const delay = replyDelay + (uploadsOutput(command.request) ? uploadDelay : 0);
    if (delay === 0) this.#reply(command, run, at);
    else this.#schedule(command, run, "reply", at + delay);
  }

  #reply(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    command.runs.delete(run.index);
    // A reply at exactly ExpiresAfter is late, and later ones change nothing, between it and the sweep too (inferred).
    if (at >= command.expiresAt) return;
    const plugins = repliesOf(run, command.steps);
    this.#apply(command, run.index, { type: "agentReplied", at, plugins });
  }

  #kill(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    // One that has ended its last step keeps its own result; the reply is on its way.
    if (run.stepIndex >= command.steps.length) return;
    run.cancelled = true;
    if (run.abort !== undefined) run.abort("cancel");
    else if (run.process !== undefined) {
      const killed = killProcess(run.process, at);
      if (killed === run.process) return;
      run.process = killed;
      this.#schedule(command, run, "endProcess", killed.endsAt ?? at);
    } else if (run.plugins.length > 0) this.#finish(command, run, at);
    else {
      command.runs.delete(run.index);
      this.#apply(command, run.index, { type: "recalled", at });
    }
  }

  #uploadLater(command: CommandRecord, run: AgentRun, process: RunningProcess): void {
    const { commandId } = command;
    const { index } = run;
    for (const at of logPolls(process)) {
      const type = "uploadLogs";
      this.#deadlines.schedule({ type, at, rank: RANK.agent, commandId, index });
    }
  }

  #uploadSoFar(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    const streams = writtenSoFar(run, at);
    if (streams === undefined) return;
    uploadLogs(command, this.#account, { run, streams, at, isComplete: false });
  }

  /** The behavior that holds for this process; undefined when choosing it threw, which the next call will say. */
  #choose(command: CommandRecord, run: AgentRun): LeafBehavior | undefined {
    const { node } = run;
    if (isLeaf(node.behavior)) return node.behavior;
    return this.#behaviors.guard(node.instanceId, () =>
      chooseBehavior(node.behavior, {
        run: () => this.#describe(command, run, new AbortController().signal),
        timesAsked: (list) => node.timesAsked(list),
        fallback: this.#account.behavior,
      }),
    );
  }

  #describe(command: CommandRecord, run: AgentRun, signal: AbortSignal): PluginRun {
    const step = command.steps[run.stepIndex];
    const { inputs = {}, script } = step?.processes[run.reports.length] ?? {};
    const { instanceId, platform, tags } = run.node;
    return {
      node: { instanceId, platform, tags },
      commandId: command.commandId,
      documentName: command.request.DocumentName,
      plugin: { name: step?.name ?? "", action: step?.action ?? "", inputs },
      attempt: run.attempt,
      ...(script === undefined ? {} : { script }),
      signal,
      random: this.#account.random.behaviors,
    };
  }

  #schedule(command: CommandRecord, run: AgentRun, type: DeadlineType, at: EpochMs): void {
    run.awaits = this.#deadlines.schedule({
      type,
      at,
      rank: RANK.agent,
      commandId: command.commandId,
      index: run.index,
    });
  }
}

function hasEnd(process: RunningProcess | undefined): process is EndingProcess {
  return process?.endsAt !== undefined;
}

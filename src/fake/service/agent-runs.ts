import type { EpochMs } from "../../time/clock.ts";
import type { PluginResult, PluginRun } from "../agents/behavior.ts";
import {
  killProcess,
  type ProcessEnd,
  type RunningProcess,
  rebootOf,
  reportOf,
  startProcess,
} from "../agents/process.ts";
import type { InvocationEvent, PluginReply } from "../engine/invocation.ts";
import type { Account } from "./account.ts";
import type { CommandRecord } from "./command-record.ts";
import { type DeadlineType, RANK } from "./deadlines.ts";
import type { FakeNode } from "./nodes.ts";
import { uploadsOutput, writeLogs } from "./output-upload.ts";
import type { Works } from "./works.ts";

/** What the agent of one node is at, for one command. */
export interface AgentRun {
  readonly index: number;
  /** The order of the deadline that it waits for; any other that comes is out of date. */
  awaits: number;
  stepIndex: number;
  /** Runs of this step so far, and of the document: reboots make more than one. */
  attempt: number;
  documentRuns: number;
  /** What the rerun after a reboot comes to, if the behavior has said so already. */
  rerun: PluginResult | undefined;
  plugins: readonly PluginReply[];
  process: RunningProcess | undefined;
  /** Ends work that is done outside of virtual time: a shell, or the promise of a behavior. */
  abort: ((end: ProcessEnd) => void) | undefined;
  cancelled: boolean;
}

/** Runs of one document on one node, reboots included, before the agent gives it up (agent's constants). */
const MAX_DOCUMENT_RUNS = 15;

/** How a run reports to the service. */
export type Apply = (command: CommandRecord, index: number, event: InvocationEvent) => void;

/** The agents of all nodes: they take invocations, run the steps and reply. */
export class AgentRuns {
  readonly #account: Account;
  readonly #works: Works;
  readonly #apply: Apply;
  /** Runs that wait for their node to come back. */
  readonly #waiting = new Map<string, Set<{ command: CommandRecord; run: AgentRun }>>();

  constructor(account: Account, works: Works, apply: Apply) {
    this.#account = account;
    this.#works = works;
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
    const run: AgentRun = {
      index,
      awaits: -1,
      stepIndex: 0,
      attempt: 1,
      documentRuns: 1,
      rerun: undefined,
      plugins: [],
      process: undefined,
      abort: undefined,
      cancelled: false,
    };
    command.runs.set(index, run);
    if (node.agent === "unreachable") {
      this.#schedule(command, run, "agentSilent", at + this.#account.delays.agentDelayedAfter);
      const waiting = this.#waiting.get(instanceId) ?? new Set();
      this.#waiting.set(instanceId, waiting.add({ command, run }));
      return;
    }
    const { startDelay } = this.#account.delays;
    if (startDelay === 0) this.#startStep(command, run, at);
    else this.#schedule(command, run, "startStep", at + startDelay);
  }

  /** The effect `recallFromAgent`: what has not started ends at once, what runs is killed after `cancelLatency`. */
  recall(command: CommandRecord, index: number, at: EpochMs): void {
    const run = command.runs.get(index);
    if (run === undefined || this.#isWaiting(command, run)) {
      command.runs.delete(index);
      this.#apply(command, index, { type: "recalled", at });
      return;
    }
    this.#account.deadlines.schedule({
      type: "kill",
      at: at + this.#account.delays.cancelLatency,
      rank: RANK.agent,
      commandId: command.commandId,
      index,
    });
  }

  /** A node that can be reached again takes what waits for it, oldest first. */
  cameBack(node: FakeNode, at: EpochMs): void {
    const waiting = this.#waiting.get(node.instanceId) ?? [];
    this.#waiting.delete(node.instanceId);
    for (const { command, run } of waiting) {
      const detail = command.invocations[run.index]?.detail;
      if (detail === "Delayed") this.#apply(command, run.index, { type: "agentBack", at });
      else if (detail === "InProgress") this.take(command, run.index, at);
    }
  }

  /** A deadline of a run has come. */
  fallDue(
    command: CommandRecord,
    { type, index, order, at }: { type: DeadlineType; index: number; order: number; at: EpochMs },
  ): void {
    const run = command.runs.get(index);
    if (run === undefined) return;
    if (type === "kill") this.#kill(command, run, at);
    if (run.awaits !== order) return;
    switch (type) {
      case "agentSilent":
        this.#apply(command, index, { type: "agentSilent", at });
        break;
      case "startStep":
        this.#startStep(command, run, at);
        break;
      case "timeUp":
        run.abort?.("timeout");
        break;
      case "endStep":
        this.#endStep(command, run, at);
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

  #startStep(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    const node = this.#account.nodes.get(this.#nodeOf(command, run));
    const step = command.steps[run.stepIndex];
    if (node === undefined || step === undefined) return;
    const start = (result: PluginResult) => {
      run.process = startProcess(result, { startedAt: at, timeoutMs: step.timeoutMs });
      const { endsAt } = run.process;
      if (endsAt !== undefined) this.#schedule(command, run, "endStep", endsAt);
    };
    const behavior = run.rerun ?? node.behavior;
    run.rerun = undefined;
    if (typeof behavior !== "function" && behavior.type !== "inRealTime") {
      start(behavior);
      return;
    }
    const isReal = typeof behavior !== "function";
    const work = this.#works.begin(behavior, (signal) =>
      this.#describe(command, run, { node, signal }),
    );
    if (work.type === "result") start(work.result);
    if (work.type !== "working") return;
    let end: ProcessEnd = "exit";
    run.abort = (why) => {
      end = why;
      work.abort(new Error(`The agent ended the process: ${why}.`));
    };
    if (isReal) this.#schedule(command, run, "timeUp", at + step.timeoutMs);
    work.whenSettled((result) => {
      run.abort = undefined;
      if (command.runs.get(run.index) !== run || result.type === "neverReplies") return;
      const now = Math.max(at, this.#account.clock.now());
      if (isReal) {
        // Real work has taken the time that it took, whatever its result says.
        run.process = { result, startedAt: at, endsAt: now, end };
        this.#endStep(command, run, now);
      } else {
        start(result);
        if (run.cancelled) this.#kill(command, run, now);
      }
    });
  }

  #endStep(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    const step = command.steps[run.stepIndex];
    const node = this.#account.nodes.get(this.#nodeOf(command, run));
    if (step === undefined || run.process === undefined || node === undefined) return;
    const { platform } = node;
    const reboot = run.cancelled ? undefined : rebootOf(run.process, platform);
    if (reboot !== undefined) {
      this.#reboot(command, run, { at, ...reboot });
      return;
    }
    const { startedAt } = run.process;
    const report = reportOf(
      { ...run.process, endsAt: at },
      { platform, isCancelled: run.cancelled },
    );
    run.plugins = [...run.plugins, { name: step.name, startedAt, finishedAt: at, ...report }];
    run.process = undefined;
    run.stepIndex++;
    run.attempt = 1;
    if (run.stepIndex < command.steps.length && !run.cancelled) {
      this.#startStep(command, run, at);
    } else this.#finish(command, run, at);
  }

  /** Nothing is reported; the step runs again when the node is back. An agent gives a document up after fifteen runs. */
  #reboot(
    command: CommandRecord,
    run: AgentRun,
    { at, takesMs, rerun }: { at: EpochMs; takesMs: number; rerun: PluginResult | undefined },
  ): void {
    run.process = undefined;
    run.rerun = rerun;
    run.attempt++;
    if (++run.documentRuns > MAX_DOCUMENT_RUNS) return;
    this.#schedule(command, run, "startStep", at + takesMs);
  }

  /** The last process has ended: output is uploaded, then the agent replies. */
  #finish(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    writeLogs(command, this.#account, {
      instanceId: this.#nodeOf(command, run),
      at,
      plugins: run.plugins,
    });
    const { replyDelay, uploadDelay } = this.#account.delays;
    const delay = replyDelay + (uploadsOutput(command.request) ? uploadDelay : 0);
    if (delay === 0) this.#reply(command, run, at);
    else this.#schedule(command, run, "reply", at + delay);
  }

  #reply(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    command.runs.delete(run.index);
    // A reply at exactly ExpiresAfter is late, and later ones change nothing, between it and the sweep too (inferred).
    if (at >= command.expiresAt) return;
    const plugins = [...run.plugins, ...keptFromStarting(command, run)];
    this.#apply(command, run.index, { type: "agentReplied", at, plugins });
  }

  #kill(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    run.cancelled = true;
    if (run.abort !== undefined) run.abort("cancel");
    else if (run.process !== undefined) {
      const killed = killProcess(run.process, at);
      if (killed === run.process) return;
      run.process = killed;
      this.#schedule(command, run, "endStep", killed.endsAt ?? at);
    } else if (run.stepIndex >= command.steps.length) {
      // It has ended on its own, and the reply is on its way.
    } else if (run.plugins.length > 0) {
      this.#finish(command, run, at);
    } else {
      command.runs.delete(run.index);
      this.#apply(command, run.index, { type: "recalled", at });
    }
  }

  #describe(
    command: CommandRecord,
    run: AgentRun,
    { node, signal }: { node: FakeNode; signal: AbortSignal },
  ): PluginRun {
    const step = command.steps[run.stepIndex];
    const { instanceId, platform, tags } = node;
    const { name = "", action = "", inputs = {}, script } = step ?? {};
    return {
      node: { instanceId, platform, tags },
      commandId: command.commandId,
      documentName: command.request.DocumentName,
      plugin: { name, action, inputs },
      attempt: run.attempt,
      ...(script === undefined ? {} : { script }),
      signal,
      random: this.#account.random.behaviors,
    };
  }

  #isWaiting(command: CommandRecord, run: AgentRun): boolean {
    for (const waiting of this.#waiting.get(this.#nodeOf(command, run)) ?? []) {
      if (waiting.run === run) return true;
    }
    return false;
  }

  #nodeOf(command: CommandRecord, run: AgentRun): string {
    return command.instanceIds[run.index] ?? "";
  }

  #schedule(command: CommandRecord, run: AgentRun, type: DeadlineType, at: EpochMs): void {
    run.awaits = this.#account.deadlines.schedule({
      type,
      at,
      rank: RANK.agent,
      commandId: command.commandId,
      index: run.index,
    });
  }
}

/** Steps that a cancel kept from starting are Cancelled, with code 1 (agent's source). */
function keptFromStarting(command: CommandRecord, run: AgentRun): readonly PluginReply[] {
  const at = run.plugins.at(-1)?.finishedAt ?? command.requestedAt;
  return command.steps.slice(run.stepIndex).map(({ name }) => ({
    name,
    detail: "Cancelled",
    exitCode: 1,
    startedAt: at,
    finishedAt: at,
    stdout: "",
    stderr: "",
  }));
}

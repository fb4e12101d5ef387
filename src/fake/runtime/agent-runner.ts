import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import type { AgentRun, CommandRecord } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import { newAgentRun, nextAgentRun } from "../agents/agent-run.ts";
import type { AgentRunEffect, AgentRunEvent } from "../agents/agent-run-state.ts";
import type { PluginRun } from "../agents/behavior.ts";
import { chooseBehavior, isLeaf, type LeafBehavior } from "../agents/choose-behavior.ts";
import { type Deadlines, RANK } from "./deadlines.ts";
import type { Posted } from "./event-queue.ts";
import { uploadLogs, uploadObjects } from "./output-upload.ts";
import type { PendingBehaviors } from "./pending-behaviors.ts";

/** What agents act through. */
export interface AgentParts {
  readonly behaviors: PendingBehaviors;
  readonly deadlines: Deadlines;
  readonly post: (posted: Posted) => void;
}

/** The agents of all nodes: it carries out what the rules of a run want, and holds none itself. */
export class AgentRunner {
  readonly #account: Account;
  readonly #parts: AgentParts;
  /** Runs that wait for their node to come back, by the node's id, oldest first. */
  readonly #waiting = new Map<string, Map<AgentRun, CommandRecord>>();

  constructor(account: Account, parts: AgentParts) {
    this.#account = account;
    this.#parts = parts;
  }

  /** Hands a command to the agent of a node. */
  handOver(command: CommandRecord, index: number, at: EpochMs): void {
    const node = this.#account.nodes.get(command.instanceIds[index] ?? "");
    if (node === undefined || node.agent === "undeliverable") {
      const event = { type: "turnedAway", at, as: "Undeliverable" } as const;
      this.#parts.post({ to: "invocation", command, index, event });
      return;
    }
    const { platform, isReachable, instanceId } = node;
    const [state, effects] = newAgentRun({ at, platform, isReachable }, command.runContext);
    const run: AgentRun = {
      index,
      node,
      state,
      awaits: -1,
      abort: undefined,
      uploaded: undefined,
    };
    command.runs.set(index, run);
    if (state.stage === "waitsForNode") {
      const waiting = this.#waiting.get(instanceId) ?? new Map<AgentRun, CommandRecord>();
      this.#waiting.set(instanceId, waiting.set(run, command));
    }
    for (const effect of effects) this.#carryOut(command, run, { effect, at });
  }

  /** Something has happened to a run; without one there is nobody to hear of it. */
  move(command: CommandRecord, index: number, event: AgentRunEvent): void {
    const run = command.runs.get(index);
    if (run === undefined) return;
    const before = run.state;
    const [next, effects] = nextAgentRun(before, event, command.runContext);
    run.state = next;
    if (before.stage === "waitsForNode" && next.stage !== before.stage) {
      this.#waiting.get(run.node.instanceId)?.delete(run);
    }
    if (next.stage === "gone") command.runs.delete(index);
    for (const effect of effects) this.#carryOut(command, run, { effect, at: event.at });
  }

  /** A node that can be reached again takes what waits for it, oldest first. */
  cameBack({ instanceId }: ManagedNode, at: EpochMs): void {
    const waiting = [...(this.#waiting.get(instanceId) ?? [])];
    for (const [{ index }, command] of waiting) {
      this.#parts.post({ to: "agent", command, index, event: { type: "nodeBack", at } });
    }
  }

  /** Drops every run that waits. */
  clear(): void {
    this.#waiting.clear();
  }

  #carryOut(
    command: CommandRecord,
    run: AgentRun,
    { effect, at }: { readonly effect: AgentRunEffect; readonly at: EpochMs },
  ): void {
    const { commandId } = command;
    const { index } = run;
    const { deadlines, post } = this.#parts;
    const rank = RANK.agentDue;
    switch (effect.type) {
      case "wait":
        run.awaits = deadlines.schedule({
          type: "agentDue",
          at: effect.until,
          rank,
          commandId,
          index,
        });
        break;
      case "killLater":
        deadlines.schedule({ type: "kill", at: effect.until, rank, commandId, index });
        break;
      case "pollLogs":
        for (const each of effect.at) {
          deadlines.schedule({ type: "pollLogs", at: each, rank, commandId, index });
        }
        break;
      case "askBehavior":
        this.#askBehavior(command, run, at);
        break;
      case "endWork":
        run.abort?.(new Error(`The agent ended the process: ${effect.why}.`));
        break;
      case "upload":
        uploadLogs(command, this.#account, { run, upload: effect, at });
        if (effect.isComplete) uploadObjects(command, this.#account, { run, upload: effect });
        break;
      case "tell":
        post({ to: "invocation", command, index, event: effect.event });
        break;
    }
  }

  /** Asks the behavior what the process comes to. It may say so at once, later, or throw, which the next call will say. */
  #askBehavior(command: CommandRecord, run: AgentRun, at: EpochMs): void {
    const { index } = run;
    const { behaviors, post } = this.#parts;
    const tell = (event: AgentRunEvent) => post({ to: "agent", command, index, event });
    const behavior = this.#choose(command, run);
    if (behavior === undefined) return;
    if (typeof behavior !== "function" && behavior.type !== "inRealTime") {
      tell({ type: "behaviorKnown", at, result: behavior });
      return;
    }
    const work = behaviors.begin(behavior, (signal) => this.#describe(command, run, signal));
    switch (work.type) {
      case "broken":
        break;
      case "result":
        tell({ type: "behaviorKnown", at, result: work.result });
        break;
      case "working":
        run.abort = work.abort;
        tell({ type: "workBegun", at, isReal: typeof behavior !== "function" });
        work.whenSettled((result) => {
          run.abort = undefined;
          if (command.runs.get(index) !== run) return;
          tell({ type: "workEnded", at: Math.max(at, this.#account.clock.now()), result });
        });
        break;
    }
  }

  /** The behavior that holds for this process; undefined when choosing it threw. */
  #choose(command: CommandRecord, run: AgentRun): LeafBehavior | undefined {
    const { node } = run;
    if (isLeaf(node.behavior)) return node.behavior;
    return this.#parts.behaviors.guard(node.instanceId, () =>
      chooseBehavior(node.behavior, {
        run: () => this.#describe(command, run, new AbortController().signal),
        timesAsked: (list) => node.timesAsked(list),
        fallback: this.#account.behavior,
      }),
    );
  }

  #describe(command: CommandRecord, run: AgentRun, signal: AbortSignal): PluginRun {
    const { stepIndex, reports, attempt } = run.state;
    const step = command.steps[stepIndex];
    const { inputs = {}, script } = step?.processes[reports.length] ?? {};
    const { instanceId, platform, tags } = run.node;
    return {
      node: { instanceId, platform, tags },
      commandId: command.commandId,
      documentName: command.request.DocumentName,
      plugin: { name: step?.name ?? "", action: step?.action ?? "", inputs },
      attempt,
      ...(script === undefined ? {} : { script }),
      signal,
      random: this.#account.random.behaviors,
    };
  }
}

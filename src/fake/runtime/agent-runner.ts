import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import type { AgentRun, CommandRecord } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import { newAgentRun, nextAgentRun } from "../agents/agent-run.ts";
import {
  type AgentRunEffect,
  type AgentRunEvent,
  type AgentRunState,
  innermost,
  processOf,
} from "../agents/agent-run-state.ts";
import type { PluginRun } from "../agents/behavior.ts";
import { chooseBehavior, isLeaf, isPlain, type LeafBehavior } from "../agents/choose-behavior.ts";
import type { PluginResult } from "../agents/plugin-result.ts";
import { isDeliverable } from "../engine/targets.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Posted } from "./event-queue.ts";
import { uploadLogs, uploadObjects } from "./output-upload.ts";
import type { PendingBehaviors } from "./pending-behaviors.ts";

/** What the agents need to act. */
export interface AgentParts {
  readonly behaviors: PendingBehaviors;
  readonly deadlines: Deadlines;
  readonly post: (posted: Posted) => void;
}

/** The run to which something happens, and when. */
interface Where {
  readonly command: CommandRecord;
  readonly index: number;
  readonly at: EpochMs;
}

/** The agents of all nodes. It carries out the effects that the rules of a run ask for, and holds no rule itself. */
export class AgentRunner {
  readonly #account: Account;
  readonly #parts: AgentParts;
  /** Commands that wait for their node to come back, by the node's id, oldest first, with the index of the node. */
  readonly #waiting = new Map<string, Map<CommandRecord, number>>();

  constructor(account: Account, parts: AgentParts) {
    this.#account = account;
    this.#parts = parts;
  }

  /** Hands a command to the agent of a node. */
  handOver(command: CommandRecord, index: number, at: EpochMs): void {
    const node = this.#account.nodes.get(command.instanceIds[index] ?? "");
    if (!isDeliverable(node)) {
      const event = { type: "rejected", at, as: "Undeliverable" } as const;
      this.#parts.post({ to: "invocation", command, index, event });
      return;
    }
    const { isReachable, instanceId } = node;
    const handed = { at, plain: plainOf(node), node, isReachable };
    const [run, effects] = newAgentRun(handed, command.runContext);
    if (run.stage === "waitsForNode") {
      const waiting = this.#waiting.get(instanceId) ?? new Map<CommandRecord, number>();
      this.#waiting.set(instanceId, waiting.set(command, index));
    }
    this.#waitFor(command, index, run.wait);
    this.#keep(command, index, run);
    if (effects.length > 0) this.#carryOut({ command, index, at }, effects);
    if (run.stage === "gone") forget(command, index);
  }

  /** Handles an event of a run. Without a run the event is dropped. */
  move(command: CommandRecord, index: number, event: AgentRunEvent): void {
    const run = command.runs[index];
    if (run === undefined) return;
    const [next, effects] = nextAgentRun(run, event, command.runContext);
    if (run.stage === "waitsForNode" && next.stage !== run.stage) {
      this.#waiting.get(run.node.instanceId)?.delete(command);
    }
    if (next.wait !== run.wait) this.#waitFor(command, index, next.wait);
    this.#keep(command, index, next);
    if (effects.length > 0) this.#carryOut({ command, index, at: event.at }, effects);
    if (next.stage === "gone") forget(command, index);
  }

  /** Hands a node that can be reached again what waits for it, oldest first. */
  cameBack({ instanceId }: ManagedNode, at: EpochMs): void {
    for (const [command, index] of [...(this.#waiting.get(instanceId) ?? [])]) {
      this.#parts.post({ to: "agent", command, index, event: { type: "nodeBack", at } });
    }
  }

  /** Drops every run that waits. */
  clear(): void {
    this.#waiting.clear();
  }

  #waitFor(command: CommandRecord, index: number, wait: AgentRunState["wait"]): void {
    if (wait === undefined) return;
    this.#parts.deadlines.schedule({ type: "agentDue", at: wait.until, command, index });
  }

  #keep({ runs }: CommandRecord, index: number, run: AgentRunState): void {
    // The rules hand back the node that they were given.
    if (run.stage !== "gone") runs[index] = run as AgentRun;
  }

  #carryOut(where: Where, effects: readonly AgentRunEffect[]): void {
    for (const effect of effects) this.#carryOutOne(where, effect);
  }

  #carryOutOne({ command, index, at }: Where, effect: AgentRunEffect): void {
    const { deadlines, post } = this.#parts;
    switch (effect.type) {
      case "killLater":
        deadlines.schedule({ type: "kill", at: effect.until, command, index });
        return;
      case "pollLogs":
        for (const each of effect.at) {
          deadlines.schedule({ type: "pollLogs", at: each, command, index });
        }
        return;
      case "askBehavior":
        this.#askBehavior(command, index, at);
        return;
      case "endWork":
        command.aborts.get(index)?.(new Error(`The agent ended the process: ${effect.why}.`));
        return;
      case "upload":
        uploadLogs(command, this.#account, { index, upload: effect, at });
        if (effect.isComplete) uploadObjects(command, this.#account, { index, upload: effect });
        return;
      case "tell":
        post({ to: "invocation", command, index, event: effect.event });
        return;
    }
    effect satisfies never;
  }

  /**
   * Asks the behavior for the result of the process. It may return it at once, return it later, or throw; then the next
   * call throws.
   */
  #askBehavior(command: CommandRecord, index: number, at: EpochMs): void {
    const run = command.runs[index];
    if (run === undefined) return;
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
        return;
      case "result":
        tell({ type: "behaviorKnown", at, result: work.result });
        return;
      case "working": {
        const { abort } = work;
        command.aborts.set(index, abort);
        tell({ type: "workBegun", at, isReal: typeof behavior !== "function" });
        work.whenSettled((result) => {
          // By now another process works there, or none, because the node was removed.
          if (command.aborts.get(index) !== abort || !command.aborts.delete(index)) return;
          const now = Math.max(at, this.#account.clock.now());
          tell({ type: "workEnded", at: now, result });
        });
        return;
      }
    }
    work satisfies never;
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
    const inner = innermost(run, command.document);
    const { stepIndex, restarts } = inner.run;
    const step = inner.document.steps[stepIndex];
    const { inputs = {}, script } = processOf(inner.run, inner) ?? {};
    const { instanceId, platform, platformName, platformVersion, tags } = run.node;
    return {
      node: { instanceId, platform, platformName, platformVersion, tags },
      commandId: command.commandId,
      documentName: inner.document.name ?? command.request.DocumentName,
      plugin: { name: step?.name ?? "", action: step?.action ?? "", inputs },
      attempt: restarts.attempt,
      ...(script === undefined ? {} : { script }),
      signal,
      random: this.#account.random.behaviors,
    };
  }
}

/** Removes the traces of a run that is gone. */
function forget({ runs, aborts, uploads }: CommandRecord, index: number): void {
  runs[index] = undefined;
  if (aborts.size > 0) aborts.delete(index);
  if (uploads.size > 0) uploads.delete(index);
}

/** The result of the processes of a node, if its behavior is plain data. */
function plainOf({ behavior }: ManagedNode): PluginResult | undefined {
  return isPlain(behavior) ? behavior : undefined;
}

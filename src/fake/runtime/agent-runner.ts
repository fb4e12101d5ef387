import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import type { AgentRun, CommandRecord } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import { newAgentRun, nextAgentRun } from "../agents/agent-run.ts";
import type { AgentRunEffect, AgentRunEvent, AgentRunState } from "../agents/agent-run-state.ts";
import { holdsWorker } from "../agents/agent-workers.ts";
import { chooseBehavior, isLeaf, isPlain, type LeafBehavior } from "../agents/choose-behavior.ts";
import type { PluginResult } from "../agents/plugin-result.ts";
import { isDeliverable } from "../engine/targets.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Posted } from "./event-queue.ts";
import { NodeWorkers } from "./node-workers.ts";
import { uploadLogs, uploadObjects } from "./output-upload.ts";
import type { PendingBehaviors } from "./pending-behaviors.ts";
import { describeProcess, type ProcessVoice } from "./process-description.ts";

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
  readonly #workers: NodeWorkers;

  constructor(account: Account, parts: AgentParts) {
    this.#account = account;
    this.#parts = parts;
    this.#workers = new NodeWorkers(account.settings);
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
    const place = isReachable ? this.#workers.placeOn(instanceId) : "unreachable";
    const [run, effects] = newAgentRun(
      { at, plain: plainOf(node), node, place },
      command.runContext,
    );
    if (run.stage === "waitsForNode") {
      const waiting = this.#waiting.get(instanceId) ?? new Map<CommandRecord, number>();
      this.#waiting.set(instanceId, waiting.set(command, index));
    }
    if (place === "full") command.remarks.push({ at, instanceId, text: this.#fullness() });
    if (run.stage === "queued") this.#workers.enqueue(instanceId, { command, index });
    else if (holdsWorker(run)) this.#workers.take(instanceId);
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
    const { instanceId } = run.node;
    if (next.stage !== run.stage) {
      if (run.stage === "waitsForNode") this.#waiting.get(instanceId)?.delete(command);
      if (run.stage === "queued") this.#workers.dequeue(instanceId, { command });
    }
    const [held, holds] = [holdsWorker(run), holdsWorker(next)];
    if (holds && !held) this.#workers.take(instanceId);
    const hasNext = held && !holds && this.#workers.release(instanceId);
    if (next.wait !== run.wait) this.#waitFor(command, index, next.wait);
    this.#keep(command, index, next);
    if (effects.length > 0) this.#carryOut({ command, index, at: event.at }, effects);
    if (next.stage === "gone") forget(command, index);
    if (hasNext) this.#parts.post({ to: "workers", command, instanceId, at: event.at });
  }

  /** Lets free workers of a node take what waits for them, oldest first. */
  startNext(instanceId: string, at: EpochMs): void {
    for (;;) {
      const next = this.#workers.takeNext(instanceId);
      if (next === undefined) return;
      const node = this.#account.nodes.get(instanceId);
      const plain = node && plainOf(node);
      this.move(next.command, next.index, { type: "workerFree", at, plain });
    }
  }

  /** Offers a command again to an agent that was full, unless it has become unreachable: then its return counts. */
  offerAgain(command: CommandRecord, index: number, at: EpochMs): void {
    const node = this.#account.nodes.get(command.instanceIds[index] ?? "");
    if (node === undefined || !node.isReachable) return;
    const hasRoom = this.#workers.placeOn(node.instanceId) !== "full";
    const event = { type: "offeredAgain", at, hasRoom } as const;
    this.#parts.post({ to: "agent", command, index, event });
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
    this.#workers.clear();
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
      case "offerLater":
        deadlines.schedule({ type: "offer", at: effect.until, command, index });
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
    const work = behaviors.begin(behavior, (signal) => {
      const voice = { ...this.#voice({ command, index, at }), signal };
      return describeProcess(command, run, { account: this.#account, voice });
    });
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
        run: () => {
          const voice = { ...MUTE, signal: new AbortController().signal };
          return describeProcess(command, run, { account: this.#account, voice });
        },
        timesAsked: (list) => node.timesAsked(list),
        fallback: this.#account.behavior,
      }),
    );
  }

  /** How a process tells what it writes, and what its test should know. */
  #voice({ command, index, at }: Where): Omit<ProcessVoice, "signal"> {
    const { behaviors, post } = this.#parts;
    const instanceId = command.instanceIds[index] ?? "";
    const now = () => Math.max(at, this.#account.clock.now());
    const begun = command.runs[index]?.processStartedAt;
    return {
      showOutput: ({ stdout = "", stderr = "" }) => {
        // By now another process may run there.
        if (command.runs[index]?.processStartedAt !== begun) return;
        const soFar = { stdout, stderr };
        const event = { type: "workWrote", at: now(), soFar } as const;
        post({ to: "agent", command, index, event });
      },
      warn: (text) => {
        command.remarks.push({ at: now(), instanceId, text });
        behaviors.say(text);
      },
      whenFakeEnds: (cleanUp) => behaviors.atEnd(cleanUp),
    };
  }

  #fullness(): string {
    const { agentWorkers, agentQueue } = this.#account.settings;
    return `The agent runs ${agentWorkers} documents and holds ${agentQueue} more, so this one stays undelivered for now.`;
  }
}

/** For choosing a behavior, which is nothing that a process does. */
const MUTE: Omit<ProcessVoice, "signal"> = {
  showOutput: () => {},
  warn: () => {},
  whenFakeEnds: () => () => {},
};

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

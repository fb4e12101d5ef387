import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import { type AgentRun, addRemark, type CommandRecord } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import { newAgentRun, nextAgentRun } from "../agents/agent-run.ts";
import type { AgentRunEffect, AgentRunEvent, AgentRunState } from "../agents/agent-run-state.ts";
import { holdsWorker, nextOfferAt } from "../agents/agent-workers.ts";
import type { AgentBehavior } from "../agents/behavior.ts";
import { checkCleanUp, checkSentence, checkShown } from "../agents/check-voice.ts";
import { chooseBehavior, isLeaf, isPlain, type LeafBehavior } from "../agents/choose-behavior.ts";
import { stampedBy } from "../agents/node-clock.ts";
import type { Streams } from "../agents/output-files.ts";
import type { PluginResult } from "../agents/plugin-result.ts";
import { isDeliverable } from "../engine/targets.ts";
import type { Deadlines } from "./deadlines.ts";
import type { Posted } from "./event-queue.ts";
import type { Mistakes } from "./mistakes.ts";
import { type Held, NodeWorkers } from "./node-workers.ts";
import { uploadLogs, uploadObjects } from "./output-upload.ts";
import { type PendingBehaviors, SILENT } from "./pending-behaviors.ts";
import { describeProcess, type ProcessVoice } from "./process-description.ts";

/** What the agents need to act. */
export interface AgentParts {
  readonly behaviors: PendingBehaviors;
  readonly mistakes: Mistakes;
  readonly deadlines: Deadlines;
  readonly post: (posted: Posted) => void;
}

/** The run to which something happens, and when. */
interface Where {
  readonly command: CommandRecord;
  readonly index: number;
  readonly at: EpochMs;
}

interface OnNode extends Where {
  readonly node: ManagedNode;
}

/** A command that an agent does not have yet. */
interface Undelivered {
  readonly index: number;
  readonly since: EpochMs;
  /** When it is offered to the agent again, if that was full and has a place by then. */
  offerAt: EpochMs | undefined;
}

/** The agents of all nodes. It carries out the effects that the rules of a run ask for, and holds no rule itself. */
export class AgentRunner {
  readonly #account: Account;
  readonly #parts: AgentParts;
  /** Commands that the agent of a node does not have yet, by the node's id, oldest first. */
  readonly #waiting = new Map<string, Map<CommandRecord, Undelivered>>();
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
    this.#lookForMistakes(command, node);
    const place = node.isReachable ? this.#workers.placeOn(node) : "unreachable";
    const handed = { at, plain: plainOf(node), node, place } as const;
    const [run, effects] = newAgentRun(handed, command.runContext);
    if (run.stage === "waitsForNode") this.#wait(node, { command, index, at });
    if (place === "full") this.#remark({ command, index, at }, this.#fullness());
    if (run.stage === "queued") this.#workers.enqueue(node, { command, index });
    else if (holdsWorker(run)) node.busyWorkers++;
    this.#waitFor(command, index, run.wait);
    this.#keep(command, index, run);
    if (effects.length > 0) this.#carryOut({ command, index, at, node }, effects);
    if (run.stage === "gone") forget(command, index);
  }

  /** Handles an event of a run. Without a run the event is dropped. */
  move(command: CommandRecord, index: number, event: AgentRunEvent): void {
    const run = command.runs[index];
    if (run === undefined) return;
    const [next, effects] = nextAgentRun(run, event, command.runContext);
    const { node } = run;
    if (next.stage !== run.stage) {
      if (run.stage === "waitsForNode") this.#waiting.get(node.instanceId)?.delete(command);
      if (run.stage === "queued") this.#workers.dequeue(node, { command });
    }
    const [held, holds] = [holdsWorker(run), holdsWorker(next)];
    if (held !== holds) node.busyWorkers += holds ? 1 : -1;
    const hasPlace = (held && !holds) || (run.stage === "queued" && next.stage !== "queued");
    if (next.wait !== run.wait) this.#waitFor(command, index, next.wait);
    this.#keep(command, index, next);
    if (effects.length > 0) this.#carryOut({ command, index, at: event.at, node }, effects);
    if (next.stage === "gone") forget(command, index);
    if (hasPlace) this.#parts.post({ to: "workers", command, node, at: event.at });
  }

  /** Lets the agent of a node that has a place take what waits for it: those that it holds, oldest first, and new ones. */
  startNext(node: ManagedNode, at: EpochMs): void {
    // What waited for a node that was removed is told so by events of its own.
    if (this.#account.nodes.get(node.instanceId) !== node) return;
    for (;;) {
      const next = this.#workers.takeNext(node);
      if (next === undefined) break;
      this.move(next.command, next.index, { type: "workerFree", at, plain: plainOf(node) });
    }
    for (const [command, waiting] of this.#waiting.get(node.instanceId) ?? []) {
      if (waiting.offerAt !== undefined) continue;
      waiting.offerAt = nextOfferAt(waiting.since, at);
      const { index } = waiting;
      this.#parts.deadlines.schedule({ type: "offer", at: waiting.offerAt, command, index });
    }
  }

  /** Offers a command to an agent that was full. One that is full still, or again, is asked when it has a place. */
  offerAgain({ command, index }: Held, at: EpochMs): void {
    const node = this.#account.nodes.get(command.instanceIds[index] ?? "");
    const waiting = node && this.#waiting.get(node.instanceId)?.get(command);
    if (node === undefined || waiting?.offerAt !== at) return;
    waiting.offerAt = undefined;
    if (!node.isReachable || this.#workers.placeOn(node) === "full") return;
    this.#parts.post({ to: "agent", command, index, event: { type: "offeredAgain", at } });
  }

  /** Hands a node that can be reached again what waits for it, oldest first. */
  cameBack({ instanceId }: ManagedNode, at: EpochMs): void {
    for (const [command, { index }] of [...(this.#waiting.get(instanceId) ?? [])]) {
      this.#parts.post({ to: "agent", command, index, event: { type: "nodeBack", at } });
    }
  }

  /** Drops every run that waits, and what work that is under way may still say. */
  clear(): void {
    for (const { aborts } of this.#account.commands.sent) aborts.clear();
    this.#waiting.clear();
    this.#workers.clear();
  }

  /** Looks at a behavior of a node, or at the part of it that holds for a process. */
  #lookForMistakes(
    command: CommandRecord,
    { behavior: whole, instanceId }: Pick<ManagedNode, "behavior" | "instanceId">,
    behavior: AgentBehavior = whole,
  ): void {
    if (isLeaf(behavior)) return;
    const { behavior: fallback } = this.#account;
    const whose = whole === fallback ? "the fake" : instanceId;
    this.#parts.mistakes.look(command, { behavior, fallback, whose });
  }

  #wait({ instanceId }: ManagedNode, { command, index, at: since }: Where): void {
    const waiting = this.#waiting.get(instanceId) ?? new Map<CommandRecord, Undelivered>();
    this.#waiting.set(instanceId, waiting.set(command, { index, since, offerAt: undefined }));
  }

  #waitFor(command: CommandRecord, index: number, wait: AgentRunState["wait"]): void {
    if (wait === undefined) return;
    this.#parts.deadlines.schedule({ type: "agentDue", at: wait.until, command, index });
  }

  #keep({ runs }: CommandRecord, index: number, run: AgentRunState): void {
    const begun = innermostProcess(run);
    const before = runs[index];
    if (begun !== undefined && begun !== (before && innermostProcess(before))) {
      // The rules hand back the node that they were given.
      this.#account.behaviorUse.noteRan((run as AgentRun).node.behavior);
    }
    if (run.stage !== "gone") runs[index] = run as AgentRun;
  }

  #carryOut(where: OnNode, effects: readonly AgentRunEffect[]): void {
    for (const effect of effects) this.#carryOutOne(where, effect);
  }

  #carryOutOne({ command, index, at, node }: OnNode, effect: AgentRunEffect): void {
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
        uploadLogs(command, this.#account, { index, upload: effect, at, node });
        if (effect.isComplete) {
          const why = uploadObjects(command, this.#account, { index, upload: effect, at });
          if (why !== undefined) this.#remark({ command, index, at }, why);
        }
        return;
      case "tell":
        post({ to: "invocation", command, index, event: stampedBy(node, effect.event) });
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
    const behavior = this.#choose(command, run) ?? SILENT;
    if (typeof behavior !== "function" && behavior.type !== "inRealTime") {
      tell({ type: "behaviorKnown", at, result: behavior });
      return;
    }
    const voice = this.#voice({ command, index, at });
    const work = behaviors.begin(behavior, (signal) =>
      describeProcess(command, run, { account: this.#account, voice: voice.said, signal }),
    );
    switch (work.type) {
      case "result":
        tell({ type: "behaviorKnown", at, result: work.result });
        return;
      case "working": {
        const { abort } = work;
        command.aborts.set(index, abort);
        tell({ type: "workBegun", at, isReal: typeof behavior !== "function" });
        voice.listen(abort);
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
    return this.#parts.behaviors.guard(`The behavior of ${node.instanceId}`, () =>
      chooseBehavior(node.behavior, {
        run: () => {
          const { signal } = new AbortController();
          return describeProcess(command, run, { account: this.#account, voice: MUTE, signal });
        },
        timesAsked: (list) => node.timesAsked(list),
        noteChosen: (of, key, part) => {
          this.#account.behaviorUse.noteChosen(of, key);
          this.#lookForMistakes(command, node, part);
        },
        fallback: this.#account.behavior,
      }),
    );
  }

  /** How a process tells what it writes, and what its test should know. What it shows counts while it works. */
  #voice({ command, index, at }: Where): Voice {
    const { behaviors, post } = this.#parts;
    const now = () => Math.max(at, this.#account.clock.now());
    let working: ((reason: Error) => void) | undefined;
    let early: Streams | undefined;
    const show = (soFar: Streams) => {
      if (command.aborts.get(index) !== working) return;
      post({ to: "agent", command, index, event: { type: "workWrote", at: now(), soFar } });
    };
    return {
      said: {
        showOutput: (given) => {
          const soFar = checkShown(given);
          if (working === undefined) early = soFar;
          else show(soFar);
        },
        warn: (given) => {
          const sentence = checkSentence(given);
          this.#remark({ command, index, at: now() }, sentence);
          behaviors.say(sentence);
        },
        whenFakeEnds: (given) => behaviors.atEnd(checkCleanUp(given)),
      },
      listen: (abort) => {
        working = abort;
        if (early !== undefined) show(early);
      },
    };
  }

  #remark({ command, index, at }: Where, text: string): void {
    addRemark(command, { at, instanceId: command.instanceIds[index] ?? "", text });
  }

  #fullness(): string {
    const { agentWorkers, agentQueue } = this.#account.settings;
    return `The agent is full (${agentWorkers} running, ${agentQueue} held), so the command stays undelivered for now.`;
  }
}

interface Voice {
  readonly said: ProcessVoice;
  /** Called when the work has begun, with what ends it. */
  readonly listen: (abort: (reason: Error) => void) => void;
}

/** For choosing a behavior, which is nothing that a process does. */
const MUTE: ProcessVoice = {
  showOutput: () => {},
  warn: () => {},
  whenFakeEnds: () => () => {},
};

/** The process that runs now, perhaps in a document within a step. */
function innermostProcess({ process, child }: AgentRunState): AgentRunState["process"] {
  return child === undefined ? process : innermostProcess(child);
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

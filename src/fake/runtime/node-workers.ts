import type { CommandRecord } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import { type Place, placeIn } from "../agents/agent-workers.ts";
import type { Settings } from "../engine/settings.ts";

/** A command on one of its nodes. */
export interface Held {
  readonly command: CommandRecord;
  readonly index: number;
}

type Limits = Pick<Settings, "agentWorkers" | "agentQueue">;

/** The workers of all agents: how many are busy stands with the node, and here which commands wait for one. */
export class NodeWorkers {
  readonly #limits: Limits;
  readonly #queues = new Map<ManagedNode, Held[]>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** The place that a node has for one more command. */
  placeOn(node: ManagedNode): Exclude<Place, "unreachable"> {
    const queued = this.#queues.get(node)?.length ?? 0;
    return placeIn({ running: node.busyWorkers, queued }, this.#limits);
  }

  /** Puts a command at the end of the queue. */
  enqueue(node: ManagedNode, held: Held): void {
    const queue = this.#queues.get(node);
    if (queue === undefined) this.#queues.set(node, [held]);
    else queue.push(held);
  }

  /** Takes a command out of the queue, if it is there still. */
  dequeue(node: ManagedNode, { command }: Pick<Held, "command">): void {
    const queue = this.#queues.get(node) ?? [];
    const at = queue.findIndex((held) => held.command === command);
    if (at >= 0) queue.splice(at, 1);
    if (queue.length === 0) this.#queues.delete(node);
  }

  /** Takes the command that comes next out of the queue, if a worker is free for it. */
  takeNext(node: ManagedNode): Held | undefined {
    if (node.busyWorkers >= this.#limits.agentWorkers) return undefined;
    const next = this.#queues.get(node)?.[0];
    if (next !== undefined) this.dequeue(node, next);
    return next;
  }

  clear(): void {
    this.#queues.clear();
  }
}

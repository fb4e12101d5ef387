import type { CommandRecord } from "../account/command-record.ts";
import { type Place, placeIn } from "../agents/agent-workers.ts";
import type { Settings } from "../engine/settings.ts";

/** A command on one of its nodes. */
export interface Held {
  readonly command: CommandRecord;
  readonly index: number;
}

interface Workers {
  running: number;
  readonly waiting: Held[];
}

type Limits = Pick<Settings, "agentWorkers" | "agentQueue">;

/** The workers of all agents: how many are busy, and which commands wait for one. Agents that do nothing cost nothing. */
export class NodeWorkers {
  readonly #limits: Limits;
  readonly #busy = new Map<string, Workers>();

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** The place that a node has for one more command. */
  placeOn(instanceId: string): Exclude<Place, "unreachable"> {
    const { running, waiting } = this.#busy.get(instanceId) ?? IDLE;
    return placeIn({ running, queued: waiting.length }, this.#limits);
  }

  /** Puts a command at the end of the queue. */
  enqueue(instanceId: string, held: Held): void {
    this.#of(instanceId).waiting.push(held);
  }

  /** Takes a command out of the queue, if it is there still. */
  dequeue(instanceId: string, { command }: Pick<Held, "command">): void {
    const workers = this.#of(instanceId);
    const at = workers.waiting.findIndex((held) => held.command === command);
    if (at >= 0) workers.waiting.splice(at, 1);
    this.#tidy(instanceId, workers);
  }

  /** Counts a worker that has become busy. */
  take(instanceId: string): void {
    this.#of(instanceId).running++;
  }

  /** Counts a worker that has become free. Returns whether a command waits for it. */
  release(instanceId: string): boolean {
    const workers = this.#of(instanceId);
    workers.running--;
    this.#tidy(instanceId, workers);
    return workers.waiting.length > 0;
  }

  /** Takes the command that comes next out of the queue, if a worker is free for it. */
  takeNext(instanceId: string): Held | undefined {
    const workers = this.#busy.get(instanceId);
    if (workers === undefined || workers.running >= this.#limits.agentWorkers) return undefined;
    return workers.waiting.shift();
  }

  clear(): void {
    this.#busy.clear();
  }

  #of(instanceId: string): Workers {
    const known = this.#busy.get(instanceId);
    if (known !== undefined) return known;
    const workers: Workers = { running: 0, waiting: [] };
    this.#busy.set(instanceId, workers);
    return workers;
  }

  #tidy(instanceId: string, { running, waiting }: Workers): void {
    if (running === 0 && waiting.length === 0) this.#busy.delete(instanceId);
  }
}

const IDLE: Readonly<Workers> = { running: 0, waiting: [] };

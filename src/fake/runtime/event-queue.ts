import type { EpochMs } from "../../time/clock.ts";
import type { CommandRecord } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import type { AgentRunEvent } from "../agents/agent-run-state.ts";
import type { CommandEvent } from "../engine/command.ts";
import type { InvocationEvent } from "../engine/invocation.ts";

/** An event on its way to the state machine that handles it. */
export type Posted = { readonly command: CommandRecord } & (
  | { readonly to: "command"; readonly event: CommandEvent }
  | { readonly to: "invocation"; readonly index: number; readonly event: InvocationEvent }
  /** To the invocations from `index` up to, but not including, `end`, one by one. */
  | {
      readonly to: "invocations";
      readonly index: number;
      readonly end: number;
      readonly event: InvocationEvent;
    }
  | { readonly to: "agent"; readonly index: number; readonly event: AgentRunEvent }
  /** To the agent of a node that has no run of the command yet. */
  | { readonly to: "node"; readonly index: number; readonly at: EpochMs }
  /** To the agent of a node with a free worker, for which a command waits. */
  | { readonly to: "workers"; readonly node: ManagedNode; readonly at: EpochMs }
);

/**
 * The one queue of events. Code that carries an effect out posts the events that follow from it. So no effect calls back
 * into the state machine that asked for it: an event is handled when the one before it is done.
 *
 * Events that follow from another come before those that waited already, in the order in which they were posted, as if one
 * called the other. So a node that rejects a command frees its place in the window before the command is sent to the next
 * node.
 */
export class EventQueue {
  readonly #handle: (posted: Posted) => void;
  /** The events that wait; the next one is the last. */
  readonly #waiting: Posted[] = [];
  /** The events that the present one has led to so far, in order. */
  readonly #following: Posted[] = [];
  #isRunning = false;
  /** How many events may still be handled before the rest waits. */
  #left = Number.POSITIVE_INFINITY;

  constructor(handle: (posted: Posted) => void) {
    this.#handle = handle;
  }

  /** Whether as much as was allowed has been done: then events may wait. */
  get isHalted(): boolean {
    return this.#left <= 0;
  }

  /** Handles what waits, and then at most `count` events in all until it is called again; the others wait. */
  allow(count: number): void {
    this.#left = count;
    if (!this.#isRunning) this.#run(this.#waiting.pop());
  }

  /** Says that something took as long as this many events. */
  spend(count: number): void {
    this.#left -= count;
  }

  /** Handles an event and all that follow from it, at once or after the present event; what waits is handled before. */
  post(posted: Posted): void {
    if (this.#isRunning) {
      this.#following.push(posted);
      return;
    }
    if (this.#waiting.length > 0) this.allow(Number.POSITIVE_INFINITY);
    this.#run(posted);
  }

  /** Forgets what waits. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #run(first: Posted | undefined): void {
    this.#isRunning = true;
    try {
      for (let next = first; next !== undefined; ) {
        this.#handle(next);
        this.#left--;
        next = this.#next();
        if (next === undefined || this.#left > 0) continue;
        this.#waiting.push(next);
        return;
      }
    } catch (error) {
      this.#waiting.length = 0;
      this.#following.length = 0;
      throw error;
    } finally {
      this.#isRunning = false;
    }
  }

  #next(): Posted | undefined {
    let next = this.#following.pop();
    // The event that was posted last is handled last, so it goes below the others; the first that was posted ends on top.
    while (this.#following.length > 0 && next !== undefined) {
      this.#waiting.push(next);
      next = this.#following.pop();
    }
    return next ?? this.#waiting.pop();
  }
}

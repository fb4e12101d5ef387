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

  constructor(handle: (posted: Posted) => void) {
    this.#handle = handle;
  }

  /** Handles an event and all that follow from it, at once or after the present event. */
  post(posted: Posted): void {
    if (this.#isRunning) this.#following.push(posted);
    else this.#run(posted);
  }

  #run(posted: Posted): void {
    this.#isRunning = true;
    try {
      let next: Posted | undefined = posted;
      for (; next !== undefined; next = this.#next()) this.#handle(next);
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

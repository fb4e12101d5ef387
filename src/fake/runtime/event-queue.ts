import type { EpochMs } from "../../time/clock.ts";
import type { CommandRecord } from "../account/command-record.ts";
import type { AgentRunEvent } from "../agents/agent-run-state.ts";
import type { CommandEvent } from "../engine/command.ts";
import type { InvocationEvent } from "../engine/invocation.ts";

/** An event on its way to the machine that it concerns. */
export type Posted = { readonly command: CommandRecord } & (
  | { readonly to: "command"; readonly event: CommandEvent }
  | { readonly to: "invocation"; readonly index: number; readonly event: InvocationEvent }
  /** To the invocations from one on and before another, one by one. */
  | {
      readonly to: "invocations";
      readonly index: number;
      readonly end: number;
      readonly event: InvocationEvent;
    }
  | { readonly to: "agent"; readonly index: number; readonly event: AgentRunEvent }
  /** To the agent of a node that has no run of the command yet. */
  | { readonly to: "node"; readonly index: number; readonly at: EpochMs }
);

/**
 * The one queue of events. Whoever carries an effect out posts what follows from it, so that no effect calls back into the
 * machine that asked for it: an event is handled when the one before it is through.
 *
 * What follows from an event comes before what waited already, in the order in which it was posted, as if one called the
 * other. So a node that turns a command away frees its place in the window before the next one is sent to.
 */
export class EventQueue {
  readonly #handle: (posted: Posted) => void;
  /** The next one last. */
  readonly #waiting: Posted[] = [];
  /** What the event that is being handled has led to so far, in order. */
  readonly #following: Posted[] = [];
  #isRunning = false;

  constructor(handle: (posted: Posted) => void) {
    this.#handle = handle;
  }

  /** Has an event handled, at once or as soon as the present one is through, and so is what follows from it. */
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
    // The last that was posted comes last, so all before it are put on top of it, the first at the very top.
    while (this.#following.length > 0 && next !== undefined) {
      this.#waiting.push(next);
      next = this.#following.pop();
    }
    return next ?? this.#waiting.pop();
  }
}

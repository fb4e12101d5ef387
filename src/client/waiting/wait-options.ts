import type { OptionTable } from "../../domain/options.ts";
import type { Duration } from "../../time/duration.ts";
import type { CommandProgress } from "./progress.ts";

/**
 * How to wait for a command.
 *
 * @example
 * ```ts
 * node.behavior = hangs();
 * const sent = await runCommand.send(request);
 * const stop = new AbortController();
 * const waiting = sent.waitForTerminal({ timeout: "1h", signal: stop.signal, onAbort: "cancel" });
 * stop.abort();
 * (await waiting).kind; //=> "cancelled"
 * ```
 */
export interface WaitOptions {
  /**
   * How long to wait for the end of the command before {@link StillRunningError}.
   *
   * @default the command's own time (`ExpiresAfter - RequestedDateTime`) from when it was first seen, plus 60 s: the
   *   service closed an expired command 12 to 15 s late [rec-2026-09-27-timeouts], and may be later
   */
  readonly timeout?: Duration | undefined;
  /**
   * A fixed interval between polls, `"1ms"` or more. The first poll is at once.
   *
   * @default 1 s, growing by the factor 1.5 up to 10 s, each up to 20 % shorter or longer
   */
  readonly pollEvery?: Duration | undefined;
  /** Ends the wait, in the way that `onAbort` says. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What an abort of `signal` does. `"detach"` rejects with `signal.reason`, unchanged, and leaves the command alone.
   * `"cancel"` sends CancelCommand once and keeps waiting: the wait then resolves with how the command really ended.
   *
   * @default "detach"
   */
  readonly onAbort?: "detach" | "cancel" | undefined;
  /**
   * Which invocations the outcome holds. `"unsuccessful"` reads all and drops those that succeeded, `"none"` reads none.
   *
   * @default "all"
   */
  readonly invocations?: "all" | "unsuccessful" | "none" | undefined;
  /**
   * Of how many nodes that failed the streams of the plugin that failed are read separately, in the order of their ids: a
   * whole number, 0 or more. It costs one GetCommandInvocation for each, ten at once. @default 5
   */
  readonly separateStreams?: number | undefined;
  /**
   * What wakes the wait, beside its own polls: each item of this async iterable that is not about another command, such as an
   * event of EventBridge, a message of SNS or SQS, or what {@link parseStatusChange} made of one. A poll follows at once, but
   * not more than one a second, and one more two seconds later, since an event may be ahead of ListCommands. With it,
   * `pollEvery` may be long: it is for events that got lost. When the iterable ends or fails, the wait polls on; when the wait
   * is over, the iterable is closed.
   */
  readonly wakeOn?: AsyncIterable<unknown> | undefined;
  /**
   * Called at each poll with how the whole fleet stands. It costs one more call per 50 nodes and poll. What it throws ends
   * the wait; a promise that it returns is not awaited.
   */
  readonly onProgress?: ((progress: CommandProgress) => void) | undefined;
}

/** The options of a wait. */
export const WAIT_OPTIONS = {
  timeout: "any",
  pollEvery: "any",
  signal: "an AbortSignal",
  onAbort: ["detach", "cancel"],
  invocations: ["all", "unsuccessful", "none"],
  separateStreams: "a number",
  wakeOn: "any",
  onProgress: "a function",
} as const satisfies OptionTable<WaitOptions>;

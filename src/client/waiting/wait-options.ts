import type { Duration } from "../../time/duration.ts";
import type { CommandProgress } from "./progress.ts";

/**
 * How a command is waited for.
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
   * How long to wait for its end before {@link StillRunningError}.
   *
   * @default the command's own time (`ExpiresAfter - RequestedDateTime`) from when it was first seen, plus 30 s: the service
   *   was seen to close an expired command 12 to 15 s late
   */
  readonly timeout?: Duration;
  /**
   * Fixes the interval between polls, `"1ms"` or more; the first is at once.
   *
   * @default 1 s growing by 1.5 up to 10 s, each up to 20 % off
   */
  readonly pollEvery?: Duration;
  /** Ends the waiting, in the way that `onAbort` says. */
  readonly signal?: AbortSignal;
  /**
   * What an abort of `signal` does. `"detach"` rejects with `signal.reason`, unchanged, and leaves the command alone.
   * `"cancel"` sends CancelCommand, once, and goes on waiting: the wait then resolves with how the command really ended.
   *
   * @default "detach"
   */
  readonly onAbort?: "detach" | "cancel";
  /**
   * Which invocations the outcome holds. `"unsuccessful"` reads all and drops those that succeeded, `"none"` reads nothing.
   *
   * @default "all"
   */
  readonly invocations?: "all" | "unsuccessful" | "none";
  /**
   * Told at each poll how the whole fleet stands. It costs one more call per 50 nodes and poll. What it throws ends the
   * wait; what it promises is not waited for.
   */
  readonly onProgress?: (progress: CommandProgress) => void;
}

import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import type { Clock } from "../../time/clock.ts";
import type { Stopwatch } from "../../time/stopwatch.ts";
import { isTransientError } from "./transient-error.ts";

/** What everything that waits for a client needs. */
export interface Waiter {
  /** The service that is polled. */
  readonly api: RunCommandApi;
  /** The clock that is waited on. */
  readonly clock: Clock;
  /** Random numbers for the intervals between polls. */
  readonly random: () => number;
}

/** What to wait on, until when, and what may end the wait. */
export interface PatienceOptions {
  readonly watch: Stopwatch;
  /** Ends the wait with its reason, unchanged, unless there is an `onAbort`. */
  readonly signal?: AbortSignal | undefined;
  /** With it, an abort ends only the pause that is under way. It is called after every pause, whatever ended that. */
  readonly onAbort?: (() => Promise<void>) | undefined;
  /** The deadline in milliseconds of the stopwatch, asked for each time, because it may move during the wait. */
  readonly deadline: () => number;
  /** Makes the error to throw when a transient error lasts until the deadline. @default that error */
  readonly giveUp?: (trouble: unknown) => Promise<unknown>;
}

/** Calls and pauses that end at a deadline. */
export interface Patience {
  /** Makes one call, again and again while its errors are transient and there is time left. */
  persist<T>(
    call: (options: CallOptions | undefined) => Promise<T>,
    nextTry: () => number,
  ): Promise<T>;
  /** Makes a call again and again until it finds something, or until the deadline has come: then it is undefined. */
  until<T>(
    call: (options: CallOptions | undefined) => Promise<T | undefined>,
    nextTry: () => number,
  ): Promise<T | undefined>;
  /** Makes one call, with the signal that ends the wait, once. */
  once<T>(call: (options: CallOptions | undefined) => Promise<T>): Promise<T>;
  /** Sleeps for so many milliseconds, at most until the deadline, or until `wake` is aborted. */
  pause(ms: number, wake?: AbortSignal): Promise<void>;
  /** Milliseconds until the deadline; zero or negative once it has passed. */
  timeLeft(): number;
}

/** Makes a {@link Patience}. It has no state of its own: deadline and signal are the caller's. */
export function patience({ watch, signal, onAbort, deadline, giveUp }: PatienceOptions): Patience {
  const leave = onAbort ? undefined : signal;
  const options = leave && { abortSignal: leave };
  const timeLeft = () => deadline() - watch.elapsed();
  return { persist, until, once: (call) => call(options), pause, timeLeft };

  async function persist<T>(
    call: (options: CallOptions | undefined) => Promise<T>,
    nextTry: () => number,
  ): Promise<T> {
    for (;;) {
      leave?.throwIfAborted();
      try {
        const answer = await call(options);
        leave?.throwIfAborted();
        return answer;
      } catch (error) {
        throwUnlessPassing(error, leave);
        if (timeLeft() <= 0) throw (await giveUp?.(error)) ?? error;
      }
      await pause(nextTry());
    }
  }

  async function until<T>(
    call: (options: CallOptions | undefined) => Promise<T | undefined>,
    nextTry: () => number,
  ): Promise<T | undefined> {
    for (;;) {
      const found = await persist(call, nextTry);
      if (found !== undefined || timeLeft() <= 0) return found;
      await pause(nextTry());
    }
  }

  async function pause(interval: number, wake?: AbortSignal): Promise<void> {
    // In whole milliseconds: the caller's own clock may count fractions.
    const ms = Math.max(0, Math.ceil(Math.min(interval, timeLeft())));
    // A signal that is aborted already, but does not end the wait, would end every pause at once.
    const alarm = onAbort && signal?.aborted ? undefined : signal;
    try {
      await watch.sleep(ms, wake ? AbortSignal.any(alarm ? [wake, alarm] : [wake]) : alarm);
    } catch (error) {
      leave?.throwIfAborted();
      if (!alarm?.aborted && !wake?.aborted) throw error;
    }
    await onAbort?.();
  }
}

/**
 * Throws an error that is not transient. After an abort it throws the reason of the caller's signal, not the AbortError
 * that the SDK makes of it.
 */
export function throwUnlessPassing(trouble: unknown, signal: AbortSignal | undefined): void {
  signal?.throwIfAborted();
  if (!isTransientError(trouble)) throw trouble;
}

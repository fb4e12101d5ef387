import type { CallOptions } from "../../domain/run-command-api.ts";
import type { Clock, EpochMs } from "../../time/clock.ts";
import { isTransientError } from "./transient-error.ts";

/** On whose time one waits, until when, and who may end it. */
export interface PatienceOptions {
  readonly clock: Clock;
  /** Ends the waiting with its reason, unchanged, unless `onAbort` says otherwise. */
  readonly signal?: AbortSignal | undefined;
  /** With it an abort ends no more than the pause that is under way. Called after every pause, whatever ended it. */
  readonly onAbort?: (() => Promise<void>) | undefined;
  /** Asked again each time, because what is learnt meanwhile may move it. */
  readonly deadline: () => EpochMs;
  /** What is thrown for trouble that lasts until the deadline. */
  readonly giveUp: (trouble: unknown) => unknown;
}

/** How one asks again and again until a deadline. */
export interface Patience {
  /** Makes one call, again and again while the trouble is of the passing kind and there is time. */
  persist<T>(
    call: (options: CallOptions | undefined) => Promise<T>,
    nextTry: () => number,
  ): Promise<T>;
  /** Sleeps for so many milliseconds, at most until the deadline. */
  pause(ms: number): Promise<void>;
  /** Milliseconds until the deadline, none or fewer when it is over. */
  timeLeft(): number;
}

/** The patience of somebody who polls. It keeps nothing: deadline and signal are the caller's. */
export function patience({ clock, signal, onAbort, deadline, giveUp }: PatienceOptions): Patience {
  const leave = onAbort ? undefined : signal;
  const options = leave && { abortSignal: leave };
  const timeLeft = () => deadline() - clock.now();
  return { persist, pause, timeLeft };

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
        if (timeLeft() <= 0) throw giveUp(error);
      }
      await pause(nextTry());
    }
  }

  async function pause(interval: number): Promise<void> {
    // Whole milliseconds: the clock may be anybody's, and what is left of its time any fraction.
    const ms = Math.max(0, Math.ceil(Math.min(interval, timeLeft())));
    // A signal that is aborted and does not end the waiting would end every pause.
    const alarm = onAbort && signal?.aborted ? undefined : signal;
    try {
      await clock.sleep(`${ms}ms`, alarm);
    } catch (error) {
      if (leave || !alarm?.aborted) throw error;
    }
    await onAbort?.();
  }
}

/**
 * Throws trouble that is not of the passing kind. After an abort the caller hears his own reason, not the AbortError that
 * the SDK makes of it.
 */
export function throwUnlessPassing(trouble: unknown, signal: AbortSignal | undefined): void {
  signal?.throwIfAborted();
  if (!isTransientError(trouble)) throw trouble;
}

import { type Clock, DRIVEN, type DrivenClock } from "./clock.ts";

/** Measures a length of time on a clock, and sleeps on it. */
export interface Stopwatch {
  /** Milliseconds since it was made. It never runs backwards. */
  readonly elapsed: () => number;
  /** Sleeps for so many whole milliseconds; what the clock's own sleep rejects with comes out. */
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * Makes a stopwatch. On a wall clock of ours it does not count by the date, which an operator or a time server may set: a jump
 * neither ends a wait early nor stretches it. Any other clock is believed, but not when it goes back.
 *
 * What a sleep took counts at least as long as it was asked to be: fake timers may leave the steady source of time alone.
 */
export function stopwatch(clock: Clock): Stopwatch {
  const { [DRIVEN]: driver }: DrivenClock = clock;
  const now = () => driver?.steadyNow?.() ?? clock.now();
  let last = now();
  let elapsed = 0;
  const read = () => {
    const at = now();
    elapsed += Math.max(0, at - last);
    last = at;
    return elapsed;
  };
  return {
    elapsed: read,
    sleep: async (ms, signal) => {
      const slept = read() + ms;
      await clock.sleep(`${ms}ms`, signal);
      elapsed = Math.max(read(), slept);
    },
  };
}

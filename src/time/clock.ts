import { type Duration, toMs } from "./duration.ts";

/**
 * An instant: milliseconds since 1970-01-01T00:00:00Z, as `Date.now()` counts.
 *
 * @example
 * ```ts
 * const at: EpochMs = clock.now();
 * new Date(at).toISOString(); //=> "2024-01-01T00:00:00.000Z"
 * ```
 */
export type EpochMs = number;

/**
 * What tells the time and waits. Everything in this package that waits does it on a clock, so whoever owns the clock
 * owns the waiting.
 *
 * Any object of this shape will do. {@link systemClock} is the wall clock; `VirtualClock` of `ssm-run-command/fake` moves
 * when somebody sleeps on it.
 *
 * @example
 * ```ts
 * const started = clock.now();
 * await clock.sleep("90s", signal); // rejects with `signal.reason` when aborted
 * clock.now() - started; //=> 90000
 * ```
 */
export interface Clock {
  /** The present instant. */
  now(): EpochMs;
  /**
   * Resolves when `duration` has passed.
   *
   * @param duration - How long, with its unit.
   * @param signal - Ends the sleep early: it then rejects with `signal.reason`, unchanged.
   */
  sleep(duration: Duration, signal?: AbortSignal): Promise<void>;
}

/**
 * Where our own clocks keep what they can do beyond {@link Clock}. Registered by name, so that it is the same in every copy of
 * this package.
 */
export const DRIVEN: unique symbol = Symbol.for("driven-clock");

/**
 * What our own clocks can do beyond {@link Clock}: wake the service up, wait for work that is under way, and flow with
 * the wall clock. A clock without these still works; what is due then runs when the next call comes.
 */
export interface ClockDriver {
  /** Runs `wake` once, at `at` or as soon after as the clock can. Answers with what takes that back. */
  wakeAt(at: EpochMs, wake: () => void, label: () => string): () => void;
  /** Keeps virtual time from being moved until the function that comes back is called. */
  hold?(): () => void;
  /** Lets virtual time flow with the wall clock until the function that comes back is called. */
  flow?(): () => void;
}

/** A clock that may be one of ours. */
export interface DrivenClock extends Clock {
  readonly [DRIVEN]?: ClockDriver;
}

/** The longest delay that `setTimeout` takes; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The globals of time, read when they are called and not when this file is loaded, so that fake timers of a test runner
 * are heard. This is the only place in the package that touches them.
 */
export const realTime = {
  now: (): EpochMs => Date.now(),
  /** Calls back after `ms`; `background` timers do not keep the process alive. */
  after(ms: number, callback: () => void, { background = false } = {}): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (left: number) => {
      const step = Math.min(left, LONGEST_TIMER_MS);
      timer = setTimeout(() => (left > step ? arm(left - step) : callback()), step);
      // Browsers hand out numbers, which have no `unref`.
      if (background) (timer as { unref?: () => void }).unref?.();
    };
    arm(Math.max(0, Math.ceil(ms)));
    return () => clearTimeout(timer);
  },
  /** The next turn of the event loop. A message, because fake timers take `setTimeout` and `setImmediate` away. */
  nextTurn(): Promise<void> {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      const arrived = () => {
        port1.close();
        resolve();
      };
      port1.addEventListener("message", arrived, { once: true });
      port1.start();
      port2.postMessage(undefined);
    });
  },
};

/**
 * The wall clock. It calls `Date.now` and `setTimeout` at the moment it is asked, so fake timers of Vitest or Jest drive
 * it too.
 *
 * @example
 * ```ts
 * const runCommand = new RunCommandClient(new SSMClient({})); // waits on the systemClock by itself
 * ```
 */
export const systemClock: Clock = /* @__PURE__ */ wallClock(1, () => 0);

/**
 * A wall clock that runs `factor` times as fast: with `scaledClock(1000)` a wait of an hour takes 3.6 s. It begins at the
 * present time.
 *
 * @param factor - How many seconds pass in one real second; above zero.
 * @throws RangeError when `factor` is not a number above zero.
 *
 * @example
 * ```ts
 * const fake = new FakeSsm({ clock: scaledClock(60) });
 * await fake.clock.sleep("1s"); // a sixtieth of a real one
 * ```
 */
export function scaledClock(factor: number): Clock {
  if (!(factor > 0 && Number.isFinite(factor))) {
    throw new RangeError(
      `scaledClock was given ${factor}. Give it how many seconds are to pass in one real second, a number above zero.`,
    );
  }
  const origin = realTime.now();
  return wallClock(factor, () => origin);
}

function wallClock(factor: number, origin: () => EpochMs): DrivenClock {
  const now = () => Math.round(origin() + (realTime.now() - origin()) * factor);
  return {
    now,
    sleep: (duration, signal) =>
      new Promise((resolve, reject) => {
        const ms = toMs(duration, "sleep");
        if (signal?.aborted) return reject(signal.reason);
        const cancel = realTime.after(ms / factor, () => {
          signal?.removeEventListener("abort", abort);
          resolve();
        });
        const abort = () => {
          cancel();
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", abort, { once: true });
      }),
    [DRIVEN]: {
      wakeAt: (at, wake) => realTime.after((at - now()) / factor, wake, { background: true }),
    },
  };
}

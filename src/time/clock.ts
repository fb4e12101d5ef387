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
 * Tells the time and waits. Everything in this package that waits does so on a clock, so code that supplies the clock
 * decides how long a wait really takes.
 *
 * Any object of this shape will do. {@link systemClock} is the wall clock; the time of a `VirtualClock` of
 * `ssm-run-command/fake` moves when code sleeps on it.
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
 * The member under which our own clocks keep what they can do beyond {@link Clock}. The symbol is registered by name, so it
 * is the same in every copy of this package.
 */
export const DRIVEN: unique symbol = Symbol.for("driven-clock");

/**
 * What our own clocks can do beyond {@link Clock}: wake the service up, wait for work that is under way, and flow with the
 * wall clock. A clock without these works, too: what is due then runs at the next call.
 */
export interface ClockDriver {
  /** Runs `wake` once, at `at` or as soon after as the clock can. Returns a function that cancels it. */
  wakeAt(at: EpochMs, wake: () => void, label: () => string): () => void;
  /** Holds virtual time still until the returned function is called. */
  hold?(): () => void;
  /** Lets virtual time flow with the wall clock until the returned function is called. */
  flow?(): () => void;
}

/** A clock that may be one of ours. */
export interface DrivenClock extends Clock {
  readonly [DRIVEN]?: ClockDriver;
}

/** The longest delay that `setTimeout` takes; a timer with a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The globals of time. They are read at each call and not when this file is loaded, so that fake timers of a test runner
 * take effect. This is the only place in the package that touches them.
 */
export const realTime = {
  now: (): EpochMs => Date.now(),
  /** Calls back after `ms`; returns a function that cancels that. A `background` timer does not keep the process alive. */
  after(ms: number, callback: () => void, { background = false } = {}): () => void {
    let timer: ReturnType<typeof setTimeout>;
    const arm = (left: number) => {
      const step = Math.min(left, LONGEST_TIMER_MS);
      timer = setTimeout(() => (left > step ? arm(left - step) : callback()), step);
      // In browsers a timer is a number, which has no `unref`.
      if (background) (timer as { unref?: () => void }).unref?.();
    };
    arm(Math.max(0, Math.ceil(ms)));
    return () => clearTimeout(timer);
  },
  /** The next turn of the event loop, by a message, since fake timers replace `setTimeout` and `setImmediate`. */
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
 * The wall clock. It looks up `Date.now` and `setTimeout` at each call, so fake timers of Vitest or Jest drive it, too.
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

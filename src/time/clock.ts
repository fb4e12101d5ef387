import type { CodeUnderWay } from "./code-under-way.ts";
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
  /** What a clock can do whose time moves when code sleeps on it. */
  readonly virtual?: VirtualDriver;
  /** Milliseconds from any beginning, by a source that no change of the date reaches. @default the clock's own `now` */
  steadyNow?(): number;
}

/** What a virtual clock can do for code whose own timers run on it. */
export interface VirtualDriver {
  /**
   * Sleeps like {@link Clock.sleep}, and calls back: at its own instant, and with the event loop having a turn after it. It
   * outlives a reset, with what is left of its duration.
   *
   * @returns What cancels it.
   */
  timer(timer: OwnTimer): () => void;
  /** Lets time go on although work holds it, until the returned function is called: what holds it waits for a timer. */
  lift(): () => void;
  /** Holds time still like {@link ClockDriver.hold}, whatever is lifted. */
  holdFirmly(): () => void;
  /** Calls back before time skips to a later instant; work that the callback begins comes first. Returns its remover. */
  beforeSkip(callback: () => void): () => void;
  /** What fakes on this clock have asked code of the test to do. */
  readonly codeUnderWay: CodeUnderWay;
  /** Whether time skips at all while code sleeps on the clock. */
  skips(): boolean;
  /** How much code sleeps on the clock. */
  sleepers(): number;
  /** Whether work holds time still, or lets it flow with the wall clock. */
  state(): "held" | "flowing" | "free";
  /** Whether the clock itself has said on the console that nobody moves it on from the present instant. */
  hasWarned(): boolean;
}

/** A timer of code that has its own, on a virtual clock. */
export interface OwnTimer {
  readonly ms: number;
  readonly run: () => void;
  readonly label: () => string;
  /** Told instead of `run` when the clock has stopped: something reschedules itself without time moving on. */
  readonly fail: (reason: unknown) => void;
}

/** A clock that may be one of ours. */
export interface DrivenClock extends Clock {
  readonly [DRIVEN]?: ClockDriver | undefined;
}

/** The longest delay that `setTimeout` takes; a timer with a longer one would fire at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/**
 * The member under which a function that stands in for one of the realm's functions of time keeps the real one. The symbol
 * is registered by name, so it is the same in every copy of this package.
 */
export const REAL: unique symbol = Symbol.for("real-time");

/**
 * The member of the realm under which code that replaces its functions of time tells how to get around them. It is
 * registered by name, too.
 */
export const BUBBLES: unique symbol = Symbol.for("virtual-time-bubbles");

/** A fault of a fake that has struck a call: what it does, and the name and message of the error if it refuses the call. */
export interface FaultThatStruck {
  readonly fault: "refuse" | "delay" | "resetConnection" | "breakBody" | "loseAnswer";
  readonly name?: string | undefined;
  readonly message?: string | undefined;
}

/** What the realm knows of its bubbles: code whose own timers and `Date` are virtual. */
export interface Bubbles {
  /** Runs something as if it had been started outside of every bubble. */
  outside<T>(run: () => T): T;
  /** Takes note of a call of a fake: the code of the bubble goes on. */
  sawCall(): void;
  /** Runs a behavior: where it was started in a bubble, its own timers let time go on that it would hold still. */
  asBehavior<T>(run: () => T): T;
  /** The clock of the bubble that the asking code runs in. */
  clock(): Clock | undefined;
  /** What never settles, where the asking code runs in a bubble that is frozen. */
  frozen(): Promise<never> | undefined;
  /** Takes note that a fake answers: the code of the bubble goes on, too. */
  sawAnswer(): void;
  /** Takes note that a fault has struck a call. */
  sawFault(fault: FaultThatStruck): void;
}

/** Runs something as if it had been started outside of every bubble: its timers are real. */
export function outsideBubbles<T>(run: () => T): T {
  const bubbles = bubblesOfRealm();
  return bubbles === undefined ? run() : bubbles.outside(run);
}

/** Takes note that code has called a fake, for the bubble that it may be in. */
export function noteCallInBubble(): void {
  bubblesOfRealm()?.sawCall();
}

/** Runs a behavior that holds time still until it returns; in a bubble, its own timers let time go on. */
export function asBehavior<T>(run: () => T): T {
  const bubbles = bubblesOfRealm();
  return bubbles === undefined ? run() : bubbles.asBehavior(run);
}

/** The clock of the bubble that the asking code runs in, if it runs in one. */
export function clockOfBubble(): Clock | undefined {
  return bubblesOfRealm()?.clock();
}

/** Takes note that a fault has struck a call, for the bubble that its code may be in. */
export function noteFaultInBubble(fault: FaultThatStruck): void {
  bubblesOfRealm()?.sawFault?.(fault);
}

/** Takes note that a call is answered, for the bubble that its code may be in. */
export function noteAnswerInBubble(): void {
  bubblesOfRealm()?.sawAnswer?.();
}

/**
 * What never settles, where code is asking whose time is frozen: it was left behind, and gets no answer any more.
 * Undefined for all other code.
 */
export function frozenInBubble(): Promise<never> | undefined {
  return bubblesOfRealm()?.frozen?.();
}

function bubblesOfRealm():
  | (Omit<Bubbles, "frozen" | "sawAnswer" | "sawFault"> & Partial<Bubbles>)
  | undefined {
  // The symbol is ours, and nothing else is ever kept under it: at most, what an older copy of this package put there.
  return (globalThis as { [BUBBLES]?: Bubbles })[BUBBLES];
}

/** The functions of time as they were when this file was loaded. */
const LOADED = /* @__PURE__ */ functionsOfTime();

function functionsOfTime(): FunctionsOfTime {
  const { clock } = Date as { readonly clock?: { readonly _Date?: DateConstructor } };
  return {
    now: clock?._Date?.now ?? real(Date.now, "now"),
    setTimeout: real(setTimeout, "setTimeout"),
    clearTimeout: real(clearTimeout, "clearTimeout"),
  };
}

/**
 * The real function behind one that may stand in for it: in a bubble, or because a test runner had faked it before this file
 * was loaded. (Fake-timers, which Vitest, Jest and sinon have, keep the real ones in their clock.)
 */
export function real<F extends object>(standIn: F, name: string): F {
  const known = standIn as {
    readonly [REAL]?: F;
    readonly clock?: Readonly<Record<string, F | undefined>>;
  };
  return known[REAL] ?? known.clock?.[`_${name}`] ?? standIn;
}

/** How time is told and waited for: {@link realTime} or {@link globalTime}. */
interface FunctionsOfTime {
  now(): EpochMs;
  setTimeout(callback: () => void, ms: number): ReturnType<typeof setTimeout>;
  clearTimeout(timer: ReturnType<typeof setTimeout>): void;
}

/** Calls back after `ms`; returns a function that cancels that. A `background` timer does not keep the process alive. */
function after(
  time: FunctionsOfTime,
  { ms, callback, background }: { ms: number; callback: () => void; background: boolean },
): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const arm = (left: number) => {
    const step = Math.min(left, LONGEST_TIMER_MS);
    timer = time.setTimeout(() => (left > step ? arm(left - step) : callback()), step);
    // In browsers a timer is a number, which has no `unref`.
    if (background) (timer as { unref?: () => void }).unref?.();
  };
  arm(Math.max(0, Math.ceil(ms)));
  return () => time.clearTimeout(timer);
}

/**
 * Real time, whatever a test runner or a bubble has made of the globals: their functions were captured when this file was
 * loaded. For what has to go on while a test has its own idea of time: warnings, shells, servers.
 */
export const realTime = {
  now: (): EpochMs => LOADED.now(),
  /** Calls back after `ms`; returns a function that cancels that. A `background` timer does not keep the process alive. */
  after(ms: number, callback: () => void, { background = false } = {}): () => void {
    return outsideBubbles(() => after(LOADED, { ms, callback, background }));
  },
  /** Resolves after `ms`. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => void realTime.after(ms, resolve));
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
 * The globals of time. They are looked up at each call, so that fake timers of a test runner take effect, and those of a
 * bubble. This file is the only place in the package that touches them, bubbles apart.
 */
export const globalTime = {
  now: (): EpochMs => Date.now(),
  steadyNow: () => performance.now(),
  setTimeout: (callback: () => void, ms: number) => setTimeout(callback, ms),
  clearTimeout: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer),
  /** Calls back after `ms`; returns a function that cancels that. A `background` timer does not keep the process alive. */
  after(ms: number, callback: () => void, { background = false } = {}): () => void {
    return after(globalTime, { ms, callback, background });
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
  const origin = globalTime.now();
  return wallClock(factor, () => origin);
}

function wallClock(factor: number, origin: () => EpochMs): DrivenClock {
  const now = () => Math.round(origin() + (globalTime.now() - origin()) * factor);
  return {
    now,
    sleep: (duration, signal) =>
      new Promise((resolve, reject) => {
        const ms = toMs(duration, "sleep");
        if (signal?.aborted) return reject(signal.reason);
        const cancel = globalTime.after(ms / factor, () => {
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
      wakeAt: (at, wake) => globalTime.after((at - now()) / factor, wake, { background: true }),
      steadyNow: () => globalTime.steadyNow() * factor,
    },
  };
}

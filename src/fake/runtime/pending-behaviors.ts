import { inMessage } from "../../domain/in-message.ts";
import {
  asBehavior,
  DRIVEN,
  type DrivenClock,
  outsideBubbles,
  realTime,
} from "../../time/clock.ts";
import { ClockResetError } from "../../time/clock-reset-error.ts";
import type {
  AgentBehavior,
  BehaviorFunction,
  PluginRun,
  RealTimeBehavior,
} from "../agents/behavior.ts";
import { checkBehavior } from "../agents/check-behavior.ts";
import { isLeaf } from "../agents/choose-behavior.ts";
import type { PluginResult } from "../agents/plugin-result.ts";

/** What a behavior that is a function, or does real work, has done so far. */
export type Work =
  | { readonly type: "result"; readonly result: PluginResult }
  | {
      readonly type: "working";
      readonly abort: (reason: Error) => void;
      readonly whenSettled: (settle: (result: PluginResult) => void) => void;
    };

interface UnderWay {
  readonly holds: boolean;
  readonly isReal: boolean;
  readonly abort: (reason: Error) => void;
}

type CleanUp = () => void | Promise<void>;
type WorkingBehavior = BehaviorFunction | RealTimeBehavior;

/** Names and codes of errors that the SDK retries, wherever they are in a chain of causes. */
const RETRIED =
  /^(TimeoutError|RequestTimeout|InvalidSignature|ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ERR_HTTP2)/;

/**
 * What goes on outside of the engine: promises of behaviors, which hold virtual time still, and real work, during which
 * virtual time flows with the wall clock.
 */
export class PendingBehaviors {
  readonly #clock: DrivenClock;
  readonly #warnAfterMs: number;
  readonly #underWay = new Map<Promise<void>, UnderWay>();
  readonly #atEnd = new Set<CleanUp>();
  readonly #said = new Set<string>();
  /** Rejects when the fake is reset, for calls that wait for a behavior. */
  #reset = resettable();
  #failure: Error | undefined;
  #warned = false;

  /**
   * @param warnAfterMs - Real time in milliseconds that a behavior may hold virtual time still before there is a warning.
   */
  constructor(clock: DrivenClock, warnAfterMs: number) {
    this.#clock = clock;
    this.#warnAfterMs = warnAfterMs;
  }

  /**
   * Asks the behavior. If it throws, the next call of the test throws that error, so that no error gets lost, and its agent
   * is not heard of again.
   */
  begin(behavior: WorkingBehavior, describe: (signal: AbortSignal) => PluginRun): Work {
    const controller = new AbortController();
    const run = describe(controller.signal);
    const { instanceId } = run.node;
    const fail = (cause: unknown) => this.#fail(`The behavior of ${instanceId}`, cause);
    const isReal = typeof behavior !== "function";
    let returned: PluginResult | Promise<PluginResult>;
    // A function is code of the test, which may have woken other code of it. That code gets a turn before time moves on.
    if (!isReal) soon(this.#clock[DRIVEN]?.hold?.() ?? (() => {}));
    soon(this.#enter({ holdsTime: false }));
    try {
      // Work of real time has real timers; those of a function in a bubble let time go on.
      returned = isReal ? outsideBubbles(() => behavior.run(run)) : asBehavior(() => behavior(run));
      if (!isThenable(returned)) return { type: "result", result: checked(returned, instanceId) };
    } catch (error) {
      fail(error);
      return { type: "result", result: SILENT };
    }
    // A promise of this realm: in runners such as Jest, the behavior's promise may belong to another.
    const promised = Promise.resolve(returned);
    const abort = (reason: Error) => controller.abort(reason);
    return {
      type: "working",
      abort,
      whenSettled: (settle) => {
        const release = isReal ? this.#clock[DRIVEN]?.flow?.() : this.#clock[DRIVEN]?.hold?.();
        const holds = !isReal && release !== undefined;
        const leave = this.#enter({ holdsTime: holds });
        const stopWarning = holds ? this.#warnLater(instanceId) : undefined;
        // After a reset the result is dropped: ids begin again, and the next command may have the same id.
        const isHeard = () => this.#underWay.has(work);
        const work = promised
          .then((result) => {
            if (isHeard()) settle(checked(result, instanceId));
          })
          .catch((cause: unknown) => {
            if (!isHeard()) return;
            fail(cause);
            settle(SILENT);
          })
          .finally(() => {
            stopWarning?.();
            this.#underWay.delete(work);
            leave();
            release?.();
          });
        const end = (reason: Error) => {
          stopWarning?.();
          abort(reason);
        };
        this.#underWay.set(work, { holds, isReal, abort: end });
      },
    };
  }

  /**
   * Runs something that involves code of the test; an error that it throws is kept for the next call.
   *
   * @param whose - The beginning of the sentence `… threw: …`.
   */
  guard<T>(whose: string, work: () => T): T | undefined {
    const leave = this.#enter({ holdsTime: false });
    try {
      return work();
    } catch (error) {
      this.#fail(whose, error);
      return undefined;
    } finally {
      leave();
    }
  }

  /** The behaviors that hold time still, or undefined when there are none. */
  held(): Promise<unknown> | undefined {
    const held = [...this.#underWay].filter(([, { holds }]) => holds).map(([work]) => work);
    return held.length === 0 ? undefined : Promise.race([Promise.all(held), this.#reset.promise]);
  }

  /** Throws the first error that a behavior has thrown, once. */
  throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  /** Says something on the console, once. */
  say(sentence: string): void {
    if (this.#said.has(sentence) || this.#said.size > MOST_SAID) return;
    this.#said.add(sentence);
    // A behavior may say something new at every run.
    console.warn(this.#said.size > MOST_SAID ? "More is in the timeline of the fake." : sentence);
  }

  /** Keeps something to be done at the end. Returns a function that withdraws it. */
  atEnd(cleanUp: CleanUp): () => void {
    // One function may be kept several times.
    const kept = () => cleanUp();
    this.#atEnd.add(kept);
    return () => {
      this.#atEnd.delete(kept);
    };
  }

  /**
   * Aborts everything, and waits until real work has ended, but not for promises of behaviors, which may never settle.
   * Their results are dropped. Calls that wait for a behavior are rejected. Then it does what was kept for the end, all of
   * it, and throws what failed.
   */
  async end(): Promise<void> {
    const works = [...this.#underWay];
    this.#underWay.clear();
    for (const [, { abort }] of works) abort(new Error("The fake was reset."));
    this.#reset.reject(
      new ClockResetError("The fake was reset while a call waited for a behavior."),
    );
    this.#reset = resettable();
    await Promise.all(works.filter(([, { isReal }]) => isReal).map(([work]) => work));
    this.#failure = undefined;
    this.#warned = false;
    this.#said.clear();
    const stopWarning = this.#atEnd.size === 0 ? () => {} : this.#warnOfEnd();
    const errors: unknown[] = [];
    while (this.#atEnd.size > 0) {
      const cleanUps = [...this.#atEnd];
      this.#atEnd.clear();
      const cleaned = await Promise.allSettled(cleanUps.map(async (cleanUp) => cleanUp()));
      for (const each of cleaned) if (each.status === "rejected") errors.push(each.reason);
    }
    stopWarning();
    if (errors.length === 1) throw errors[0];
    if (errors.length > 1) {
      throw new AggregateError(
        errors,
        `${errors.length} things that behaviors kept for the end of the fake failed.`,
      );
    }
  }

  /** Takes note, for every fake on the clock, that code of the test is under way. Returns what ends that. */
  #enter(how: { readonly holdsTime: boolean }): () => void {
    return this.#clock[DRIVEN]?.virtual?.codeUnderWay.begin(how) ?? (() => {});
  }

  /** Keeps what code of the test threw, for its next call. */
  #fail(whose: string, cause: unknown): void {
    const said = cause instanceof Error ? cause.message : cause;
    const text = typeof said === "string" ? said : inMessage(said);
    const failure = new Error(`${whose} threw: ${text}`);
    // The SDK repeats a call whose error has such a cause, and the repeated call would no longer throw.
    if (!isRetriedBySdk(cause)) failure.cause = cause;
    else if (cause instanceof Error) failure.stack += `\nCaused by: ${cause.stack}`;
    this.#failure ??= failure;
  }

  /** How long nothing is said, in seconds. */
  #patience(): string {
    return (this.#warnAfterMs / 1_000).toFixed(1);
  }

  #warnOfEnd(): () => void {
    const warn = () => {
      console.warn(
        `What a behavior keeps for the end of the fake (whenFakeEnds) has not come to its end for ${this.#patience()} real seconds, and reset() waits for it.`,
      );
    };
    return realTime.after(this.#warnAfterMs, warn, { background: true });
  }

  /** Warns once, however many nodes wait. */
  #warnLater(instanceId: string): () => void {
    const warn = () => {
      if (this.#warned) return;
      this.#warned = true;
      console.warn(
        `The behavior of ${instanceId} has not returned for ${this.#patience()} real seconds, and virtual time stands still until it does. Return from it; if it waits for this fake or its clock, it waits for itself: return a result with \`after\`, or do not await. If it does real work, make it a behavior of type "inRealTime".`,
      );
    };
    return realTime.after(this.#warnAfterMs, warn, { background: true });
  }
}

/** Calls back when the present code has run: by a promise, since runners fake `queueMicrotask`. */
function soon(callback: () => void): void {
  void Promise.resolve().then(callback);
}

/** Whether the SDK takes an error for a fault of the network or the service, by the marks of the error or of its causes. */
function isRetriedBySdk(error: unknown): boolean {
  // The SDK reads members of a cause even if it is null, and throws.
  if (typeof error !== "object") return false;
  if (error === null || "$retryable" in error || "$metadata" in error) return true;
  const isMarked = (member: string) => RETRIED.test(String(Reflect.get(error, member)));
  return isMarked("name") || isMarked("code") || isRetriedBySdk(Reflect.get(error, "cause"));
}

/** The most sentences on the console until a reset (our decision). */
const MOST_SAID = 1_000;

/** The result of a behavior that threw. */
export const SILENT: PluginResult = { type: "neverReplies" };

function checked(result: PluginResult, instanceId: string): PluginResult {
  const given: unknown = result;
  if (given === undefined) {
    throw new TypeError(
      "it returned nothing. Let it return succeeds(), fails(), hangs() or the like.",
    );
  }
  const checkedResult = checkBehavior(result, instanceId);
  if (typeof checkedResult === "object" && isResult(checkedResult)) return checkedResult;
  throw new TypeError("it returned another behavior. Return plain data.");
}

function isResult(behavior: Exclude<AgentBehavior, BehaviorFunction>): behavior is PluginResult {
  return isLeaf(behavior) && behavior.type !== "inRealTime";
}

function isThenable(
  returned: PluginResult | Promise<PluginResult>,
): returned is Promise<PluginResult> {
  return (
    typeof returned === "object" &&
    returned !== null &&
    "then" in returned &&
    typeof returned.then === "function"
  );
}

function resettable() {
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<never>((_, rejected) => {
    reject = rejected;
  });
  // The rejection needs a handler even if no call waits when the fake is reset.
  promise.catch(() => {});
  return { promise, reject };
}

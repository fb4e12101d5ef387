import { type DrivenClock, realTime } from "../../time/clock.ts";
import type {
  AgentBehavior,
  BehaviorFunction,
  PluginResult,
  PluginRun,
  RealTimeBehavior,
} from "../agents/behavior.ts";
import { checkBehavior } from "../agents/check-behavior.ts";
import { isLeaf } from "../agents/choose-behavior.ts";

/** What a behavior that is a function, or does real work, has come to so far. */
export type Work =
  | { readonly type: "result"; readonly result: PluginResult }
  | { readonly type: "broken" }
  | {
      readonly type: "working";
      readonly abort: (reason: Error) => void;
      readonly whenSettled: (settle: (result: PluginResult) => void) => void;
    };

type WorkingBehavior = BehaviorFunction | RealTimeBehavior;

/** Real time that a behavior's promise may hold virtual time still before its author is told. */
const WARN_AFTER_MS = 1_000;

/**
 * What goes on outside of the engine: promises of behaviors, which hold virtual time still, and real work, during which it
 * flows with the wall clock.
 */
export class Works {
  readonly #clock: DrivenClock;
  readonly #underWay = new Map<Promise<void>, { holds: boolean; abort: (reason: Error) => void }>();
  #failure: Error | undefined;

  constructor(clock: DrivenClock) {
    this.#clock = clock;
  }

  /** Asks the behavior. Nothing that it throws gets lost: the next call of the test throws it. */
  begin(behavior: WorkingBehavior, describe: (signal: AbortSignal) => PluginRun): Work {
    const controller = new AbortController();
    const run = describe(controller.signal);
    const { instanceId } = run.node;
    const fail = (cause: unknown) => this.#fail(instanceId, cause);
    const isReal = typeof behavior !== "function";
    let answer: PluginResult | Promise<PluginResult>;
    // A function is code of the test, which may have woken somebody: he gets a turn before time moves on.
    if (!isReal) queueMicrotask(this.#clock.hold?.() ?? (() => {}));
    try {
      answer = isReal ? behavior.run(run) : behavior(run);
      if (!(answer instanceof Promise))
        return { type: "result", result: checked(answer, instanceId) };
    } catch (error) {
      fail(error);
      return { type: "broken" };
    }
    const promised = answer;
    const abort = (reason: Error) => controller.abort(reason);
    return {
      type: "working",
      abort,
      whenSettled: (settle) => {
        const release = isReal ? this.#clock.flow?.() : this.#clock.hold?.();
        const stopWarning = isReal ? undefined : warnLater(instanceId);
        const work = promised
          .then((result) => settle(checked(result, instanceId)))
          .catch(fail)
          .finally(() => {
            stopWarning?.();
            this.#underWay.delete(work);
            release?.();
          });
        this.#underWay.set(work, { holds: !isReal && release !== undefined, abort });
      },
    };
  }

  /** Does something that code of the test has a part in; what that throws is kept for the next call. */
  guard<T>(instanceId: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#fail(instanceId, error);
      return undefined;
    }
  }

  /** The behaviors that hold time still, or undefined when there are none. */
  held(): Promise<unknown> | undefined {
    const held = [...this.#underWay].filter(([, { holds }]) => holds).map(([work]) => work);
    return held.length === 0 ? undefined : Promise.all(held);
  }

  /** Throws what a behavior has thrown, once. */
  throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure;
  }

  /**
   * Aborts everything and waits until real work has ended; a promise that only holds time still may never settle. What they
   * answer then is not heard.
   */
  async end(): Promise<void> {
    const works = [...this.#underWay];
    this.#underWay.clear();
    for (const [, { abort }] of works) abort(new Error("The fake was reset."));
    await Promise.all(works.filter(([, { holds }]) => !holds).map(([work]) => work));
    this.#failure = undefined;
  }

  #fail(instanceId: string, cause: unknown): void {
    const said = cause instanceof Error ? cause.message : String(cause);
    this.#failure ??= new Error(`The behavior of ${instanceId} threw: ${said}`, { cause });
  }
}

function checked(result: PluginResult, instanceId: string): PluginResult {
  const checkedResult = checkBehavior(result, instanceId);
  if (typeof checkedResult === "object" && isResult(checkedResult)) return checkedResult;
  throw new TypeError("it answered with another behavior. Answer with plain data.");
}

function isResult(behavior: Exclude<AgentBehavior, BehaviorFunction>): behavior is PluginResult {
  return isLeaf(behavior) && behavior.type !== "inRealTime";
}

function warnLater(instanceId: string): () => void {
  return realTime.after(
    WARN_AFTER_MS,
    () =>
      console.warn(
        `The behavior of ${instanceId} has not answered for a real second, and virtual time stands still until it does. Return from it, or make it a behavior of type "inRealTime" if it does real work.`,
      ),
    { background: true },
  );
}

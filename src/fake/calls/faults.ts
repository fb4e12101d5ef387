import { checkOptions, type OptionTable } from "../../domain/options.ts";
import type { EpochMs } from "../../time/clock.ts";
import { type Duration, toMs } from "../../time/duration.ts";
import type { Random } from "../../time/random.ts";
import type { Refusal } from "../result.ts";
import {
  type AllMembers,
  checkWhen,
  dueBy,
  type FaultCounts,
  type FaultWhen,
  type FaultWindow,
  inWindow,
  WHEN_OPTIONS,
  WINDOW_OPTIONS,
} from "./fault-when.ts";
import { checkOperationName, type OperationName } from "./operation-name.ts";
import { checkRate, RateLimit } from "./rate-limit.ts";

/** What a fault does to a call. */
export type FaultEffect =
  | { readonly type: "refuse"; readonly name: string; readonly message?: string }
  | { readonly type: "delay"; readonly by: Duration }
  | { readonly type: "resetConnection" }
  | { readonly type: "breakBody" }
  | { readonly type: "loseAnswer"; readonly as: LostAs };

/** What the caller sees of an answer that is lost. */
type LostAs = "reset" | "timeout";

/** A call that a fault may strike. */
export interface CalledOperation {
  readonly operation: string;
  /** How the service refuses it if the caller may not make it. */
  readonly denial: () => Refusal;
}

/** A fault as it is ordered. */
interface OrderedFault {
  readonly label: string;
  readonly operation: OperationName | "*";
  /** What it does to the called operation. A fault for `"*"` learns the operation only from the call. */
  readonly effect: (called: CalledOperation) => FaultEffect;
}

interface Fault extends OrderedFault {
  /** Whether the fault has to do with calls at this instant. */
  readonly isOpen: (at: EpochMs) => boolean;
  readonly isDue: (counts: FaultCounts, at: EpochMs) => boolean;
  /** The calls that it lets pass, if it limits their rate. */
  readonly rate?: RateLimit;
  calls: number;
  strikes: number;
}

/**
 * Injected trouble, below the SDK, so that the SDK's real retries run. Each method takes an operation (`"*"` is all
 * operations of all services together) and when the fault strikes: `every`, `times` or `probability` say which calls, `from`
 * and `until` in which window of time, counted from now on the fake's clock, at the instant when the service looks at a call.
 * It returns a function that removes the fault.
 *
 * Adding a fault throws a TypeError for an operation that the fake does not answer, and a RangeError for a `when` that is
 * not valid.
 *
 * @example
 * ```ts
 * fake.faults.throttle("SendCommand", { times: 2 }); // the third attempt of the SDK gets through
 * fake.faults.slow("ListCommands", { every: 1, by: "2s" });
 * fake.faults.internalError("*", { from: "1m", until: "2m" }); // an outage of a minute
 * fake.faults.unused(); //=> ["throttle SendCommand", "slow ListCommands", "internalError *"]
 * // nothing was sent or listed
 * ```
 */
export interface FakeFaults {
  /** `ThrottlingException`, `Rate exceeded` [rec-2026-09-27-documents], which SDKs retry. */
  throttle(operation: OperationName | "*", when: FaultWhen): () => void;
  /** `InternalServerError`, HTTP status 500, which SDKs retry. */
  internalError(operation: OperationName | "*", when: FaultWhen): () => void;
  /** `ExpiredTokenException`, which SDKs do not retry. */
  expireToken(operation: OperationName | "*", when: FaultWhen): () => void;
  /**
   * `AccessDeniedException`, which names the user, the action, such as `logs:GetLogEvents`, and the resource: that of a
   * SendCommand is its document [report-denied-document]. SDKs do not retry it.
   */
  denyAccess(operation: OperationName | "*", when: FaultWhen): () => void;
  /** An answer that takes `by` longer, on the fake's clock. */
  slow(
    operation: OperationName | "*",
    when: FaultWhen & {
      /** How much longer. */
      readonly by: Duration;
    },
  ): () => void;
  /** A connection that breaks off (`ECONNRESET`) before the service has done anything, which SDKs retry. */
  resetConnection(operation: OperationName | "*", when: FaultWhen): () => void;
  /**
   * A limit on calls: those beyond `perSecond` are refused like {@link FakeFaults.throttle | throttled} ones, those within it
   * pass. The SDK's retries then get through by themselves, as on AWS.
   *
   * In any second of the fake's clock at most `perSecond` calls pass, counted at the instant when the service looks at them;
   * those that are refused do not count. What is no whole number is the largest whole number of calls in the time that they
   * take at this rate: 0.5 is one in two seconds. All operations share the rate of `"*"`. A call beyond a rate is refused for
   * that, whatever other faults are due.
   */
  limitRate(
    operation: OperationName | "*",
    limit: FaultWindow & {
      /** How many calls pass in any second, above zero. */
      readonly perSecond: number;
    },
  ): () => void;
  /** An answer whose body is cut in the middle, after the service has carried out the call. */
  breakBody(operation: OperationName | "*", when: FaultWhen): () => void;
  /**
   * An answer, or a refusal, that never arrives: the service has carried out the call, and its caller cannot know that. SDKs
   * retry it, so that a command may be sent twice.
   */
  loseAnswer(
    operation: OperationName | "*",
    when: FaultWhen & {
      /**
       * What the caller sees: a connection that breaks off (`ECONNRESET`), or a `TimeoutError` (`ETIMEDOUT`), which the SDK has
       * for a request that gets no answer. On a virtual clock that skips it comes 30 s later (our decision), or as soon as a
       * function begins that is a behavior; on other clocks, and inside of behaviors and handlers, it comes at once. Over HTTP
       * nothing comes: the connection stays open until the client gives up or the server closes.
       *
       * @default "reset"
       */
      readonly as?: LostAs | undefined;
    },
  ): () => void;
  /** The faults that have never struck, such as `"throttle SendCommand"`: assert that the list is empty. */
  unused(): readonly string[];
}

/** The faults of a fake, which strike the calls of all of its services in all of its regions. */
export class Faults implements FakeFaults {
  readonly #random: () => Random;
  readonly #now: () => EpochMs;
  #faults: Fault[] = [];

  /**
   * @param random - Returns the random numbers of faults, which a reset begins again.
   * @param now - The clock of the fake.
   */
  constructor(random: () => Random, now: () => EpochMs) {
    this.#random = random;
    this.#now = now;
  }

  throttle(operation: OperationName | "*", when: FaultWhen): () => void {
    return this.#refuse("throttle", {
      operation,
      when,
      refusal: THROTTLED,
    });
  }

  internalError(operation: OperationName | "*", when: FaultWhen): () => void {
    return this.#refuse("internalError", {
      operation,
      when,
      refusal: { name: "InternalServerError" },
    });
  }

  expireToken(operation: OperationName | "*", when: FaultWhen): () => void {
    return this.#refuse("expireToken", {
      operation,
      when,
      refusal: {
        name: "ExpiredTokenException",
        message: "The security token included in the request is expired",
      },
    });
  }

  denyAccess(operation: OperationName | "*", when: FaultWhen): () => void {
    return this.#add({
      label: "denyAccess",
      operation,
      when,
      effect: ({ denial }) => {
        const { name, message = "" } = denial();
        return { type: "refuse", name, message };
      },
    });
  }

  slow(operation: OperationName | "*", when: FaultWhen & { readonly by: Duration }): () => void {
    const { by } = checked({ label: "slow", operation, when }, SLOW_OPTIONS);
    toMs(by, "by of fake.faults.slow()");
    return this.#keepWhen({
      label: "slow",
      operation,
      when,
      effect: () => ({ type: "delay", by }),
    });
  }

  limitRate(
    operation: OperationName | "*",
    limit: FaultWindow & { readonly perSecond: number },
  ): () => void {
    const fault = { label: "limitRate", operation };
    checkNames(fault, { given: limit, table: LIMIT_OPTIONS });
    checkRate(limit, fault);
    const rate = new RateLimit(limit.perSecond);
    return this.#keep({
      ...fault,
      rate,
      effect: () => ({ type: "refuse", ...THROTTLED }),
      window: limit,
      isDue: (_, at) => rate.isReached(at),
    });
  }

  resetConnection(operation: OperationName | "*", when: FaultWhen): () => void {
    return this.#add({
      label: "resetConnection",
      operation,
      when,
      effect: () => ({ type: "resetConnection" }),
    });
  }

  breakBody(operation: OperationName | "*", when: FaultWhen): () => void {
    return this.#add({
      label: "breakBody",
      operation,
      when,
      effect: () => ({ type: "breakBody" }),
    });
  }

  loseAnswer(
    operation: OperationName | "*",
    when: FaultWhen & { readonly as?: LostAs | undefined },
  ): () => void {
    const { as = "reset" } = checked({ label: "loseAnswer", operation, when }, LOSE_OPTIONS);
    return this.#keepWhen({
      ...{ label: "loseAnswer", operation, when },
      effect: () => ({ type: "loseAnswer", as }),
    });
  }

  unused(): readonly string[] {
    return this.#faults
      .filter(({ strikes }) => strikes === 0)
      .map(({ label, operation }) => `${label} ${operation}`);
  }

  /**
   * What strikes this call, or undefined. Every fault for its operation counts the call, but only the first that is due
   * strikes, or before that one a limit on calls that is reached.
   */
  draw(called: CalledOperation): FaultEffect | undefined {
    const at = this.#now();
    const concerned = this.#faults.filter(
      ({ operation, isOpen }) =>
        (operation === called.operation || operation === "*") && isOpen(at),
    );
    const due = concerned.filter((fault) => {
      fault.calls++;
      return fault.isDue(fault, at);
    });
    const struck = due.find(({ rate }) => rate !== undefined) ?? due[0];
    if (struck !== undefined) struck.strikes++;
    const effect = struck?.effect(called);
    if (reachesService(effect)) for (const { rate } of concerned) rate?.pass(at);
    return effect;
  }

  clear(): void {
    this.#faults = [];
  }

  #refuse(
    label: string,
    { operation, when, refusal }: Ordered & { readonly refusal: Refusal },
  ): () => void {
    return this.#add({ label, operation, when, effect: () => ({ type: "refuse", ...refusal }) });
  }

  #add(fault: OrderedFault & Ordered): () => void {
    checked(fault, WHEN_OPTIONS);
    return this.#keepWhen(fault);
  }

  /** Adds a fault whose `when` has been checked. */
  #keepWhen({ when, ...fault }: OrderedFault & Ordered): () => void {
    const isDue = dueBy(when, () => this.#random()());
    return this.#keep({ ...fault, isDue, window: when });
  }

  /** Adds a fault that has been checked. */
  #keep({
    window,
    ...fault
  }: Omit<Fault, "isOpen" | "calls" | "strikes"> & { readonly window: FaultWindow }): () => void {
    const orderedAt = this.#now();
    const isIn = inWindow(window);
    const added: Fault = { ...fault, isOpen: (at) => isIn(orderedAt, at), calls: 0, strikes: 0 };
    this.#faults.push(added);
    return () => {
      this.#faults = this.#faults.filter((each) => each !== added);
    };
  }
}

const THROTTLED: Refusal = { name: "ThrottlingException", message: "Rate exceeded" };

/** Whether the service gets to see a call that a fault strikes, or that none does. */
function reachesService(effect: FaultEffect | undefined): boolean {
  return effect?.type !== "refuse" && effect?.type !== "resetConnection";
}

/** What every fault is ordered for. */
interface Ordered<When extends FaultWhen = FaultWhen> {
  readonly operation: OperationName | "*";
  readonly when: When;
}

/** When a slow answer comes, and how much longer it takes. */
export const SLOW_OPTIONS = { ...WHEN_OPTIONS, by: "any" } as const satisfies OptionTable<
  AllMembers<Parameters<FakeFaults["slow"]>[1]>
>;

/** When an answer is lost, and what its caller sees. */
export const LOSE_OPTIONS = {
  ...WHEN_OPTIONS,
  as: ["reset", "timeout"],
} as const satisfies OptionTable<AllMembers<Parameters<FakeFaults["loseAnswer"]>[1]>>;

/** A limit on calls, and its window. */
export const LIMIT_OPTIONS = { perSecond: "any", ...WINDOW_OPTIONS } as const satisfies OptionTable<
  Parameters<FakeFaults["limitRate"]>[1]
>;

/** Returns when a fault strikes. Refuses one that would never strike, or not as it was meant. */
function checked<When extends FaultWhen>(
  { when, ...fault }: Ordered<When> & Pick<OrderedFault, "label">,
  table: OptionTable<object>,
): When {
  checkNames(fault, { given: when, table });
  checkWhen(when, fault);
  return when;
}

/** Refuses an operation and options that do not exist. */
function checkNames(
  { label, operation }: Pick<OrderedFault, "label" | "operation">,
  { given, table }: { readonly given: unknown; readonly table: OptionTable<object> },
): void {
  checkOperationName(operation, `fake.faults.${label}`);
  checkOptions(given, table, `fake.faults.${label}()`);
}

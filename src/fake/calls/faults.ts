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
  inWindow,
  WHEN_OPTIONS,
} from "./fault-when.ts";
import { checkOperationName, type OperationName } from "./operation-name.ts";

/** What a fault does to a call. */
export type FaultEffect =
  | { readonly type: "refuse"; readonly name: string; readonly message?: string }
  | { readonly type: "delay"; readonly by: Duration }
  | { readonly type: "resetConnection" }
  | { readonly type: "breakBody" };

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
  readonly isDue: (counts: FaultCounts) => boolean;
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
  /** An answer whose body is cut in the middle, after the service has carried out the call. */
  breakBody(operation: OperationName | "*", when: FaultWhen): () => void;
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
      refusal: { name: "ThrottlingException", message: "Rate exceeded" },
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
    return this.#keep({ label: "slow", operation, when, effect: () => ({ type: "delay", by }) });
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

  unused(): readonly string[] {
    return this.#faults
      .filter(({ strikes }) => strikes === 0)
      .map(({ label, operation }) => `${label} ${operation}`);
  }

  /**
   * What strikes this call, or undefined. Every fault for its operation counts the call, but only the first that is due
   * strikes.
   */
  draw(called: CalledOperation): FaultEffect | undefined {
    const at = this.#now();
    const concerned = this.#faults.filter(
      ({ operation, isOpen }) =>
        (operation === called.operation || operation === "*") && isOpen(at),
    );
    let struck: Fault | undefined;
    for (const fault of concerned) {
      fault.calls++;
      if (fault.isDue(fault)) struck ??= fault;
    }
    if (struck !== undefined) struck.strikes++;
    return struck?.effect(called);
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
    return this.#keep(fault);
  }

  /** Adds a fault that has been checked. */
  #keep({ label, operation, effect, when }: OrderedFault & Ordered): () => void {
    const orderedAt = this.#now();
    const isIn = inWindow(when);
    const added: Fault = {
      ...{ label, operation, effect, calls: 0, strikes: 0 },
      isOpen: (at) => isIn(orderedAt, at),
      isDue: dueBy(when, () => this.#random()()),
    };
    this.#faults.push(added);
    return () => {
      this.#faults = this.#faults.filter((each) => each !== added);
    };
  }
}

/** What every fault is ordered for. */
interface Ordered<When extends FaultWhen = FaultWhen> {
  readonly operation: OperationName | "*";
  readonly when: When;
}

/** The same for slow answers, and how much longer they take. */
export const SLOW_OPTIONS = { ...WHEN_OPTIONS, by: "any" } as const satisfies OptionTable<
  AllMembers<Parameters<FakeFaults["slow"]>[1]>
>;

/** Returns when a fault strikes. Refuses one that would never strike, or not as it was meant. */
function checked<When extends FaultWhen>(
  { label, operation, when }: Ordered<When> & { readonly label: string },
  table: OptionTable<object>,
): When {
  checkOperationName(operation, `fake.faults.${label}`);
  checkOptions(when, table, `fake.faults.${label}()`);
  checkWhen(when, { label, operation });
  return when;
}

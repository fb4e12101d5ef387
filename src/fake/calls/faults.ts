import { checkOptions, type OptionTable } from "../../domain/options.ts";
import { type Duration, toMs } from "../../time/duration.ts";
import type { Random } from "../../time/random.ts";
import type { Refusal } from "../result.ts";
import { checkOperationName, type OperationName } from "./operation-name.ts";

/**
 * When a fault strikes: every N calls, the next N calls, or at random.
 *
 * @inline
 */
export type FaultWhen =
  | {
      /** Every N calls of the operation: 1 is every call, 3 the third, the sixth, and so on. */
      readonly every: number;
    }
  | {
      /** The next N calls of the operation, and then no more. */
      readonly times: number;
    }
  | {
      /** Any call, with this probability: 0 is never, 1 always. The fake's seed decides which calls. */
      readonly probability: number;
    };

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

interface Fault {
  readonly label: string;
  readonly operation: OperationName | "*";
  readonly when: FaultWhen;
  /** What it does to the called operation. A fault for `"*"` learns the operation only from the call. */
  readonly effect: (called: CalledOperation) => FaultEffect;
  calls: number;
  strikes: number;
}

/**
 * Injected trouble, below the SDK, so that the SDK's real retries run. Each method takes an operation (`"*"` is all
 * operations of all services together) and when the fault strikes, and returns a function that removes the fault.
 *
 * Adding a fault throws a TypeError for an operation that the fake does not answer, and a RangeError for a `when` that is
 * not valid.
 *
 * @example
 * ```ts
 * fake.faults.throttle("SendCommand", { times: 2 }); // the third attempt of the SDK gets through
 * fake.faults.slow("ListCommands", { every: 1, by: "2s" });
 * fake.faults.unused(); //=> ["throttle SendCommand", "slow ListCommands"]
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
  #faults: Fault[] = [];

  constructor(random: () => Random) {
    this.#random = random;
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
    const fault = { label: "slow", operation, when };
    checkFault(fault, SLOW_OPTIONS);
    toMs(when.by, "by of fake.faults.slow()");
    return this.#keep({ ...fault, effect: () => ({ type: "delay", by: when.by }) });
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
    const concerned = this.#faults.filter(
      ({ operation }) => operation === called.operation || operation === "*",
    );
    let struck: Fault | undefined;
    for (const fault of concerned) {
      fault.calls++;
      if (this.#strikes(fault)) struck ??= fault;
    }
    if (struck !== undefined) struck.strikes++;
    return struck?.effect(called);
  }

  clear(): void {
    this.#faults = [];
  }

  #strikes({ when, calls, strikes }: Fault): boolean {
    if ("every" in when) return calls % when.every === 0;
    if ("times" in when) return strikes < when.times;
    return this.#random()() < when.probability;
  }

  #refuse(
    label: string,
    { operation, when, refusal }: Pick<Fault, "operation" | "when"> & { readonly refusal: Refusal },
  ): () => void {
    return this.#add({ label, operation, when, effect: () => ({ type: "refuse", ...refusal }) });
  }

  #add(fault: Omit<Fault, "calls" | "strikes">): () => void {
    checkFault(fault, WHEN_OPTIONS);
    return this.#keep(fault);
  }

  /** Adds a fault that has been checked. */
  #keep(fault: Omit<Fault, "calls" | "strikes">): () => void {
    const stated = Object.entries(fault.when).filter(([, value]) => value !== undefined);
    // One of the three is left, as has been checked.
    const when = Object.fromEntries(stated) as FaultWhen;
    const added: Fault = { ...fault, when, calls: 0, strikes: 0 };
    this.#faults.push(added);
    return () => {
      this.#faults = this.#faults.filter((each) => each !== added);
    };
  }
}

/** Every member that one of a union's types has. */
type AllMembers<Union> = {
  readonly [Name in Union extends unknown ? keyof Union : never]: unknown;
};

/** When a fault strikes: one of these. */
export const WHEN_OPTIONS = {
  every: "any",
  times: "any",
  probability: "any",
} as const satisfies OptionTable<AllMembers<FaultWhen>>;

/** The same for slow answers, and how much longer they take. */
export const SLOW_OPTIONS = { ...WHEN_OPTIONS, by: "any" } as const satisfies OptionTable<
  AllMembers<Parameters<FakeFaults["slow"]>[1]>
>;

/** Refuses a fault that would never strike, or not as it was meant. */
function checkFault(
  { label, operation, when }: Pick<Fault, "label" | "operation" | "when">,
  table: OptionTable<object>,
): void {
  checkOperationName(operation, `fake.faults.${label}`);
  checkOptions(when, table, `fake.faults.${label}()`);
  checkWhen(when, `${label} ${operation}`);
}

/** The members of a `when`, of which it has one, and which values each takes. */
const WHEN: Readonly<Record<string, (value: number) => boolean>> = {
  every: (value) => Number.isInteger(value) && value > 0,
  times: (value) => Number.isInteger(value) && value > 0,
  probability: (value) => value >= 0 && value <= 1,
};

function checkWhen(when: FaultWhen, what: string): void {
  // JavaScript callers may leave it out, and the types allow two of the three at once.
  const given = Object.entries(when ?? {}).filter(
    ([name, value]) => Object.hasOwn(WHEN, name) && value !== undefined,
  );
  const [name = "", value = Number.NaN] = given[0] ?? [];
  if (given.length === 1 && WHEN[name]?.(value)) return;
  const said = given.map(([each, of]) => `${each}: ${String(of)}`).join(", ");
  throw new RangeError(
    `The fault "${what}" strikes ${said === "" ? "at no time" : `{ ${said} }`}. Say one of { every: N }, { times: N } with a whole number above zero, or { probability: P } from 0 to 1.`,
  );
}

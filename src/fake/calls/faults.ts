import { type Duration, toMs } from "../../time/duration.ts";
import type { Random } from "../../time/random.ts";

/**
 * When a fault strikes: every so many calls, the first so many, or by chance from the fake's seed.
 *
 * @example
 * ```ts
 * const often: FaultWhen = { every: 2 };
 * fake.faults.throttle("*", often);
 * (await deploy(ssm)).kind; //=> "succeeded"
 * // the SDK has tried every second call again
 * ```
 */
export type FaultWhen =
  | {
      /** Every so many calls of the operation: 1 is every call, 3 the third, the sixth, and so on. */
      readonly every: number;
    }
  | {
      /** The next so many calls of the operation, and then no more. */
      readonly times: number;
    }
  | {
      /** By chance: 0 never, 1 always. The chance is the fake's seed. */
      readonly probability: number;
    };

/** What a fault does to a call. */
export type FaultEffect =
  | { readonly type: "refuse"; readonly name: string; readonly message?: string }
  | { readonly type: "delay"; readonly by: Duration }
  | { readonly type: "resetConnection" }
  | { readonly type: "breakBody" };

interface Fault {
  readonly label: string;
  readonly operation: string;
  readonly when: FaultWhen;
  /** For the operation that is called, which `"*"` does not say. */
  readonly effect: (called: string) => FaultEffect;
  calls: number;
  strikes: number;
}

/**
 * Trouble on purpose, below the SDK: its real retries run over it. Each method says which operation (`"*"` is all) and
 * when, and answers with what takes the fault away again.
 *
 * @example
 * ```ts
 * fake.faults.throttle("SendCommand", { times: 2 }); // the third attempt of the SDK gets through
 * fake.faults.slow("ListCommands", { every: 1, by: "2s" });
 * fake.faults.unused(); //=> ["throttle SendCommand", "slow ListCommands"]
 * // nothing was sent or listed
 * ```
 */
export class FakeFaults {
  readonly #random: () => Random;
  #faults: Fault[] = [];

  /** @internal */
  constructor(random: () => Random) {
    this.#random = random;
  }

  /** `ThrottlingException`, `Rate exceeded` (recorded 2026-09), which SDKs retry. */
  throttle(operation: string, when: FaultWhen): () => void {
    return this.#add({
      label: "throttle",
      operation,
      when,
      effect: () => ({ type: "refuse", name: "ThrottlingException", message: "Rate exceeded" }),
    });
  }

  /** `InternalServerError`, HTTP status 500, which SDKs retry. */
  internalError(operation: string, when: FaultWhen): () => void {
    return this.#add({
      label: "internalError",
      operation,
      when,
      effect: () => ({ type: "refuse", name: "InternalServerError" }),
    });
  }

  /** `ExpiredTokenException`, which SDKs do not retry. */
  expireToken(operation: string, when: FaultWhen): () => void {
    return this.#add({
      label: "expireToken",
      operation,
      when,
      effect: () => ({
        type: "refuse",
        name: "ExpiredTokenException",
        message: "The security token included in the request is expired",
      }),
    });
  }

  /** `AccessDeniedException`, which SDKs do not retry. */
  denyAccess(operation: string, when: FaultWhen): () => void {
    return this.#add({
      label: "denyAccess",
      operation,
      when,
      effect: (called) => ({
        type: "refuse",
        name: "AccessDeniedException",
        message: `User is not authorized to perform: ssm:${called}`,
      }),
    });
  }

  /** An answer that takes `by` longer, on the fake's clock. */
  slow(operation: string, when: FaultWhen & { readonly by: Duration }): () => void {
    checkWhen(when, `slow ${operation}`);
    toMs(when.by, "by of a slow answer");
    return this.#add({
      label: "slow",
      operation,
      when,
      effect: () => ({ type: "delay", by: when.by }),
    });
  }

  /** A connection that breaks off (`ECONNRESET`) before the service has done anything. SDKs retry it. */
  resetConnection(operation: string, when: FaultWhen): () => void {
    return this.#add({
      label: "resetConnection",
      operation,
      when,
      effect: () => ({ type: "resetConnection" }),
    });
  }

  /** An answer whose body is cut in the middle, after the service has done what it was asked. */
  breakBody(operation: string, when: FaultWhen): () => void {
    return this.#add({
      label: "breakBody",
      operation,
      when,
      effect: () => ({ type: "breakBody" }),
    });
  }

  /** The faults that have never struck, such as `"throttle SendCommand"`: a test that expects trouble wants none. */
  unused(): readonly string[] {
    return this.#faults
      .filter(({ strikes }) => strikes === 0)
      .map(({ label, operation }) => `${label} ${operation}`);
  }

  /** @internal What strikes this call, or undefined. Every fault that the call concerns counts it. */
  draw(operation: string): FaultEffect | undefined {
    const concerned = this.#faults.filter(
      (fault) => fault.operation === operation || fault.operation === "*",
    );
    let struck: Fault | undefined;
    for (const fault of concerned) {
      fault.calls++;
      if (this.#strikes(fault)) struck ??= fault;
    }
    if (struck !== undefined) struck.strikes++;
    return struck?.effect(operation);
  }

  /** @internal */
  clear(): void {
    this.#faults = [];
  }

  #strikes({ when, calls, strikes }: Fault): boolean {
    if ("every" in when) return calls % when.every === 0;
    if ("times" in when) return strikes < when.times;
    return this.#random()() < when.probability;
  }

  #add(fault: Omit<Fault, "calls" | "strikes">): () => void {
    checkWhen(fault.when, `${fault.label} ${fault.operation}`);
    const added: Fault = { ...fault, calls: 0, strikes: 0 };
    this.#faults.push(added);
    return () => {
      this.#faults = this.#faults.filter((each) => each !== added);
    };
  }
}

/** What a `when` may say, one of them, and which values it takes. */
const WHEN: Readonly<Record<string, (value: number) => boolean>> = {
  every: (value) => Number.isInteger(value) && value > 0,
  times: (value) => Number.isInteger(value) && value > 0,
  probability: (value) => value >= 0 && value <= 1,
};

function checkWhen(when: FaultWhen, what: string): void {
  // JavaScript callers leave it out, and the types let two of the three stand together.
  const given = Object.entries(when ?? {}).filter(([name]) => Object.hasOwn(WHEN, name));
  const [name = "", value = Number.NaN] = given[0] ?? [];
  if (given.length === 1 && WHEN[name]?.(value)) return;
  const said = given.map(([each, of]) => `${each}: ${String(of)}`).join(", ");
  throw new RangeError(
    `The fault "${what}" strikes ${said === "" ? "at no time" : `{ ${said} }`}. Say one of { every: N }, { times: N } with a whole number above zero, or { probability: P } from 0 to 1.`,
  );
}

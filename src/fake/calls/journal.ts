import { checkOptions, type OptionTable } from "../../domain/options.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Refusal } from "../result.ts";
import { checkOperationName, type OperationName } from "./operation-name.ts";
import type { OperationInput } from "./operation-shapes.ts";

/**
 * A call that the fake answered, a call that it refused, or a fault that struck a call.
 *
 * @example
 * ```ts
 * fake.faults.throttle("SendCommand", { times: 1 });
 * await deploy(ssm); // the SDK tries again
 * const [first, second]: readonly JournalEntry[] = fake.journal.entries();
 * first; //=> { type: "fault", operation: "SendCommand", fault: "refuse", … }
 * second; //=> { type: "call", operation: "SendCommand", … }
 * ```
 */
export type JournalEntry<Operation extends OperationName = OperationName> =
  Operation extends OperationName
    ? JournaledCall<Operation> &
        (
          | {
              /** A call that was answered. */
              readonly type: "call";
            }
          | {
              /** A call that was refused. */
              readonly type: "refusal";
              /** The error's name on the wire. */
              readonly name: string;
              /** The error's message, if it has one. */
              readonly message?: string;
              /** What can be done about it, where the fake knows more than the service says. */
              readonly why?: string;
            }
          | {
              /** A fault that struck a call (`fake.faults`). */
              readonly type: "fault";
              /** What the fault did. */
              readonly fault: "refuse" | "delay" | "resetConnection" | "breakBody" | "loseAnswer";
              /** The error's name on the wire, if the fault refused the call. */
              readonly name?: string;
            }
        )
    : never;

/**
 * What every entry has.
 *
 * @inline
 */
type JournaledCall<Operation extends OperationName> = {
  /** When, on the fake's clock. */
  readonly at: EpochMs;
  /** The region that was asked: the fake's own, or another one over HTTP or through `sdkOnFake`. */
  readonly region: string;
  /** Which operation. One that the fake does not know stands here by its own name. */
  readonly operation: Operation;
  /** Its input, as it was given; the values of `Parameters` are hidden unless asked for. */
  readonly input: OperationInput<Operation>;
};

/**
 * What to show of the journal.
 *
 * @inline
 */
export type JournalOptions = {
  /** Whether the values of `Parameters`, which [api-ssm-model] marks as sensitive, are shown. @default false */
  showParameters?: boolean | undefined;
};

/** The options of `fake.journal.entries()`. */
export const JOURNAL_OPTIONS = {
  showParameters: "a boolean",
} as const satisfies OptionTable<JournalOptions>;

/** The most bytes that are kept, about: a server must not grow when it gets large requests (our decision). */
const MOST_BYTES = 32 * 1024 * 1024;

/** An entry as it is kept: of whatever operation was called. */
type LooseEntry = CallMade &
  (
    | { readonly type: "call" }
    | ({ readonly type: "refusal" } & Refusal)
    | { readonly type: "fault"; readonly fault: FaultKind; readonly name?: string }
  );

type FaultKind = Extract<JournalEntry, { readonly type: "fault" }>["fault"];

interface Kept {
  readonly entry: LooseEntry;
  readonly bytes: number;
}

/**
 * The latest calls that the fake got, and the faults that struck them: as many as its `journalSize` says, and fewer if
 * they would take more than 32 MiB.
 *
 * @example
 * ```ts
 * await deploy(fake);
 * fake.journal.entries().map(({ operation }) => operation); //=> ["SendCommand", "ListCommands", …]
 * ```
 */
export interface Journal {
  /** How many entries were dropped because newer ones came. */
  readonly dropped: number;
  /**
   * The entries that are kept, oldest first: all of them, or those about one operation.
   *
   * @param which - The name of an operation (`"*"` for all of them), or the options.
   * @param options - `showParameters`: whether the values of `Parameters` are shown.
   * @throws TypeError for an operation that the fake does not answer; the message suggests the nearest name.
   *
   * @example
   * ```ts
   * await deploy(fake);
   * fake.journal.entries("SendCommand").map(({ input }) => input.DocumentName); //=> ["AWS-RunShellScript"]
   * ```
   */
  entries<Operation extends OperationName = OperationName>(
    which?: Operation | "*" | JournalOptions,
    options?: JournalOptions,
  ): readonly JournalEntry<Operation>[];
}

/** A call that has happened, as the journal gets it. */
export interface CallMade {
  readonly at: EpochMs;
  readonly region: string;
  readonly operation: string;
  readonly input: unknown;
}

/** A call that was refused, for the timeline. */
export interface RefusedCall extends Refusal {
  readonly at: EpochMs;
  readonly operation: string;
}

/** The journal of a fake. Only the pipeline writes to it. */
export class CallJournal implements Journal {
  readonly #size: number;
  /** The entries that are kept, by their number counted from 0; the first key equals the number of dropped entries. */
  readonly #kept = new Map<number, Kept>();
  #bytes = 0;
  #dropped = 0;

  constructor(size: number) {
    if (!Number.isInteger(size) || size < 0) {
      throw new RangeError(
        `journalSize is ${size}. Give it how many entries to keep, a whole number.`,
      );
    }
    this.#size = size;
  }

  get dropped(): number {
    return this.#dropped;
  }

  entries<Operation extends OperationName = OperationName>(
    which?: Operation | "*" | JournalOptions,
    second?: JournalOptions,
  ): readonly JournalEntry<Operation>[] {
    const [named, options] = typeof which === "string" ? [which, second] : [undefined, which];
    if (named !== undefined) checkOperationName(named, "fake.journal.entries()");
    const wanted = named === "*" ? undefined : named;
    checkOptions(options, JOURNAL_OPTIONS, "fake.journal.entries()");
    const showParameters = options?.showParameters === true;
    const entries = [...this.#kept.values()]
      .filter(({ entry }) => wanted === undefined || entry.operation === wanted)
      // Copies, because the service keeps the inputs that it got.
      .map(({ entry }) => structuredClone(showParameters ? entry : withoutParameters(entry)));
    // Those that are left are of the operation that is wanted, or of any.
    return entries.map(typed) as unknown as readonly JournalEntry<Operation>[];
  }

  /** The entries without the values of `Parameters`, one by one and no copies: for those who only print them. */
  *each(): Generator<JournalEntry, void> {
    for (const { entry } of [...this.#kept.values()]) yield typed(withoutParameters(entry));
  }

  /** The calls that were refused, by the fake or by a fault, as entries; those that named this command, if one is given. */
  refusals({
    region,
    commandId,
  }: {
    readonly region: string;
    readonly commandId: string | undefined;
  }): readonly RefusedCall[] {
    return [...this.#kept.values()].flatMap(({ entry }): readonly RefusedCall[] => {
      if (entry.region !== region) return [];
      if (commandId !== undefined && !isAbout(entry.input, commandId)) return [];
      if (entry.type === "refusal") return [entry];
      return entry.type === "fault" && entry.name !== undefined
        ? [{ at: entry.at, operation: entry.operation, name: entry.name, why: "a fault" }]
        : [];
    });
  }

  /** Adds a call that was answered or refused. */
  record({ at, region, operation, input }: CallMade, refusal: Refusal | undefined): void {
    const entry = { at, region, operation, input };
    this.#push(
      refusal === undefined
        ? { type: "call", ...entry }
        : { type: "refusal", ...entry, ...refusal },
    );
  }

  recordFault(entry: CallMade & { readonly fault: FaultKind; readonly name?: string }): void {
    this.#push({ type: "fault", ...entry });
  }

  clear(): void {
    this.#kept.clear();
    this.#bytes = 0;
    this.#dropped = 0;
  }

  #push(entry: LooseEntry): void {
    const bytes = bytesIn(entry);
    this.#kept.set(this.#dropped + this.#kept.size, { entry, bytes });
    this.#bytes += bytes;
    while (this.#kept.size > this.#size || this.#bytes > MOST_BYTES) this.#dropOldest();
  }

  #dropOldest(): void {
    this.#bytes -= this.#kept.get(this.#dropped)?.bytes ?? 0;
    this.#kept.delete(this.#dropped++);
  }
}

/** What an object takes in memory beside its members, about; the same for a string. */
const OBJECT_BYTES = 56;

/** The bytes of a value in memory, about. The depth of inputs is bounded where they are read. */
function bytesIn(value: unknown): number {
  if (typeof value === "string") return 2 * value.length + 16;
  if (typeof value !== "object" || value === null) return 8;
  let bytes = OBJECT_BYTES;
  if (Array.isArray(value)) {
    for (const item of value) bytes += bytesIn(item);
    return bytes;
  }
  for (const name of Object.keys(value)) {
    bytes += 2 * name.length + 8 + bytesIn(Reflect.get(value, name));
  }
  return bytes;
}

function isAbout(input: unknown, commandId: string): boolean {
  return (
    typeof input === "object" &&
    input !== null &&
    "CommandId" in input &&
    input.CommandId === commandId
  );
}

/** An entry as users see it: named by its operation, whose input it has. */
function typed(entry: LooseEntry): JournalEntry {
  return entry as JournalEntry;
}

function withoutParameters(entry: LooseEntry): LooseEntry {
  return { ...entry, input: hidden(entry.input) };
}

function hidden(input: unknown): unknown {
  if (typeof input !== "object" || input === null) return input;
  // Written with a small letter they are no member, and secrets all the same.
  const names = Object.keys(input).filter((name) => name.toLowerCase() === "parameters");
  const members = names.map((name) => [name, hiddenValues(Reflect.get(input, name))] as const);
  return members.length === 0 ? input : { ...input, ...Object.fromEntries(members) };
}

function hiddenValues(parameters: unknown): unknown {
  if (parameters === null || parameters === undefined) return parameters;
  if (typeof parameters !== "object") return "(hidden)";
  return Object.fromEntries(Object.keys(parameters).map((name) => [name, ["(hidden)"]]));
}

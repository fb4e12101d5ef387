import type { EpochMs } from "../../time/clock.ts";
import type { Refusal } from "../result.ts";

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
export type JournalEntry =
  | {
      /** A call that was answered. */
      readonly type: "call";
      /** When, on the fake's clock. */
      readonly at: EpochMs;
      /** The region that was asked: the fake's own, or another one over HTTP. */
      readonly region: string;
      /** Which operation. */
      readonly operation: string;
      /** Its input; the values of `Parameters` are hidden unless asked for. */
      readonly input: unknown;
    }
  | {
      /** A call that was refused. */
      readonly type: "refusal";
      /** When, on the fake's clock. */
      readonly at: EpochMs;
      /** The region that was asked: the fake's own, or another one over HTTP. */
      readonly region: string;
      /** Which operation. */
      readonly operation: string;
      /** Its input; the values of `Parameters` are hidden unless asked for. */
      readonly input: unknown;
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
      /** When, on the fake's clock. */
      readonly at: EpochMs;
      /** The region that was asked: the fake's own, or another one over HTTP. */
      readonly region: string;
      /** Which operation. */
      readonly operation: string;
      /** Its input; the values of `Parameters` are hidden unless asked for. */
      readonly input: unknown;
      /** What the fault did. */
      readonly fault: "refuse" | "delay" | "resetConnection" | "breakBody";
      /** The error's name on the wire, if the fault refused the call. */
      readonly name?: string;
    };

/**
 * What to show of the journal.
 *
 * @inline
 */
export type JournalOptions = {
  /** Whether the values of `Parameters`, which [api-ssm-model] marks as sensitive, are shown. @default false */
  showParameters?: boolean;
};

/** The most characters of input that are kept: a server must not grow when it gets large requests (our decision). */
const MOST_CHARACTERS = 64_000_000;

interface Kept {
  readonly entry: JournalEntry;
  readonly characters: number;
}

/**
 * The latest calls that the fake got, and the faults that struck them: as many as its `journalSize` says, and fewer if
 * their inputs have more than 64 million characters in all.
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
   * The entries that are kept, oldest first.
   *
   * @param options - `showParameters`: whether the values of `Parameters` are shown.
   */
  entries(options?: JournalOptions): readonly JournalEntry[];
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
  #characters = 0;
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

  entries({ showParameters = false }: JournalOptions = {}): readonly JournalEntry[] {
    // Copies, because the service keeps the inputs that it got.
    const copies = structuredClone([...this.#kept.values()].map(({ entry }) => entry));
    return showParameters
      ? copies
      : copies.map((entry) => ({ ...entry, input: hidden(entry.input) }));
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

  recordFault(entry: Omit<Extract<JournalEntry, { type: "fault" }>, "type">): void {
    this.#push({ type: "fault", ...entry });
  }

  clear(): void {
    this.#kept.clear();
    this.#characters = 0;
    this.#dropped = 0;
  }

  #push(entry: JournalEntry): void {
    const characters = charactersIn(entry.input);
    this.#kept.set(this.#dropped + this.#kept.size, { entry, characters });
    this.#characters += characters;
    while (this.#kept.size > this.#size || this.#characters > MOST_CHARACTERS) this.#dropOldest();
  }

  #dropOldest(): void {
    this.#characters -= this.#kept.get(this.#dropped)?.characters ?? 0;
    this.#kept.delete(this.#dropped++);
  }
}

/**
 * The characters of a request, roughly: those of its strings and names, and a few for each other value. A loop and not a
 * recursion, so that any depth is safe.
 */
function charactersIn(input: unknown): number {
  const values = [input];
  let characters = 0;
  // An array that grows while it is walked is walked to its new end.
  for (const value of values) {
    characters += typeof value === "string" ? value.length : 8;
    if (typeof value !== "object" || value === null) continue;
    for (const [name, held] of Object.entries(value)) {
      characters += name.length;
      values.push(held);
    }
  }
  return characters;
}

function isAbout(input: unknown, commandId: string): boolean {
  return (
    typeof input === "object" &&
    input !== null &&
    "CommandId" in input &&
    input.CommandId === commandId
  );
}

function hidden(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("Parameters" in input)) return input;
  const { Parameters } = input;
  if (Parameters === null) return input;
  if (typeof Parameters !== "object") return { ...input, Parameters: "(hidden)" };
  const names = Object.keys(Parameters);
  return { ...input, Parameters: Object.fromEntries(names.map((name) => [name, ["(hidden)"]])) };
}

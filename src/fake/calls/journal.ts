import type { EpochMs } from "../../time/clock.ts";
import type { Refusal } from "../result.ts";

/**
 * A call that the fake got, one that it turned down, or a fault that struck one, in the order in which they came.
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
      /** What it was given; the values of `Parameters` are hidden unless asked for. */
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
      /** What it was given; the values of `Parameters` are hidden unless asked for. */
      readonly input: unknown;
      /** The error's name on the wire. */
      readonly name: string;
      /** The error's text, if it has one. */
      readonly message?: string;
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
      /** What it was given; the values of `Parameters` are hidden unless asked for. */
      readonly input: unknown;
      /** What the fault did. */
      readonly fault: "refuse" | "delay" | "resetConnection" | "breakBody";
      /** Of a fault that refused: the error's name on the wire. */
      readonly name?: string;
    };

/**
 * What to show of the journal.
 *
 * @inline
 */
export interface JournalOptions {
  /** Whether the values of `Parameters`, which AWS's model marks as sensitive, are shown. @default false */
  showParameters?: boolean;
}

/** The most of what was asked that is kept: a server that is asked large nonsense must not grow (our decision). */
const MOST_CHARACTERS = 64_000_000;

interface Kept {
  readonly entry: JournalEntry;
  readonly characters: number;
}

/**
 * What was asked of the fake, the latest entries of it: as many as the fake's `journalSize` says, and fewer when what was
 * asked has more than 64 million characters in all.
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

/** A call that has happened, as the journal is told. */
export interface CallMade {
  readonly at: EpochMs;
  readonly region: string;
  readonly operation: string;
  readonly input: unknown;
}

/** The journal of a fake, written to by the pipeline alone. */
export class CallJournal implements Journal {
  readonly #size: number;
  /** By their number, counted from 0: the first is the number of those that were dropped. */
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
    // Copies, because the service keeps what it was given.
    const copies = structuredClone([...this.#kept.values()].map(({ entry }) => entry));
    return showParameters
      ? copies
      : copies.map((entry) => ({ ...entry, input: hidden(entry.input) }));
  }

  /** Puts down a call that was answered, or refused. */
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

/** Characters of a request, roughly: of its texts and names, and a few for each value. A loop, whatever its depth. */
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

function hidden(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("Parameters" in input)) return input;
  const { Parameters } = input;
  if (Parameters === null) return input;
  if (typeof Parameters !== "object") return { ...input, Parameters: "(hidden)" };
  const names = Object.keys(Parameters);
  return { ...input, Parameters: Object.fromEntries(names.map((name) => [name, ["(hidden)"]])) };
}

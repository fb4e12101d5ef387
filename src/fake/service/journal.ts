import type { Refusal } from "../../domain/refusal.ts";
import type { EpochMs } from "../../time/clock.ts";

/** A call that the fake got, one that it turned down, or a fault that struck one, in the order in which they came. */
export type JournalEntry =
  | {
      /** A call that was answered. */
      readonly type: "call";
      /** When, on the fake's clock. */
      readonly at: EpochMs;
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
      /** Which operation. */
      readonly operation: string;
      /** What it was given; the values of `Parameters` are hidden unless asked for. */
      readonly input: unknown;
      /** What the fault did. */
      readonly fault: "refuse" | "delay" | "resetConnection" | "breakBody";
    };

/** What to show of the journal. */
export interface JournalOptions {
  /** Whether the values of `Parameters`, which AWS's model marks as sensitive, are shown. @default false */
  showParameters?: boolean;
}

/**
 * What was asked of the fake, the latest entries of it.
 *
 * @example
 * ```ts
 * await deploy(fake);
 * fake.journal.entries().map(({ operation }) => operation); //=> ["SendCommand", "ListCommands", …]
 * ```
 */
export class Journal {
  readonly #size: number;
  #entries: JournalEntry[] = [];
  #recorded = 0;

  /** @internal */
  constructor(size: number) {
    if (!Number.isInteger(size) || size < 0) {
      throw new RangeError(
        `journalSize is ${size}. Give it how many entries to keep, a whole number.`,
      );
    }
    this.#size = size;
  }

  /** How many entries were dropped because newer ones came. */
  get dropped(): number {
    return Math.max(0, this.#recorded - this.#size);
  }

  /** The entries that are kept, oldest first. */
  entries({ showParameters = false }: JournalOptions = {}): readonly JournalEntry[] {
    const kept = this.#entries.slice(Math.max(0, this.#entries.length - this.#size));
    // Copies, because the service keeps what it was given.
    const copies = structuredClone(kept);
    return showParameters
      ? copies
      : copies.map((entry) => ({ ...entry, input: hidden(entry.input) }));
  }

  /** @internal */
  record({
    at,
    operation,
    input,
    refusal,
  }: {
    readonly at: EpochMs;
    readonly operation: string;
    readonly input: unknown;
    readonly refusal: Refusal | undefined;
  }): void {
    const entry = { at, operation, input };
    this.#push(
      refusal === undefined
        ? { type: "call", ...entry }
        : { type: "refusal", ...entry, ...refusal },
    );
  }

  /** @internal */
  recordFault(entry: Omit<Extract<JournalEntry, { type: "fault" }>, "type">): void {
    this.#push({ type: "fault", ...entry });
  }

  /** @internal */
  clear(): void {
    this.#entries = [];
    this.#recorded = 0;
  }

  #push(entry: JournalEntry): void {
    this.#recorded++;
    this.#entries.push(entry);
    this.#trim();
  }

  /** Drops in bulk, so that a call costs the same however long the journal is. */
  #trim(): void {
    if (this.#entries.length < this.#size * 2 + 1_000) return;
    this.#entries = this.#entries.slice(this.#entries.length - this.#size);
  }
}

function hidden(input: unknown): unknown {
  if (typeof input !== "object" || input === null || !("Parameters" in input)) return input;
  const { Parameters } = input;
  if (typeof Parameters !== "object" || Parameters === null) return input;
  const names = Object.keys(Parameters);
  return { ...input, Parameters: Object.fromEntries(names.map((name) => [name, ["(hidden)"]])) };
}

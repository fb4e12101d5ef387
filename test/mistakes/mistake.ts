import type { FakeSsm } from "ssm-run-command/fake";

/** A mistake that a caller makes, as JavaScript lets him make it. */
export interface Mistake {
  /** The code, as he wrote it. */
  readonly code: string;
  readonly make: (at: Place) => unknown;
}

/** What there is where a mistake is made. */
export interface Place {
  readonly fake: FakeSsm;
  /** Its only node. */
  readonly instanceId: string;
}

/** Mistakes by their subject. */
export type Mistakes = Readonly<Record<string, readonly Mistake[]>>;

/** For what the types refuse: JavaScript has none. */
export const js = (value: unknown) => value as never;

export const ID = "i-0123456789abcdef0";

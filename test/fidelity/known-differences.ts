import type { Case } from "./case-format.ts";

/** A rule of the service that the fake does not follow yet, and the cases that need it. */
export interface KnownDifference {
  /** What is missing, as the end of a sentence about the case. */
  readonly reason: string;
  /** Whether a case needs it, by what it uses and never by its id. */
  readonly isNeededBy: (value: Case) => boolean;
}

/** All of them. When the fake follows the rule, the case fails until its row is removed. */
export const KNOWN_DIFFERENCES: readonly KnownDifference[] = [];

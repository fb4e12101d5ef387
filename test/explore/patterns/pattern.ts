import type { WorldArgument } from "../../../src/explore/world-argument.ts";

/** A way to run a script and wait for it: what it returns, or throws, says how it went. */
export type Way = (world: WorldArgument) => Promise<unknown>;

/** A way, as the page shows it. */
export interface Pattern {
  /** What the page calls it. */
  readonly title: string;
  /** What it does, in two sentences. */
  readonly says: string;
  readonly run: Way;
  /** The file that has it, in this folder. */
  readonly file: string;
  /** The world of the catalogue in which it is most instructive to see it fail. */
  readonly shownIn?: string;
}

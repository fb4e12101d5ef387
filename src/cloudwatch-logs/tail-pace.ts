import { fixedInterval } from "../client/waiting/poll-intervals.ts";
import type { Duration } from "../time/duration.ts";

/** What a look at the output came to. */
export interface Looked {
  /** Whether it found anything new. */
  readonly isFresh: boolean;
  /** How many pages it read. */
  readonly pages: number;
  /** The transient error that it ended with, if it did. */
  readonly trouble?: unknown;
}

/** From so many nodes on, calls are saved at the price of output that comes later. Our decision. */
const MANY = 100;
/** More nodes than these make no pause longer: output is not to wait for minutes. Our decision. */
export const MOST_THAT_COUNT = 500;

const FIRST_MS = 2_000;
const LONGEST_MS = 10_000;
const MS_PER_NODE = 15;
const MS_PER_NODE_OF_MANY = 25;
const LONGER_PER_NODE_OF_MANY = 40;
const END_LATER_PER_NODE = 30;

/**
 * The pauses between looks, one per call, in milliseconds: longer after looks that found nothing, and the more nodes there
 * are, since nobody reads five hundred nodes line by line. With many nodes, a look of several pages or one that failed counts
 * as several looks. Our decision.
 *
 * @throws RangeError and TypeError as {@link fixedInterval} does.
 */
export function tailPauses(
  pollEvery: Duration | undefined,
): (look: Looked, nodes: number) => number {
  if (pollEvery !== undefined) {
    const fixed = fixedInterval(pollEvery);
    return () => fixed;
  }
  let grown = 0;
  return ({ isFresh, pages, trouble }, nodes) => {
    const count = Math.min(nodes, MOST_THAT_COUNT);
    const isMany = count >= MANY;
    const longest = longestPause(nodes);
    const one = FIRST_MS + (isMany ? MS_PER_NODE_OF_MANY : MS_PER_NODE) * count;
    const least = isMany ? one * Math.max(1, pages) : one;
    const wanted = isFresh ? least : Math.max(least, grown);
    const interval = isMany && trouble !== undefined ? longest : Math.min(longest, wanted);
    grown = interval * 1.5;
    return interval;
  };
}

/** How often the end of a command with so many nodes is asked for; undefined: as every wait asks. */
export function endInterval(nodes: number): Duration | undefined {
  if (nodes < MANY) return undefined;
  return `${LONGEST_MS + END_LATER_PER_NODE * Math.min(nodes, MOST_THAT_COUNT)}ms`;
}

/** The longest pause between two looks, in milliseconds. */
function longestPause(nodes: number): number {
  const count = Math.min(nodes, MOST_THAT_COUNT);
  return LONGEST_MS + (count < MANY ? 0 : LONGER_PER_NODE_OF_MANY * count);
}

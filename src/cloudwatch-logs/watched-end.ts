import type { CommandOutcome } from "../client/outcomes/outcome.ts";
import type { FollowedCommand } from "./followed-command.ts";
import { endInterval } from "./tail-pace.ts";

/** How the wait for a command ended. */
export type End = { readonly outcome: CommandOutcome } | { readonly error: unknown };

/** The wait for the end of a command, beside the looks at its output. */
export interface WatchedEnd {
  /** How it ended; undefined while it is under way. */
  found(): End | undefined;
  /**
   * Polls more seldom from now on if there are many nodes: the wait that is under way gives way to one with another
   * interval.
   */
  expect(nodes: number): void;
  /** Resolves when nothing waits any more. */
  settled(): Promise<unknown>;
}

/** Begins to wait. `onEnd` is called when the wait has ended, in whichever way. */
export function watchedEnd(
  command: FollowedCommand,
  {
    signal,
    onEnd,
    isPaced,
  }: {
    readonly signal: AbortSignal;
    readonly onEnd: () => void;
    /** Whether the number of nodes decides how often to poll. */
    readonly isPaced: boolean;
  },
): WatchedEnd {
  let end: End | undefined;
  const waits: Promise<void>[] = [];
  let interval = isPaced ? endInterval(command.nodes) : undefined;
  let giveWay = begin();
  return {
    found: () => end,
    expect: (nodes) => {
      if (!isPaced || end !== undefined || interval !== undefined) return;
      interval = endInterval(nodes);
      if (interval === undefined) return;
      giveWay();
      giveWay = begin();
    },
    settled: () => Promise.all(waits),
  };

  function begin(): () => void {
    const giving = new AbortController();
    const either = AbortSignal.any([signal, giving.signal]);
    const waiting = command.wait({ signal: either, pollEvery: interval });
    const settle = (how: End) => {
      if (giving.signal.aborted) return;
      end = how;
      onEnd();
    };
    waits.push(
      waiting.then(
        (outcome) => settle({ outcome }),
        (error: unknown) => settle({ error }),
      ),
    );
    return () => giving.abort();
  }
}

import { type Duration, formatElapsed, toMs } from "../../time/duration.ts";
import { type NodeStanding, NodesUnavailableError } from "../errors/nodes-unavailable-error.ts";
import { nodeStanding } from "./node-standing.ts";
import { pollIntervals } from "./poll-intervals.ts";
import { isTransientError } from "./transient-error.ts";
import type { Waiter } from "./wait-for-terminal.ts";

/**
 * How nodes are waited for.
 *
 * @example
 * ```ts
 * const signal = AbortSignal.abort("the deploy was called off");
 * const waiting = runCommand.waitUntilManaged([instanceId], { timeout: "30m", signal });
 * await waiting.catch((reason: unknown) => reason); //=> "the deploy was called off"
 * ```
 */
export interface ManagedOptions {
  /** How long to wait for all of them before {@link NodesUnavailableError}. @default "10m" */
  readonly timeout?: Duration;
  /** Ends the waiting with its reason, unchanged. */
  readonly signal?: AbortSignal;
}

/** Waits until nodes can take commands. The rules are those of `RunCommandClient.waitUntilManaged`. */
export async function waitUntilManaged(
  { api, clock, random }: Waiter,
  { instanceIds, timeout = "10m", signal }: ManagedOptions & { instanceIds: readonly string[] },
): Promise<void> {
  const started = clock.now();
  const deadline = started + toMs(timeout, "timeout");
  const nextInterval = pollIntervals({ random });
  const options = signal && { abortSignal: signal };
  let standing: NodeStanding = { unknown: instanceIds, offline: [], online: [] };
  for (;;) {
    signal?.throwIfAborted();
    let cause: unknown;
    try {
      standing = await nodeStanding(api, { instanceIds, options });
      if (standing.unknown.length + standing.offline.length === 0) return;
    } catch (error) {
      // The caller hears his own reason, not the AbortError that the SDK makes of it.
      signal?.throwIfAborted();
      if (!isTransientError(error)) throw error;
      cause = error;
    }
    const left = deadline - clock.now();
    if (left <= 0) {
      const what = `Not every node could take commands after ${formatElapsed(clock.now() - started)}.`;
      throw new NodesUnavailableError(what, { standing, cause });
    }
    await clock.sleep(`${Math.ceil(Math.min(nextInterval(), left))}ms`, signal);
  }
}

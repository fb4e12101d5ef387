import { checkOptions, type OptionTable } from "../../domain/options.ts";
import { type Duration, formatElapsed, toMs } from "../../time/duration.ts";
import { stopwatch } from "../../time/stopwatch.ts";
import { type NodeStanding, NodesUnavailableError } from "../errors/nodes-unavailable-error.ts";
import { checkIds } from "../requests/check-ids.ts";
import { nodeStanding } from "./node-standing.ts";
import { pollIntervals } from "./poll-intervals.ts";
import { patience, type Waiter } from "./polling.ts";

/**
 * Options of {@link RunCommandClient.waitUntilManaged}.
 *
 * @inline
 */
export type ManagedOptions = {
  /** How long to wait for all nodes before {@link NodesUnavailableError}. @default "10m" */
  readonly timeout?: Duration | undefined;
  /** Ends the wait, which rejects with `signal.reason`, unchanged. */
  readonly signal?: AbortSignal | undefined;
};

/** The options of `waitUntilManaged()`. */
export const MANAGED_OPTIONS = {
  timeout: "any",
  signal: "an AbortSignal",
} as const satisfies OptionTable<ManagedOptions>;

/** Waits until nodes can take commands. The rules are those of `RunCommandClient.waitUntilManaged`. */
export async function waitUntilManaged(
  { api, clock, random }: Waiter,
  {
    instanceIds,
    options = {},
  }: { readonly instanceIds: readonly string[]; readonly options: ManagedOptions | undefined },
): Promise<void> {
  checkOptions(options, MANAGED_OPTIONS, "waitUntilManaged()");
  checkIds(instanceIds, "waitUntilManaged()");
  const { timeout = "10m", signal } = options;
  const watch = stopwatch(clock);
  const deadline = toMs(timeout, "timeout");
  const nextInterval = pollIntervals({ random });
  let standing: NodeStanding = { unknown: instanceIds, offline: [], online: [] };
  const timeIsUp = (cause?: unknown) =>
    new NodesUnavailableError(
      `Not every node could take commands after ${formatElapsed(watch.elapsed())}.`,
      { standing, cause },
    );
  const patient = patience({
    watch,
    signal,
    deadline: () => deadline,
    giveUp: async (cause) => timeIsUp(cause),
  });
  const isManaged = await patient.until(async (options) => {
    standing = await nodeStanding(api, { instanceIds, options });
    return standing.online.length === instanceIds.length || undefined;
  }, nextInterval);
  if (!isManaged) throw timeIsUp();
}

import { EXECUTION_TIMEOUT_SECONDS } from "../../domain/limits.ts";
import { type CountedTimeout, countedExecutionSeconds } from "../../domain/timeouts.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Settings } from "./settings.ts";

/**
 * When a command expires: `RequestedDateTime + TimeoutSeconds + ` the execution time-outs of its steps, with the
 * milliseconds of the request.
 *
 * From [rec-2026-09-27-expiry]: literals count as they stand and are summed (5 and 7 are 12); a parameter counts only when
 * the request supplies it, its default does not (3600 instead); the agent's minimum of 5 is not applied. A document none of
 * whose steps has a time-out counts 3600 once ([rec-2020-list-commands], one step; question 25 of docs/settings.md). Beside
 * steps that state one, those without add nothing (our decision). All of it: [rules-expiry].
 */
export function expiresAfter(
  requestedAt: EpochMs,
  {
    timeoutSeconds,
    timeouts,
    settings,
  }: {
    readonly timeoutSeconds: number;
    readonly timeouts: readonly CountedTimeout[];
    readonly settings: Pick<Settings, "untimedDocument">;
  },
): EpochMs {
  return requestedAt + (timeoutSeconds + executionSeconds(timeouts, settings)) * 1_000;
}

function executionSeconds(
  timeouts: readonly CountedTimeout[],
  { untimedDocument }: Pick<Settings, "untimedDocument">,
): number {
  const timed = timeouts.filter(({ type }) => type !== "none");
  if (timed.length === 0) {
    const times = untimedDocument === "perStep" ? Math.max(1, timeouts.length) : 1;
    return EXECUTION_TIMEOUT_SECONDS.byDefault * times;
  }
  return timed.reduce(
    (sum, timeout) =>
      sum + countedExecutionSeconds(timeout.type === "stated" ? timeout.value : undefined),
    0,
  );
}

import { EXECUTION_TIMEOUT_SECONDS } from "./limits.ts";

/** A step's time-out as the *service* counts it: stated, left out by the request, or not in the document at all. */
export type CountedTimeout =
  | { readonly type: "stated"; readonly value: string | number }
  | { readonly type: "omitted" }
  | { readonly type: "none" };

/**
 * The seconds of an execution time-out as the *service* counts them into `ExpiresAfter`: the number that was supplied, or
 * 3600 if it is missing or not a number above zero. The agent's minimum of 5 s is not applied (2 counts 2
 * [rec-2026-09-27-expiry]).
 */
export function countedExecutionSeconds(supplied: string | number | undefined): number {
  const seconds = Number(supplied);
  return seconds > 0 && Number.isFinite(seconds)
    ? Math.floor(seconds)
    : EXECUTION_TIMEOUT_SECONDS.byDefault;
}

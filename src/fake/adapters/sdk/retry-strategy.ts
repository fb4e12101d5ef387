import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from "@smithy/types";
import type { Clock } from "../../../time/clock.ts";

/** Attempts in all if the caller gives no `maxAttempts`: the SDK's own default. */
const MAX_ATTEMPTS = 3;
/** The delays of the SDK's standard mode: doubling from these, with full jitter, up to the longest. */
const BASE_MS = { THROTTLING: 500, other: 100 } as const;
const LONGEST_MS = 20_000;

/**
 * The SDK's retries with their delays on the fake's clock, so that they take no real time on a virtual one. The SDK's own
 * loop runs; this decides only how long and how often.
 */
export function retryOnClock({
  clock,
  random,
  maxAttempts = MAX_ATTEMPTS,
}: {
  readonly clock: Clock;
  readonly random: () => number;
  readonly maxAttempts?: number | (() => Promise<number>) | undefined;
}): RetryStrategyV2 {
  const attempts = async () => (typeof maxAttempts === "function" ? maxAttempts() : maxAttempts);
  return {
    acquireInitialRetryToken: async () => tokenOf(0),
    refreshRetryTokenForRetry: async (token, error) => {
      const retry = token.getRetryCount() + 1;
      if (error.errorType === "CLIENT_ERROR" || retry >= (await attempts())) {
        throw new Error("No attempt is left.");
      }
      await clock.sleep(`${Math.round(delayMs(error, { retry, random: random() }))}ms`);
      return tokenOf(retry);
    },
    recordSuccess: () => {},
  };
}

function tokenOf(count: number): RetryToken {
  return { getRetryCount: () => count, getRetryDelay: () => 0 };
}

function delayMs(
  { errorType, retryAfterHint }: RetryErrorInfo,
  { retry, random }: { readonly retry: number; readonly random: number },
): number {
  const base = errorType === "THROTTLING" ? BASE_MS.THROTTLING : BASE_MS.other;
  const backOff = Math.min(LONGEST_MS, random * base * 2 ** (retry - 1));
  // The hint is an instant of real time, which cannot be compared with a virtual clock, so it counts as the longest delay.
  return retryAfterHint === undefined ? backOff : LONGEST_MS;
}

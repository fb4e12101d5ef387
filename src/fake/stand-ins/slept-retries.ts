import type { RetryStrategyV2, RetryToken } from "@smithy/types";
import type { Clock } from "../../time/clock.ts";

/** A token of the caller's strategy, for the SDK's loop: what it says of delays has passed already. */
interface SleptToken extends RetryToken {
  readonly of: RetryToken;
}

/**
 * The caller's retry strategy, whose delays pass on the fake's clock, whether its tokens name them or it sleeps them itself,
 * as the SDK's own strategies do from 2026 on. One that limits the rate by itself, on the wall clock, is left out, and so is
 * what is none.
 */
export function sleptRetries(given: unknown, clock: Clock): RetryStrategyV2 | undefined {
  if (!isRetryStrategy(given) || "rateLimiter" in given) return undefined;
  const { strategy, takeDelay } = withoutSleep(given);
  const slept = async (token: RetryToken): Promise<SleptToken> => {
    const ms = Math.round(Math.max(token.getRetryDelay(), takeDelay()));
    if (ms > 0) await clock.sleep(`${ms}ms`);
    return { getRetryCount: () => token.getRetryCount(), getRetryDelay: () => 0, of: token };
  };
  // The loop hands back only tokens that it got here.
  const own = (token: RetryToken) => (token as SleptToken).of;
  return {
    acquireInitialRetryToken: async (scope) => {
      const of = await strategy.acquireInitialRetryToken(scope);
      // Before the first attempt nobody waits, whatever its token says.
      return { getRetryCount: () => of.getRetryCount(), getRetryDelay: () => 0, of };
    },
    refreshRetryTokenForRetry: async (token, error) =>
      slept(await strategy.refreshRetryTokenForRetry(own(token), error)),
    recordSuccess: (token) => strategy.recordSuccess(own(token)),
  };
}

/** The same strategy, except that it asks for no delay and tells which one it would have taken. */
function withoutSleep(given: RetryStrategyV2): {
  readonly strategy: RetryStrategyV2;
  readonly takeDelay: () => number;
} {
  let waiting = 0;
  const takeDelay = () => {
    const delay = waiting;
    waiting = 0;
    return delay;
  };
  const backoff: unknown = Reflect.get(given, "retryBackoffStrategy");
  if (typeof backoff !== "object" || backoff === null) return { strategy: given, takeDelay };
  const compute: unknown = Reflect.get(backoff, "computeNextBackoffDelay");
  if (typeof compute !== "function") return { strategy: given, takeDelay };
  const quick: object = Object.create(backoff, {
    computeNextBackoffDelay: {
      value: (attempt: number) => {
        waiting = Number(Reflect.apply(compute, quick, [attempt]));
        return 0;
      },
    },
  });
  // It inherits all else, and what it keeps of its budget is this client's own.
  const strategy: RetryStrategyV2 = Object.create(given, {
    retryBackoffStrategy: { value: quick, writable: true },
  });
  return { strategy, takeDelay };
}

function isRetryStrategy(given: unknown): given is RetryStrategyV2 {
  if (typeof given !== "object" || given === null) return false;
  const methods = ["acquireInitialRetryToken", "refreshRetryTokenForRetry", "recordSuccess"];
  return methods.every((method) => typeof Reflect.get(given, method) === "function");
}

import type { RetryErrorType } from "@smithy/types";
import { describe, expect, it } from "vitest";
import { retryOnClock } from "../../../../src/fake/adapters/sdk/retry-strategy.ts";
import { ManualClock } from "../../../support/manual-clock.ts";

/** The delays between the attempts of a call that always fails with this error. */
async function sleepsOf(
  errorType: RetryErrorType,
  {
    maxAttempts,
    random = () => 1,
    retryAfterHint,
  }: {
    maxAttempts?: number | (() => Promise<number>);
    random?: () => number;
    retryAfterHint?: Date;
  } = {},
): Promise<readonly number[]> {
  const clock = new ManualClock();
  const strategy = retryOnClock({ clock, random, maxAttempts });
  const error = { errorType, ...(retryAfterHint === undefined ? {} : { retryAfterHint }) };
  let token = await strategy.acquireInitialRetryToken("scope");
  try {
    for (;;) token = await strategy.refreshRetryTokenForRetry(token, error);
  } catch {
    return clock.sleeps;
  }
}

describe("the delays between attempts", () => {
  it("are the SDK's own for throttling: half a second, doubled", async () => {
    expect(await sleepsOf("THROTTLING", { maxAttempts: 4 })).toEqual([500, 1_000, 2_000]);
  });

  it.each(["TRANSIENT", "SERVER_ERROR"] as const)(
    "are the SDK's own for %s: a tenth of a second, doubled",
    async (errorType) => {
      expect(await sleepsOf(errorType, { maxAttempts: 4 })).toEqual([100, 200, 400]);
    },
  );

  it("grow to twenty seconds", async () => {
    const sleeps = await sleepsOf("THROTTLING", { maxAttempts: 9 });
    expect(sleeps.slice(-3)).toEqual([16_000, 20_000, 20_000]);
  });

  it("are drawn from nothing up to that", async () => {
    expect(await sleepsOf("THROTTLING", { random: () => 0.5 })).toEqual([250, 500]);
  });

  it("are the longest where the service names an instant, which a virtual clock cannot know", async () => {
    expect(await sleepsOf("THROTTLING", { retryAfterHint: new Date(0) })).toEqual([20_000, 20_000]);
  });
});

describe("the number of attempts", () => {
  it("is three unless said otherwise", async () => {
    expect(await sleepsOf("THROTTLING")).toHaveLength(2);
  });

  it("is what maxAttempts says", async () => {
    expect(await sleepsOf("THROTTLING", { maxAttempts: 5 })).toHaveLength(4);
  });

  it("is what a maxAttempts that is a function says", async () => {
    expect(await sleepsOf("THROTTLING", { maxAttempts: async () => 2 })).toHaveLength(1);
  });

  it("is one for what the client did wrong", async () => {
    expect(await sleepsOf("CLIENT_ERROR")).toEqual([]);
  });

  it("is counted in the token", async () => {
    const strategy = retryOnClock({ clock: new ManualClock(), random: () => 0 });
    const first = await strategy.acquireInitialRetryToken("scope");
    const second = await strategy.refreshRetryTokenForRetry(first, { errorType: "THROTTLING" });
    expect([first.getRetryCount(), second.getRetryCount()]).toEqual([0, 1]);
  });
});

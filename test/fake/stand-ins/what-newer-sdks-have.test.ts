import * as ssm from "@aws-sdk/client-ssm";
import {
  AdaptiveRetryStrategy,
  ConfiguredRetryStrategy,
  StandardRetryStrategy,
} from "@smithy/core/retry";
import { FakeSsm, sdkOnFake } from "ssm-run-command/fake";
import { beforeEach, describe, expect, it } from "vitest";

let fake = new FakeSsm();
const sdk = sdkOnFake(ssm, () => fake);

beforeEach(() => {
  fake = new FakeSsm();
});

// Apart from the rest, which also runs on SDKs that lack them.
describe("a stand-in for a newer SDK", () => {
  it.each([
    ["whose strategy sleeps by itself", () => new StandardRetryStrategy(async () => 4)],
    ["whose delays are computed", () => new ConfiguredRetryStrategy(4, () => 3_600_000)],
  ])("takes no real time for the retries of a client %s", async (_what, strategy) => {
    fake.faults.throttle("ListCommands", { times: 3 });
    const [virtual, real] = [fake.clock.now(), performance.now()];
    await new sdk.SSM({ retryStrategy: strategy() as never }).listCommands({});
    expect(fake.journal.entries()).toHaveLength(4);
    expect(performance.now() - real).toBeLessThan(500);
    expect(fake.clock.now() - virtual).toBeGreaterThan(400);
  });

  it("takes the fake's own retries in place of those that limit the rate on the wall clock", async () => {
    fake.faults.throttle("ListCommands", { times: 2 });
    const real = performance.now();
    const retryStrategy = new AdaptiveRetryStrategy(async () => 3);
    await new sdk.SSM({ retryStrategy: retryStrategy as never }).listCommands({});
    expect(performance.now() - real).toBeLessThan(500);
  });

  it("runs the runtime extensions of the caller", () => {
    const seen: object[] = [];
    const extensions = [{ configure: (extension: object) => seen.push(extension) }] as never;
    new sdk.SSMClient({ extensions });
    expect(seen).toHaveLength(1);
  });
});

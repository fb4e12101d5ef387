import assert from "node:assert/strict";
import type { InvalidInstanceId, SSMClient } from "@aws-sdk/client-ssm";
import type { FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import type { outputGroups, runOn } from "./makes-clients.ts";

/** What a test file has loaded, in an order of its own, after it has replaced the SDK. */
export interface Loaded {
  readonly code: {
    readonly runOn: typeof runOn;
    readonly outputGroups: typeof outputGroups;
  };
  readonly fakes: {
    readonly FakeSsm: typeof FakeSsm;
    readonly succeeds: typeof succeeds;
    readonly fails: typeof fails;
  };
  readonly sdk: {
    readonly SSMClient: typeof SSMClient;
    readonly InvalidInstanceId: typeof InvalidInstanceId;
  };
  /** Makes a fake that of the running test. */
  readonly use: (fake: FakeSsm) => void;
}

/** What holds for code that makes its own clients, by the names of the tests. */
export function clientStories({ code, fakes, sdk, use }: Loaded) {
  const fresh = () => {
    const fake = new fakes.FakeSsm({ latency: "instant" });
    use(fake);
    return fake;
  };
  return {
    "code that makes its own clients runs on the fake": async () => {
      const { instanceId } = fresh().nodes.add({ behavior: fakes.succeeds({ stdout: "up\n" }) });
      assert.equal(await code.runOn(instanceId, "uptime"), "Success: up\n");
      assert.deepEqual(await code.outputGroups(), ["runs"]);
    },
    "its clients meet the fake of the running test": async () => {
      const { instanceId } = fresh().nodes.add({ behavior: fakes.fails({ stderr: "no\n" }) });
      assert.equal(await code.runOn(instanceId, "uptime"), "Failed: ");
    },
    "a refusal is of the SDK's own class, and a client of the fake of the replaced one":
      async () => {
        const fake = fresh();
        await assert.rejects(code.runOn("i-0123456789abcdef0", "uptime"), sdk.InvalidInstanceId);
        assert.ok(fake.client() instanceof sdk.SSMClient);
      },
  };
}

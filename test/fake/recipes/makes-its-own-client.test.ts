import type { SSMClientConfig } from "@aws-sdk/client-ssm";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import { afterEach, describe, expect, it, vi } from "vitest";
import { countCommands, deployAndWait, deployTo, latestStatus } from "./makes-its-own-client.ts";

// The code looks once, and at once.
const fake = new FakeSsm({ latency: "instant" });

// Every client that is made from here on runs on the fake; everything else of the SDK is real.
vi.mock("@aws-sdk/client-ssm", async (importOriginal) => {
  const sdk = await importOriginal<typeof import("@aws-sdk/client-ssm")>();
  const onFake = (config: SSMClientConfig) => ({ ...config, ...fake.clientConfig() });
  return {
    ...sdk,
    SSMClient: class extends sdk.SSMClient {
      constructor(config: SSMClientConfig = {}) {
        super(onFake(config));
      }
    },
    SSM: class extends sdk.SSM {
      constructor(config: SSMClientConfig = {}) {
        super(onFake(config));
      }
    },
  };
});

afterEach(() => fake.reset());

describe("code that makes its own client, with the SDK's module replaced", () => {
  it("runs on the fake", async () => {
    const { instanceId } = fake.nodes.add({ behavior: succeeds({ stdout: "deployed\n" }) });
    expect(await deployTo(instanceId)).toBe("deployed\n");
  });

  it("waits on the fake's clock", async () => {
    const { instanceId } = fake.nodes.add({ behavior: fails({ after: "90s" }) });
    expect(await deployAndWait(instanceId)).toBe("failed");
  });

  it("pages through the fake with the SDK's paginator", async () => {
    const { instanceId } = fake.nodes.add();
    for (let sent = 0; sent < 3; sent++) await deployTo(instanceId);
    expect(await countCommands()).toBe(3);
  });

  it("runs on the fake with the aggregated client, too", async () => {
    const { instanceId } = fake.nodes.add();
    await deployTo(instanceId);
    expect(await latestStatus()).toBe("Success");
  });
});

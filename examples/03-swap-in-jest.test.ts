// Testing code that makes its own SSMClient, with Jest: every `new SSMClient(…)` becomes a client of the fake.
import type { SSMClientConfig } from "@aws-sdk/client-ssm";
import { afterEach, expect, jest, test } from "@jest/globals";
import { fails } from "ssm-run-command/fake";
import { fake } from "./fake-account.ts";
import { restartNginx, sentCommands } from "./restart-service.ts";

jest.mock("@aws-sdk/client-ssm", () => {
  const sdk = jest.requireActual<typeof import("@aws-sdk/client-ssm")>("@aws-sdk/client-ssm");
  class SSMClient extends sdk.SSMClient {
    constructor(config: SSMClientConfig = {}) {
      // Loaded here, because it loads the module that this function is still replacing.
      const { fake } = jest.requireActual<typeof import("./fake-account.ts")>("./fake-account.ts");
      super({ ...config, ...fake.clientConfig() });
    }
  }
  return { ...sdk, SSMClient };
});

afterEach(() => fake.reset());

test("names the node where it did not work", async () => {
  fake.nodes.add({ tags: { Role: "web" } });
  const broken = fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ after: "90s" }) });
  expect(await restartNginx("web")).toEqual([broken.instanceId]);
});

test("lists every command, page after page", async () => {
  fake.nodes.add({ tags: { Role: "web" } });
  await restartNginx("web");
  await restartNginx("web");
  expect(await sentCommands()).toHaveLength(2);
});

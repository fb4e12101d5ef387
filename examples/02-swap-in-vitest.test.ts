// Testing code that makes its own SSMClient, with Vitest: every `new SSMClient(…)` becomes a client of the fake.
import type { SSMClientConfig } from "@aws-sdk/client-ssm";
import { fails } from "ssm-run-command/fake";
import { afterEach, expect, test, vi } from "vitest";
import { fake } from "./fake-account.ts";
import { restartNginx, sentCommands } from "./restart-service.ts";

vi.mock("@aws-sdk/client-ssm", async (importOriginal) => {
  const sdk = await importOriginal<typeof import("@aws-sdk/client-ssm")>();
  // Imported here, because this function runs before the imports above.
  const { fake } = await import("./fake-account.ts");
  class SSMClient extends sdk.SSMClient {
    constructor(config: SSMClientConfig = {}) {
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

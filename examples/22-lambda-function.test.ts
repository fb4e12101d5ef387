// Testing a Lambda function with Vitest: its client is one of the running test's fake.
import type { FakeSsm } from "ssm-run-command/fake";
import { test } from "ssm-run-command/vitest"; // gives `expect` the matchers, too
import { beforeEach, expect, vi } from "vitest";
import { handler } from "./deploy-function.ts";

let current: FakeSsm;
vi.mock("@aws-sdk/client-ssm", async (importOriginal) => {
  const { sdkOnFake } = await import("ssm-run-command/fake");
  return sdkOnFake(await importOriginal(), () => current);
});
beforeEach<{ fake: FakeSsm }>(({ fake }) => {
  current = fake;
});

test("returns the ids of the commands", async ({ fake }) => {
  const [one, two] = [fake.nodes.add({}), fake.nodes.add({})];
  const ids = await handler({ nodes: [one.instanceId, two.instanceId] });
  expect(new Set(ids).size).toBe(2);
  expect(fake).toHaveSentCommand({ document: "AWS-RunShellScript", times: 2 });
  await fake.clock.advance("1s");
  expect(fake).toHaveReached("Success", { on: two.instanceId, commandId: ids[1] });
});

test("is refused for a node that is not there", async ({ fake }) => {
  const attempt = handler({ nodes: ["i-0123456789abcdef0"] });
  await expect(attempt).rejects.toMatchObject({ name: "InvalidInstanceId" });
  expect(fake).not.toHaveSentCommand();
});

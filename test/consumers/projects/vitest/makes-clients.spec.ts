import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import { beforeEach, expect, test, vi } from "vitest";
import { outputGroups, runOn } from "./makes-clients.ts";

let fake: FakeSsm;
beforeEach(() => {
  fake = new FakeSsm({ latency: "instant" });
});

vi.mock("@aws-sdk/client-ssm", async (importOriginal) => {
  const { sdkOnFake } = await import("ssm-run-command/fake");
  return sdkOnFake(await importOriginal(), () => fake);
});
vi.mock("@aws-sdk/client-cloudwatch-logs", async (importOriginal) => {
  const { sdkOnFake } = await import("ssm-run-command/fake");
  return sdkOnFake(await importOriginal(), () => fake);
});

test("code that makes its own clients runs on the fake", async () => {
  const { instanceId } = fake.nodes.add({ behavior: succeeds({ stdout: "up\n" }) });
  expect(await runOn(instanceId, "uptime")).toBe("Success: up\n");
  expect(await outputGroups()).toEqual(["runs"]);
});

test("its clients meet the fake of the running test", async () => {
  const { instanceId } = fake.nodes.add({ behavior: fails({ stderr: "no\n" }) });
  expect(await runOn(instanceId, "uptime")).toBe("Failed: ");
  expect(fake.journal.entries().map(({ operation }) => operation)).toEqual([
    "SendCommand",
    "GetCommandInvocation",
  ]);
});

import { beforeEach, expect, jest, test } from "@jest/globals";
import { FakeSsm, fails, sdkOnFake, succeeds } from "ssm-run-command/fake";

let fake;
beforeEach(() => {
  fake = new FakeSsm({ latency: "instant" });
});

jest.unstable_mockModule("@aws-sdk/client-ssm", () =>
  sdkOnFake(jest.requireActual("@aws-sdk/client-ssm"), () => fake),
);
jest.unstable_mockModule("@aws-sdk/client-cloudwatch-logs", () =>
  sdkOnFake(jest.requireActual("@aws-sdk/client-cloudwatch-logs"), () => fake),
);
const { outputGroups, runOn } = await import("./makes-clients.js");

test("code that makes its own clients runs on the fake", async () => {
  const { instanceId } = fake.nodes.add({ behavior: succeeds({ stdout: "up\n" }) });
  expect(await runOn(instanceId, "uptime")).toBe("Success: up\n");
  expect(await outputGroups()).toEqual(["runs"]);
});

test("its clients meet the fake of the running test", async () => {
  const { instanceId } = fake.nodes.add({ behavior: fails({ stderr: "no\n" }) });
  expect(await runOn(instanceId, "uptime")).toBe("Failed: ");
});

test("a refusal of the fake is of the SDK's own class, and a client of the fake is one of the replaced class", async () => {
  const { InvalidInstanceId, SSMClient } = await import("@aws-sdk/client-ssm");
  await expect(runOn("i-0123456789abcdef0", "uptime")).rejects.toThrow(InvalidInstanceId);
  expect(fake.client()).toBeInstanceOf(SSMClient);
});

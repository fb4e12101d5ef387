// The code under test is loaded before anything of the fake.
const { outputGroups, runOn } = require("./makes-clients.js");
const { FakeSsm, fails, succeeds } = require("ssm-run-command/fake");
const holder = require("./the-fake.js");

jest.mock("@aws-sdk/client-ssm", () =>
  require("ssm-run-command/fake").sdkOnFake(
    jest.requireActual("@aws-sdk/client-ssm"),
    () => require("./the-fake.js").fake,
  ),
);
jest.mock("@aws-sdk/client-cloudwatch-logs", () =>
  require("ssm-run-command/fake").sdkOnFake(
    jest.requireActual("@aws-sdk/client-cloudwatch-logs"),
    () => require("./the-fake.js").fake,
  ),
);

beforeEach(() => {
  holder.fake = new FakeSsm({ latency: "instant" });
});

test("code that makes its own clients runs on the fake", async () => {
  const { instanceId } = holder.fake.nodes.add({ behavior: succeeds({ stdout: "up\n" }) });
  expect(await runOn(instanceId, "uptime")).toBe("Success: up\n");
  expect(await outputGroups()).toEqual(["runs"]);
});

test("its clients meet the fake of the running test", async () => {
  const { instanceId } = holder.fake.nodes.add({ behavior: fails({ stderr: "no\n" }) });
  expect(await runOn(instanceId, "uptime")).toBe("Failed: ");
});

test("a refusal of the fake is of the SDK's own class, and a client of the fake is one of the replaced class", async () => {
  const { InvalidInstanceId, SSMClient } = require("@aws-sdk/client-ssm");
  await expect(runOn("i-0123456789abcdef0", "uptime")).rejects.toThrow(InvalidInstanceId);
  expect(holder.fake.client()).toBeInstanceOf(SSMClient);
});

import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { type FakeSsm, fails } from "ssm-run-command/fake";
import * as entry from "ssm-run-command/vitest";
import { test, testWithFake } from "ssm-run-command/vitest";
import { afterAll, beforeEach, expect, vi } from "vitest";

const Targets = tagTargets({ Role: "web" });
const deploy = async (fake: FakeSsm) =>
  (
    await new RunCommandClient(fake).send({ ...runShellScript("./deploy.sh"), Targets })
  ).waitForTerminal();

let offered: FakeSsm | undefined;
beforeEach<{ fake: FakeSsm }>(({ fake }) => {
  offered = fake;
});
const printed = vi.spyOn(console, "error").mockImplementation(() => {});
afterAll(() => {
  // Of the tests below one fails, as it is meant to: nothing is printed for that.
  expect(printed.mock.calls).toEqual([]);
});

test("gives a test a fake, and its hooks the same", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" } });
  fake.faults.slow("SendCommand", { times: 1, by: "1s" });
  expect(await deploy(fake)).toHaveSucceeded();
  expect(fake).toBe(offered);
});

test("gives the next test another", ({ fake, expect }) => {
  expect(fake).not.toHaveSentCommand();
  expect(fake.nodes.list()).toEqual([]);
});

test.fails("fails a test whose trouble never struck", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" } });
  fake.faults.throttle("CancelCommand", { times: 1 });
  await deploy(fake);
});

testWithFake({ latency: "instant", nodes: [{ tags: { Role: "web" }, behavior: fails() }] })(
  "makes its fakes with options",
  async ({ fake }) => {
    await fake.sendCommand({ ...runShellScript("./deploy.sh"), Targets });
    expect(fake).toHaveReached("Failed");
  },
);

test("exports what was reviewed", () => {
  expect(Object.keys(entry).sort()).toEqual(["test", "testWithFake"]);
});

// Matchers in the words of the runner, and a fresh fake for each test: what fails says what the fleet did.
import { RunCommandClient, runShellScript, type SentCommand, tagTargets } from "ssm-run-command";
import { type FakeSsm, fails } from "ssm-run-command/fake";
import { test, testWithFake } from "ssm-run-command/vitest"; // gives `expect` the matchers, too
import { expect } from "vitest";

/** The code under test. */
function deploy(ssm: FakeSsm, role: string): Promise<SentCommand> {
  return new RunCommandClient(ssm).send({
    ...runShellScript("./deploy.sh"),
    Targets: tagTargets({ Role: role }),
    Comment: "nightly deploy",
  });
}

test("sends one command, which succeeds", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" } });
  const sent = await deploy(fake, "web");
  expect(await sent.waitForTerminal()).toHaveSucceeded();
  expect(fake).toHaveSentCommand({
    document: "AWS-RunShellScript",
    targets: tagTargets({ Role: "web" }),
    parameters: { commands: ["./deploy.sh"] },
    comment: expect.stringContaining("nightly"),
    times: 1,
  });
  expect(fake).not.toHaveSentCommand({ MaxErrors: expect.anything() });
});

test("notices a node that is never reached", async ({ fake }) => {
  const node = fake.nodes.add({ tags: { Role: "web" }, agent: "unreachable" });
  const sent = await deploy(fake, "web");
  expect(await sent.waitForTerminal()).not.toHaveSucceeded();
  expect(fake).toHaveSentCommand({
    document: "AWS-RunShellScript",
    comment: expect.stringContaining("nightly"),
  });
  expect(fake).toHaveReached("DeliveryTimedOut", { on: node.instanceId });
});

test("gets through throttling, which has to strike", async ({ fake }) => {
  fake.nodes.add({ tags: { Role: "web" } });
  fake.faults.throttle("ListCommands", { times: 1 });
  const sent = await deploy(fake, "web");
  await expect(sent.waitForTerminal()).resolves.toHaveSucceeded();
  expect(fake).toHaveNoUnusedTrouble(); // the fixture asks for it in any case
});

const testInFrankfurt = testWithFake({ region: "eu-central-1", latency: "instant" });

testInFrankfurt("shows where it failed", async ({ fake }) => {
  const broken = fake.nodes.add({ tags: { Role: "web" }, behavior: fails({ exitCode: 7 }) });
  await deploy(fake, "web");
  expect(fake).toHaveReached("Failed", { on: broken.instanceId });
  expect(fake).not.toHaveSucceeded();
});

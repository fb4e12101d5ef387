import { RunCommandClient, runShellScript, tagTargets, type WaitOptions } from "ssm-run-command";
import { type AgentBehavior, FakeSsm, fails, succeeds } from "ssm-run-command/fake";
import { expect, it } from "vitest";

/** The calls of a wait for 500 nodes that end before the tenth poll, by operation. */
async function callsOf(behavior: AgentBehavior, options: WaitOptions = {}) {
  const fake = new FakeSsm({ behavior, latency: "instant" });
  for (let i = 0; i < 500; i++) fake.nodes.add({ tags: { Role: "web" } });
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("./deploy.sh"),
    Targets: tagTargets({ Role: "web" }),
    MaxConcurrency: "100%",
    MaxErrors: "100%",
  });
  await sent.waitForTerminal({ pollEvery: "1s", ...options });
  const calls = fake.journal
    .entries()
    .flatMap((entry) => (entry.type === "call" ? entry.operation : []))
    .slice(1);
  const count = (operation: string) => calls.filter((each) => each === operation).length;
  return {
    listCommands: count("ListCommands"),
    listCommandInvocations: count("ListCommandInvocations"),
    getCommandInvocation: count("GetCommandInvocation"),
    inAll: calls.length,
  };
}

const failing = fails({ after: "9s", stderr: "disk full\n" });
const succeeding = succeeds({ after: "9s" });

it("one call per poll, one per 50 nodes at the end, five for the streams of failed nodes", async () => {
  expect(await callsOf(failing)).toEqual({
    listCommands: 10,
    listCommandInvocations: 10,
    getCommandInvocation: 5,
    inAll: 25,
  });
});

it("one call per poll and one per 50 nodes at the end, when no node failed", async () => {
  expect((await callsOf(succeeding)).inAll).toBe(20);
});

it("every page at every poll with onProgress", async () => {
  expect(await callsOf(failing, { onProgress: () => {} })).toEqual({
    listCommands: 10,
    listCommandInvocations: 100,
    getCommandInvocation: 5,
    inAll: 115,
  });
});

it("all are read for `unsuccessful`, and no stream of those that are dropped", async () => {
  expect((await callsOf(succeeding, { invocations: "unsuccessful" })).inAll).toBe(20);
});

it("nothing is read for `none`", async () => {
  expect((await callsOf(failing, { invocations: "none" })).inAll).toBe(10);
});

// A fleet with MaxErrors: two nodes at a time, and after the second failure no other node is sent to.
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, fails, succeeds } from "ssm-run-command/fake";

const fake = new FakeSsm({ behavior: succeeds({ after: "30s" }) });
for (let number = 1; number <= 10; number++) {
  const isBroken = number === 3 || number === 5;
  const behavior = fails({ stderr: "port 80 is taken\n", after: "30s" });
  fake.nodes.add({ tags: { Role: "web" }, ...(isBroken && { behavior }) });
}

const runCommand = new RunCommandClient(fake.client());
const sent = await runCommand.send({
  ...runShellScript("systemctl restart nginx"),
  Targets: tagTargets({ Role: "web" }),
  MaxConcurrency: "2",
  MaxErrors: "1", // one may fail; the second failure stops the rollout
});
const { kind, command, invocations } = await sent.waitForTerminal();

console.log(`${kind}: ${command.StatusDetails}, ${command.ErrorCount} of ${command.TargetCount}`);
for (const { instanceId, kind } of invocations) console.log(`  ${instanceId} ${kind}`);
console.log(`\n${fake.timeline()}`);

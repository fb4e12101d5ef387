// Quick start: a script on every web node, the wait until the last one has ended, and how it went on each.
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { whichAccount } from "./which-account.ts";

// In production there is no fake: `new RunCommandClient(new SSMClient({}))`, and your own targets.
const web = { tags: { Role: "web" }, behavior: succeeds({ after: "40s", stdout: "deployed\n" }) };
const fake = new FakeSsm({ nodes: [web, web, web] });
const { ssm, targets } = whichAccount(fake, tagTargets({ Role: "web" }));

const runCommand = new RunCommandClient(ssm);
const sent = await runCommand.send({
  ...runShellScript(["set -e", "echo deployed"], { executionTimeout: "10m" }),
  Targets: targets,
});
console.log(`Sent command ${sent.commandId}.`);

const outcome = await sent.waitForTerminal();
console.log(`It ${outcome.kind} on ${outcome.invocations.length} nodes:`);
for (const { instanceId, kind, plugins } of outcome.invocations) {
  console.log(`  ${instanceId} ${kind}, ${plugins[0]?.output?.trimEnd()}`);
}

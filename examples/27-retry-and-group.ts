// A fleet on which something went wrong: equal output once, the command again where it failed and nowhere else, and a
// summary for the log.
import {
  groupByOutput,
  RunCommandClient,
  retryRequest,
  runShellScript,
  summarize,
  tagTargets,
} from "ssm-run-command";
import { FakeSsm, fails, inOrder, succeeds } from "ssm-run-command/fake";

const done = succeeds({ after: "30s", stdout: "deployed 1.4.2\n" });
const locked = fails({ after: "5s", stderr: "apt is locked\n" });
const fake = new FakeSsm();
for (let n = 0; n < 4; n++) fake.nodes.add({ tags: { Role: "web" }, behavior: done });
for (let n = 0; n < 2; n++)
  fake.nodes.add({ tags: { Role: "web" }, behavior: inOrder(locked, done) });
fake.nodes.add({ tags: { Role: "web" }, agent: "unreachable" }); // its script may still run: it is not sent again

const runCommand = new RunCommandClient(fake.client());
const sent = await runCommand.send({
  ...runShellScript("./deploy.sh --token s3cret"),
  Targets: tagTargets({ Role: "web" }),
  MaxErrors: "100%",
});
const outcome = await sent.waitForTerminal();

for (const { nodes, kind, output } of groupByOutput(outcome)) {
  console.log(`${nodes.length} ${kind}: ${nodes.join(", ")}`);
  if (output !== "") console.log(output.replaceAll(/^/gm, "    "));
}

const again = retryRequest(outcome);
console.log("\nagain on", again?.InstanceIds);
if (again !== undefined) {
  const retried = await runCommand.send(again);
  console.log(String(summarize(await retried.waitForTerminal())));
}

console.log("\nfor the log:");
console.log(JSON.stringify(summarize(outcome), undefined, 2)); // without the parameters

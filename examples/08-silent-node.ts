// A node that never answers: how long a command lives, patience that ends earlier, and the end that comes in any case.
import {
  RunCommandClient,
  runShellScript,
  StillRunningError,
  tagTargets,
  totalTimeoutSeconds,
} from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";

const fake = new FakeSsm();
fake.nodes.add({ tags: { Role: "web" } });
fake.nodes.add({ tags: { Role: "web" }, agent: "unreachable" });

const request = {
  ...runShellScript("./deploy.sh", { executionTimeout: "10m" }),
  Targets: tagTargets({ Role: "web" }),
  TimeoutSeconds: 300, // bounds the delivery only
};
console.log(`The command may live for ${totalTimeoutSeconds(request)} seconds.`);

const sent = await new RunCommandClient(fake.client()).send(request);
try {
  await sent.waitForTerminal({ timeout: "2m" });
} catch (error) {
  // The command was not stopped: this is not a failure, and sending the script again would run it twice.
  if (!(error instanceof StillRunningError)) throw error;
  console.log(error.message);
}
for await (const { InstanceId, Status, StatusDetails } of sent.invocations()) {
  console.log(`  ${InstanceId} ${Status} / ${StatusDetails}`);
}

const { kind, invocations } = await sent.waitForTerminal();
console.log(`\nThe command ended as ${kind}.`);
for (const { instanceId, kind } of invocations) console.log(`  ${instanceId} ${kind}`);
console.log(`\n${fake.timeline()}`);

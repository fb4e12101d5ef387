// The least IAM policy for the role that sends: from a list of calls, before there is code, and from what the code called in a
// test, which cannot be out of date.
import { callerPolicy, RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";

const planned = callerPolicy({
  document: "AWS-RunShellScript",
  tags: { Role: "web" },
  calls: ["SendCommand", "ListCommands", "ListCommandInvocations"],
  region: "us-east-1",
  accountId: "123456789012",
});
console.log(JSON.stringify(planned, null, 2));

/** The code of a deployment. */
async function deploy(fake: FakeSsm, role: string): Promise<string> {
  const runCommand = new RunCommandClient(fake.client());
  const request = { ...runShellScript("./deploy.sh"), Targets: tagTargets({ Role: role }) };
  const outcome = await (await runCommand.send(request)).waitForTerminal();
  return outcome.kind;
}

const fake = new FakeSsm({ nodes: [{ tags: { Role: "web" } }, { tags: { Role: "db" } }] });
console.log(`\nThe deployment ${await deploy(fake, "web")}.`);
const called = fake.callerPolicy();
const isPlanned = JSON.stringify(called) === JSON.stringify(planned);
console.log(`It needs ${isPlanned ? "what was planned" : "something else"}.`);

// A new call shows in the test before the role refuses it.
await fake.describeInstanceInformation({});
await deploy(fake, "db");
for (const { Action, Condition } of fake.callerPolicy().Statement) {
  console.log(JSON.stringify({ Action, Condition }));
}

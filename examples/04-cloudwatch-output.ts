// CloudWatch output from nothing: make the log group, give the nodes their policy, send, follow the output while it is
// written, read all of it, and see what is reported about a node whose role has no policy.
import { CreateLogGroupCommand, PutRetentionPolicyCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  cloudWatchOutput,
  nodeLogsPolicy,
  RunCommandClient,
  RunCommandError,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import { readCommandOutput, tailCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { whichAccount } from "./which-account.ts";

const script = "for step in fetch unpack restart; do echo $step; sleep 2; done";
const behavior = succeeds({
  after: "6s",
  writes: [
    { at: "0s", stdout: "fetch\n" },
    { at: "2s", stdout: "unpack\n" },
    { at: "4s", stdout: "restart\n" },
  ],
});
const tags = { Role: "web" };
const fake = new FakeSsm({
  nodes: [
    { tags, behavior },
    { tags, behavior, logs: "noPolicy" },
  ],
});
const { ssm, logs, targets } = whichAccount(fake, tagTargets(tags));
const logGroupName = "/app/deploys";

// 1. The log group, once. Without these lines the agents make it, and keep its events for ever.
await logs.send(new CreateLogGroupCommand({ logGroupName })).catch((error: Error) => {
  if (error.name !== "ResourceAlreadyExistsException") throw error;
});
await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }));

// 2. What the role of the nodes needs: paste it as an inline policy, or hand it to CDK (see README.md of this folder).
console.log(
  `The policy of the nodes:\n${JSON.stringify(nodeLogsPolicy({ logGroupName }), null, 2)}`,
);

// 3. Send, and follow.
const sent = await new RunCommandClient(ssm).send({
  ...runShellScript(script),
  Targets: targets,
  CloudWatchOutputConfig: cloudWatchOutput(logGroupName),
});
console.log("\nWhile it runs:");
try {
  for await (const { instanceId, stream, text } of tailCommandOutput(logs, sent)) {
    for (const line of text.trimEnd().split("\n"))
      console.log(`  ${instanceId} ${stream}: ${line}`);
  }
} catch (error) {
  // A node that may not write its logs runs the script all the same, so this is not about the deployment.
  if (!(error instanceof RunCommandError)) throw error;
  console.log(`  ${error.message}`);
}

// 4. All of it, node by node.
console.log("\nWhen it is over:");
for (const output of await readCommandOutput(logs, await sent.waitForTerminal())) {
  console.log(`  ${output.instanceId} ${output.missing ?? JSON.stringify(output.stdout)}`);
}

// Code that makes its own client and does not know the fake: where to send, with which credentials and in which region
// stands in the environment.
import {
  GetCommandInvocationCommand,
  SendCommandCommand,
  SSMClient,
  waitUntilCommandExecuted,
} from "@aws-sdk/client-ssm";

const InstanceId = process.argv[2] ?? "";

const client = new SSMClient({});
const { Command } = await client.send(
  new SendCommandCommand({
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["uptime"] },
    InstanceIds: [InstanceId],
  }),
);
const invocation = { CommandId: Command?.CommandId, InstanceId };
const waited = await waitUntilCommandExecuted(
  { client, maxWaitTime: 30, minDelay: 1, maxDelay: 1 },
  invocation,
);
const { StandardOutputContent } = await client.send(new GetCommandInvocationCommand(invocation));

console.log(JSON.stringify([waited.state, StandardOutputContent]));

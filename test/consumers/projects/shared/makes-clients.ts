// Code under test as people have it: its clients are made when it is loaded, or where they are needed.
import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { GetCommandInvocationCommand, SSM, SSMClient } from "@aws-sdk/client-ssm";

const ssm = new SSM({});

/** A client with settings of its own. */
class PatientClient extends SSMClient {
  constructor() {
    super({ maxAttempts: 5, endpoint: "http://127.0.0.1:1" });
  }
}

/** Runs a script on one node, and returns how it ended, with what it wrote. */
export async function runOn(instanceId: string, script: string): Promise<string> {
  const { Command } = await ssm.sendCommand({
    DocumentName: "AWS-RunShellScript",
    InstanceIds: [instanceId],
    Parameters: { commands: [script] },
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: "runs" },
  });
  const at = { CommandId: Command?.CommandId, InstanceId: instanceId };
  const client = new PatientClient();
  const { Status, StandardOutputContent } = await client.send(new GetCommandInvocationCommand(at));
  return `${Status}: ${StandardOutputContent}`;
}

/** The groups that output went to. */
export async function outputGroups(): Promise<readonly (string | undefined)[]> {
  const { logGroups = [] } = await new CloudWatchLogs({}).describeLogGroups({});
  return logGroups.map(({ logGroupName }) => logGroupName);
}

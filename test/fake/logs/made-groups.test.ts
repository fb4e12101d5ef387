import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  PutRetentionPolicyCommand,
  ResourceAlreadyExistsException,
} from "@aws-sdk/client-cloudwatch-logs";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const NODE = "i-00000000000000001";
const group = { logGroupName: "/app/deploy" };

/** A node that may not make log groups, and a real client of the fake's CloudWatch Logs. */
function anAccount() {
  const fake = new FakeSsm({
    latency: "instant",
    nodes: [{ logs: "denied", behavior: succeeds({ stdout: "deployed\n" }) }],
  });
  return { fake, client: new CloudWatchLogsClient(fake.logs.clientConfig()) };
}

describe("a log group that a real CloudWatchLogsClient makes", () => {
  it("takes the output of a node that may not make groups", async () => {
    const { fake, client } = anAccount();
    await client.send(new CreateLogGroupCommand(group));
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [NODE],
      Parameters: { commands: ["true"] },
      CloudWatchOutputConfig: {
        CloudWatchOutputEnabled: true,
        CloudWatchLogGroupName: group.logGroupName,
      },
    });
    await fake.listCommands({});
    const stream = `${Command!.CommandId}/${NODE}/aws-runShellScript/stdout`;
    expect(fake.logs.text(group.logGroupName, stream)).toBe("deployed");
  });

  it("cannot be made twice", async () => {
    const { client } = anAccount();
    await client.send(new CreateLogGroupCommand(group));
    await expect(client.send(new CreateLogGroupCommand(group))).rejects.toThrow(
      ResourceAlreadyExistsException,
    );
  });

  it("shows its retention, and the fake's time as its creation time", async () => {
    const { fake, client } = anAccount();
    await fake.clock.advance("90s");
    await client.send(new CreateLogGroupCommand(group));
    await client.send(new PutRetentionPolicyCommand({ ...group, retentionInDays: 30 }));
    const { logGroups } = await client.send(new DescribeLogGroupsCommand({}));
    expect(logGroups).toMatchObject([
      { ...group, retentionInDays: 30, creationTime: Date.parse("2024-01-01T00:01:30Z") },
    ]);
  });

  it("is gone after a reset", async () => {
    const { fake, client } = anAccount();
    await client.send(new CreateLogGroupCommand(group));
    await fake.reset();
    expect((await client.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([]);
  });
});

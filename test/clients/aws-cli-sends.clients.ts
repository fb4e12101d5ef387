import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { AwsCli } from "./aws-cli.ts";
import { describeClient } from "./describe-client.ts";
import { ServedAccount } from "./served-account.ts";

const PENDING = { Status: "Pending", StatusDetails: "Pending" } as const;
const SEND = "ssm send-command --document-name AWS-RunShellScript";
const TO_NODE = `--instance-ids ${nodeId(1)}`;
const UPTIME = { commands: ["uptime"] } as const;

/** Forms of `send-command`, with what must stand in the answer. */
const SENDS: readonly (readonly [line: string, command: object])[] = [
  [
    `${SEND} --parameters commands=uptime --targets Key=tag:Role,Values=web`,
    { ...PENDING, Targets: [{ Key: "tag:Role", Values: ["web"] }], Parameters: UPTIME },
  ],
  [
    `${SEND} --parameters commands=uptime --targets Key=tag:Role,Values=web,db Key=tag:Env,Values=prod`,
    {
      Targets: [
        { Key: "tag:Role", Values: ["web", "db"] },
        { Key: "tag:Env", Values: ["prod"] },
      ],
    },
  ],
  [
    // The reference writes the key in small letters; AWS takes it.
    `${SEND} --parameters commands=uptime --targets Key=instanceids,Values=${nodeId(1)},${nodeId(2)}`,
    { Targets: [{ Key: "instanceids", Values: [nodeId(1), nodeId(2)] }] },
  ],
  [
    `${SEND} --parameters 'commands=["echo HelloWorld","date"]' ${TO_NODE}`,
    { Parameters: { commands: ["echo HelloWorld", "date"] }, InstanceIds: [nodeId(1)] },
  ],
  [
    `${SEND} --parameters '{"commands":["echo HelloWorld"],"executionTimeout":["60"]}' ${TO_NODE}`,
    { Parameters: { commands: ["echo HelloWorld"], executionTimeout: ["60"] } },
  ],
  [
    `${SEND} --parameters commands=uptime,executionTimeout=60,workingDirectory=/tmp ${TO_NODE}`,
    { Parameters: { ...UPTIME, executionTimeout: ["60"], workingDirectory: ["/tmp"] } },
  ],
  [
    `${SEND} --parameters commands=uptime ${TO_NODE} --cloud-watch-output-config CloudWatchOutputEnabled=true,CloudWatchLogGroupName=deploys`,
    {
      CloudWatchOutputConfig: {
        CloudWatchOutputEnabled: true,
        CloudWatchLogGroupName: "deploys",
      },
    },
  ],
  [
    `${SEND} --parameters commands=uptime ${TO_NODE} --document-version $LATEST --comment 'one two' --timeout-seconds 90 --max-concurrency 10% --max-errors 1`,
    {
      DocumentVersion: "$LATEST",
      Comment: "one two",
      TimeoutSeconds: 90,
      MaxConcurrency: "10%",
      MaxErrors: "1",
    },
  ],
  [
    `${SEND} --parameters commands=uptime ${TO_NODE} --output-s3-bucket-name outputs --output-s3-key-prefix deploys`,
    { OutputS3BucketName: "outputs", OutputS3KeyPrefix: "deploys", OutputS3Region: "us-east-1" },
  ],
  [
    `${SEND} --parameters commands=uptime ${TO_NODE} --service-role-arn arn:aws:iam::123456789012:role/notifies --notification-config NotificationArn=arn:aws:sns:us-east-1:123456789012:topic,NotificationEvents=All,NotificationType=Command`,
    {
      ServiceRole: "arn:aws:iam::123456789012:role/notifies",
      NotificationConfig: {
        NotificationArn: "arn:aws:sns:us-east-1:123456789012:topic",
        NotificationEvents: ["All"],
        NotificationType: "Command",
      },
    },
  ],
  [
    `ssm send-command --cli-input-json '{"DocumentName":"AWS-RunShellScript","InstanceIds":["${nodeId(2)}"],"Parameters":{"commands":["uptime"]},"Comment":"from JSON"}'`,
    { ...PENDING, InstanceIds: [nodeId(2)], Comment: "from JSON", Parameters: UPTIME },
  ],
];

describeClient("awsCli", {
  about: "forms of send-command",
  checks: () => {
    const account = new ServedAccount({
      nodes: [{ tags: { Role: "web", Env: "prod" } }, { tags: { Role: "db" } }],
    });
    const aws = new AwsCli(() => account.url);

    it.each(SENDS)("aws %s", async (line, command) => {
      expect(await aws.json(line)).toMatchObject({ Command: command });
    });

    it("aws ssm send-command --cli-input-json file://FILE, with a member on the line that wins", async () => {
      const request = { DocumentName: "AWS-RunShellScript", Parameters: UPTIME, Comment: "file" };
      const file = join(aws.home, "send-command.json");
      writeFileSync(file, JSON.stringify({ ...request, InstanceIds: [nodeId(1)] }));
      const answer = await aws.json(
        `ssm send-command --cli-input-json file://${file} --comment line`,
      );
      expect(answer).toMatchObject({ Command: { Comment: "line", InstanceIds: [nodeId(1)] } });
    });

    it("aws ssm send-command --query Command.CommandId --output text", async () => {
      const { stdout } = await aws.run(
        `${SEND} --parameters commands=uptime ${TO_NODE} --query Command.CommandId --output text`,
      );
      expect(stdout).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\n$/);
    });

    it.each([
      [
        `${SEND} --parameters commands=uptime --instance-ids i-00000000000000009`,
        "An error occurred (InvalidInstanceId) when calling the SendCommand operation: Instances not in a valid state for account",
      ],
      [
        `ssm send-command --document-name No-Such ${TO_NODE}`,
        "An error occurred (InvalidDocument) when calling the SendCommand operation: ",
      ],
    ])("aws %s exits with 254", async (line, text) => {
      const { exitCode, stderr } = await aws.run(line);
      expect({ exitCode, stderr: stderr.trim() }).toEqual({ exitCode: 254, stderr: text.trim() });
    });
  },
});

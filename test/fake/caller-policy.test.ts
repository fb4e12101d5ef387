import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  AddTagsToResourceCommand,
  CreateDocumentCommand,
  DescribeDocumentCommand,
  GetConnectionStatusCommand,
  GetParameterCommand,
  GetParametersCommand,
  ListDocumentsCommand,
} from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { CALLER_ACTIONS, callOf } from "../../src/domain/caller-calls.ts";
import { OPERATION_NEEDS } from "../../src/fake/reports/operation-needs.ts";

const WEB = "i-0123456789abcdef0";
const HYBRID = "mi-0123456789abcdef0";
const HOME = "us-east-1:123456789012";
const SHELL = "arn:aws:ssm:us-east-1::document/AWS-RunShellScript";
const script = runShellScript("uptime");

const nodes = [
  { instanceId: WEB, tags: { Role: "web", Env: "prod" }, behavior: succeeds({ stdout: "up\n" }) },
  { instanceId: HYBRID, tags: { Role: "db" } },
];
const account = (options: object = {}) => new FakeSsm({ nodes, ...options });

/** Tries to do something, which may be refused. */
const tried = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    () => undefined,
  );

function statement(fake: FakeSsm, action: string) {
  return fake.callerPolicy().Statement.filter(({ Action }) => Action.includes(action));
}

describe("fake.callerPolicy", () => {
  it("has no statement before the first call", () => {
    expect(account().callerPolicy()).toEqual({ Version: "2012-10-17", Statement: [] });
  });

  it("refuses a region and an account that are empty", () => {
    expect(() => account().callerPolicy({ region: "" })).toThrow(
      /^region of fake\.callerPolicy\(\) was given ""\. /,
    );
    expect(() => account().callerPolicy({ accountId: "" })).toThrow(TypeError);
  });

  it("is of the calls that were made, and nothing else", async () => {
    const fake = account();
    const request = { ...script, Targets: tagTargets({ Role: "web", Env: ["prod", "test"] }) };
    await (await new RunCommandClient(fake).send(request)).waitForTerminal();
    expect(fake.callerPolicy()).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Action: ["ssm:SendCommand"], Resource: [SHELL] },
        {
          Effect: "Allow",
          Action: ["ssm:SendCommand"],
          Resource: [`arn:aws:ec2:${HOME}:instance/*`, `arn:aws:ssm:${HOME}:managed-instance/*`],
          Condition: {
            StringLike: {
              "ssm:resourceTag/Role": ["web"],
              "ssm:resourceTag/Env": ["prod", "test"],
            },
          },
        },
        {
          Effect: "Allow",
          Action: ["ssm:ListCommandInvocations", "ssm:ListCommands"],
          Resource: "*",
        },
      ],
    });
  });

  it("permits nothing when nothing was called", () => {
    expect(account().callerPolicy()).toEqual({ Version: "2012-10-17", Statement: [] });
  });

  it("names the nodes that were named, each once, beside those with tags", async () => {
    const fake = account();
    await fake.sendCommand({ ...script, InstanceIds: [WEB, HYBRID] });
    await fake.sendCommand({ ...script, InstanceIds: [WEB] });
    await fake.sendCommand({ ...script, Targets: [{ Key: "InstanceIds", Values: [WEB] }] });
    await fake.sendCommand({ ...script, Targets: tagTargets({ Role: "web" }) });
    const [named, tagged] = fake.callerPolicy().Statement;
    expect(named?.Resource).toEqual(
      [
        `arn:aws:ec2:${HOME}:instance/${WEB}`,
        SHELL,
        `arn:aws:ssm:${HOME}:managed-instance/${HYBRID}`,
      ].sort(),
    );
    expect(tagged?.Condition).toEqual({ StringLike: { "ssm:resourceTag/Role": ["web"] } });
  });

  it("takes a tag that a node must have with any value, and values as they are, not as patterns", async () => {
    const fake = account();
    await fake.sendCommand({ ...script, Targets: [{ Key: "tag-key", Values: ["Role", "Env"] }] });
    await fake.sendCommand({ ...script, Targets: tagTargets({ Name: "*a?$" }) });
    const conditions = fake
      .callerPolicy()
      .Statement.flatMap(({ Condition }) => (Condition === undefined ? [] : [Condition]));
    expect(conditions).toEqual([
      { StringLike: { "ssm:resourceTag/Env": ["*"] } },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM writes its wildcards so.
      { StringLike: { "ssm:resourceTag/Name": ["${*}a${?}${$}"] } },
      { StringLike: { "ssm:resourceTag/Role": ["*"] } },
    ]);
  });

  it("lists the members of a resource group, which may be any node, so that conditions are not needed", async () => {
    const fake = account();
    fake.groups.set("fleet", { instanceIds: [WEB] });
    await fake.sendCommand({
      ...script,
      Targets: [{ Key: "resource-groups:Name", Values: ["fleet"] }],
    });
    await fake.sendCommand({ ...script, Targets: tagTargets({ Role: "web" }) });
    await fake.sendCommand({ ...script, InstanceIds: [WEB] });
    expect(fake.callerPolicy().Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["ssm:SendCommand"],
        Resource: [
          `arn:aws:ec2:${HOME}:instance/*`,
          SHELL,
          `arn:aws:ssm:${HOME}:managed-instance/*`,
        ].sort(),
      },
      {
        Effect: "Allow",
        Action: ["resource-groups:ListGroupResources"],
        Resource: [`arn:aws:resource-groups:${HOME}:group/fleet`],
      },
      { Effect: "Allow", Action: ["tag:GetResources"], Resource: "*" },
    ]);
  });

  it("passes the role of notifications, and sends to the bucket", async () => {
    const fake = account();
    const ServiceRoleArn = "arn:aws:iam::123456789012:role/notify";
    const NotificationConfig = { NotificationArn: `arn:aws:sns:${HOME}:deploys` };
    await fake.sendCommand({
      ...{ ...script, InstanceIds: [WEB], ServiceRoleArn, NotificationConfig },
      OutputS3BucketName: "deploys",
    });
    expect(statement(fake, "iam:PassRole")).toEqual([
      {
        Effect: "Allow",
        Action: ["iam:PassRole"],
        Resource: [ServiceRoleArn],
        Condition: { StringEquals: { "iam:PassedToService": ["ssm.amazonaws.com"] } },
      },
    ]);
    expect(statement(fake, "ssm:SendCommand")[0]?.Resource).toContain("arn:aws:s3:::deploys");
  });

  it("has calls that were refused, or met a fault, but not what a request did not name", async () => {
    const fake = account({ access: "denied" });
    await tried(fake.sendCommand({ ...script, InstanceIds: [WEB] }));
    fake.faults.throttle("CancelCommand", { times: 1 });
    await tried(fake.cancelCommand({ CommandId: crypto.randomUUID() }));
    expect(statement(fake, "ssm:SendCommand")[0]?.Resource).toContain(SHELL);
    expect(statement(fake, "ssm:CancelCommand")).toHaveLength(1);
    const other = account();
    await tried(other.sendCommand({ DocumentName: "", Targets: [{ Key: "tag:Role" }] }));
    expect(other.callerPolicy().Statement).toEqual([]);
  });

  it("knows the documents, parameters, tags, nodes and log groups that were asked for", async () => {
    const fake = account();
    const ssm = fake.client();
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    const Content = JSON.stringify({ schemaVersion: "2.2", mainSteps: [] });
    const Tags = [{ Key: "Role", Value: "web" }];
    await tried(
      ssm.send(
        new CreateDocumentCommand({ Name: "Deploy", Content, DocumentType: "Command", Tags }),
      ),
    );
    await tried(ssm.send(new DescribeDocumentCommand({ Name: "AWS-RunShellScript" })));
    await ssm.send(new ListDocumentsCommand({}));
    await tried(
      ssm.send(
        new AddTagsToResourceCommand({ ResourceType: "ManagedInstance", ResourceId: HYBRID, Tags }),
      ),
    );
    await tried(
      ssm.send(
        new AddTagsToResourceCommand({ ResourceType: "PatchBaseline", ResourceId: "pb-1", Tags }),
      ),
    );
    await ssm.send(new GetConnectionStatusCommand({ Target: WEB }));
    await tried(ssm.send(new GetParameterCommand({ Name: "/app/key:3" })));
    await tried(ssm.send(new GetParametersCommand({ Names: ["plain", "/app/key"] })));
    await logs.send(new CreateLogGroupCommand({ logGroupName: "/deploys" }));
    await logs.send(new DescribeLogGroupsCommand({}));
    const resources = Object.fromEntries(
      fake
        .callerPolicy()
        .Statement.flatMap(({ Action, Resource }) => Action.map((action) => [action, Resource])),
    );
    const own = `arn:aws:ssm:${HOME}:`;
    expect(resources).toEqual({
      "ssm:AddTagsToResource": [
        `${own}document/Deploy`,
        `${own}managed-instance/${HYBRID}`,
        `${own}patchbaseline/pb-1`,
      ],
      "ssm:CreateDocument": [`${own}document/Deploy`],
      "ssm:DescribeDocument": [SHELL],
      "ssm:ListDocuments": "*",
      "ssm:GetConnectionStatus": [`arn:aws:ec2:${HOME}:instance/${WEB}`],
      "ssm:GetParameter": [`${own}parameter/app/key`],
      "ssm:GetParameters": [`${own}parameter/app/key`, `${own}parameter/plain`],
      "logs:CreateLogGroup": [
        `arn:aws:logs:${HOME}:log-group:/deploys`,
        `arn:aws:logs:${HOME}:log-group:/deploys:*`,
      ],
      "logs:DescribeLogGroups": "*",
    });
  });

  it("reads objects of any command in a bucket, and others by their keys", async () => {
    const fake = account();
    const s3 = new S3Client(fake.objects.clientConfig());
    const sent = await fake.sendCommand({
      ...{ ...script, InstanceIds: [WEB] },
      ...{ OutputS3BucketName: "deploys", OutputS3KeyPrefix: "run" },
    });
    await fake.clock.advance("1m");
    const Prefix = `run/${sent.Command?.CommandId}/`;
    const { Contents = [] } = await s3.send(
      new ListObjectsV2Command({ Bucket: "deploys", Prefix }),
    );
    await s3.send(new GetObjectCommand({ Bucket: "deploys", Key: Contents[0]?.Key }));
    await tried(s3.send(new GetObjectCommand({ Bucket: "deploys", Key: "config.json" })));
    expect(statement(fake, "s3:ListBucket")[0]?.Resource).toEqual(["arn:aws:s3:::deploys"]);
    expect(statement(fake, "s3:GetObject")[0]?.Resource).toEqual([
      "arn:aws:s3:::deploys/config.json",
      "arn:aws:s3:::deploys/run/*",
    ]);
  });

  it("is of the region and the account of the fake, unless it is told others", async () => {
    const fake = account({ region: "cn-north-1", accountId: "111122223333" });
    await fake.sendCommand({ ...script, InstanceIds: [WEB] });
    expect(fake.callerPolicy().Statement[0]?.Resource).toContain(
      `arn:aws-cn:ec2:cn-north-1:111122223333:instance/${WEB}`,
    );
    expect(
      fake.callerPolicy({ region: "us-gov-*", accountId: "*" }).Statement[0]?.Resource,
    ).toContain(`arn:aws-us-gov:ec2:us-gov-*:*:instance/${WEB}`);
  });

  it("names an operation that the fake does not answer instead of leaving it out", async () => {
    const fake = account();
    const headers = { "x-amz-target": "AmazonSSM.StartSession" };
    await fake.answer({ method: "POST", path: "/", headers, body: "{}" });
    expect(() => fake.callerPolicy()).toThrow(/^The journal has a call of StartSession, which/);
  });

  it("has the actions that callerPolicy has", () => {
    const needs: Readonly<Record<string, readonly [string, unknown]>> = OPERATION_NEEDS;
    for (const action of Object.values(CALLER_ACTIONS).flat())
      expect(needs[callOf(action)]?.[0]).toBe(action);
  });
});

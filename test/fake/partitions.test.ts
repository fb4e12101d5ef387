import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SSM } from "@aws-sdk/client-ssm";
import { cloudWatchOutput, nodeLogsPolicy } from "ssm-run-command";
import { type Access, FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { nodeId, SCRIPT } from "../contract/contract-account.ts";
import { refusalOf } from "../support/rejection.ts";

const ACCOUNT = "123456789012";
const [EC2, HYBRID] = [nodeId(1), "mi-0123456789abcdef0"];
const OWN = JSON.stringify({
  schemaVersion: "2.2",
  mainSteps: [{ action: "aws:runShellScript", name: "run", inputs: { runCommand: ["id"] } }],
});

/** [aws-sdk-partitions] */
const PARTITIONS = [
  { region: "us-east-1", partition: "aws", suffix: "amazonaws.com" },
  { region: "cn-north-1", partition: "aws-cn", suffix: "amazonaws.com.cn" },
  { region: "us-gov-west-1", partition: "aws-us-gov", suffix: "amazonaws.com" },
  { region: "eusc-de-east-1", partition: "aws-eusc", suffix: "amazonaws.eu" },
  { region: "us-iso-east-1", partition: "aws-iso", suffix: "c2s.ic.gov" },
  { region: "us-isob-east-1", partition: "aws-iso-b", suffix: "sc2s.sgov.gov" },
  { region: "eu-isoe-west-1", partition: "aws-iso-e", suffix: "cloud.adc-e.uk" },
  { region: "us-isof-south-1", partition: "aws-iso-f", suffix: "csp.hci.ic.gov" },
  // Names that only look like those of other partitions.
  { region: "china-1", partition: "aws", suffix: "amazonaws.com" },
  { region: "us-govern-1", partition: "aws", suffix: "amazonaws.com" },
] as const;

/** A fake with a node of either kind, a document and a parameter of its own, and clients of it. */
async function inRegion(region: string, options: FakeSsmOptions = {}) {
  const behavior = { type: "exits", stdout: "up\n" } as const;
  const nodes = [{ instanceId: EC2 }, { instanceId: HYBRID }];
  const fake = new FakeSsm({ region, nodes, behavior, ...options });
  await fake.documents.add("Own", OWN);
  fake.parameters.set("/app/key", "value");
  return {
    fake,
    ssm: new SSM(fake.clientConfig()),
    logs: new CloudWatchLogsClient(fake.logs.clientConfig()),
    s3: new S3Client(fake.objects.clientConfig()),
  };
}

/** The message of a refusal, after the caller. */
const denied = (partition: string, action: string, resource: string) =>
  `User: arn:${partition}:iam::${ACCOUNT}:user/fake is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

describe.each(PARTITIONS)("in $region", ({ region, partition, suffix }) => {
  const of = (service: string, resource: string, account = ACCOUNT) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`;

  it.each<readonly [what: string, resource: string, ask: (ssm: SSM) => Promise<unknown>]>([
    [
      "the resource of a document of the account",
      of("ssm", "document/Own"),
      (ssm) => ssm.getDocument({ Name: "Own" }),
    ],
    [
      "the resource of a document of AWS's",
      of("ssm", "document/AWS-RunShellScript", ""),
      (ssm) => ssm.getDocument({ Name: "AWS-RunShellScript" }),
    ],
    [
      "the resource of an EC2 node",
      of("ec2", `instance/${EC2}`),
      (ssm) => ssm.getConnectionStatus({ Target: EC2 }),
    ],
    [
      "the resource of a hybrid node",
      of("ssm", `managed-instance/${HYBRID}`),
      (ssm) => ssm.getConnectionStatus({ Target: HYBRID }),
    ],
    [
      "the resource of a parameter",
      of("ssm", "parameter/app/key"),
      (ssm) => ssm.getParameter({ Name: "/app/key" }),
    ],
    ["the resource of all there is", of("ssm", "*"), (ssm) => ssm.listCommands({})],
  ])("a refusal has the partition in its user and in %s", async (_, resource, ask) => {
    const operations: string[] = [];
    const access: Access = ({ operation }) => {
      operations.push(operation);
      return "denied";
    };
    const { ssm } = await inRegion(region, { access });
    expect(await refusalOf(ask(ssm))).toEqual({
      name: "AccessDeniedException",
      message: denied(partition, `ssm:${operations[0]}`, resource),
    });
  });

  it("a refusal of SendCommand has it in the resource of the node", async () => {
    const access: Access = ({ node }) => (node === HYBRID ? "denied" : "allowed");
    const { ssm } = await inRegion(region, { access });
    const sent = ssm.sendCommand({ ...SCRIPT, InstanceIds: [EC2, HYBRID] });
    const resource = of("ssm", `managed-instance/${HYBRID}`);
    expect((await refusalOf(sent)).message).toBe(denied(partition, "ssm:SendCommand", resource));
  });

  it("a refusal of CloudWatch Logs has it in the resource of the stream", async () => {
    const { fake, logs } = await inRegion(region);
    fake.faults.denyAccess("GetLogEvents", { times: 1 });
    const named = { logGroupName: "group", logStreamName: "stream" };
    expect((await refusalOf(logs.send(new GetLogEventsCommand(named)))).message).toBe(
      denied(partition, "logs:GetLogEvents", of("logs", "log-group:group:log-stream:stream")),
    );
  });

  it("a refusal of S3 has it in the resource, in which neither region nor account stands", async () => {
    const { fake, s3 } = await inRegion(region);
    fake.faults.denyAccess("GetObject", { times: 1 });
    expect(
      await refusalOf(s3.send(new GetObjectCommand({ Bucket: "bucket", Key: "a/b" }))),
    ).toEqual({
      name: "AccessDenied",
      message: denied(partition, "s3:GetObject", `"arn:${partition}:s3:::bucket/a/b"`),
    });
  });

  it("a parameter has it in its ARN", async () => {
    const { ssm } = await inRegion(region);
    const { Parameter } = await ssm.getParameter({ Name: "/app/key" });
    expect(Parameter?.ARN).toBe(of("ssm", "parameter/app/key"));
  });

  it("log groups and streams have it in their ARNs", async () => {
    const { ssm, logs, fake } = await inRegion(region);
    const CloudWatchOutputConfig = cloudWatchOutput("/deploys");
    await ssm.sendCommand({ ...SCRIPT, InstanceIds: [EC2], CloudWatchOutputConfig });
    await fake.clock.advance("1m");
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
    const named = { logGroupIdentifier: of("logs", "log-group:/deploys") };
    const { logStreams } = await logs.send(new DescribeLogStreamsCommand(named));
    expect([logGroups?.[0]?.arn, logStreams?.[0]?.arn]).toEqual([
      of("logs", "log-group:/deploys:*"),
      `${of("logs", "log-group:/deploys:log-stream:")}${logStreams?.[0]?.logStreamName}`,
    ]);
  });

  it("events have it in the ARNs of their nodes", async () => {
    const { ssm, fake } = await inRegion(region);
    await ssm.sendCommand({ ...SCRIPT, InstanceIds: [EC2, HYBRID] });
    await fake.clock.advance("1m");
    const arns = [of("ec2", `instance/${EC2}`), of("ssm", `managed-instance/${HYBRID}`)];
    const events = fake.notifications.events();
    const whole = events.filter(({ resources }) => resources.length === 2);
    expect([
      new Set(events.map((event) => event.region)),
      new Set(events.flatMap(({ resources }) => resources)),
      whole.at(-1)?.resources,
    ]).toEqual([new Set([region]), new Set(arns), arns]);
  });

  it("the addresses of output have the host of the partition", async () => {
    const { ssm, fake } = await inRegion(region);
    const inBucket = { OutputS3BucketName: "bucket", OutputS3KeyPrefix: "p" };
    const { Command } = await ssm.sendCommand({ ...SCRIPT, InstanceIds: [EC2], ...inBucket });
    await fake.clock.advance("1m");
    const asked = { CommandId: Command?.CommandId ?? "", InstanceId: EC2 };
    const { CommandInvocations } = await ssm.listCommandInvocations({ ...asked, Details: true });
    const shown = [
      await ssm.getCommandInvocation(asked),
      CommandInvocations?.[0]?.CommandPlugins?.[0],
    ];
    const folder = `https://s3.${region}.${suffix}/bucket/p/${asked.CommandId}/${EC2}/awsrunShellScript/0.awsrunShellScript`;
    for (const each of shown) {
      expect([each?.StandardOutputUrl, each?.StandardErrorUrl]).toEqual([
        `${folder}/stdout`,
        `${folder}/stderr`,
      ]);
    }
  });

  it("events of Lambda have the host of the topic's region, wherever the fake is", async () => {
    const { ssm, fake } = await inRegion("ap-south-1");
    const topic = `arn:${partition}:sns:${region}:${ACCOUNT}:deploys`;
    await ssm.sendCommand({
      ...{ ...SCRIPT, InstanceIds: [EC2] },
      ServiceRoleArn: `arn:${partition}:iam::${ACCOUNT}:role/notify`,
      NotificationConfig: { NotificationArn: topic, NotificationEvents: ["All"] },
    });
    await fake.clock.advance("1m");
    const sns = fake.notifications.lambdaEvents().map(({ Records }) => Records[0]?.Sns);
    const hosts = sns.flatMap((each) => [each?.SigningCertUrl, each?.UnsubscribeUrl]);
    expect(new Set(hosts.map((url) => new URL(url ?? "").host))).toEqual(
      new Set([`sns.${region}.${suffix}`]),
    );
    expect(sns[0]?.TopicArn).toBe(topic);
  });

  it.each(["Own", "AWS-RunShellScript"])("a document is found by its ARN: %s", async (name) => {
    const { ssm } = await inRegion(region);
    const arn = of("ssm", `document/${name}`, name === "Own" ? ACCOUNT : "");
    const sent = { ...SCRIPT, ...(name === "Own" ? { Parameters: {} } : {}), DocumentName: arn };
    const { Command } = await ssm.sendCommand({ ...sent, InstanceIds: [EC2] });
    const { Name } = await ssm.getDocument({ Name: arn });
    expect([Command?.DocumentName, Name]).toEqual([arn, name]);
  });

  it("the ARN of another partition means neither a document nor a parameter", async () => {
    const { ssm } = await inRegion(region);
    const other = partition === "aws" ? "aws-cn" : "aws";
    const at = `arn:${other}:ssm:${region}:${ACCOUNT}:`;
    const document = await refusalOf(ssm.getDocument({ Name: `${at}document/Own` }));
    const parameter = await refusalOf(ssm.getParameter({ Name: `${at}parameter/app/key` }));
    expect([document.name, parameter.name]).toEqual(["InvalidDocument", "ParameterNotFound"]);
  });

  it("the policy of a node has it in its ARNs", () => {
    expect(nodeLogsPolicy({ region }).Statement[1]?.Resource).toEqual([
      of("logs", "log-group:/aws/ssm/*", "*"),
      of("logs", "log-group:/aws/ssm/*:*", "*"),
    ]);
  });
});

describe("the policy of a node", () => {
  it.each([
    [{ region: "us-gov-west-1" }, "arn:aws-us-gov:logs:us-gov-west-1:*:"],
    [{ region: "us-gov-*" }, "arn:aws-us-gov:logs:us-gov-*:*:"],
    [{ region: "cn-*" }, "arn:aws-cn:logs:cn-*:*:"],
    [{ region: "cn-north-1", accountId: ACCOUNT }, `arn:aws-cn:logs:cn-north-1:${ACCOUNT}:`],
    [{ region: "*" }, "arn:aws:logs:*:*:"],
    [{}, "arn:aws:logs:*:*:"],
  ])("of %j has ARNs that begin with %s", (options, beginning) => {
    const { Statement } = nodeLogsPolicy({ logGroupName: "/deploys", ...options });
    expect(Statement[1]?.Resource).toEqual([
      `${beginning}log-group:/deploys`,
      `${beginning}log-group:/deploys:*`,
    ]);
  });
});

describe("over HTTP", () => {
  /** A fake in us-east-1 that is served, and what clients of it are made with. */
  async function served(options: FakeSsmOptions = {}) {
    const fake = new FakeSsm(options);
    const { url: endpoint, close } = await serveFakeSsm(fake, { log: () => {} });
    onTestFinished(() => close());
    const credentials = { accessKeyId: "AKIAFAKESSM", secretAccessKey: "fake" };
    return {
      fake,
      config: (region: string) => ({ region, endpoint, credentials, maxAttempts: 1 }),
    };
  }

  it.each([
    ["cn-north-1", "aws-cn"],
    ["us-gov-west-1", "aws-us-gov"],
    ["eusc-de-east-1", "aws-eusc"],
    ["us-east-1", "aws"],
  ])("a request that was signed for %s sees ARNs of %s", async (region, partition) => {
    const { fake, config } = await served({ access: "denied" });
    fake.faults.denyAccess("GetObject", { times: 1 });
    const [ssm, s3] = [new SSM(config(region)), new S3Client(config(region))];
    onTestFinished(() => [ssm, s3].forEach((client) => void client.destroy()));
    const asked = [
      ssm.getDocument({ Name: "Own" }),
      s3.send(new GetObjectCommand({ Bucket: "bucket", Key: "key" })),
    ];
    const messages = (await Promise.all(asked.map(refusalOf))).map(({ message }) => message);
    const document = `arn:${partition}:ssm:${region}:${ACCOUNT}:document/Own`;
    expect(messages).toEqual([
      denied(partition, "ssm:GetDocument", document),
      denied(partition, "s3:GetObject", `"arn:${partition}:s3:::bucket/key"`),
    ]);
  });

  it("a document of a region in China is found by its ARN", async () => {
    const { config } = await served();
    const ssm = new SSM(config("cn-north-1"));
    onTestFinished(() => ssm.destroy());
    await ssm.createDocument({ Name: "Own", Content: OWN, DocumentType: "Command" });
    const { Name } = await ssm.getDocument({
      Name: `arn:aws-cn:ssm:cn-north-1:${ACCOUNT}:document/Own`,
    });
    expect(Name).toBe("Own");
  });
});

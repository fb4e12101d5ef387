import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import {
  callerPolicy,
  cloudWatchOutput,
  RunCommandClient,
  runShellScript,
  tagTargets,
} from "ssm-run-command";
import { readCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { type Access, FakeSsm, fails } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { documentArn, nodeArn } from "../../src/domain/arns.ts";
import { OPERATION_NEEDS } from "../../src/fake/reports/operation-needs.ts";
import { isAllowed, narrower, type Policy } from "../support/iam-evaluator.ts";

const home = { region: "us-east-1", accountId: "123456789012" };
const nodes = [
  { instanceId: "i-0123456789abcdef0", tags: { Role: "web" } },
  { instanceId: "mi-0123456789abcdef0", tags: { Role: "web" } },
  { instanceId: "i-00000000000000002", tags: { Role: "db" } },
];

/** The access of somebody who has this policy. */
function accessOf(policy: Policy): Access {
  const actions: Readonly<Record<string, readonly [string, unknown]>> = OPERATION_NEEDS;
  return ({ operation, document, node, tags, bucket }) => {
    const isSending = operation === "SendCommand";
    const resource =
      isSending && node !== undefined
        ? nodeArn(node, home)
        : isSending && document !== undefined
          ? documentArn(document, home)
          : undefined;
    const wish = {
      action: actions[operation]?.[0] ?? "",
      // Objects are asked for by their bucket alone.
      ...(bucket !== undefined && operation === "ListObjectsV2"
        ? { resource: `arn:aws:s3:::${bucket}` }
        : {}),
      ...(resource === undefined ? {} : { resource }),
      ...(tags === undefined ? {} : { tags }),
    };
    return isAllowed(policy, wish) ? "allowed" : "denied";
  };
}

function account(access: Access): FakeSsm {
  const behavior = fails({ exitCode: 7, stdout: "begun\n", stderr: "disk full\n", after: "90s" });
  return new FakeSsm({ nodes, behavior, access });
}

/** What a deployment does: send by tags, wait, read what was written, in three ways; then stop another one. */
async function deployment(fake: FakeSsm): Promise<unknown> {
  const runCommand = new RunCommandClient(fake.client());
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
  const s3 = new S3Client(fake.objects.clientConfig());
  const Targets = tagTargets({ Role: "web" });
  const sent = await runCommand.send({
    ...{ ...runShellScript("./deploy.sh"), Targets, CloudWatchOutputConfig: cloudWatchOutput() },
    ...{ OutputS3BucketName: "deploys" },
  });
  const outcome = await sent.waitForTerminal();
  const read = await Promise.all(
    outcome.invocations.map(({ instanceId }) =>
      runCommand.readOutput({ commandId: sent.commandId, instanceId }),
    ),
  );
  const output = await readCommandOutput(logs, outcome);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: "deploys" }));
  await s3.send(new GetObjectCommand({ Bucket: "deploys", Key: Contents[0]?.Key }));
  const second = await runCommand.send({ ...runShellScript("./deploy.sh"), Targets });
  await second.cancel();
  const kinds = outcome.invocations.map(({ kind }) => kind);
  return { kinds, read, output: output.map(({ stdout }) => stdout), objects: Contents.length };
}

/** What came of it, or the name of the error. */
async function cameOf(work: (fake: FakeSsm) => Promise<unknown>, policy: Policy): Promise<unknown> {
  return work(account(accessOf(policy))).catch((error: Error) => error.name);
}

describe("the policy of a journal", () => {
  it("is enough for what was done, and without any of its actions it is not", async () => {
    const fake = account("allowed");
    const done = await deployment(fake);
    const policy = fake.callerPolicy();
    expect(await cameOf(deployment, policy)).toEqual(done);
    const lacking = narrower(policy);
    expect(lacking.length).toBeGreaterThan(8);
    for (const { without, policy: less } of lacking) {
      // The fake's access is not asked about the groups, keys and buckets of these.
      if (/logs:.* on |s3:GetObject on |SendCommand on arn:aws:s3/.test(without)) continue;
      expect(await cameOf(deployment, less), without).not.toEqual(done);
    }
  });

  it("does not let other nodes, other documents or other calls through", async () => {
    const fake = account("allowed");
    await deployment(fake);
    const other = account(accessOf(fake.callerPolicy()));
    const script = runShellScript("uptime");
    const denied = { name: "AccessDeniedException" };
    const InstanceIds = ["i-00000000000000002"];
    await expect(other.sendCommand({ ...script, InstanceIds })).rejects.toMatchObject(denied);
    const Targets = tagTargets({ Role: "web" });
    const DocumentName = "AWS-RunPowerShellScript";
    await expect(other.sendCommand({ ...script, DocumentName, Targets })).rejects.toMatchObject(
      denied,
    );
    await expect(other.describeInstanceInformation({})).rejects.toMatchObject(denied);
  });
});

describe("the policy of a list of calls", () => {
  const policy = callerPolicy({ document: "AWS-RunShellScript", tags: { Role: "web" }, ...home });

  const sendAndWait = async (fake: FakeSsm) => {
    const runCommand = new RunCommandClient(fake);
    const Targets = tagTargets({ Role: "web" });
    const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), Targets });
    const { invocations } = await sent.waitForTerminal();
    return invocations.map(({ kind, plugins }) => [kind, plugins[0]?.stderr]);
  };

  it("is enough for a send and a wait, streams of nodes that failed included, and not more", async () => {
    const done = await sendAndWait(account("allowed"));
    expect(await cameOf(sendAndWait, policy)).toEqual(done);
    for (const { without, policy: less } of narrower(policy)) {
      expect(await cameOf(sendAndWait, less), without).not.toEqual(done);
    }
  });
});

import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import {
  cloudWatchOutput,
  RunCommandClient,
  RunCommandError,
  runShellScript,
  type SendRequest,
  tagTargets,
} from "ssm-run-command";
import { readCommandOutput } from "ssm-run-command/cloudwatch-logs";
import { byPlugin, FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../support/rejection.ts";
import { TWO_STEPS } from "./a-logged-command.ts";

const [a, b] = ["i-00000001", "i-00000002"];
const IN_BUCKET = { OutputS3BucketName: "output-bucket", OutputS3KeyPrefix: "run command/é" };
const NO_BUCKET = { OutputS3BucketName: undefined, OutputS3KeyPrefix: undefined };
const behavior = succeeds({ stdout: "one\r\ntwo\n", stderr: "careful\n" });

/** A command whose output went to a bucket, and the clients to read it with. */
async function inBucket(options: FakeSsmOptions, request: Partial<SendRequest> = {}) {
  const fake = new FakeSsm({ nodes: [{ instanceId: a }], ...options });
  await fake.documents.add("Two-Steps", TWO_STEPS);
  const send = async (more: Partial<SendRequest> = {}) => {
    const sent = await new RunCommandClient(fake).send({
      ...runShellScript("./a.sh"),
      ...IN_BUCKET,
      InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
      MaxErrors: "100%",
      ...request,
      ...more,
    } as SendRequest);
    return sent.waitForTerminal();
  };
  return {
    fake,
    send,
    outcome: await send(),
    s3: new S3Client(fake.objects.clientConfig()),
    logs: new CloudWatchLogsClient(fake.logs.clientConfig()),
  };
}

describe("output in a bucket", () => {
  it("is read as the script wrote it", async () => {
    const { outcome, logs, s3 } = await inBucket({ behavior });
    expect(await readCommandOutput(logs, outcome, { s3 })).toEqual([
      {
        instanceId: a,
        plugin: "aws:runShellScript",
        stdout: "one\r\ntwo\n",
        stderr: "careful\n",
      },
    ]);
  });

  it.each(["", "prefix", "two/levels/"])(
    "is found below the key prefix %j",
    async (OutputS3KeyPrefix) => {
      const { outcome, s3 } = await inBucket({ behavior }, { OutputS3KeyPrefix });
      const [output] = await readCommandOutput(undefined, outcome, { s3 });
      expect(output?.stdout).toBe("one\r\ntwo\n");
    },
  );

  it("is that of every step, on every node, in the order of the outcome", async () => {
    const steps = byPlugin({
      install: succeeds({ stdout: "installed\n" }),
      verify: succeeds({ stdout: "verified\n" }),
    });
    const nodes = [
      { instanceId: a, behavior: steps },
      { instanceId: b, behavior: steps },
    ];
    const request = { DocumentName: "Two-Steps", Parameters: {} };
    const { outcome, s3 } = await inBucket({ nodes }, request);
    const order = outcome.invocations.map(({ instanceId }) => instanceId);
    expect(await readCommandOutput(undefined, outcome, { s3 })).toEqual(
      order.flatMap((instanceId) => [
        { instanceId, plugin: "install", stdout: "installed\n", stderr: "" },
        { instanceId, plugin: "verify", stdout: "verified\n", stderr: "" },
      ]),
    );
  });

  it("is found by its names where the API shows no address", async () => {
    const { outcome, s3 } = await inBucket({ behavior });
    const invocations = outcome.invocations.map((each) => ({
      ...each,
      invocation: { ...each.invocation, CommandPlugins: [] },
    }));
    const [output] = await readCommandOutput(undefined, { ...outcome, invocations }, { s3 });
    expect(output?.stderr).toBe("careful\n");
  });

  it("is listed over pages, and only what has something is read", async () => {
    const tags = { Role: "web" };
    const nodes = Array.from({ length: 700 }, () => ({ tags }));
    const { fake, outcome, s3 } = await inBucket(
      { nodes, behavior, latency: "instant" },
      { InstanceIds: undefined, Targets: tagTargets(tags), MaxConcurrency: "100%" },
    );
    const outputs = await readCommandOutput(undefined, outcome, { s3 });
    expect(outputs.filter(({ stderr }) => stderr === "careful\n")).toHaveLength(700);
    const calls = (operation: "ListObjectsV2" | "GetObject") =>
      fake.journal.entries(operation).length;
    expect([calls("ListObjectsV2"), calls("GetObject")]).toEqual([2, 1_400]);
  });

  it("is that of each part of a command with several ids", async () => {
    const { outcome, send, s3 } = await inBucket({ behavior });
    const other = await send();
    const commandIds = [outcome, other].map(({ command }) => command.CommandId);
    const whole = {
      ...outcome,
      command: { ...outcome.command, CommandId: commandIds.join(", ") },
      invocations: [...outcome.invocations, ...other.invocations],
    };
    const outputs = await readCommandOutput(undefined, whole, { s3 });
    expect(outputs.map(({ stdout }) => stdout)).toEqual(["one\r\ntwo\n", "one\r\ntwo\n"]);
  });

  it("has its broken bytes replaced", async () => {
    const { fake, outcome, s3 } = await inBucket({ behavior });
    fake.on("GetObject", () => ({ answer: { Body: new Uint8Array([0x61, 0xff, 0x62]) } }));
    const [output] = await readCommandOutput(undefined, outcome, { s3 });
    expect(output?.stdout).toBe("a\uFFFDb");
  });

  it("is read there if it went to both, and from CloudWatch Logs if no S3 client is given", async () => {
    const both = { CloudWatchOutputConfig: cloudWatchOutput() };
    const { outcome, logs, s3 } = await inBucket({ behavior }, both);
    const [bucket] = await readCommandOutput(logs, outcome, { s3 });
    const [group] = await readCommandOutput(logs, outcome);
    expect([bucket?.stdout, group?.stdout]).toEqual(["one\r\ntwo\n", "one\ntwo"]);
  });

  it("is no reason to look there, if the command was sent without a bucket", async () => {
    const only = { CloudWatchOutputConfig: cloudWatchOutput(), ...NO_BUCKET };
    const { outcome, logs, s3 } = await inBucket({ behavior }, only);
    const [output] = await readCommandOutput(logs, outcome, { s3 });
    expect(output?.stdout).toBe("one\ntwo");
  });

  it("and no S3 client is an error that says to give one", async () => {
    const { outcome, logs } = await inBucket({ behavior });
    const error = await rejectionOf(readCommandOutput(logs, outcome));
    expect(error).toBeInstanceOf(RunCommandError);
    expect(error).toHaveProperty(
      "message",
      `The output of command ${outcome.command.CommandId} went to the bucket output-bucket only. Give readCommandOutput() the option s3, an S3Client.`,
    );
  });

  it.each([
    [1, true],
    [2, true],
    [3, false],
  ])("whose body breaks off %i times is read: %s", async (times, isRead) => {
    const { fake, outcome, s3 } = await inBucket({ behavior: succeeds({ stdout: "one\n" }) });
    fake.faults.breakBody("GetObject", { times });
    const reading = readCommandOutput(undefined, outcome, { s3 });
    const texts = reading.then((outputs) => outputs.map(({ stdout }) => stdout));
    expect(await texts.catch(() => "an error")).toEqual(isRead ? ["one\n"] : "an error");
  });

  it("that the caller may not read is S3's error", async () => {
    const { fake, outcome, logs, s3 } = await inBucket({ behavior });
    fake.faults.denyAccess("GetObject", { times: 1 });
    const error = await rejectionOf(readCommandOutput(logs, outcome, { s3 }));
    expect(error).toHaveProperty("name", "AccessDenied");
  });

  it("needs a client of CloudWatch Logs where it went there", async () => {
    const { outcome, s3 } = await inBucket(
      { behavior },
      { CloudWatchOutputConfig: cloudWatchOutput(), ...NO_BUCKET },
    );
    const error = await rejectionOf(readCommandOutput(undefined, outcome, { s3 }));
    expect(error).toHaveProperty(
      "message",
      "readCommandOutput() was given undefined. Give it a CloudWatchLogsClient.",
    );
  });

  it("is not read without an outcome, which says where it is", async () => {
    const { logs, outcome, s3 } = await inBucket({ behavior });
    const refs = {
      commandId: outcome.command.CommandId ?? "",
      instanceIds: [a],
      pluginNames: ["aws:runShellScript"],
      logGroupName: "/aws/ssm/AWS-RunShellScript",
    };
    expect(await rejectionOf(readCommandOutput(logs, refs, { s3 }))).toEqual(
      new TypeError(
        "readCommandOutput() was given s3 and no outcome, and only an outcome says which bucket it is. Give it the outcome, which waitForTerminal() and look() return, or leave out s3.",
      ),
    );
  });

  it("is read by clients only", async () => {
    const { outcome, logs } = await inBucket({ behavior });
    const s3 = { bucket: "output-bucket" } as unknown as S3Client;
    const error = await rejectionOf(readCommandOutput(logs, outcome, { s3 }));
    expect(error).toHaveProperty(
      "message",
      "s3 of readCommandOutput() was given { bucket }. Give it an S3Client of @aws-sdk/client-s3.",
    );
  });
});

describe("output that is missing in a bucket", () => {
  const missing = async (...[options, change]: [FakeSsmOptions, ((fake: FakeSsm) => void)?]) => {
    const { fake, outcome, s3 } = await inBucket(options);
    change?.(fake);
    const output = await readCommandOutput(undefined, outcome, { s3 });
    return output.map((each) => each.missing);
  };

  it("is explained by what was written, when nothing was", async () => {
    expect(await missing({ behavior: succeeds() })).toEqual(["The plugin wrote nothing."]);
  });

  it("is explained by the permissions of the node", async () => {
    const nodes = [{ behavior, objects: "denied" }] as const;
    expect(await missing({ nodes: [...nodes] })).toEqual([
      "Bucket output-bucket has no object of it. The role of the node lacks one of s3:PutObject, s3:PutObjectAcl on it, or the policy of the bucket denies that.",
    ]);
  });

  it("is explained by the bucket, when there is none", async () => {
    const remove = (fake: FakeSsm) =>
      fake.objects.setBucket("output-bucket", { access: "missing" });
    expect(await missing({ behavior }, remove)).toEqual([
      "Bucket output-bucket does not exist, or no longer.",
    ]);
  });

  it("is not claimed of a node that wrote on one stream only", async () => {
    expect(await missing({ behavior: succeeds({ stderr: "careful\n" }) })).toEqual([undefined]);
  });
});

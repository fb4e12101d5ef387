import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const Bucket = "output-bucket";

/** The output of a command in a bucket, and an `S3Client` of the SDK under test. */
async function anOutput() {
  const fake = new FakeSsm({
    nodes: [{}],
    behavior: succeeds({ stdout: "deployed\n", stderr: "é" }),
  });
  const sent = await new RunCommandClient(fake).send({
    ...runShellScript("./deploy.sh"),
    InstanceIds: fake.nodes.list().map(({ instanceId }) => instanceId),
    OutputS3BucketName: Bucket,
    OutputS3KeyPrefix: "a b/ü",
  });
  await sent.waitForTerminal();
  const [stderr = "", stdout = ""] = fake.objects.list(Bucket);
  return { fake, s3: new S3Client(fake.objects.clientConfig()), stdout, stderr };
}

describe("an S3Client of this SDK", () => {
  it("reads an object", async () => {
    const { s3, stdout } = await anOutput();
    const { Body, ContentLength } = await s3.send(new GetObjectCommand({ Bucket, Key: stdout }));
    expect([await Body?.transformToString(), ContentLength]).toEqual(["deployed\n", 9]);
  });

  it("reads an object as a stream of Node", async () => {
    const { s3, stderr } = await anOutput();
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: stderr }));
    const chunks: Uint8Array[] = [];
    for await (const chunk of Body as AsyncIterable<Uint8Array>) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe("é");
  });

  it("asks for the length of an object", async () => {
    const { s3, stderr } = await anOutput();
    const { ContentLength, LastModified } = await s3.send(
      new HeadObjectCommand({ Bucket, Key: stderr }),
    );
    expect([ContentLength, LastModified]).toEqual([2, new Date("2024-01-01T00:00:00Z")]);
  });

  it("lists the keys page by page", async () => {
    const { s3, stdout, stderr } = await anOutput();
    const keys: unknown[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client: s3, pageSize: 1 },
      { Bucket },
    )) {
      keys.push(Contents.map(({ Key }) => Key));
    }
    expect(keys).toEqual([[stderr], [stdout]]);
  });

  it("gets errors of its own classes", async () => {
    const { s3 } = await anOutput();
    const missing = s3.send(new GetObjectCommand({ Bucket, Key: "none" }));
    await expect(missing).rejects.toBeInstanceOf(NoSuchKey);
    await expect(s3.send(new HeadObjectCommand({ Bucket, Key: "none" }))).rejects.toMatchObject({
      name: "NotFound",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it("tries again when it is told to slow down", async () => {
    const { fake, s3 } = await anOutput();
    fake.faults.throttle("ListObjectsV2", { times: 2 });
    const { $metadata, KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket }));
    expect([$metadata.attempts, KeyCount]).toEqual([3, 2]);
  });
});

import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  waitUntilBucketExists,
  waitUntilBucketNotExists,
} from "@aws-sdk/client-s3";
import { type Access, FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";

const Bucket = "output-bucket";

/** A fake whose node has uploaded its output, and a real client that reads it. */
async function anOutput(options: FakeSsmOptions = {}) {
  const fake = new FakeSsm({
    nodes: [{}],
    behavior: succeeds({ stdout: "deployed\n" }),
    ...options,
  });
  await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    InstanceIds: ["i-00000000000000001"],
    Parameters: { commands: ["true"] },
    OutputS3BucketName: Bucket,
  });
  await fake.clock.advance("1m");
  const s3 = new S3Client(fake.objects.clientConfig());
  const [Key = ""] = fake.objects.list(Bucket);
  const get = (more: object = {}) => s3.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { fake, s3, Key, get };
}

describe("the access of the fake", () => {
  it("is asked about the calls of S3, with their bucket", async () => {
    const asked: object[] = [];
    const access: Access = (call) => {
      asked.push(call);
      return "allowed";
    };
    const { get, s3 } = await anOutput({ access });
    asked.length = 0;
    await get();
    await s3.send(new ListObjectsV2Command({ Bucket }));
    expect(asked).toEqual([
      { operation: "GetObject", bucket: Bucket },
      { operation: "ListObjectsV2", bucket: Bucket },
    ]);
  });

  it("denies a call of S3 in S3's words", async () => {
    const access: Access = ({ operation }) => (operation === "GetObject" ? "denied" : "allowed");
    const { get, s3, Key, fake } = await anOutput({ access });
    expect(await rejectionOf(get())).toMatchObject({
      name: "AccessDenied",
      message: `User: arn:aws:iam::123456789012:user/fake is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::${Bucket}/${Key}" because no identity-based policy allows the s3:GetObject action`,
      $metadata: { httpStatusCode: 403 },
    });
    expect(fake.journal.entries().at(-1)).toMatchObject({
      type: "refusal",
      why: `The fake's access is "denied" for this call.`,
    });
    expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(1);
  });

  it("denies a call of CloudWatch Logs in the words of that", async () => {
    const access: Access = ({ operation }) =>
      operation === "DescribeLogGroups" ? "denied" : "allowed";
    const { fake } = await anOutput({ access });
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    expect(await rejectionOf(logs.send(new DescribeLogGroupsCommand({})))).toMatchObject({
      name: "AccessDeniedException",
      message: expect.stringContaining("is not authorized to perform: logs:DescribeLogGroups on"),
    });
  });
});

describe("the owner that a request expects", () => {
  it("may be the account of the fake", async () => {
    const { get } = await anOutput({ accountId: "111122223333" });
    expect((await get({ ExpectedBucketOwner: "111122223333" })).ContentLength).toBe(9);
  });

  it("may not be another account", async () => {
    const { get } = await anOutput();
    expect(await rejectionOf(get({ ExpectedBucketOwner: "999999999999" }))).toMatchObject({
      name: "AccessDenied",
      message: "Access Denied",
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe("HeadBucket", () => {
  it("finds a bucket that a command has named, and says its region", async () => {
    const { s3 } = await anOutput({ region: "eu-west-1" });
    const { BucketRegion, $metadata } = await s3.send(new HeadBucketCommand({ Bucket }));
    expect([BucketRegion, $metadata.httpStatusCode]).toEqual(["eu-west-1", 200]);
  });

  it("does not find a bucket that is missing", async () => {
    const { s3, fake } = await anOutput();
    fake.objects.setBucket("missing-bucket", { access: "missing" });
    const asked = s3.send(new HeadBucketCommand({ Bucket: "missing-bucket" }));
    expect(await rejectionOf(asked)).toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });

  it("serves the SDK's waiters", async () => {
    const { s3 } = await anOutput();
    const wait = { client: s3, minDelay: 0.01, maxDelay: 0.02, maxWaitTime: 1 };
    const there = await waitUntilBucketExists(wait, { Bucket });
    const gone = await waitUntilBucketNotExists(wait, { Bucket: "no-bucket" });
    expect([there.state, gone.state]).toEqual(["SUCCESS", "SUCCESS"]);
  });
});

describe("what is read", () => {
  it("may be changed without changing the object", async () => {
    const { get, fake, Key } = await anOutput();
    const { Body } = await get();
    for await (const piece of Body as AsyncIterable<Uint8Array>) piece.fill(88);
    expect(await (await get()).Body?.transformToString()).toBe("deployed\n");
    expect(fake.objects.get(Bucket, Key)).toBe("deployed\n");
  });

  it("through an adapter of one's own may be changed, too", async () => {
    const { fake, Key } = await anOutput();
    const request = { method: "GET", path: `/${Bucket}/${Key}`, headers: {}, body: undefined };
    (await fake.objects.answer(request)).body.fill(88);
    const { body } = await fake.objects.answer(request);
    expect(new TextDecoder().decode(body)).toBe("deployed\n");
  });

  it("has tag and time, and no body, where its reader has this tag already", async () => {
    const { fake, Key, get } = await anOutput();
    const { ETag = "" } = await get();
    const headers = { "If-None-Match": ETag };
    const request = { method: "GET", path: `/${Bucket}/${Key}`, headers, body: undefined };
    const { statusCode, headers: shown, body } = await fake.objects.answer(request);
    expect([statusCode, body.byteLength]).toEqual([304, 0]);
    expect(shown).toMatchObject({ etag: ETag, "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT" });
    expect(shown).not.toHaveProperty("content-type");
  });
});

describe("a handler of a test", () => {
  it("gives metadata and a class of storage", async () => {
    const { fake, get } = await anOutput();
    fake.on("GetObject", () => ({
      answer: { Body: "mine", Metadata: { owner: "web" }, StorageClass: "GLACIER_IR" },
    }));
    expect(await get()).toMatchObject({
      ContentLength: 4,
      Metadata: { owner: "web" },
      StorageClass: "GLACIER_IR",
    });
  });

  it("gives bytes as an ArrayBuffer", async () => {
    const { fake, get } = await anOutput();
    fake.on("GetObject", () => ({ answer: { Body: Uint8Array.of(104, 105).buffer } }));
    expect(await (await get()).Body?.transformToString()).toBe("hi");
  });

  it.each([
    ["a number", 7],
    ["a Blob", new Blob(["mine"])],
    ["null", null],
  ])("may not give %s as a body", async (_, Body) => {
    const { fake, get } = await anOutput();
    fake.on("GetObject", () => ({ answer: { Body } }));
    await expect(get()).rejects.toThrow(
      "A handler of GetObject returned a Body that is neither a string nor bytes. Return one of these.",
    );
  });

  it("refuses an InternalServerError as an InternalError, which the SDK tries again", async () => {
    const { fake, get } = await anOutput();
    fake.on("GetObject", () => ({ refuse: { name: "InternalServerError", message: "Mine." } }));
    expect(await rejectionOf(get())).toMatchObject({
      name: "InternalError",
      message: "Mine.",
      $metadata: { httpStatusCode: 500, attempts: 3 },
    });
  });

  it("refuses an AccessDeniedException as an AccessDenied", async () => {
    const { fake, get } = await anOutput();
    fake.on("*", () => ({ refuse: { name: "AccessDeniedException" } }));
    expect(await rejectionOf(get())).toMatchObject({
      name: "AccessDenied",
      message: "Access Denied",
      $metadata: { httpStatusCode: 403 },
    });
  });
});

describe("what the fake's S3 does not answer", () => {
  it("says so, and is tried once", async () => {
    const { s3, fake } = await anOutput();
    const { length } = fake.journal.entries();
    const asked = s3.send(new PutObjectCommand({ Bucket, Key: "mine", Body: "mine" }));
    expect(await rejectionOf(asked)).toMatchObject({
      name: "NotImplemented",
      message:
        "The fake's S3 does not answer PutObject. It answers GetObject, HeadBucket, HeadObject, ListObjects, ListObjectsV2.",
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    expect(fake.journal.entries().length - length).toBe(1);
  });
});

describe("setBucket", () => {
  it.each<[what: string, bucket: unknown, options: unknown, message: string]>([
    [
      "an unknown option",
      "output",
      { acces: "denied" },
      'fake.objects.setBucket("output") has no option "acces". Did you mean access?',
    ],
    ["no options", "output", null, 'fake.objects.setBucket("output") was given null.'],
    ["a word", "output", "denied", 'fake.objects.setBucket("output") was given "denied".'],
    ["no name", undefined, {}, "The name of a bucket is undefined. Use 3 to 63 characters"],
    ["a short name", "ab", {}, 'The name of a bucket is "ab".'],
  ])("refuses %s", (_, bucket, options, message) => {
    const { objects } = new FakeSsm();
    expect(() => objects.setBucket(bucket as never, options as never)).toThrow(message);
  });

  it("empties a bucket that is missing from now on", async () => {
    const { fake } = await anOutput();
    fake.objects.setBucket(Bucket, { access: "missing" });
    fake.objects.setBucket(Bucket);
    expect(fake.objects.list(Bucket)).toEqual([]);
  });
});

import { createHash } from "node:crypto";
import { beforeAll, expect, it } from "vitest";
import { nodeId } from "../contract/contract-account.ts";
import { Boto3, type Boto3Call } from "./boto3.ts";
import { describeClient } from "./describe-client.ts";
import { ServedAccount } from "./served-account.ts";

const BUCKET = "output-bucket";
const FOLDER = "awsrunShellScript/0.awsrunShellScript";
/** 9.8 MB: boto3 downloads what is above 8 MiB in parts, and the first one ends within a character. */
const LONG = `${"€".repeat(9)}\n`.repeat(350_000);
const MODIFIED = { datetime: "2024-01-01T00:00:00+00:00", isAware: true } as const;
const ETAG = expect.stringMatching(/^"[0-9a-f]{32}"$/);
/** What boto3 shows of the ids of S3, whose forms are not those of other services. */
const METADATA = {
  HTTPStatusCode: 200,
  RequestId: expect.stringMatching(/^[0-9A-F]{16}$/),
  HostId: expect.stringMatching(/^[\w+/=]{40,}$/),
  RetryAttempts: 0,
} as const;

/** An account with a bucket to which two nodes have uploaded, and boto3, which asks for objects. */
function anAccount() {
  const account = new ServedAccount({
    nodes: [
      { behavior: { type: "exits", stdout: "one\ntwo\n", stderr: "oops é\n" } },
      { behavior: { type: "exits", stdout: LONG } },
    ],
  });
  const boto3 = new Boto3(() => account.url);
  const ids = { command: "" };
  beforeAll(async () => {
    ids.command = await account.send({
      InstanceIds: [nodeId(1), nodeId(2)],
      OutputS3BucketName: BUCKET,
      OutputS3KeyPrefix: "run",
    });
    await account.fake.clock.advance("1m");
  });
  const keyOf = (node: number, stream = "stdout") =>
    `run/${ids.command}/${nodeId(node)}/${FOLDER}/${stream}`;
  const s3 = (name: string, request: object, how: Omit<Boto3Call, "service"> = {}) =>
    boto3.call(name, { Bucket: BUCKET, ...request }, { service: "s3", ...how });
  return { account, keyOf, s3 };
}

describeClient("boto3", {
  about: "s3, at the same port",
  checks: () => {
    const { account, keyOf, s3 } = anAccount();

    it("get_object returns the text, a datetime and the ids of the request", async () => {
      const { answer } = await s3("get_object", { Key: keyOf(1, "stderr") });
      expect(answer).toMatchObject({
        Body: "oops é\n",
        AcceptRanges: "bytes",
        ContentLength: 8,
        ContentType: "text/plain",
        ETag: ETAG,
        LastModified: MODIFIED,
        ServerSideEncryption: "AES256",
        Metadata: {},
        ResponseMetadata: METADATA,
      });
    });

    it("get_object with Range returns the part, with status 206", async () => {
      const { answer } = await s3("get_object", { Key: keyOf(1), Range: "bytes=-4" });
      expect(answer).toMatchObject({
        Body: "two\n",
        ContentLength: 4,
        ContentRange: "bytes 4-7/8",
        ResponseMetadata: { HTTPStatusCode: 206 },
      });
    });

    it("head_object returns the length of what get_object returns", async () => {
      const { answer } = await s3("head_object", { Key: keyOf(2) });
      expect(answer).toMatchObject({
        ContentLength: Buffer.byteLength(LONG),
        ContentType: "text/plain",
        ETag: ETAG,
        LastModified: MODIFIED,
        ResponseMetadata: METADATA,
      });
    });

    it("the waiter object_exists returns for a key that is there", async () => {
      expect(await s3("object_exists", { Key: keyOf(1) }, { how: "wait" })).toEqual({
        answer: null,
      });
    });

    it("the paginator of list_objects_v2 with PageSize 1 gives a page for each key", async () => {
      const paged = { PaginationConfig: { PageSize: 1 } };
      const { answer } = await s3("list_objects_v2", paged, { how: "paginate" });
      const page = (Key: string, Size: number) => {
        const Contents = [{ Key, Size, ETag: ETAG, LastModified: MODIFIED }];
        return { Contents, KeyCount: 1, MaxKeys: 1, Name: BUCKET, Prefix: "" };
      };
      expect(answer).toMatchObject([
        { ...page(keyOf(1, "stderr"), 8), IsTruncated: true },
        { ...page(keyOf(1), 8), IsTruncated: true },
        { ...page(keyOf(2), Buffer.byteLength(LONG)), IsTruncated: false },
      ]);
    });

    it("list_objects_v2 with Delimiter returns common prefixes", async () => {
      const { answer } = await s3("list_objects_v2", { Delimiter: "/" });
      expect(answer).toMatchObject({ CommonPrefixes: [{ Prefix: "run/" }], KeyCount: 1 });
    });

    it("Bucket.objects.all, which calls list_objects, gives every key with its size", async () => {
      const { answer } = await s3("all", {}, { how: "objects" });
      expect(answer).toEqual([
        [keyOf(1, "stderr"), 8],
        [keyOf(1), 8],
        [keyOf(2), Buffer.byteLength(LONG)],
      ]);
      expect(account.fake.journal.entries().at(-1)?.operation).toBe("ListObjects");
    });

    it("Bucket.objects.filter gives the keys with a prefix, over all pages", async () => {
      const Prefix = keyOf(1, "");
      const { answer } = await s3("filter", { Prefix, MaxKeys: 1 }, { how: "objects" });
      expect(answer).toEqual([
        [keyOf(1, "stderr"), 8],
        [keyOf(1), 8],
      ]);
    });

    it("download_fileobj fetches an object above 8 MiB in parts", async () => {
      const { length } = account.fake.journal.entries();
      const { answer } = await s3("download_fileobj", { Key: keyOf(2) }, { how: "download" });
      expect(answer).toEqual({
        bytes: Buffer.byteLength(LONG),
        sha256: createHash("sha256").update(LONG).digest("hex"),
      });
      const parts = account.fake.journal
        .entries()
        .slice(length)
        .filter(({ operation }) => operation === "GetObject");
      expect(parts).toHaveLength(2);
    });

    it.each([
      ["the default signature", {}, /[?&]AWSAccessKeyId=.*&Signature=/],
      ["s3v4", { signature_version: "s3v4" }, /[?&]X-Amz-Credential=/],
    ])(
      "generate_presigned_url with %s gives an address that anybody can open",
      async (_, config, form) => {
        const { answer } = await s3("get_object", { Key: keyOf(1) }, { how: "presign", config });
        expect(answer).toEqual({
          address: expect.stringMatching(form),
          status: 200,
          text: "one\ntwo\n",
        });
      },
    );

    it("an address that was signed for a key that does not exist answers in XML", async () => {
      const { answer } = await s3("get_object", { Key: "none" }, { how: "presign" });
      expect(answer).toMatchObject({
        status: 404,
        text: expect.stringContaining("<Code>NoSuchKey</Code>"),
      });
    });

    it("a client with another region reads the bucket, as on AWS", async () => {
      const config = { region_name: "eu-west-1" };
      expect(await s3("get_object", { Key: keyOf(1) }, { config })).toHaveProperty("answer");
    });
  },
});

describeClient("boto3", {
  about: "s3, refusals and trouble",
  checks: () => {
    const { account, keyOf, s3 } = anAccount();
    const { faults } = account.fake;

    it.each([
      ["get_object", { Key: "none" }, ["NoSuchKey", 404, "NoSuchKey"]],
      ["get_object", { Bucket: "no-bucket", Key: "none" }, ["NoSuchBucket", 404, "NoSuchBucket"]],
      ["list_objects_v2", { Bucket: "no-bucket" }, ["NoSuchBucket", 404, "NoSuchBucket"]],
      ["head_object", { Key: "none" }, ["404", 404, "ClientError"]],
      ["get_object", { Key: "KEY", Range: "bytes=8-" }, ["InvalidRange", 416, "ClientError"]],
      ["get_object", { Key: "KEY", IfMatch: '"0"' }, ["PreconditionFailed", 412, "ClientError"]],
      ["list_objects_v2", { ContinuationToken: "none" }, ["InvalidArgument", 400, "ClientError"]],
      ["head_bucket", { Bucket: "no-bucket" }, ["404", 404, "ClientError"]],
      ["list_object_versions", {}, ["NotImplemented", 400, "ClientError"]],
      ["delete_object", { Key: "KEY" }, ["NotImplemented", 400, "ClientError"]],
    ])("%s of %j is refused", async (name, request, [Code, HTTPStatusCode, aClass]) => {
      const Key = "Key" in request ? { Key: request.Key.replace("KEY", keyOf(1)) } : {};
      const { error } = await s3(name, { ...request, ...Key });
      expect(error).toMatchObject({
        class: aClass,
        Error: { Code },
        ResponseMetadata: { HTTPStatusCode },
      });
    });

    it("get_object of a key that does not exist says which, in S3's words", async () => {
      const { error } = await s3("get_object", { Key: "none" });
      expect(error).toMatchObject({
        class: "NoSuchKey",
        isModelled: true,
        Error: { Code: "NoSuchKey", Message: "The specified key does not exist.", Key: "none" },
      });
    });

    it("get_object with the entity tag that the caller has is Not Modified", async () => {
      const { answer } = await s3("head_object", { Key: keyOf(1) });
      const { ETag } = answer as { readonly ETag: string };
      const { error } = await s3("get_object", { Key: keyOf(1), IfNoneMatch: ETag });
      expect(error).toMatchObject({
        Error: { Code: "304", Message: "Not Modified" },
        ResponseMetadata: { HTTPStatusCode: 304 },
      });
    });

    it.each([
      ["throttling", () => faults.throttle("GetObject", { times: 1 }), "SlowDown", 503],
      [
        "an internal error",
        () => faults.internalError("GetObject", { times: 1 }),
        "InternalError",
        500,
      ],
      [
        "an expired token",
        () => faults.expireToken("GetObject", { times: 1 }),
        "ExpiredToken",
        400,
      ],
      ["denied access", () => faults.denyAccess("GetObject", { times: 1 }), "AccessDenied", 403],
    ])("%s is a ClientError", async (_trouble, begin, Code, HTTPStatusCode) => {
      begin();
      const { error } = await s3("get_object", { Key: keyOf(1) });
      expect(error).toMatchObject({ Error: { Code }, ResponseMetadata: { HTTPStatusCode } });
    });

    it.each([
      ["throttling", () => faults.throttle("GetObject", { times: 2 })],
      ["an internal error", () => faults.internalError("GetObject", { times: 2 })],
      ["a connection that breaks", () => faults.resetConnection("GetObject", { times: 2 })],
    ])("%s is ridden out, twice", async (_trouble, begin) => {
      begin();
      const config = { retries: { total_max_attempts: 3, mode: "standard" } };
      const { answer } = await s3("get_object", { Key: keyOf(1) }, { config });
      expect(answer).toMatchObject({ Body: "one\ntwo\n", ResponseMetadata: { RetryAttempts: 2 } });
    });

    it("a body that breaks off is an error of reading it", async () => {
      faults.breakBody("GetObject", { times: 1 });
      const { unexpected } = await s3("get_object", { Key: keyOf(1) });
      expect(unexpected).toMatch(/^(?:IncompleteReadError|ResponseStreamingError|ProtocolError): /);
    });

    it("download_fileobj rides out a body that breaks off once", async () => {
      faults.breakBody("GetObject", { times: 1 });
      const { answer } = await s3("download_fileobj", { Key: keyOf(1) }, { how: "download" });
      expect(answer).toMatchObject({ bytes: 8 });
    });
  },
});

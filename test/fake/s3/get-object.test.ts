import { createHash } from "node:crypto";
import { Readable, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { GetObjectCommand, NoSuchBucket, NoSuchKey, NotFound, S3Client } from "@aws-sdk/client-s3";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";
import { anObject, CONTENT } from "./a-store.ts";

const SECOND = new Date("2024-01-01T00:00:10Z");
const BEFORE = new Date("2024-01-01T00:00:09Z");
const AFTER = new Date("2024-01-01T00:00:11Z");
const ETAG = `"${createHash("md5").update(CONTENT).digest("hex")}"`;
const OTHER = '"00000000000000000000000000000000"';

/** What a node wrote, read with a real client from where its agent uploaded it. */
async function uploaded({ stdout = "deployed\n", prefix = "run" } = {}) {
  const fake = new FakeSsm({ nodes: [{ behavior: succeeds({ after: "1500ms", stdout }) }] });
  await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    InstanceIds: ["i-00000000000000001"],
    Parameters: { commands: ["true"] },
    OutputS3BucketName: "output",
    OutputS3KeyPrefix: prefix,
  });
  await fake.clock.advance("1m");
  const [key] = fake.objects.list("output");
  const s3 = new S3Client(fake.objects.clientConfig());
  return { key, ...(await s3.send(new GetObjectCommand({ Bucket: "output", Key: key }))) };
}

describe("an object that an agent uploaded", () => {
  it("is read by a real client", async () => {
    const { Body } = await uploaded();
    expect(await Body!.transformToString()).toBe("deployed\n");
  });

  it("has the MD5 of its bytes as its ETag", async () => {
    const digest = createHash("md5").update("größer\n").digest("hex");
    expect((await uploaded({ stdout: "größer\n" })).ETag).toBe(`"${digest}"`);
  });

  it("was changed when it was uploaded, on the fake's clock, in whole seconds", async () => {
    expect((await uploaded()).LastModified).toEqual(new Date("2024-01-01T00:00:01Z"));
  });

  it("has its length in bytes", async () => {
    const { Body, ContentLength } = await uploaded({ stdout: "größer 😀\n" });
    const bytes = await Body!.transformToByteArray();
    expect([ContentLength, bytes.byteLength]).toEqual([14, 14]);
  });

  it.each([
    "with blanks",
    "with+plus",
    "100%",
    "%25",
    "a&b=c?d#e",
    "größe",
    "😀",
    "'(quoted)'!*~",
    '"quoted"',
    "/slash/at/the/beginning",
    "../up",
    "<xml>",
  ])("is read from behind the prefix %j", async (prefix) => {
    const { key, Body } = await uploaded({ prefix });
    expect([key?.startsWith(`${prefix}/`), await Body!.transformToString()]).toEqual([
      true,
      "deployed\n",
    ]);
  });
});

describe("a key", () => {
  it.each(["a//b", "//a", "a/", "/", " ", "a\nb", "a\u0001b", "__proto__", "constructor", "?acl"])(
    "may be %j",
    async (key) => {
      const { Body } = await anObject({ key }).get();
      expect(await Body!.transformToString()).toBe(CONTENT);
    },
  );

  it.each(["Key", "key/", "/key", "ke", "constructor"])(
    "that differs is NoSuchKey: %j",
    async (Key) => {
      expect(await rejectionOf(anObject().get({ Key }))).toBeInstanceOf(NoSuchKey);
    },
  );
});

describe("the body", () => {
  it("is a stream of Node", async () => {
    expect((await anObject().get()).Body).toBeInstanceOf(Readable);
  });

  it("can be piped", async () => {
    const written: string[] = [];
    const sink = new Writable({
      write(chunk: Buffer, _, done) {
        written.push(chunk.toString());
        done();
      },
    });
    const { Body } = await anObject().get();
    await pipeline(Body as Readable, sink);
    expect(written.join("")).toBe(CONTENT);
  });

  it("can be read piece by piece", async () => {
    const { Body } = await anObject().get();
    const pieces: Buffer[] = [];
    for await (const piece of Body as Readable) pieces.push(piece as Buffer);
    expect(Buffer.concat(pieces).toString()).toBe(CONTENT);
  });

  it("can be read as bytes", async () => {
    const { Body } = await anObject({ text: "ä" }).get();
    expect([...(await Body!.transformToByteArray())]).toEqual([0xc3, 0xa4]);
  });

  it("can be read as a stream of the web", async () => {
    const { Body } = await anObject().get();
    expect(await new Response(Body!.transformToWebStream()).text()).toBe(CONTENT);
  });

  it("of an empty object is empty", async () => {
    const { Body, ContentLength } = await anObject({ text: "" }).get();
    expect([await Body!.transformToString(), ContentLength]).toEqual(["", 0]);
  });

  it("of a large object is whole", async () => {
    const text = "0123456789abcdef\n".repeat(50_000);
    const { Body } = await anObject({ text }).get();
    expect(await Body!.transformToString()).toBe(text);
  });

  it("may be left unread", async () => {
    const { get } = anObject();
    await get();
    expect((await get()).ContentLength).toBe(10);
  });
});

describe("an answer", () => {
  it("has what S3 says of an object", async () => {
    const { Body, $metadata, ...members } = await anObject().get();
    expect(members).toEqual({
      AcceptRanges: "bytes",
      ContentLength: 10,
      ContentType: "text/plain",
      ETag: ETAG,
      LastModified: SECOND,
      Metadata: {},
      ServerSideEncryption: "AES256",
    });
  });

  it("to HeadObject has the same, without the body", async () => {
    const { Body, $metadata: _, ...got } = await anObject().get();
    const { $metadata, ...told } = await anObject().head();
    expect(told).toEqual(got);
  });

  it("has the ids of the request", async () => {
    const { requestId, extendedRequestId } = (await anObject().get()).$metadata;
    expect([requestId, extendedRequestId]).toEqual([
      expect.stringMatching(/^[0-9A-F]{16}$/),
      expect.stringMatching(/^[\w+/]{80,}=*$/),
    ]);
  });

  it.each([
    ["CacheControl", { ResponseCacheControl: "no-store" }, "no-store"],
    ["ContentDisposition", { ResponseContentDisposition: 'a; name="ü"' }, 'a; name="ü"'],
    ["ContentEncoding", { ResponseContentEncoding: "gzip" }, "gzip"],
    ["ContentLanguage", { ResponseContentLanguage: "de" }, "de"],
    ["ContentType", { ResponseContentType: "text/csv" }, "text/csv"],
    ["ExpiresString", { ResponseExpires: SECOND }, "Mon, 01 Jan 2024 00:00:10 GMT"],
  ] as const)("has the %s that was asked for", async (member, asked, value) => {
    expect((await anObject().get(asked))[member]).toBe(value);
  });

  it.each(["倉.csv", "a\r\nx-injected: b", "a\u0000b"])(
    "cannot have %j in a header",
    async (ResponseContentDisposition) => {
      const asking = anObject().get({ ResponseContentDisposition });
      expect(await rejectionOf(asking)).toMatchObject({
        name: "InvalidArgument",
        message: "Header value cannot be represented using ISO-8859-1.",
        ArgumentName: "response-content-disposition",
      });
    },
  );
});

describe("a range", () => {
  it.each([
    ["bytes=2-5", "2345", "bytes 2-5/10"],
    ["bytes=7-", "789", "bytes 7-9/10"],
    ["bytes=-2", "89", "bytes 8-9/10"],
    ["bytes=0-99", CONTENT, "bytes 0-9/10"],
  ])("%s is a part of the object", async (Range, part, range) => {
    const { Body, ContentRange, ContentLength, $metadata } = await anObject().get({ Range });
    expect([
      await Body!.transformToString(),
      ContentRange,
      ContentLength,
      $metadata.httpStatusCode,
    ]).toEqual([part, range, part.length, 206]);
  });

  it("may cut a character, because it counts bytes", async () => {
    const { Body } = await anObject({ text: "ä" }).get({ Range: "bytes=1-1" });
    expect([...(await Body!.transformToByteArray())]).toEqual([0xa4]);
  });

  it.each(["bytes=5-2", "bytes=0-1,3-4", "lines=1-2"])("%s is the whole object", async (Range) => {
    const { ContentRange, ContentLength, $metadata } = await anObject().get({ Range });
    expect([ContentRange, ContentLength, $metadata.httpStatusCode]).toEqual([undefined, 10, 200]);
  });

  it("beyond the end is refused with the size of the object", async () => {
    expect(await rejectionOf(anObject().get({ Range: "bytes=10-" }))).toMatchObject({
      name: "InvalidRange",
      message: "The requested range is not satisfiable",
      RangeRequested: "bytes=10-",
      ActualObjectSize: "10",
      $metadata: { httpStatusCode: 416 },
    });
  });

  it("is told by HeadObject, too", async () => {
    const { ContentRange, ContentLength } = await anObject().head({ Range: "bytes=2-5" });
    expect([ContentRange, ContentLength]).toEqual(["bytes 2-5/10", 4]);
  });
});

describe("a condition", () => {
  it.each([
    ["IfMatch", { IfMatch: ETAG }],
    ["IfMatch without quotation marks", { IfMatch: ETAG.slice(1, -1) }],
    ["IfMatch of any", { IfMatch: "*" }],
    ["IfMatch of several", { IfMatch: `${OTHER}, ${ETAG}` }],
    ["IfNoneMatch", { IfNoneMatch: OTHER }],
    ["IfModifiedSince", { IfModifiedSince: BEFORE }],
    ["IfUnmodifiedSince of the same second", { IfUnmodifiedSince: SECOND }],
    ["IfUnmodifiedSince", { IfUnmodifiedSince: AFTER }],
    ["IfMatch, whatever IfUnmodifiedSince says", { IfMatch: ETAG, IfUnmodifiedSince: BEFORE }],
    ["IfNoneMatch, whatever IfModifiedSince says", { IfNoneMatch: OTHER, IfModifiedSince: AFTER }],
  ])("that holds gives the object: %s", async (_, condition) => {
    expect((await anObject().get(condition)).$metadata.httpStatusCode).toBe(200);
  });

  it.each([
    ["If-Match", { IfMatch: OTHER }],
    ["If-Match", { IfMatch: OTHER, IfUnmodifiedSince: AFTER }],
    ["If-Match", { IfMatch: OTHER, IfNoneMatch: ETAG }],
    ["If-Unmodified-Since", { IfUnmodifiedSince: BEFORE }],
    ["If-Unmodified-Since", { IfUnmodifiedSince: BEFORE, IfModifiedSince: AFTER }],
  ])("that does not hold is PreconditionFailed: %s of %j", async (Condition, condition) => {
    expect(await rejectionOf(anObject().get(condition))).toMatchObject({
      name: "PreconditionFailed",
      message: "At least one of the pre-conditions you specified did not hold",
      Condition,
      $metadata: { httpStatusCode: 412 },
    });
  });

  // An answer of this status has no body, and so no name.
  it.each([
    ["IfNoneMatch", { IfNoneMatch: ETAG }],
    ["IfNoneMatch of a weak tag", { IfNoneMatch: `W/${ETAG}` }],
    ["IfNoneMatch of any", { IfNoneMatch: "*" }],
    ["IfModifiedSince of the same second", { IfModifiedSince: SECOND }],
    ["IfModifiedSince", { IfModifiedSince: AFTER }],
    ["IfNoneMatch, whatever IfModifiedSince says", { IfNoneMatch: ETAG, IfModifiedSince: BEFORE }],
    ["IfNoneMatch where IfMatch holds", { IfMatch: ETAG, IfNoneMatch: ETAG }],
  ])("that finds nothing new is a 304: %s", async (_, condition) => {
    expect(await rejectionOf(anObject().get(condition))).toMatchObject({
      $metadata: { httpStatusCode: 304, attempts: 1 },
    });
  });

  it.each([
    [412, { IfMatch: OTHER }],
    [304, { IfNoneMatch: ETAG }],
  ])("counts for HeadObject, too: %i", async (httpStatusCode, condition) => {
    expect(await rejectionOf(anObject().head(condition))).toMatchObject({
      $metadata: { httpStatusCode },
    });
  });
});

describe("a version", () => {
  it("is the object where it is null", async () => {
    expect((await anObject().get({ VersionId: "null" })).ContentLength).toBe(10);
  });

  it.each(["1", "3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo"])(
    "%s does not exist",
    async (VersionId) => {
      expect(await rejectionOf(anObject().get({ VersionId }))).toMatchObject({
        name: "InvalidArgument",
        message: "Invalid version id specified",
        ArgumentName: "versionId",
        ArgumentValue: VersionId,
        $metadata: { httpStatusCode: 400 },
      });
    },
  );
});

describe("what does not exist", () => {
  it("is NoSuchKey with the key", async () => {
    expect(await rejectionOf(anObject().get({ Key: "no & <no>" }))).toMatchObject({
      name: "NoSuchKey",
      message: "The specified key does not exist.",
      Key: "no & <no>",
      $metadata: { httpStatusCode: 404, attempts: 1 },
    });
  });

  it("is NoSuchBucket with the bucket, of the SDK's own class", async () => {
    const error = await rejectionOf(anObject().get({ Bucket: "other" }));
    expect(error).toBeInstanceOf(NoSuchBucket);
    expect(error).toMatchObject({
      message: "The specified bucket does not exist",
      BucketName: "other",
      $metadata: { httpStatusCode: 404 },
    });
  });

  it.each([
    ["a key", { Key: "none" }],
    ["a bucket", { Bucket: "other" }],
  ])("is NotFound for HeadObject, whose answer has no body: %s", async (_, input) => {
    expect(await rejectionOf(anObject().head(input))).toBeInstanceOf(NotFound);
  });
});

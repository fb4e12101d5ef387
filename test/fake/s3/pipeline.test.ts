import type { Readable } from "node:stream";
import {
  AccessDenied,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { type FakeFaults, FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { HandledCall } from "../../../src/fake/calls/handlers.ts";
import { realTime } from "../../../src/time/clock.ts";
import { rejectionOf } from "../../support/rejection.ts";

/** A fake with an object that an agent uploaded, and a real client that reads it. */
async function aClient(options: FakeSsmOptions = {}) {
  const behavior = succeeds({ stdout: "deployed\n" });
  const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior }], ...options });
  onTestFinished(() => fake.reset()); // what watches it is no timer of the next test
  await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    InstanceIds: ["i-00000000000000001"],
    Parameters: { commands: ["true"] },
    OutputS3BucketName: "output",
  });
  await fake.clock.advance("1s");
  const sent = fake.journal.entries().length;
  const begun = fake.clock.now();
  const s3 = new S3Client(fake.objects.clientConfig());
  const [Key = ""] = fake.objects.list("output");
  const place = { Bucket: "output", Key };
  return {
    fake,
    s3,
    place,
    get: () => s3.send(new GetObjectCommand(place)),
    head: () => s3.send(new HeadObjectCommand(place)),
    list: () => s3.send(new ListObjectsV2Command({ Bucket: "output" })),
    listOld: () => s3.send(new ListObjectsCommand({ Bucket: "output" })),
    /** What the journal has since the command was sent. */
    entries: () => fake.journal.entries().slice(sent),
    /** The virtual time since the command was sent. */
    passed: () => fake.clock.now() - begun,
  };
}

type Strike = (faults: FakeFaults, times: number) => void;

const RETRIED: readonly (readonly [string, Strike, object])[] = [
  [
    "throttling",
    (faults, times) => faults.throttle("GetObject", { times }),
    {
      name: "SlowDown",
      message: "Please reduce your request rate.",
      $metadata: { httpStatusCode: 503 },
    },
  ],
  [
    "an internal error",
    (faults, times) => faults.internalError("GetObject", { times }),
    {
      name: "InternalError",
      message: "We encountered an internal error. Please try again.",
      $metadata: { httpStatusCode: 500 },
    },
  ],
  [
    "a connection reset",
    (faults, times) => faults.resetConnection("GetObject", { times }),
    { code: "ECONNRESET", message: "socket hang up" },
  ],
];

describe.each(RETRIED)("a real client over %s", (_, strike, error) => {
  it("gets through at the attempt after the last strike", async () => {
    const { fake, get } = await aClient();
    strike(fake.faults, 2);
    const { Body, $metadata } = await get();
    expect([await Body!.transformToString(), $metadata.attempts]).toEqual(["deployed\n", 3]);
  });

  it("gives up after three attempts with what struck it", async () => {
    const { fake, get, entries } = await aClient();
    strike(fake.faults, 99);
    expect(await rejectionOf(get())).toMatchObject(error);
    expect(entries()).toHaveLength(3);
  });

  it.each([1, 2, 5])("makes %i attempts when maxAttempts says so", async (maxAttempts) => {
    const { fake, place, entries } = await aClient();
    strike(fake.faults, 99);
    const s3 = new S3Client(fake.objects.clientConfig({ maxAttempts }));
    await rejectionOf(s3.send(new GetObjectCommand(place)));
    expect(entries()).toHaveLength(maxAttempts);
  });

  it("sleeps between attempts on the fake's clock, and on no other", async () => {
    const { fake, get, passed } = await aClient();
    const after = vi.spyOn(realTime, "after");
    strike(fake.faults, 2);
    await get();
    expect([passed() > 0, after.mock.calls]).toEqual([true, []]);
  });
});

const USER = "User: arn:aws:iam::123456789012:user/fake is not authorized to perform:";

describe("a real client", () => {
  it("does not try again with an expired token", async () => {
    const { fake, get, entries } = await aClient();
    fake.faults.expireToken("GetObject", { every: 1 });
    expect(await rejectionOf(get())).toMatchObject({
      name: "ExpiredToken",
      message: "The provided token has expired.",
      $metadata: { httpStatusCode: 400, attempts: 1 },
    });
    expect(entries()).toHaveLength(1);
  });

  it("is denied an object by user, action and resource, once", async () => {
    const { fake, get, place, entries } = await aClient();
    fake.faults.denyAccess("GetObject", { every: 1 });
    const error = await rejectionOf(get());
    expect(error).toBeInstanceOf(AccessDenied);
    expect(error).toMatchObject({
      message: `${USER} s3:GetObject on resource: "arn:aws:s3:::output/${place.Key}" because no identity-based policy allows the s3:GetObject action`,
      $metadata: { httpStatusCode: 403 },
    });
    expect(entries()).toHaveLength(1);
  });

  it.each(["list", "listOld"] as const)("is denied a listing as ListBucket: %s", async (which) => {
    const { fake, [which]: list } = await aClient();
    fake.faults.denyAccess("*", { every: 1 });
    expect(await rejectionOf(list())).toMatchObject({
      name: "AccessDenied",
      message: `${USER} s3:ListBucket on resource: "arn:aws:s3:::output" because no identity-based policy allows the s3:ListBucket action`,
    });
  });

  it("is denied in the partition of its region", async () => {
    const { fake, list } = await aClient({ region: "cn-north-1" });
    fake.faults.denyAccess("ListObjectsV2", { every: 1 });
    expect(await rejectionOf(list())).toMatchObject({
      message: expect.stringContaining('"arn:aws-cn:s3:::output"'),
    });
  });

  it.each<[number, (faults: FakeFaults) => void, attempts: number]>([
    [503, (faults) => faults.throttle("HeadObject", { every: 1 }), 3],
    [500, (faults) => faults.internalError("HeadObject", { every: 1 }), 3],
    [400, (faults) => faults.expireToken("HeadObject", { every: 1 }), 1],
    [403, (faults) => faults.denyAccess("HeadObject", { every: 1 }), 1],
  ])("sees of a HeadObject that fails its status alone: %i", async (status, cause, attempts) => {
    const { fake, head } = await aClient();
    cause(fake.faults);
    expect(await rejectionOf(head())).toMatchObject({
      $metadata: { httpStatusCode: status, attempts },
    });
  });

  it("gets what it asked for later where answers are slow, on the fake's clock", async () => {
    const { fake, get, passed } = await aClient();
    fake.faults.slow("GetObject", { every: 1, by: "2s" });
    const { ContentLength } = await get();
    expect([ContentLength, passed()]).toEqual([9, 2_000]);
  });

  it("is struck by a fault of its own operation only", async () => {
    const { fake, list, head } = await aClient();
    fake.faults.throttle("GetObject", { every: 1 });
    await list();
    await head();
    expect(fake.faults.unused()).toEqual(["throttle GetObject"]);
  });

  it("is told that what it calls is not implemented", async () => {
    const { s3, place } = await aClient();
    const calls = [
      s3.send(new PutObjectCommand({ ...place, Body: "mine" })),
      s3.send(new ListBucketsCommand({})),
    ];
    const refusals = await Promise.all(calls.map(rejectionOf));
    expect(refusals.map((error) => (error as S3ServiceException).name)).toEqual([
      "NotImplemented",
      "NotImplemented",
    ]);
  });
});

describe("a broken body", () => {
  it("of an object breaks off while it is read", async () => {
    const { fake, get } = await aClient();
    fake.faults.breakBody("GetObject", { times: 1 });
    const { Body } = await get();
    expect(await rejectionOf(Body!.transformToString())).toMatchObject({ code: "ECONNRESET" });
  });

  it("of an object breaks off in its middle", async () => {
    const { fake, get } = await aClient();
    fake.faults.breakBody("GetObject", { times: 1 });
    const { Body, ContentLength, ETag } = await get();
    let read = "";
    const reading = (async () => {
      for await (const piece of Body as Readable) read += String(piece);
    })();
    await rejectionOf(reading);
    expect([read, ContentLength, ETag]).toEqual(["depl", 9, expect.any(String)]);
  });

  it("of an object that nobody reads is no error", async () => {
    const { fake, get } = await aClient();
    fake.faults.breakBody("GetObject", { times: 1 });
    await get();
    const { Body } = await get();
    expect(await Body!.transformToString()).toBe("deployed\n");
  });

  it("of a listing is tried again", async () => {
    const { fake, list } = await aClient();
    fake.faults.breakBody("ListObjectsV2", { times: 2 });
    const { KeyCount, $metadata } = await list();
    expect([KeyCount, $metadata.attempts]).toEqual([1, 3]);
  });

  it("of a listing is an error after the last attempt", async () => {
    const { fake, list } = await aClient();
    fake.faults.breakBody("ListObjectsV2", { every: 1 });
    expect(await rejectionOf(list())).toMatchObject({
      code: "ECONNRESET",
      $metadata: { attempts: 3 },
    });
  });

  it("of HeadObject, which has none, is a connection that breaks off", async () => {
    const { fake, head } = await aClient();
    fake.faults.breakBody("HeadObject", { times: 1 });
    const { ETag, $metadata } = await head();
    expect([ETag, $metadata.attempts]).toEqual([expect.any(String), 2]);
  });
});

describe("a handler", () => {
  it.each([
    ["a string", "größe"],
    ["bytes", new TextEncoder().encode("größe")],
    ["a part of bytes", new TextEncoder().encode("<größe>").subarray(1, -1)],
    ["a Buffer", Buffer.from("größe")],
  ])("returns a body as %s", async (_, Body) => {
    const { fake, get } = await aClient();
    fake.on("GetObject", () => ({ answer: { Body } }));
    const { Body: got, ContentLength } = await get();
    expect([await got!.transformToString(), ContentLength]).toEqual(["größe", 7]);
  });

  it("returns members of an object", async () => {
    const { fake, get } = await aClient();
    const answer = { ETag: '"mine"', ContentType: "text/csv", LastModified: new Date(0) };
    fake.on("GetObject", () => ({ answer }));
    expect(await get()).toMatchObject({ ...answer, ContentLength: 0 });
  });

  it("returns the head of an object that nobody has", async () => {
    const { fake, head } = await aClient();
    fake.on("HeadObject", () => ({ answer: { ContentLength: 12, ETag: '"mine"' } }));
    expect(await head()).toMatchObject({ ContentLength: 12, ETag: '"mine"' });
  });

  it("returns a listing", async () => {
    const { fake, list } = await aClient();
    const answer = { Contents: [{ Key: "mine", Size: 1 }], IsTruncated: true };
    fake.on("ListObjectsV2", () => ({ answer }));
    const { $metadata, ...listed } = await list();
    expect(listed).toEqual(answer);
  });

  it.each([
    ["NoSuchKey", 404, NoSuchKey],
    ["AccessDenied", 403, AccessDenied],
    ["PreconditionFailed", 412, S3ServiceException],
    ["InvalidObjectState", 403, S3ServiceException],
    ["Odd", 400, S3ServiceException],
  ])("refuses with %s, status %i", async (name, httpStatusCode, ofClass) => {
    const { fake, get } = await aClient();
    fake.on("GetObject", () => ({ refuse: { name, message: "Not <today>." } }));
    const error = await rejectionOf(get());
    expect(error).toBeInstanceOf(ofClass);
    expect(error).toMatchObject({ name, message: "Not <today>.", $metadata: { httpStatusCode } });
  });

  it("that returns nothing lets the call pass, and sees its input", async () => {
    const { fake, s3, place } = await aClient();
    const calls: HandledCall[] = [];
    fake.on("GetObject", (call) => void calls.push(call));
    const { ContentLength } = await s3.send(
      new GetObjectCommand({ ...place, Range: "bytes=0-1", PartNumber: undefined }),
    );
    expect([ContentLength, calls]).toEqual([
      2,
      [
        {
          operation: "GetObject",
          input: { ...place, Range: "bytes=0-1" },
          at: fake.clock.now(),
          region: "us-east-1",
        },
      ],
    ]);
  });

  it('on "*" sees the calls of S3, also those that the fake does not answer', async () => {
    const { fake, s3, get, list } = await aClient();
    const operations: string[] = [];
    fake.on("*", ({ operation }) => {
      operations.push(operation);
      return operation === "ListBuckets" ? { answer: {} } : undefined;
    });
    await get();
    await list();
    await s3.send(new ListBucketsCommand({}));
    expect(operations).toEqual(["GetObject", "ListObjectsV2", "ListBuckets"]);
  });
});

describe("the journal", () => {
  it("has the calls with their inputs", async () => {
    const { get, head, list, listOld, place, entries } = await aClient();
    for (const call of [get, head, list, listOld]) await call();
    const Bucket = "output";
    expect(entries().map(({ type, operation, input }) => [type, operation, input])).toEqual([
      ["call", "GetObject", place],
      ["call", "HeadObject", place],
      ["call", "ListObjectsV2", { Bucket }],
      ["call", "ListObjects", { Bucket }],
    ]);
  });

  it("has refusals with their names", async () => {
    const { s3, entries } = await aClient();
    await rejectionOf(s3.send(new GetObjectCommand({ Bucket: "output", Key: "none" })));
    expect(entries()).toMatchObject([
      { type: "refusal", operation: "GetObject", name: "NoSuchKey" },
    ]);
  });

  it("says how a bucket that does not exist comes to exist", async () => {
    const { s3, entries } = await aClient();
    await rejectionOf(s3.send(new ListObjectsV2Command({ Bucket: "none" })));
    expect(entries()).toMatchObject([
      { name: "NoSuchBucket", why: expect.stringMatching(/"none".*OutputS3BucketName.*setBucket/) },
    ]);
  });

  it("has faults by the names that S3 gives them", async () => {
    const { fake, get, entries } = await aClient();
    fake.faults.throttle("GetObject", { times: 1 });
    await get();
    expect(entries()).toMatchObject([
      { type: "fault", operation: "GetObject", fault: "refuse", name: "SlowDown" },
      { type: "call", operation: "GetObject" },
    ]);
  });
});

describe("a call", () => {
  it("takes the time that callTakes says, on the fake's clock", async () => {
    const { get, passed } = await aClient({ callTakes: "250ms" });
    await get();
    expect(passed()).toBe(250);
  });

  it("sees what was uploaded while it was under way", async () => {
    const behavior = succeeds({ after: "1500ms", stdout: "late\n" });
    const { fake, list } = await aClient({ nodes: [{ behavior }] });
    fake.faults.slow("ListObjectsV2", { every: 1, by: "2s" });
    expect((await list()).KeyCount).toBe(1);
  });

  it("can be given up by its caller", async () => {
    const { fake, s3, place } = await aClient();
    fake.faults.slow("GetObject", { every: 1, by: "2s" });
    const controller = new AbortController();
    const got = s3.send(new GetObjectCommand(place), { abortSignal: controller.signal });
    controller.abort();
    expect(await rejectionOf(got)).toMatchObject({ name: "AbortError" });
  });

  it("that was given up before it began does not reach the fake", async () => {
    const { s3, place, entries } = await aClient();
    const abortSignal = AbortSignal.abort();
    await rejectionOf(s3.send(new GetObjectCommand(place), { abortSignal }));
    expect(entries()).toEqual([]);
  });
});

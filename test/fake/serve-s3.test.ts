import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  paginateListObjectsV2,
  S3Client,
} from "@aws-sdk/client-s3";
import { SSM } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { type ServedRequest, serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { nodeId, SCRIPT } from "../contract/contract-account.ts";
import { rawRequest, sendRaw, statusesIn } from "../support/raw-http.ts";
import { refusalOf, rejectionOf } from "../support/rejection.ts";

const Bucket = "output-bucket";
const credentials = { accessKeyId: "AKIAFAKESSM", secretAccessKey: "fake" };
/** As clients sign; the signature itself is not checked. */
const signedFor = (region: string, service = "s3") =>
  `AWS4-HMAC-SHA256 Credential=AKIAFAKESSM/20240101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=5eed`;
const SIGNED = { authorization: signedFor("us-east-1") };

/** A fake behind a port, whose node has uploaded `one\ntwo\n` and `oops é\n`, and what it logs. */
async function served() {
  const fake = new FakeSsm({
    latency: "instant",
    nodes: [{ behavior: { type: "exits", stdout: "one\ntwo\n", stderr: "oops é\n" } }],
  });
  const logged: ServedRequest[] = [];
  const { url, port, close } = await serveFakeSsm(fake, { log: (each) => logged.push(each) });
  onTestFinished(() => close());
  await fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)], OutputS3BucketName: Bucket });
  await fake.clock.advance("1m");
  const [errors = "", output = ""] = fake.objects.list(Bucket);
  const s3In = (region: string) => {
    const client = new S3Client({ region, endpoint: url, credentials, maxAttempts: 1 });
    onTestFinished(() => client.destroy());
    return client;
  };
  /** Sends what no client would: the target goes out as it is written. */
  const raw = (target: string, { method = "GET", headers = SIGNED as object } = {}) =>
    sendRaw(
      port,
      rawRequest({
        line: `${method} ${target} HTTP/1.1`,
        headers: { "content-type": undefined, "x-amz-target": undefined, ...headers },
        body: "",
      }),
    );
  return { fake, logged, url, port, errors, output, s3In, raw };
}

/** Head and body of a raw answer. */
function parted(answer: string): { readonly head: string; readonly body: string } {
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  return { head: head.toLowerCase(), body };
}

describe("a real S3Client, with its own handler", () => {
  it("reads what a node has uploaded", async () => {
    const { s3In, errors } = await served();
    const { Body, ...answer } = await s3In("us-east-1").send(
      new GetObjectCommand({ Bucket, Key: errors }),
    );
    expect([await Body?.transformToString(), answer]).toMatchObject([
      "oops é\n",
      {
        ContentLength: 8,
        ContentType: "text/plain",
        LastModified: new Date("2024-01-01T00:00:00Z"),
        $metadata: { httpStatusCode: 200 },
      },
    ]);
  });

  it("reads a part, and the head of an object", async () => {
    const { s3In, output } = await served();
    const s3 = s3In("us-east-1");
    const part = await s3.send(new GetObjectCommand({ Bucket, Key: output, Range: "bytes=0-2" }));
    const head = await s3.send(new HeadObjectCommand({ Bucket, Key: output }));
    expect([await part.Body?.transformToString(), part.ContentRange, head.ContentLength]).toEqual([
      "one",
      "bytes 0-2/8",
      8,
    ]);
  });

  it("lists the keys, page by page and at once", async () => {
    const { s3In, errors, output } = await served();
    const client = s3In("us-east-1");
    const paged: (string | undefined)[][] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client, pageSize: 1 },
      { Bucket },
    )) {
      paged.push(Contents.map(({ Key }) => Key));
    }
    const { Contents } = await client.send(new ListObjectsCommand({ Bucket }));
    expect([paged, Contents?.map(({ Key }) => Key)]).toEqual([
      [[errors], [output]],
      [errors, output],
    ]);
  });

  it("gets S3's own exceptions", async () => {
    const { s3In } = await served();
    const asked = s3In("us-east-1").send(new GetObjectCommand({ Bucket, Key: "none" }));
    expect(await rejectionOf(asked)).toMatchObject({
      name: "NoSuchKey",
      message: "The specified key does not exist.",
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[0-9A-F]{16}$/) },
    });
  });

  it("learns of a body that breaks off when it reads it", async () => {
    const { s3In, fake, output } = await served();
    fake.faults.breakBody("GetObject", { times: 1 });
    const { Body } = await s3In("us-east-1").send(new GetObjectCommand({ Bucket, Key: output }));
    expect(await rejectionOf(Body?.transformToString() ?? Promise.resolve())).toMatchObject({
      code: "ECONNRESET",
    });
  });
});

describe("over HTTP", () => {
  it("an answer to HEAD has the length of the object, and no body", async () => {
    const { raw, output } = await served();
    const { head, body } = parted(await raw(`/${Bucket}/${output}`, { method: "HEAD" }));
    expect([head, body]).toEqual([
      expect.stringMatching(/^http\/1\.1 200 [\s\S]*^content-length: 8$/m),
      "",
    ]);
  });

  it("an answer to HEAD of a key that does not exist has neither", async () => {
    const { raw } = await served();
    const { head, body } = parted(await raw(`/${Bucket}/none`, { method: "HEAD" }));
    expect([head, body]).toEqual([expect.stringMatching(/^http\/1\.1 404 /), ""]);
  });

  it("a GET on the same connection is answered after a HEAD", async () => {
    const { port, output } = await served();
    const request = (method: string, connection: string | undefined) =>
      rawRequest({
        line: `${method} /${Bucket}/${output} HTTP/1.1`,
        headers: { ...SIGNED, connection },
        body: "",
      });
    const answer = await sendRaw(port, request("HEAD", undefined) + request("GET", "close"));
    expect([statusesIn(answer), answer.endsWith("\r\n\r\none\ntwo\n")]).toEqual([[200, 200], true]);
  });

  it.each<readonly [what: string, headers: object]>([
    ["nothing", {}],
    ["another scheme", { authorization: "Basic QUtJQTpmYWtl" }],
    ["another service", { authorization: signedFor("us-east-1", "ssm") }],
  ])("a GET that was signed for %s is a 404 in JSON", async (_, headers) => {
    const { raw, output } = await served();
    const answer = await raw(`/${Bucket}/${output}`, { headers });
    const { head, body } = parted(answer);
    expect([statusesIn(answer), head, JSON.parse(body)]).toEqual([
      [404],
      expect.stringContaining("content-type: application/x-amz-json-1.1"),
      {
        __type: "UnknownOperationException",
        message: expect.stringContaining("S3 if the request was signed for it"),
      },
    ]);
  });

  it.each<readonly [what: string, headers: object]>([
    ["a foreign origin", { ...SIGNED, origin: "http://attacker.example" }],
    ["the origin null", { ...SIGNED, origin: "null" }],
    ["a foreign host", { ...SIGNED, host: "attacker.example" }],
    ["a bucket before the host", { ...SIGNED, host: `${Bucket}.attacker.example` }],
    ["what a page of another site embeds", { ...SIGNED, "sec-fetch-site": "cross-site" }],
    ["what a page of a neighbour embeds", { ...SIGNED, "sec-fetch-site": "same-site" }],
  ])("%s is refused, though it was signed for S3", async (_, headers) => {
    const { raw, fake, output } = await served();
    const { length } = fake.journal.entries();
    const answer = await raw(`/${Bucket}/${output}`, { headers });
    const shows = parted(answer).body.includes("one\n");
    expect([statusesIn(answer), shows, fake.journal.entries().length]).toEqual([
      [403],
      false,
      length,
    ]);
  });

  it.each([
    [
      "Version 4",
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=A%2F20240101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Signature=5eed",
    ],
    ["Version 2", "AWSAccessKeyId=A&Signature=5eed%3D&Expires=1796026745"],
  ])("an address that was signed in %s needs no header", async (_, query) => {
    const { url, output } = await served();
    const answer = await fetch(`${url}/${Bucket}/${output}?${query}`);
    expect([answer.status, await answer.text()]).toEqual([200, "one\ntwo\n"]);
  });

  it("an answer that breaks off says how long it was to be, and ends before", async () => {
    const { raw, fake, output } = await served();
    fake.faults.breakBody("GetObject", { times: 1 });
    const { head, body } = parted(await raw(`/${Bucket}/${output}`));
    const said = Number(/content-length: (\d+)/.exec(head)?.[1]);
    expect([head, said, body]).toEqual([expect.stringMatching(/^http\/1\.1 200 /), 8, "one\n"]);
  });

  it("an answer that a browser shows has no origin and runs no script", async () => {
    const { raw, output } = await served();
    const { head } = parted(await raw(`/${Bucket}/${output}?response-content-type=text/html`));
    expect(head).toContain("content-security-policy: default-src 'none'; sandbox");
  });

  it("what code of a test throws is an InternalError in XML, with its message", async () => {
    const { s3In, fake, output } = await served();
    fake.on("GetObject", () => {
      throw new Error("the handler is broken");
    });
    const asked = s3In("us-east-1").send(new GetObjectCommand({ Bucket, Key: output }));
    expect(await refusalOf(asked)).toMatchObject({
      name: "InternalError",
      message: "the handler is broken",
    });
  });

  it("a header that HTTP cannot send, from a handler, is a 500, and the server goes on", async () => {
    const { raw, fake, output } = await served();
    const remove = fake.on("GetObject", () => ({ answer: { Body: "mine", ContentType: "😀" } }));
    expect(statusesIn(await raw(`/${Bucket}/${output}`))).toEqual([500]);
    remove();
    expect(statusesIn(await raw(`/${Bucket}/${output}`))).toEqual([200]);
  });

  it("an answer to HEAD breaks off with its connection", async () => {
    const { raw, fake, output } = await served();
    fake.faults.breakBody("HeadObject", { times: 1 });
    expect(await raw(`/${Bucket}/${output}`, { method: "HEAD" })).toBe("");
  });

  it.each([
    ["half an escape", "/%zz"],
    ["half an escape in a key", `/${Bucket}/%zz`],
    ["what is no UTF-8", `/${Bucket}/%ff`],
    ["a null character", `/${Bucket}/%00`],
    ["a long key", `/${Bucket}/${"k".repeat(12_000)}`],
    ["a long bucket", `/${"b".repeat(12_000)}`],
    ["two slashes", "//"],
    ["three slashes", "///"],
    ["an empty bucket", `//${Bucket}/KEY`],
    ["a key that begins with a slash", `/${Bucket}//KEY`],
    ["dots behind the bucket", `/${Bucket}/../KEY`],
    ["dots before it", "/../../etc/passwd"],
    ["dots in it", `/..%2f${Bucket}`],
    ["an empty query", "/?"],
    ["names of JavaScript", "/__proto__/constructor"],
    ["a large number", `/${Bucket}?list-type=2&max-keys=99999999999999999999`],
    ["a token of others", `/${Bucket}?list-type=2&continuation-token=%00%ff`],
    ["half a pair", `/${Bucket}?list-type=2&delimiter=%ed%a0%80&encoding-type=url`],
    ["a thousand parameters", `/${Bucket}?${"prefix=a&".repeat(1_000)}`],
    ["a part below zero", `/${Bucket}/KEY?partNumber=-1`],
    ["an odd version", `/${Bucket}/KEY?versionId=%00`],
    ["a header within one", `/${Bucket}/KEY?response-expires=%0d%0aset-cookie:%20a=b`],
    ["a header beyond Latin-1", `/${Bucket}/KEY?response-content-type=%e2%82%ac`],
    ["no path", "*"],
    ["another host before it", `http://attacker.example/${Bucket}/KEY`],
  ])("a path is no error of the server with %s in it", async (_, target) => {
    const { raw, output } = await served();
    const methods = ["GET", "HEAD", "PUT", "DELETE", "OPTIONS"];
    const answers = await Promise.all(
      methods.map((method) => raw(target.replace("KEY", output), { method })),
    );
    const statuses = answers.flatMap(statusesIn);
    expect(statuses).toHaveLength(methods.length);
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
    expect(answers.filter((answer) => /^set-cookie/m.test(parted(answer).head))).toEqual([]);
  });
});

describe("another region", () => {
  it("reads the buckets of this one, whose names are known everywhere", async () => {
    const { s3In, output } = await served();
    const { Body } = await s3In("eu-west-1").send(new GetObjectCommand({ Bucket, Key: output }));
    expect(await Body?.transformToString()).toBe("one\ntwo\n");
  });

  it("of another partition finds no bucket of this one", async () => {
    const { s3In, output } = await served();
    const asked = s3In("cn-north-1").send(new GetObjectCommand({ Bucket, Key: output }));
    expect((await refusalOf(asked)).name).toBe("NoSuchBucket");
  });

  it("is not opened by an address that was signed beforehand", async () => {
    const { url, raw, output } = await served();
    const query = (region: string) =>
      `X-Amz-Credential=A%2F20240101%2F${region}%2Fs3%2Faws4_request&X-Amz-Signature=5eed`;
    for (let number = 1; number <= 41; number++) {
      const { status } = await fetch(`${url}/${Bucket}/${output}?${query(`zz-aa-${number}`)}`);
      expect(status).toBe(200);
    }
    for (const region of ["cn-north-1", "nowhere"]) {
      expect((await fetch(`${url}/${Bucket}/${output}?${query(region)}`)).status).toBe(400);
    }
    const headers = { authorization: signedFor("eu-west-1") };
    expect(statusesIn(await raw(`/${Bucket}/${output}`, { headers }))).toEqual([200]);
  });

  it("has the buckets that its own commands have named", async () => {
    const { s3In, url } = await served();
    const ssm = new SSM({ region: "eu-west-1", endpoint: url, credentials });
    onTestFinished(() => ssm.destroy());
    const Targets = [{ Key: "tag:Role", Values: ["web"] }];
    await ssm.sendCommand({ ...SCRIPT, Targets, OutputS3BucketName: "irish-bucket" });
    const list = (region: string) =>
      s3In(region).send(new ListObjectsCommand({ Bucket: "irish-bucket" }));
    expect([(await list("eu-west-1")).Name, (await list("us-east-1")).Name]).toEqual([
      "irish-bucket",
      "irish-bucket",
    ]);
    expect((await refusalOf(list("cn-north-1"))).name).toBe("NoSuchBucket");
  });

  it("that is none is refused", async () => {
    const { raw } = await served();
    const answer = await raw(`/${Bucket}`, { headers: { authorization: signedFor("nowhere") } });
    expect(statusesIn(answer)).toEqual([400]);
  });
});

describe("the log", () => {
  it("has the operation, the status, the error and a hint", async () => {
    const { raw, logged, output, fake } = await served();
    for (const path of [`${Bucket}/${output}`, `${Bucket}/none`, "no-bucket", "", "%zz"]) {
      await raw(`/${path}`);
    }
    const at = fake.clock.now();
    expect(logged).toEqual([
      { at, request: "GetObject", statusCode: 200 },
      { at, request: "GetObject", statusCode: 404, error: "NoSuchKey" },
      {
        ...{ at, request: "ListObjects", statusCode: 404, error: "NoSuchBucket" },
        hint: expect.stringContaining('The fake has no bucket "no-bucket"'),
      },
      {
        ...{ at, request: "ListBuckets", statusCode: 400, error: "NotImplemented" },
        hint: expect.stringContaining("does not answer ListBuckets. It answers GetObject"),
      },
      { at, request: "S3", statusCode: 400, error: "InvalidURI" },
    ]);
  });

  it("has the error of a HEAD, whose answer has no body", async () => {
    const { raw, logged } = await served();
    await raw(`/${Bucket}/none`, { method: "HEAD" });
    expect(logged).toMatchObject([{ request: "HeadObject", statusCode: 404, error: "NoSuchKey" }]);
  });

  it("has an answer that breaks off under the name of its operation", async () => {
    const { raw, fake, logged, output } = await served();
    fake.faults.breakBody("GetObject", { times: 1 });
    await raw(`/${Bucket}/${output}`);
    expect(logged.map(({ request, statusCode }) => [request, statusCode])).toEqual([
      ["GetObject", 200],
    ]);
  });

  it("has neither keys nor signatures nor a query, whatever is asked", async () => {
    const { raw, logged, output } = await served();
    const secret = "AWSAccessKeyId=AKIASECRET&Signature=SECRET&Expires=1";
    const scope = "X-Amz-Credential=AKIASECRET%2F20240101%2Fnowhere%2Fs3%2Faws4_request";
    const security = { "x-amz-security-token": "SECRET" };
    const headers = { authorization: SIGNED.authorization.replace("5eed", "SECRET") };
    await raw(`/${Bucket}/${output}?${secret}`, { headers: security });
    await raw(`/${Bucket}/none?${secret}&acl`, { headers: security });
    await raw(`/${Bucket}/%zz?${secret}`, { headers: {} });
    await raw(`/${Bucket}?${scope}&X-Amz-Signature=SECRET`, { headers: {} });
    await raw(`/${Bucket}?AWSAccessKeyId=AKIASECRET`, { headers: {} });
    await raw(`/${Bucket}?${secret}`, { headers: { origin: "null" } });
    await raw("/", { headers });
    expect(logged).toHaveLength(7);
    expect(JSON.stringify(logged)).not.toMatch(/SECRET|Signature=|X-Amz|=AKIA/);
  });
});

import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { SSM } from "@aws-sdk/client-ssm";
import { type Clock, cloudWatchOutput, systemClock } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions } from "ssm-run-command/fake";
import { type ServedRequest, type ServeOptions, serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { nodeId, SCRIPT } from "../contract/contract-account.ts";
import { refusalOf } from "../support/rejection.ts";

/** A fake with one node behind a port, and what it logs. */
async function served(options: ServeOptions = {}, fakeOptions: FakeSsmOptions<Clock> = {}) {
  const fake = new FakeSsm<Clock>({ clock: systemClock, nodes: [{}], ...fakeOptions });
  const logged: ServedRequest[] = [];
  const log = (request: ServedRequest) => logged.push(request);
  const server = await serveFakeSsm(fake, { log, ...options });
  onTestFinished(() => server.close());
  return { fake, logged, ...server };
}

interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Status and body of the answer to a request, which is a POST of AWS JSON 1.1 unless something else is given. */
async function ask(
  url: string,
  {
    method = "POST",
    path = "/",
    target = "AmazonSSM.ListCommands",
    headers = {},
    body = "{}",
  }: Sent = {},
): Promise<readonly [status: number, text: string]> {
  const json = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target };
  const answer = await fetch(url + path, {
    method,
    headers: { ...json, ...headers },
    ...(method === "GET" ? {} : { body }),
  });
  return [answer.status, await answer.text()];
}

/** A client for a region, which signs as clients do. */
function clientIn(region: string, endpoint: string): SSM {
  const credentials = { accessKeyId: "AKIAFAKESSM", secretAccessKey: "fake" };
  const client = new SSM({ region, endpoint, credentials });
  onTestFinished(() => client.destroy());
  return client;
}

const request = { ...SCRIPT, InstanceIds: [nodeId(1)] };

describe("AWS JSON 1.1", () => {
  it.each<readonly [what: string, sent: Sent]>([
    ["an empty object", {}],
    ["no body", { body: "" }],
    ["white space around the object", { body: " \n{ }\t" }],
    ["members that the operation does not have", { body: '{"Unknown":{"Deep":[1]}}' }],
    ["a __type, which only answers have", { body: '{"__type":"ListCommandsRequest"}' }],
    ["members that are null", { body: '{"CommandId":null,"MaxResults":null}' }],
    [
      "__proto__ and constructor as keys",
      { body: '{"__proto__":{"CommandId":1},"constructor":1}' },
    ],
    [
      "a content type with a parameter",
      { headers: { "content-type": "application/x-amz-json-1.1; charset=utf-8" } },
    ],
    ["a content type in capitals", { headers: { "content-type": "Application/X-AMZ-JSON-1.1" } }],
  ])("gets %s", async (_, sent) => {
    const { url } = await served();
    expect(await ask(url, sent)).toEqual([200, '{"Commands":[]}']);
  });

  it.each(['{"MaxResults":"5"}', '{"CommandId":5}', '{"Filters":{}}', "[]", '"text"', "null", "{"])(
    "that has a wrong type or is not JSON is a SerializationException: %s",
    async (body) => {
      const { url } = await served();
      expect(await ask(url, { body })).toEqual([400, '{"__type":"SerializationException"}']);
    },
  );

  it.each(['{"a":', "["])("that is nested ten thousand deep is one, too: %s", async (open) => {
    const { url } = await served();
    const body = open.repeat(10_000);
    expect(await ask(url, { body })).toEqual([400, '{"__type":"SerializationException"}']);
  });

  it.each<readonly [what: string, sent: Sent, status: number]>([
    ["another content type", { headers: { "content-type": "application/json" } }, 415],
    [
      "that of another protocol",
      { headers: { "content-type": "application/x-www-form-urlencoded" } },
      415,
    ],
    ["another path", { path: "/clients" }, 404],
    ["a query", { path: "/?Action=ListCommands" }, 404],
    ["GET", { method: "GET" }, 405],
    ["PUT", { method: "PUT" }, 405],
    ["OPTIONS", { method: "OPTIONS" }, 405],
  ])("is all that is answered, not %s", async (_, sent, status) => {
    const { url } = await served();
    expect((await ask(url, sent))[0]).toBe(status);
  });

  it("that is refused changes nothing", async () => {
    const { url, fake } = await served();
    const target = "AmazonSSM.SendCommand";
    const body = JSON.stringify(request);
    await ask(url, { target, body, headers: { "content-type": "text/plain" } });
    await ask(url, { target, body, headers: { origin: "http://attacker.example" } });
    await ask(url, { target, body, path: "/_fake/reset" });
    expect(fake.journal.entries()).toEqual([]);
  });
});

describe("an operation that is not answered", () => {
  it.each([
    ["AmazonSSM.DescribeParameters", "FakeSsm does not answer DescribeParameters. It answers "],
    ["Logs_20140328.StartQuery", "The fake's CloudWatch Logs does not answer StartQuery. It "],
    ["DynamoDB_20120810.ListTables", "The header x-amz-target is"],
    ["", "The header x-amz-target is"],
  ])("is refused with a sentence of ours: %s", async (target, sentence) => {
    const { url } = await served();
    const [status, body] = await ask(url, { target });
    expect(status).toBe(400);
    expect(JSON.parse(String(body))).toEqual({
      __type: "UnknownOperationException",
      message: expect.stringContaining(sentence),
    });
  });

  it("is logged with what is answered", async () => {
    const { url, logged } = await served();
    await ask(url, { target: "AmazonSSM.DescribeParameters" });
    expect(logged.map(({ hint }) => hint)).toEqual([
      expect.stringMatching(/does not answer DescribeParameters\. It answers SendCommand, /),
    ]);
  });

  it("of CloudWatch Logs is logged with what is answered there", async () => {
    const { url, logged } = await served();
    await ask(url, { target: "Logs_20140328.StartQuery" });
    expect(logged.map(({ hint }) => hint)).toEqual([
      expect.stringMatching(/does not answer StartQuery\. It answers .*GetLogEvents/),
    ]);
  });

  it("is a warning where no log is given", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const server = await serveFakeSsm(new FakeSsm());
    onTestFinished(() => server.close());
    await ask(server.url, { target: "AmazonSSM.DescribeParameters" });
    await ask(server.url);
    expect(warn.mock.calls).toEqual([
      [expect.stringMatching(/^DescribeParameters returned 400 UnknownOperationException\./)],
    ]);
  });
});

describe("the log", () => {
  it("has operation, status and error, and nothing of what was sent", async () => {
    const { url, logged, fake } = await served();
    const body = JSON.stringify({ ...request, InstanceIds: [nodeId(9)], Comment: "secret" });
    await ask(url, { target: "AmazonSSM.SendCommand", body });
    expect(logged).toEqual([
      {
        at: expect.closeTo(fake.clock.now(), -4),
        request: "SendCommand",
        statusCode: 400,
        error: "InvalidInstanceId",
        hint: `The fake has no node ${nodeId(9)}.`,
      },
    ]);
  });

  it("has no hint where a message of AWS's tells", async () => {
    const { url, logged } = await served();
    const body = JSON.stringify({ ...request, Comment: "secret".repeat(20) });
    await ask(url, { target: "AmazonSSM.SendCommand", body });
    expect(logged.map(({ error, hint }) => [error, hint])).toEqual([
      ["ValidationException", undefined],
    ]);
  });

  it("is one short line of printable characters, whatever was sent", async () => {
    const { url, logged } = await served();
    await ask(url, { target: `AmazonSSM.${"x".repeat(600)}é` });
    expect(logged[0]?.request).toMatch(/^x{500}…$/);
  });
});

describe("another region", () => {
  it("has no node of this one", async () => {
    const { url } = await served();
    const sent = clientIn("eu-west-1", url).sendCommand(request);
    expect((await refusalOf(sent)).name).toBe("InvalidInstanceId");
  });

  it("has no command of this one", async () => {
    const { url, fake } = await served();
    await fake.sendCommand(request);
    const { Commands } = await clientIn("eu-west-1", url).listCommands({});
    expect(Commands).toEqual([]);
  });

  it("keeps its own commands", async () => {
    const { url } = await served();
    const [ireland, virginia] = [clientIn("eu-west-1", url), clientIn("us-east-1", url)];
    await ireland.sendCommand({ ...SCRIPT, Targets: [{ Key: "tag:Role", Values: ["web"] }] });
    const lists = await Promise.all([ireland.listCommands({}), virginia.listCommands({})]);
    expect(
      lists.map(({ Commands }) => Commands?.map(({ OutputS3Region }) => OutputS3Region)),
    ).toEqual([["eu-west-1"], []]);
  });

  it("is the fake's own for a request that was signed for it", async () => {
    const { url } = await served({}, { region: "eu-west-1" });
    const { Command } = await clientIn("eu-west-1", url).sendCommand(request);
    expect(Command?.TargetCount).toBe(1);
  });

  it("is the fake's own for a request without a signature that can be read", async () => {
    const { url, fake } = await served();
    await fake.sendCommand(request);
    const [, text] = await ask(url, { headers: { authorization: "Basic abc" } });
    expect(JSON.parse(text)).toMatchObject({ Commands: [{ TargetCount: 1 }] });
  });

  it.each(["nowhere", "constructor", "US-EAST-1", "xx-northwestern-southeastern-1"])(
    "does not exist for a name like %s",
    async (region) => {
      const { url } = await served();
      const listed = clientIn(region, url).listCommands({});
      expect(await refusalOf(listed)).toEqual({
        name: "InvalidSignatureException",
        message: "Credential should be scoped to a valid region.",
      });
    },
  );

  it("is refused when forty are in use", async () => {
    const { url } = await served();
    const statuses = [];
    for (let n = 0; n < 41; n++) {
      const authorization = `AWS4-HMAC-SHA256 Credential=A/20261124/xx-test-${n}/ssm/aws4_request`;
      statuses.push((await ask(url, { headers: { authorization } }))[0]);
    }
    expect(statuses).toEqual([...Array.from({ length: 40 }, () => 200), 400]);
  });
});

describe("CloudWatch Logs", () => {
  it("is answered at the same port", async () => {
    const { url, fake } = await served();
    await fake.sendCommand({ ...request, CloudWatchOutputConfig: cloudWatchOutput() });
    const logs = new CloudWatchLogsClient({ ...fake.logs.clientConfig(), endpoint: url });
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toBeDefined();
  });
});

describe("a fault", () => {
  it("that breaks the body leaves one that can be read to its end and is not JSON", async () => {
    const { url, fake } = await served();
    fake.faults.breakBody("ListCommands", { every: 1 });
    const [status, text] = await ask(url);
    expect([status, () => JSON.parse(text)]).toEqual([200, expect.toSatisfy(throws)]);
  });

  it("that breaks the connection breaks it", async () => {
    const { url, fake } = await served();
    fake.faults.resetConnection("ListCommands", { every: 1 });
    expect(await refusalOf(ask(url))).toMatchObject({ message: "fetch failed" });
  });
});

describe("under /_fake/", () => {
  const own = { "x-fake-ssm": "1" };

  it("the health is ok", async () => {
    const { url } = await served();
    expect(await ask(url, { method: "GET", path: "/_fake/health" })).toEqual([
      200,
      '{"status":"ok"}',
    ]);
  });

  it("the timeline is the fake's", async () => {
    const { url, fake } = await served();
    await fake.sendCommand(request);
    const [, text] = await ask(url, { method: "GET", path: "/_fake/timeline" });
    expect(text).toBe(fake.timeline());
  });

  it("the journal hides the values of parameters", async () => {
    const { url, fake } = await served();
    await fake.sendCommand(request);
    const [, text] = await ask(url, { method: "GET", path: "/_fake/journal" });
    expect(JSON.parse(text)).toMatchObject({
      dropped: 0,
      entries: [{ operation: "SendCommand", input: { Parameters: { commands: ["(hidden)"] } } }],
    });
  });

  it("a reset empties the fake and the other regions", async () => {
    const { url, fake } = await served();
    await fake.sendCommand(request);
    const ireland = clientIn("eu-west-1", url);
    await ireland.sendCommand({ ...SCRIPT, Targets: [{ Key: "tag:Role", Values: ["web"] }] });
    await ask(url, { path: "/_fake/reset", headers: own });
    const lists = await Promise.all([ireland.listCommands({}), fake.listCommands({})]);
    expect(lists.map(({ Commands }) => Commands)).toEqual([[], []]);
  });

  it("a reset does what the caller wants it to do", async () => {
    const reset = vi.fn(async () => {});
    const { url } = await served({ reset });
    await ask(url, { path: "/_fake/reset", headers: own });
    expect(reset).toHaveBeenCalledOnce();
  });

  it("a node goes offline and comes back", async () => {
    const { url, fake } = await served();
    const node = fake.nodes.get(nodeId(1));
    const agents = [];
    for (const change of ["go-offline", "come-back"]) {
      await ask(url, { path: `/_fake/nodes/${nodeId(1)}/${change}`, headers: own });
      agents.push(node?.agent);
    }
    expect(agents).toEqual(["unreachable", "online"]);
  });

  it.each<readonly [what: string, sent: Sent, status: number]>([
    ["a POST without the header is refused", { path: "/_fake/reset" }, 403],
    [
      "a GET of what a POST does is not there",
      { method: "GET", path: "/_fake/reset", headers: own },
      404,
    ],
    ["a DELETE is not there", { method: "DELETE", path: "/_fake/health", headers: own }, 404],
    ["an unknown route is not there", { path: "/_fake/nodes", headers: own }, 404],
    [
      "an unknown node is not there",
      { path: `/_fake/nodes/${nodeId(9)}/come-back`, headers: own },
      404,
    ],
    [
      "a foreign origin is refused",
      { path: "/_fake/reset", headers: { ...own, origin: "null" } },
      403,
    ],
  ])("%s", async (_, sent, status) => {
    const { url, fake } = await served();
    await fake.sendCommand(request);
    const [found] = await ask(url, sent);
    expect([found, fake.journal.entries().length]).toEqual([status, 1]);
  });
});

describe("an address", () => {
  it.each(["0.0.0.0", "::", "192.168.1.5", "127.0.0.1.attacker.example"])(
    "beyond this machine has to be allowed: %s",
    async (host) => {
      expect(await refusalOf(serveFakeSsm(new FakeSsm(), { host }))).toEqual({
        name: "TypeError",
        message: `The host "${host}" can be reached from other machines. Use 127.0.0.1, or allow it: allowRemote, --allow-remote.`,
      });
    },
  );

  it("beyond this machine is listened to when it is allowed", async () => {
    const { port } = await served({ host: "0.0.0.0", allowRemote: true });
    expect((await ask(`http://127.0.0.1:${port}`))[0]).toBe(200);
  });
});

describe("a served fake", () => {
  it("is reached no more when it is disposed of, and lives on", async () => {
    const { url, fake, ...server } = await served();
    await server[Symbol.asyncDispose]();
    expect([(await refusalOf(ask(url))).message, (await fake.listCommands({})).Commands]).toEqual([
      "fetch failed",
      [],
    ]);
  });
});

function throws(parse: () => unknown): boolean {
  try {
    parse();
    return false;
  } catch {
    return true;
  }
}

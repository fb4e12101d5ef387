import { FakeSsm } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { expect, it } from "vitest";
import { seededRandom } from "../../../../src/time/random.ts";
import { rawRequest, sendRaw, statusesIn } from "../../../support/raw-http.ts";

const REQUESTS = 10_000;
/** How many connections are open at the same time. */
const AT_ONCE = 20;
const SEED = 8;

const REGION = "AWS4-HMAC-SHA256 Credential=A/20261124/us-east-1/ssm/aws4_request";

/** Whole requests that are changed. None of them changes anything by itself but the second, which sends a command. */
const WHOLE = [
  rawRequest({ body: '{"MaxResults":5,"Filters":[{"key":"Status","value":"Success"}]}' }),
  rawRequest({
    headers: { "x-amz-target": "AmazonSSM.SendCommand", authorization: REGION },
    body: '{"DocumentName":"AWS-RunShellScript","InstanceIds":["i-00000000000000001"],"Parameters":{"commands":["uptime"]}}',
  }),
  rawRequest({
    headers: { "x-amz-target": "Logs_20140328.DescribeLogGroups", origin: "http://127.0.0.1" },
  }),
  rawRequest({
    headers: { "content-length": undefined, "transfer-encoding": "chunked" },
    body: "2\r\n{}\r\n0\r\n\r\n",
  }),
  rawRequest({ line: "GET /_fake/journal HTTP/1.1", headers: { "content-length": undefined } }),
  rawRequest({
    line: "POST /_fake/nodes/i-00000000000000001/come-back HTTP/1.1",
    headers: { "x-fake-ssm": "1" },
  }),
] as const;

/** Follows every changed request, so that most of those that lack something end, and the server closes the connection. */
const LAST = Buffer.from(rawRequest({ headers: { connection: "close" } }), "latin1");

const PIECES = [
  ...[
    "\r\n",
    "\r\n\r\n",
    "\u0000",
    "é",
    ":",
    ";",
    "{",
    "[[[[[[[[",
    '"',
    "\\u0000",
    "0x",
    "-1",
    "1e999",
  ],
  ...["null", "__proto__", "constructor", "host: attacker.example\r\n", "content-length: 5\r\n"],
  ...[
    "transfer-encoding: chunked\r\n",
    "expect: 100-continue\r\n",
    "upgrade: websocket\r\n",
    "HTTP/1.0",
  ],
  "x".repeat(20_000),
] as const;

/** One of the whole requests, changed in a few places: bytes flipped, cut, doubled, put in, or the end left away. */
function changed(random: () => number): Buffer {
  const upTo = (most: number) => Math.floor(random() * most);
  const oneOf = <T>(all: readonly T[]): T => all[upTo(all.length)]!;
  let bytes = Buffer.from(oneOf(WHOLE), "latin1");
  for (let times = 1 + upTo(3); times > 0; times--) {
    const at = upTo(bytes.length);
    const until = Math.min(bytes.length, at + upTo(30));
    const [before, part, after] = [
      bytes.subarray(0, at),
      bytes.subarray(at, until),
      bytes.subarray(until),
    ];
    const put = oneOf([
      () => Buffer.from(part.map((byte) => byte ^ (1 << upTo(8)))),
      () => Buffer.alloc(0),
      () => Buffer.concat([part, part]),
      () => Buffer.concat([Buffer.from(oneOf(PIECES), "latin1"), part]),
    ])();
    bytes = Buffer.concat(random() < 0.1 ? [before] : [before, put, after]);
  }
  return bytes;
}

it("ten thousand changed requests get an answer of their own or a closed connection, and the server goes on", {
  timeout: 120_000,
}, async () => {
  const fake = new FakeSsm({ nodes: [{}], journalSize: 100 });
  await using served = await serveFakeSsm(fake, { log: () => {} });
  const random = seededRandom(SEED);
  const statuses = new Map<number | "hung up", number>();
  let left = REQUESTS;
  const sender = async () => {
    while (left-- > 0) {
      const found = statusesIn(
        await sendRaw(served.port, Buffer.concat([changed(random), LAST]), { waitMs: 1_000 }),
      );
      for (const status of found.length > 0 ? found : (["hung up"] as const)) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
  const surprises = [...statuses.keys()].filter((status) => status !== "hung up" && status >= 500);
  const health = await sendRaw(
    served.port,
    rawRequest({ line: "GET /_fake/health HTTP/1.1", headers: { connection: "close" } }),
  );
  const hungUp = statuses.get("hung up") ?? 0;
  expect({ surprises, health: statusesIn(health), areMostAnswered: hungUp < REQUESTS / 2 }).toEqual(
    {
      surprises: [],
      health: [200],
      areMostAnswered: true,
    },
  );
});

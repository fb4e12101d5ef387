import { gzipSync } from "node:zlib";
import { FakeSsm, succeeds, VirtualClock } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  ASKED_OF,
  aCommand,
  type ProtocolFact,
  sending,
  type WireCall,
  type WireSeen,
} from "./protocol-cases.ts";
import { CASE_NAMES } from "./protocol-cases-ids.ts";
import { LEFT_OUT } from "./protocol-cases-left-out.ts";
import { ANSWER_CASES } from "./protocol-cases-of-answers.ts";
import { REQUEST_CASES } from "./protocol-cases-of-requests.ts";

const CASES = [...REQUEST_CASES, ...ANSWER_CASES];

/**
 * What the cases leave to JSON and to the service, in the same form. Sources: RFC 8259 for numbers and escapes; for null in
 * a list the protocol's rule that only a sparse list holds one [api-protocol-cases]; for the empty body [logs-put-retention];
 * for the header, that no answer in [rec-2026-09-27-managed-execution] has one. A compressed request: our decision, below.
 */
const BESIDE_THE_CASES: readonly ProtocolFact[] = [
  {
    states: "escapes stand for their characters, a pair of surrogates for one",
    call: escaped("\\u00fc\\ud83d\\ude42\\/\\t"),
    seen: aCommand({ Comment: "ü🙂/\t" }),
  },
  {
    states: "a whole number may be written with an exponent",
    call: written("1.2e3"),
    seen: aCommand({ TimeoutSeconds: 1200 }),
  },
  {
    states: "a number with a fraction is not an integer",
    call: written("1200.5"),
    seen: { status: 400, text: '{"__type":"SerializationException"}' },
  },
  {
    states: "null in a list is of the wrong type",
    call: sending({ InstanceIds: [ASKED_OF.instanceId, null] }),
    seen: { status: 400, text: '{"__type":"SerializationException"}' },
  },
  {
    states: "PutRetentionPolicy is answered without a body",
    call: {
      target: "Logs_20140328.PutRetentionPolicy",
      body: JSON.stringify({ logGroupName: ASKED_OF.logGroup, retentionInDays: 7 }),
    },
    seen: { status: 200, text: "" },
  },
  {
    states: "an error is named in the body only, not in x-amzn-errortype",
    call: { target: "AmazonSSM.GetDocument", body: '{"Name":"No-Such-Document"}' },
    seen: { status: 400, errorType: null },
  },
  {
    // No operation here is modelled with requestCompression, so no client compresses; what AWS answers is not known.
    states: "a compressed body is not JSON",
    call: { target: "AmazonSSM.ListCommands", body: new Uint8Array(gzipSync("{}")) },
    seen: { status: 400, text: '{"__type":"SerializationException"}' },
  },
];

/** A SendCommand whose comment is written as given, between the quotes. */
function escaped(comment: string): WireCall {
  const { body, ...call } = sending({ Comment: "HERE" });
  return { ...call, body: String(body).replace("HERE", () => comment) };
}

/** A SendCommand whose time-out is written as given. */
function written(timeoutSeconds: string): WireCall {
  const { body, ...call } = sending({ TimeoutSeconds: 9999 });
  return { ...call, body: String(body).replace("9999", timeoutSeconds) };
}

/** The port of a fake whose node has run one command. */
async function served(): Promise<string> {
  const { start, stdout, logGroup, notified, instanceId, documentName, document } = ASKED_OF;
  const fake = new FakeSsm({
    latency: "instant",
    clock: new VirtualClock({ start }),
    nodes: [{ instanceId, behavior: succeeds({ stdout }) }],
  });
  await fake.documents.add(documentName, document);
  await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    InstanceIds: [instanceId],
    Parameters: { commands: ["uptime"], executionTimeout: ["60"] },
    NotificationConfig: { ...notified, NotificationEvents: [...notified.NotificationEvents] },
    ServiceRoleArn: "arn:aws:iam::123456789012:role/Notify",
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: logGroup },
  });
  await fake.clock.advance("1s");
  const server = await serveFakeSsm(fake, { log: () => {} });
  onTestFinished(() => server.close());
  return server.url;
}

/** What comes back for a call over HTTP. */
async function answerTo(call: WireCall): Promise<WireSeen> {
  const { target, contentType = "application/x-amz-json-1.1", body = "{}" } = call;
  const headers = { "content-type": contentType, "x-amz-target": target };
  const response = await fetch(await served(), { method: "POST", headers, body });
  const text = await response.text();
  return {
    status: response.status,
    contentType: response.headers.get("content-type"),
    requestId: response.headers.get("x-amzn-requestid"),
    errorType: response.headers.get("x-amzn-errortype"),
    text,
    body: text === "" ? undefined : (JSON.parse(text) as unknown),
  };
}

describe("AWS's cases for awsJson1_1", () => {
  it.each(CASES.map((row) => [row.name, row.states, row] as const))(
    "%s: %s",
    async (_, __, { call, seen }) => {
      expect(await answerTo(call)).toEqual(expect.objectContaining(seen));
    },
  );

  it("are each either in the table or left out for a reason, once", () => {
    const decided = [...CASES.map(({ name }) => name), ...LEFT_OUT.map(([name]) => name)];
    expect(decided.sort()).toEqual([...CASE_NAMES].sort());
  });

  it("are listed once each", () => {
    expect(new Set(CASE_NAMES).size).toBe(CASE_NAMES.length);
  });
});

describe("beside AWS's cases for awsJson1_1", () => {
  it.each(BESIDE_THE_CASES.map((fact) => [fact.states, fact] as const))(
    "%s",
    async (_, { call, seen }) => {
      expect(await answerTo(call)).toEqual(expect.objectContaining(seen));
    },
  );
});

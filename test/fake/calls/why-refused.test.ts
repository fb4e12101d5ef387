import { DescribePatchGroupsCommand, SSM } from "@aws-sdk/client-ssm";
import { type Access, FakeSsm } from "ssm-run-command/fake";
import { type ServedRequest, serveFakeSsm } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import { SSM_OPERATIONS } from "../../../src/fake/calls/operation-name.ts";
import { nodeId, SCRIPT } from "../../contract/contract-account.ts";
import { rejectionOf } from "../../support/rejection.ts";

const SECRET = "hunter2";
const NO_COMMAND = "00000000-0000-4000-8000-000000000000";
const send = (more: object) => ({ ...SCRIPT, InstanceIds: [nodeId(1)], ...more });

interface Refused {
  readonly operation: string;
  readonly input: object;
  /** The error on the wire. */
  readonly name: string;
  /** What the fake knows beyond that. */
  readonly why: RegExp;
  readonly access?: Access;
}

/** Refusals whose message is missing, or does not tell. */
const REFUSED: readonly Refused[] = [
  {
    operation: "SendCommand",
    input: send({ InstanceIds: [nodeId(7)] }),
    name: "InvalidInstanceId",
    why: new RegExp(nodeId(7)),
  },
  {
    operation: "SendCommand",
    input: send({ InstanceIds: [nodeId(1), nodeId(1)] }),
    name: "DuplicateInstanceId",
    why: /twice/,
  },
  {
    operation: "SendCommand",
    input: send({ DocumentName: "Nobodys" }),
    name: "InvalidDocument",
    why: /Nobodys/,
  },
  {
    operation: "SendCommand",
    input: send({ Parameters: { commands: ["true"], password: [SECRET] } }),
    name: "InvalidParameters",
    why: /password/,
  },
  {
    operation: "SendCommand",
    input: send({ Parameters: { commands: SECRET } }),
    name: "SerializationException",
    why: /^Parameters\.commands is a string, and has to be a list\. Put it into a list\.$/,
  },
  {
    operation: "SendCommand",
    input: send({ TimeoutSeconds: "600" }),
    name: "SerializationException",
    why: /^TimeoutSeconds is a string, and has to be an integer\. Write it without quotation marks\.$/,
  },
  {
    operation: "SendCommand",
    input: send({}),
    access: "denied",
    name: "AccessDeniedException",
    why: /access is "denied"/,
  },
  {
    operation: "GetCommandInvocation",
    input: { CommandId: NO_COMMAND, InstanceId: nodeId(1) },
    name: "InvocationDoesNotExist",
    why: /^The fake has no command with this id\.$/,
  },
  {
    operation: "ListCommands",
    input: { Filters: [{ key: "InvokedAfter", value: "yesterday" }] },
    name: "InvalidFilterKey",
    why: /is not an instant/,
  },
];

const aFake = ({ access = "allowed" }: Pick<Refused, "access"> = {}) =>
  new FakeSsm({ latency: "instant", nodes: [{ instanceId: nodeId(1) }], access });

/** What a request of AWS JSON 1.1 to a served fake returns, and what the server's log says of it. */
async function overHttp(fake: FakeSsm, operation: string, input: object) {
  const logged: ServedRequest[] = [];
  const served = await serveFakeSsm(fake, { log: (request) => logged.push(request) });
  onTestFinished(() => served.close());
  const answer = await fetch(served.url, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AmazonSSM.${operation}`,
    },
    body: JSON.stringify(input),
  });
  const headers = JSON.stringify([...answer.headers]);
  return { status: answer.status, headers, body: await answer.text(), logged };
}

describe.each(REFUSED)("why $operation was refused with $name", (refused) => {
  const { operation, input, name, why } = refused;

  it("is in the journal", async () => {
    const fake = aFake(refused);
    await overHttp(fake, operation, input);
    expect(fake.journal.entries()).toEqual([
      expect.objectContaining({
        type: "refusal",
        operation,
        name,
        why: expect.stringMatching(why),
      }),
    ]);
  });

  it("is in the timeline", async () => {
    const fake = aFake(refused);
    await overHttp(fake, operation, input);
    const [entry] = fake.journal.entries();
    expect(fake.timeline()).toMatch(
      new RegExp(`^00:00:00\\.000  refused +${operation} +${name}: `),
    );
    expect(fake.timeline()).toContain(`(${Reflect.get(entry ?? {}, "why")})`);
  });

  it("is in the log of the server, and nothing of it goes over the wire", async () => {
    const { status, headers, body, logged } = await overHttp(aFake(refused), operation, input);
    expect([status, logged]).toEqual([
      400,
      [expect.objectContaining({ error: name, hint: expect.stringMatching(why) })],
    ]);
    expect(JSON.parse(body)).not.toHaveProperty("why");
    expect(headers + body).not.toContain(logged[0]?.hint);
  });

  it("shows no value of a parameter, in any of these places", async () => {
    const fake = aFake(refused);
    const { logged } = await overHttp(fake, operation, input);
    const said = JSON.stringify([fake.journal.entries(), fake.timeline(), logged]);
    expect(said).toContain(operation);
    expect(said).not.toContain(SECRET);
  });
});

describe("a refusal through the object API", () => {
  it("has what can be done about it as its cause", async () => {
    const error = await rejectionOf(
      aFake().sendCommand(send({ InstanceIds: [nodeId(7)] }) as never),
    );
    expect(error).toMatchObject({
      name: "InvalidInstanceId",
      cause: { message: `The fake has no node ${nodeId(7)}.` },
    });
  });

  it("under a real client has no cause, since none goes over the wire", async () => {
    const ssm = new SSM(aFake().clientConfig());
    const error = await rejectionOf(ssm.sendCommand(send({ InstanceIds: [nodeId(7)] }) as never));
    expect([Reflect.get(Object(error), "name"), Reflect.get(Object(error), "cause")]).toEqual([
      "InvalidInstanceId",
      undefined,
    ]);
  });
});

describe("an operation that the fake lacks", () => {
  const sentence = `FakeSsm does not answer DescribePatchGroups. It answers ${SSM_OPERATIONS.join(", ")}.`;

  it("is refused over the wire with a sentence that names those it has", async () => {
    const { status, body } = await overHttp(aFake(), "DescribePatchGroups", {});
    expect([status, JSON.parse(body)]).toEqual([
      400,
      { __type: "UnknownOperationException", message: sentence },
    ]);
  });

  it("throws that sentence from a real client", async () => {
    const sending = aFake().client().send(new DescribePatchGroupsCommand({}));
    expect(await rejectionOf(sending)).toMatchObject({
      name: "UnknownOperationException",
      message: sentence,
    });
  });

  it("is in the journal, the timeline and the log with it", async () => {
    const fake = aFake();
    const { logged } = await overHttp(fake, "DescribePatchGroups", {});
    expect([fake.journal.entries(), logged.map(({ hint }) => hint)]).toEqual([
      [expect.objectContaining({ type: "refusal", message: sentence })],
      [sentence.length > 500 ? `${sentence.slice(0, 500)}…` : sentence],
    ]);
    expect(fake.timeline()).toContain(
      "DescribePatchGroups  UnknownOperationException: FakeSsm does not answer DescribePatchGroups.",
    );
  });
});

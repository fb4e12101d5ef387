import fc from "fast-check";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { SSM_OPERATIONS, type SsmOperation } from "../../../src/fake/calls/operation-name.ts";
import { nodeId, SCRIPT, UNKNOWN_COMMAND_ID } from "../../contract/contract-account.ts";
import { LEAST_OF_DOCUMENTS } from "../../support/document-boundaries.ts";
import { LEAST_OF_PARAMETERS } from "../../support/parameter-boundaries.ts";
import { sdkMembers } from "../../support/sdk-members.ts";
import { callRaw, type WireAnswer } from "../../support/wire-call.ts";

const VALID = { ...SCRIPT, InstanceIds: [nodeId(1)] };

/** Requests that would be taken, or nearly. Random members are put into them. */
const SOUND: Readonly<Record<SsmOperation, object>> = {
  SendCommand: VALID,
  CancelCommand: { CommandId: UNKNOWN_COMMAND_ID },
  GetCommandInvocation: { CommandId: UNKNOWN_COMMAND_ID, InstanceId: nodeId(1) },
  ListCommands: {},
  ListCommandInvocations: {},
  DescribeInstanceInformation: {},
  GetConnectionStatus: { Target: nodeId(1) },
  ...LEAST_OF_DOCUMENTS,
  ...LEAST_OF_PARAMETERS,
};

/** Values that a member may have, and some that are just not allowed. */
const nearlySound = fc.oneof(
  fc.jsonValue(),
  fc.integer({ min: -1, max: 60 }),
  fc.string(),
  fc.constantFrom("", "0", "100%", "$LATEST", "Status", "__proto__", "constructor", null),
  fc.array(fc.constantFrom<unknown>(nodeId(1), nodeId(2), "i-1", 1, null, {}, []), {
    maxLength: 4,
  }),
  fc.dictionary(fc.string(), fc.array(fc.string(), { maxLength: 2 }), { maxKeys: 3 }),
);

/** The name of an operation, and the body that is sent as its request. */
const anyCall = fc.constantFrom(...SSM_OPERATIONS).chain((operation) => {
  const names = Object.keys(sdkMembers(operation)).filter((path) => /^\w+$/.test(path));
  const members = fc.dictionary(fc.constantFrom(...names), nearlySound, { maxKeys: 3 });
  const body = fc.oneof(
    { weight: 4, arbitrary: members.map((some) => ({ ...SOUND[operation], ...some })) },
    { weight: 1, arbitrary: fc.jsonValue() },
  );
  return fc.record({
    operation: fc.constant(operation),
    body: body.map((value) => JSON.stringify(value)),
  });
});

/** The same requests in every run, so that a failure can be repeated. */
const RUNS = { numRuns: 300, seed: 20_261_124 };

const aFake = () => new FakeSsm({ latency: "instant", nodes: [{}, {}] });

/** What a fake answers to the next valid calls, as bytes. */
async function nextAnswers(fake: FakeSsm): Promise<readonly WireAnswer[]> {
  const sent = await callRaw(fake, "SendCommand", JSON.stringify(VALID));
  return [
    sent,
    await callRaw(fake, "ListCommands", "{}"),
    await callRaw(fake, "ListCommandInvocations", '{"Details":true}'),
  ];
}

describe("whatever JSON a request is", () => {
  it("it gets an answer or a refusal", async () => {
    await fc.assert(
      fc.asyncProperty(anyCall, async ({ operation, body }) => {
        const { statusCode, text } = await callRaw(aFake(), operation, body);
        const answer: unknown = JSON.parse(text);
        const isRefusal = typeof answer === "object" && answer !== null && "__type" in answer;
        expect(statusCode).toBe(isRefusal ? 400 : 200);
      }),
      RUNS,
    );
  });

  it("and is refused, the next call is answered as if it had never come", async () => {
    const untouched = await nextAnswers(aFake());
    await fc.assert(
      fc.asyncProperty(anyCall, async ({ operation, body }) => {
        const fake = aFake();
        const { statusCode } = await callRaw(fake, operation, body);
        fc.pre(statusCode === 400);
        expect(await nextAnswers(fake)).toEqual(untouched);
      }),
      RUNS,
    );
  });

  it("and only reads, the next call is answered as if it had never come", async () => {
    const untouched = await nextAnswers(aFake());
    await fc.assert(
      fc.asyncProperty(anyCall, async ({ operation, body }) => {
        fc.pre(operation !== "SendCommand");
        const fake = aFake();
        await callRaw(fake, operation, body);
        expect(await nextAnswers(fake)).toEqual(untouched);
      }),
      RUNS,
    );
  });
});

describe("a body that is not JSON", () => {
  it("is a SerializationException and leaves no trace", async () => {
    const untouched = await nextAnswers(aFake());
    const noJson = fc
      .string()
      .map((text) => `{${text}`)
      .filter((text) => !isJson(text));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...SSM_OPERATIONS), noJson, async (operation, body) => {
        const fake = aFake();
        const refusal = await callRaw(fake, operation, body);
        expect([refusal, await nextAnswers(fake)]).toEqual([
          { statusCode: 400, text: '{"__type":"SerializationException"}' },
          untouched,
        ]);
      }),
      RUNS,
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerAwsJson } from "../../../src/fake/adapters/aws-json.ts";
import type { WireRequest } from "../../../src/fake/adapters/wire.ts";
import type { Result } from "../../../src/fake/result.ts";

/** A service that gives every call the same answer, and notes the calls. */
function aService(answer: Result<unknown> = { ok: true, value: {} }) {
  const asked: (readonly [operation: string, input: unknown])[] = [];
  return {
    asked,
    target: "AmazonSSM",
    requestId: () => "7afa32e5-eda9-49ef-9449-7a431de1f5c5",
    call: async (operation: string, input: unknown) => {
      asked.push([operation, input]);
      return answer;
    },
  };
}

const aRequest = (request: Partial<WireRequest> = {}): WireRequest => ({
  method: "POST",
  headers: { "x-amz-target": "AmazonSSM.ListCommands" },
  body: "{}",
  ...request,
});

/** The answer to a request, its body parsed. */
async function answerTo(request: WireRequest, service = aService()) {
  const { response } = await answerAwsJson(request, service);
  const { statusCode, headers, body } = response;
  const text = new TextDecoder().decode(body);
  return { statusCode, headers, text, body: JSON.parse(text) as unknown };
}

const refusing = (name: string, message?: string) =>
  answerTo(
    aRequest(),
    aService({ ok: false, refusal: message === undefined ? { name } : { name, message } }),
  );

describe("a request", () => {
  it("names its operation in a header", async () => {
    const service = aService();
    await answerTo(aRequest(), service);
    expect(service.asked).toEqual([["ListCommands", {}]]);
  });

  it("may write the header's name as it likes", async () => {
    const service = aService();
    await answerTo(aRequest({ headers: { "X-Amz-Target": "AmazonSSM.ListCommands" } }), service);
    expect(service.asked).toEqual([["ListCommands", {}]]);
  });

  it.each([
    ["text", '{"MaxResults":1}'],
    ["bytes", new TextEncoder().encode('{"MaxResults":1}')],
    ["bytes of a buffer", Buffer.from('{"MaxResults":1}')],
  ])("may come as %s", async (_, body) => {
    const service = aService();
    await answerTo(aRequest({ body }), service);
    expect(service.asked[0]?.[1]).toEqual({ MaxResults: 1 });
  });

  it.each([
    ["nothing", undefined],
    ["an empty text", ""],
    ["white space", " \n"],
  ])("of %s is an empty one", async (_, body) => {
    const service = aService();
    await answerTo(aRequest({ body }), service);
    expect(service.asked[0]?.[1]).toEqual({});
  });

  it("keeps characters beyond ASCII", async () => {
    const service = aService();
    await answerTo(
      aRequest({ body: new TextEncoder().encode('{"Comment":"größer → 🙂"}') }),
      service,
    );
    expect(service.asked[0]?.[1]).toEqual({ Comment: "größer → 🙂" });
  });

  it("has no member that is null", async () => {
    const service = aService();
    await answerTo(aRequest({ body: '{"A":null,"B":{"C":null,"D":[null]}}' }), service);
    expect(service.asked[0]?.[1]).toEqual({ B: { D: [null] } });
  });

  it.each(["{", "undefined", '{"a":1}}', "\u0000"])(
    "that is not JSON is a SerializationException without a message: %j",
    async (body) => {
      const { statusCode, text } = await answerTo(aRequest({ body }));
      expect([statusCode, text]).toEqual([400, '{"__type":"SerializationException"}']);
    },
  );

  it("that is not JSON is not handed to the service", async () => {
    const service = aService();
    await answerTo(aRequest({ body: "{" }), service);
    expect(service.asked).toEqual([]);
  });

  it("cannot reach the prototype of anything", async () => {
    const service = aService();
    await answerTo(aRequest({ body: '{"__proto__":{"DocumentName":"X"}}' }), service);
    const input = service.asked[0]?.[1] as { readonly DocumentName?: string };
    expect([input.DocumentName, Object.getPrototypeOf(input)]).toEqual([
      undefined,
      Object.prototype,
    ]);
  });

  it.each([
    [
      "another service",
      { "x-amz-target": "DynamoDB_20120810.ListTables" },
      '"DynamoDB_20120810.ListTables"',
    ],
    ["no service", { "x-amz-target": "ListCommands" }, '"ListCommands"'],
    [
      "a service of a longer name",
      { "x-amz-target": "AmazonSSMx.ListCommands" },
      '"AmazonSSMx.ListCommands"',
    ],
    ["nobody", {}, "missing"],
  ])("to %s gets an answer that says what is spoken here", async (_, headers, shown) => {
    const { statusCode, body } = await answerTo(aRequest({ headers }));
    expect([statusCode, body]).toEqual([
      400,
      {
        __type: "UnknownOperationException",
        message: `The header x-amz-target is ${shown}, and the fake answers AmazonSSM.* in AWS JSON 1.1 only. If an SDK sent this, it speaks another protocol: please report its version.`,
      },
    ]);
  });
});

describe("an answer", () => {
  it("is a 200", async () => {
    expect((await answerTo(aRequest())).statusCode).toBe(200);
  });

  it("has a type, a length and a request id, and no date that would falsify the SDK's clock", async () => {
    expect((await answerTo(aRequest())).headers).toEqual({
      "content-type": "application/x-amz-json-1.1",
      "content-length": "2",
      "x-amzn-requestid": "7afa32e5-eda9-49ef-9449-7a431de1f5c5",
    });
  });

  it("counts bytes, not characters, as its length", async () => {
    const service = aService({ ok: true, value: { Comment: "🙂" } });
    expect((await answerTo(aRequest(), service)).headers["content-length"]).toBe("18");
  });

  it("writes dates as seconds with milliseconds, wherever they are", async () => {
    const at = new Date("2026-09-27T10:00:00.478Z");
    const service = aService({ ok: true, value: { At: at, In: [{ At: at }] } });
    expect((await answerTo(aRequest(), service)).text).toBe(
      '{"At":1790503200.478,"In":[{"At":1790503200.478}]}',
    );
  });

  it("does not mistake a string that looks like a date for one", async () => {
    const answer = { ExecutionStartDateTime: "2026-09-27T10:00:00.478Z" };
    const { body } = await answerTo(aRequest(), aService({ ok: true, value: answer }));
    expect(body).toEqual(answer);
  });

  it("loses no millisecond of any date that a double can hold as seconds", () => {
    // From the year 10000 on the wire's own format, seconds with a fraction, rounds.
    const max = new Date("9999-12-31T23:59:59.999Z");
    return fc.assert(
      fc.asyncProperty(fc.date({ noInvalidDate: true, max, min: new Date(0) }), async (at) => {
        const { body } = await answerTo(aRequest(), aService({ ok: true, value: { At: at } }));
        expect(Math.round((body as { At: number }).At * 1_000)).toBe(at.getTime());
      }),
    );
  });

  it("leaves out what is undefined", async () => {
    const service = aService({ ok: true, value: { A: undefined, B: 1 } });
    expect((await answerTo(aRequest(), service)).text).toBe('{"B":1}');
  });
});

describe("a refusal", () => {
  it.each([
    "InvalidInstanceId",
    "InvalidParameters",
    "UnsupportedPlatformType",
    "DocumentAlreadyExists",
    "DocumentLimitExceeded",
    "DocumentPermissionLimit",
    "DocumentVersionLimitExceeded",
    "DuplicateDocumentContent",
    "DuplicateDocumentVersionName",
    "InvalidDocumentContent",
    "InvalidDocumentOperation",
    "InvalidDocumentSchemaVersion",
  ])("whose model has a Message writes it with a capital: %s", async (name) => {
    expect((await refusing(name, "No.")).body).toEqual({ __type: name, Message: "No." });
  });

  it.each([
    "InvocationDoesNotExist",
    "InvalidCommandId",
    "ValidationException",
    "ThrottlingException",
  ])("whose model has none writes it small: %s", async (name) => {
    expect((await refusing(name, "No.")).body).toEqual({ __type: name, message: "No." });
  });

  it("without a message has only its name", async () => {
    expect((await refusing("InvalidDocument")).text).toBe('{"__type":"InvalidDocument"}');
  });

  it.each([
    ["ValidationException", 400],
    ["ThrottlingException", 400],
    ["InvalidCommandId", 400],
    ["InternalServerError", 500],
  ])("%s is a %i", async (name, statusCode) => {
    expect((await refusing(name)).statusCode).toBe(statusCode);
  });

  it("has a request id, and no date", async () => {
    expect(Object.keys((await refusing("InvalidDocument")).headers)).toEqual([
      "content-type",
      "content-length",
      "x-amzn-requestid",
    ]);
  });
});

import type { CallResult } from "../calls/pipeline.ts";
import type { Refusal } from "../result.ts";
import { isBeyond } from "./json-bounds.ts";
import type { AnsweredRequest, WireRequest, WireResponse } from "./wire.ts";

/** A service behind the wire: the prefix of its operations, and the function that answers them. */
export interface WireService {
  /** What stands before the operation in `X-Amz-Target`, such as `"AmazonSSM"`. */
  readonly target: string;
  readonly call: (operation: string, input: unknown) => Promise<CallResult>;
  /** Resolves when a request that cannot be read may be refused. @default at once */
  readonly untilRefused?: () => Promise<void>;
  /** A new request id, `x-amzn-requestid`. */
  readonly requestId: () => string;
  /** Operations that have no output in their model: they are answered without a body. @default [] */
  readonly withoutOutput?: readonly string[];
}

/**
 * Errors that have a `Message` in [api-ssm-model]; all others carry their message in `message` (question 37 of
 * docs/settings.md).
 */
const WITH_CAPITAL_MESSAGE: readonly string[] = [
  "DocumentAlreadyExists",
  "DocumentLimitExceeded",
  "DocumentPermissionLimit",
  "DocumentVersionLimitExceeded",
  "DuplicateDocumentContent",
  "DuplicateDocumentVersionName",
  "InternalServerError",
  "InvalidDocument",
  "InvalidDocumentContent",
  "InvalidDocumentOperation",
  "InvalidDocumentSchemaVersion",
  "InvalidDocumentVersion",
  "InvalidInstanceId",
  "InvalidNextToken",
  "InvalidNotificationConfig",
  "InvalidParameters",
  "InvalidRole",
  "MaxDocumentSizeExceeded",
  "UnsupportedPlatformType",
];

const CONTENT_TYPE = "application/x-amz-json-1.1";

/**
 * What the JSON of a request may hold (our decision; the deepest request of Run Command has six levels, and 100,000 bytes of
 * parameters are far fewer values).
 */
const MOST_JSON = { levels: 100, values: 100_000 };

/**
 * Answers a request of AWS JSON 1.1 by a service. Every refusal is a 400 [rec-2026-09-27-admission], an InternalServerError
 * a 500; the error's name is in `__type`. Times are numbers, seconds since 1970 with milliseconds.
 */
export async function answerAwsJson(
  request: WireRequest,
  service: WireService,
): Promise<AnsweredRequest> {
  const target = header(request, "x-amz-target");
  const operation = target?.startsWith(`${service.target}.`)
    ? target.slice(service.target.length + 1)
    : undefined;
  if (operation === undefined) {
    await service.untilRefused?.();
    return refusalResponse(wrongTarget(target, service.target), service);
  }
  const body = bytesOf(request.body);
  const input = isBeyond(body, MOST_JSON) ? undefined : parse(body);
  if (input === undefined) {
    await service.untilRefused?.();
    const { levels, values } = MOST_JSON;
    const why = `The body of the request is not JSON, is nested deeper than ${levels} levels, or holds more than ${values} values.`;
    return refusalResponse({ name: "SerializationException", why }, service);
  }
  const result = await service.call(operation, input.value);
  if (result.ok === "broken") return { response: brokenResponse(service) };
  if (!result.ok) return refusalResponse(result.refusal, service);
  const hasOutput = !service.withoutOutput?.includes(operation);
  const answer = hasOutput ? result.value : undefined;
  return { response: respond(answer, { service, statusCode: 200 }) };
}

function refusalResponse(refusal: Refusal, service: WireService): AnsweredRequest {
  const statusCode = refusal.name === "InternalServerError" ? 500 : 400;
  const response = respond(refusalBody(refusal), { service, statusCode });
  return refusal.why === undefined ? { response } : { response, why: refusal.why };
}

/** An answer whose body was cut in the middle. */
function brokenResponse(service: WireService): WireResponse {
  const whole = respond({ broken: "by a fault" }, { service, statusCode: 200 });
  return { ...whole, body: whole.body.slice(0, whole.body.byteLength - 2) };
}

function wrongTarget(target: string | undefined, expected: string): Refusal {
  return {
    name: "UnknownOperationException",
    message: `The header x-amz-target is ${target === undefined ? "missing" : JSON.stringify(target.slice(0, 100))}, and the fake answers ${expected}.* in AWS JSON 1.1 only. If an SDK sent this, it speaks another protocol: please report its version.`,
  };
}

function refusalBody({ name, message }: Refusal): object {
  const member = WITH_CAPITAL_MESSAGE.includes(name) ? "Message" : "message";
  return message === undefined ? { __type: name } : { __type: name, [member]: message };
}

/** @param body - Undefined for an answer without a body, which still has a content type, as [api-protocol-cases] want. */
function respond(
  body: unknown,
  { service, statusCode }: { readonly service: WireService; readonly statusCode: number },
): WireResponse {
  const text = body === undefined ? "" : JSON.stringify(body, epochSeconds);
  const bytes = new TextEncoder().encode(text);
  return {
    statusCode,
    headers: {
      "content-type": CONTENT_TYPE,
      "content-length": String(bytes.byteLength),
      "x-amzn-requestid": service.requestId(),
    },
    body: bytes,
  };
}

/** A replacer. It looks at the object that holds the value, because `Date.toJSON` has run before it is called. */
function epochSeconds(this: unknown, key: string, value: unknown): unknown {
  // JSON.stringify calls a replacer on the object that holds the key.
  const held = (this as Record<string, unknown>)[key];
  return held instanceof Date ? held.getTime() / 1_000 : value;
}

/** The body as bytes. What is neither a string nor bytes, as an adapter in JavaScript may give, counts as no body. */
function bytesOf(body: unknown): Uint8Array {
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (!ArrayBuffer.isView(body)) return new Uint8Array();
  return new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
}

/** The parsed body; an empty body counts as an empty request. */
function parse(body: Uint8Array): { readonly value: unknown } | undefined {
  const text = new TextDecoder().decode(body);
  if (text.trim() === "") return { value: {} };
  try {
    return { value: JSON.parse(text, withoutNullMembers) };
  } catch {
    return undefined;
  }
}

/** A reviver: a member that is null counts as left out. In a list, null stays, and is a value of the wrong type. */
function withoutNullMembers(this: unknown, _key: string, value: unknown): unknown {
  return value === null && !Array.isArray(this) ? undefined : value;
}

function header({ headers }: WireRequest, name: string): string | undefined {
  // An adapter in JavaScript may give none, or values of any type.
  const found = Object.entries(headers ?? {}).find(([key]) => key.toLowerCase() === name);
  return typeof found?.[1] === "string" ? found[1] : undefined;
}

import { connectionReset } from "../../calls/connection-errors.ts";
import type { Call } from "../../calls/pipeline.ts";
import type { Refusal, Result } from "../../result.ts";
import type { AnsweredRequest, WireRequest, WireResponse } from "../wire.ts";
import { readS3Request } from "./read-request.ts";
import { type XmlElements, xmlDocument } from "./xml.ts";

/** S3 behind the wire. */
export interface S3Wire {
  readonly call: Call;
  /** Resolves when a request that cannot be read may be refused. @default at once */
  readonly untilRefused?: () => Promise<void>;
  /** A new UUID, of which the ids of the request are made. */
  readonly requestId: () => string;
}

/**
 * Statuses of errors that are not 400 [api-s3-errors]. What the fake does not answer is a 400, and not S3's 501, which SDKs
 * would try again (our decision).
 */
const STATUSES: Readonly<Record<string, number>> = {
  AccessDenied: 403,
  InternalError: 500,
  InvalidAccessKeyId: 403,
  InvalidObjectState: 403,
  InvalidPartNumber: 416,
  InvalidRange: 416,
  MethodNotAllowed: 405,
  NoSuchBucket: 404,
  NoSuchKey: 404,
  NotFound: 404,
  NotModified: 304,
  PermanentRedirect: 301,
  PreconditionFailed: 412,
  RequestTimeTooSkewed: 403,
  ServiceUnavailable: 503,
  SignatureDoesNotMatch: 403,
  SlowDown: 503,
};

/** Members of an answer that are headers. */
const HEADERS = {
  AcceptRanges: "accept-ranges",
  BucketRegion: "x-amz-bucket-region",
  CacheControl: "cache-control",
  ContentDisposition: "content-disposition",
  ContentEncoding: "content-encoding",
  ContentLanguage: "content-language",
  ContentRange: "content-range",
  ContentType: "content-type",
  ETag: "etag",
  Expires: "expires",
  LastModified: "last-modified",
  PartsCount: "x-amz-mp-parts-count",
  Restore: "x-amz-restore",
  ServerSideEncryption: "x-amz-server-side-encryption",
  StorageClass: "x-amz-storage-class",
  VersionId: "x-amz-version-id",
} as const;

const NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

/** The order of the elements of a listing, as measured [report-s3-listings] and shown [api-s3-list]. */
const LISTING = [
  "Name",
  "Prefix",
  "Marker",
  "NextMarker",
  "ContinuationToken",
  "NextContinuationToken",
  "StartAfter",
  "KeyCount",
  "MaxKeys",
  "Delimiter",
  "EncodingType",
  "IsTruncated",
  "Contents",
  "CommonPrefixes",
] as const;

/** Elements that `encoding-type=url` encodes [report-s3-listings]. */
const ENCODED: readonly string[] = [
  "Delimiter",
  "Key",
  "Marker",
  "NextMarker",
  "Prefix",
  "StartAfter",
];

/**
 * Answers a request of S3 in path style. An error is XML with the ids of the request; an answer to HEAD has no body.
 * Sources: [report-s3-errors], [report-s3-ids].
 */
export async function answerS3(request: WireRequest, wire: S3Wire): Promise<AnsweredRequest> {
  const read = readS3Request(request);
  if ("name" in read) {
    await wire.untilRefused?.();
    return refusalResponse(read, { ids: idsOf(wire.requestId()), request, operation: "S3" });
  }
  const { operation, input } = read;
  const result = await wire.call(operation, input);
  const about = { ids: idsOf(wire.requestId()), request, operation };
  if (result.ok !== "broken") return respond(result, about);
  // Where there is no body that could be cut, the connection breaks off before the answer.
  if (request.method === "HEAD") throw connectionReset("aborted");
  const { response, ...whole } = respond(result.whole, about);
  // It says that it is longer than it is.
  const body = response.body.slice(0, response.body.byteLength >> 1);
  return { ...whole, response: { ...response, body }, breaksOff: true };
}

interface Asked {
  readonly ids: Ids;
  readonly request: WireRequest;
  readonly operation: string;
}

function respond(result: Result<unknown>, asked: Asked): AnsweredRequest {
  const { operation } = asked;
  if (!result.ok) return refusalResponse(result.refusal, asked);
  // An operation returns an object, and so does a handler of a test.
  const answer = result.value as Readonly<Record<string, unknown>>;
  const response = operation.startsWith("ListObjects")
    ? listingResponse(answer, asked.ids)
    : objectResponse(answer, asked);
  return { response, operation };
}

type Ids = Readonly<Record<"x-amz-id-2" | "x-amz-request-id", string>>;

/** The two ids of a request, in the forms that S3 gives them. */
function idsOf(uuid: string): Ids {
  const digits = uuid.replaceAll("-", "").toUpperCase();
  return { "x-amz-request-id": digits.slice(0, 16), "x-amz-id-2": btoa(`${digits}${digits}`) };
}

function objectResponse(
  answer: Readonly<Record<string, unknown>>,
  { ids, request }: Asked,
): WireResponse {
  const body = request.method === "HEAD" ? new Uint8Array() : bytesOf(answer["Body"]);
  const length = answer["ContentLength"] ?? body.byteLength;
  const headers = Object.entries(HEADERS).flatMap(([member, header]) => {
    const value = answer[member];
    if (value === undefined) return [];
    return [[header, value instanceof Date ? value.toUTCString() : String(value)] as const];
  });
  return {
    statusCode: answer["ContentRange"] === undefined ? 200 : 206,
    headers: {
      ...ids,
      ...Object.fromEntries(headers),
      ...metadataHeaders(answer["Metadata"]),
      "content-length": String(length),
      server: "AmazonS3",
    },
    body,
  };
}

function listingResponse(answer: Readonly<Record<string, unknown>>, ids: Ids): WireResponse {
  const encode = answer["EncodingType"] === "url";
  const elements = Object.fromEntries(LISTING.map((name) => [name, answer[name]]));
  // What an operation returns, or a handler of a test, is plain data.
  const encoded = encode ? urlEncoded(elements) : elements;
  return xmlResponse(
    xmlDocument("ListBucketResult", { elements: encoded as XmlElements, namespace: NAMESPACE }),
    { ids, statusCode: 200 },
  );
}

function urlEncoded(
  elements: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(elements).map(([name, value]) => {
      if (Array.isArray(value)) return [name, value.map(urlEncoded)];
      const isText = typeof value === "string" && ENCODED.includes(name);
      return [name, isText ? inUrl(value) : value];
    }),
  );
}

/** As S3 encodes keys: a blank is `+`, a slash stays, everything else but `.-*_` is percent-encoded [report-s3-listings]. */
function inUrl(text: string): string {
  // Half a pair has no form in UTF-8; the body of an answer shows the same character for it.
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\ufffd"))
    .replaceAll("%2F", "/")
    .replaceAll("%20", "+")
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

function refusalResponse(
  { name, message, why, details }: Refusal,
  { ids, request, operation }: Asked,
): AnsweredRequest {
  const statusCode = STATUSES[name] ?? 400;
  const about = { error: name, operation, ...(why === undefined ? {} : { why }) };
  if (statusCode === 304) {
    const { ETag: etag = "", LastModified: modified = "" } = details ?? {};
    const headers = { ...ids, etag, "last-modified": modified, server: "AmazonS3" };
    return { response: { statusCode, headers, body: new Uint8Array() }, ...about };
  }
  const elements = {
    Code: name,
    Message: message,
    ...details,
    RequestId: ids["x-amz-request-id"],
    HostId: ids["x-amz-id-2"],
  };
  const whole = xmlResponse(xmlDocument("Error", { elements }), { ids, statusCode });
  if (request.method !== "HEAD") return { response: whole, ...about };
  const { "content-length": _, ...headers } = whole.headers;
  return { response: { ...whole, headers, body: new Uint8Array() }, ...about };
}

function xmlResponse(
  text: string,
  { ids, statusCode }: { readonly ids: Ids; readonly statusCode: number },
): WireResponse {
  const body = new TextEncoder().encode(text);
  return {
    statusCode,
    headers: {
      ...ids,
      "content-type": "application/xml",
      "content-length": String(body.byteLength),
      server: "AmazonS3",
    },
    body,
  };
}

/** Metadata of an object, which only a handler of a test gives. */
function metadataHeaders(metadata: unknown): Readonly<Record<string, string>> {
  const given = typeof metadata === "object" && metadata !== null ? Object.entries(metadata) : [];
  return Object.fromEntries(given.map(([name, value]) => [`x-amz-meta-${name}`, String(value)]));
}

/** The body of an answer, a copy: who reads it may change it. A handler of a test may give a string or bytes. */
function bytesOf(body: unknown): Uint8Array {
  if (body === undefined) return new Uint8Array();
  if (typeof body === "string") return new TextEncoder().encode(body);
  if (body instanceof ArrayBuffer) return new Uint8Array(body.slice(0));
  if (ArrayBuffer.isView(body)) {
    return new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice();
  }
  throw new TypeError(
    "A handler of GetObject returned a Body that is neither a string nor bytes. Return one of these.",
  );
}

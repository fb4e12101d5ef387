import { ok, type Result, refuse } from "../../result.ts";
import type { StoredObject } from "../bucket-store.ts";
import { readRange } from "../byte-range.ts";
import {
  findBucket,
  invalidArgument,
  type S3Context,
  type S3Input,
  textOf,
} from "../s3-operation.ts";

/** The answer of GetObject and, without its body, of HeadObject. */
export interface ObjectOutput {
  readonly Body?: Uint8Array;
  readonly AcceptRanges: "bytes";
  readonly LastModified: Date;
  readonly ContentLength: number;
  readonly ContentRange?: string;
  readonly ETag: string;
  readonly ContentType: string;
  /** Every new object is encrypted since 2023 [api-s3-object]. */
  readonly ServerSideEncryption: "AES256";
}

/** Members of the input that replace a member of the answer, and the parameters that refusals name. */
const OVERRIDES = [
  ["CacheControl", "response-cache-control"],
  ["ContentDisposition", "response-content-disposition"],
  ["ContentEncoding", "response-content-encoding"],
  ["ContentLanguage", "response-content-language"],
  ["ContentType", "response-content-type"],
  ["Expires", "response-expires"],
] as const;

/** What a header can hold: ISO-8859-1 without control characters. */
const IN_HEADER = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * Returns an object, or the part that `Range` names.
 *
 * - A key that does not exist is NoSuchKey [report-s3-errors]. Objects are text/plain, as the agent uploads them
 *   [agent-s3-upload], and have no versions.
 * - IfMatch and IfNoneMatch come before IfUnmodifiedSince and IfModifiedSince [api-s3-object].
 * - A header that is asked for and is not ISO-8859-1 is InvalidArgument [report-s3-headers]; so is one with control characters
 *   (our decision).
 */
export function getObject(input: S3Input, context: S3Context): Result<ObjectOutput> {
  const overrides = readOverrides(input);
  if (!overrides.ok) return overrides;
  const part = readPart(input);
  if (!part.ok) return part;
  const found = findObject(input, context);
  if (!found.ok) return found;
  const { bytes, etag, modifiedAt } = found.value;
  const unfit = failedCondition(input, found.value);
  if (unfit !== undefined) return unfit;
  const size = bytes.byteLength;
  if (part.value !== undefined && part.value > 1) {
    return refuse("InvalidPartNumber", "The requested partnumber is not satisfiable", undefined, {
      ActualPartCount: "1",
      PartNumberRequested: String(part.value),
    });
  }
  // An object that was uploaded in one piece is its own first part.
  const isWhole = part.value === 1 && size > 0;
  const range = isWhole ? { first: 0, last: size - 1 } : readRange(textOf(input, "Range"), size);
  if (range === "unsatisfiable") {
    const asked = { RangeRequested: textOf(input, "Range") ?? "", ActualObjectSize: String(size) };
    return refuse("InvalidRange", "The requested range is not satisfiable", undefined, asked);
  }
  const body = range === undefined ? bytes : bytes.subarray(range.first, range.last + 1);
  return ok({
    Body: body,
    AcceptRanges: "bytes",
    LastModified: new Date(modifiedAt),
    ContentLength: body.byteLength,
    ...(range === undefined ? {} : { ContentRange: `bytes ${range.first}-${range.last}/${size}` }),
    ETag: etag,
    ContentType: "text/plain",
    ServerSideEncryption: "AES256",
    ...overrides.value,
  });
}

/** As GetObject, without the body. */
export function headObject(input: S3Input, context: S3Context): Result<ObjectOutput> {
  const found = getObject(input, context);
  if (!found.ok) return found;
  const { Body, ...head } = found.value;
  return ok(head);
}

function readOverrides(input: S3Input): Result<Readonly<Record<string, string>>> {
  const given = OVERRIDES.flatMap(([member, name]) => {
    const value = textOf(input, `Response${member}`);
    return value === undefined ? [] : [{ member, name, value }];
  });
  const odd = given.find(({ value }) => !IN_HEADER.test(value));
  if (odd !== undefined) {
    return invalidArgument("Header value cannot be represented using ISO-8859-1.", odd);
  }
  return ok(Object.fromEntries(given.map(({ member, value }) => [member, value])));
}

/** The part that a request asks for, if it does; messages as AWS's [report-s3-ranges]. */
function readPart(input: S3Input): Result<number | undefined> {
  const given = input["PartNumber"];
  if (given === undefined) return ok(undefined);
  const part = Number(given);
  if (!Number.isInteger(part) || part < 1 || part > 10_000) {
    const about = { name: "partNumber", value: String(given) };
    return invalidArgument("Part number must be an integer between 1 and 10000, inclusive", about);
  }
  if (input["Range"] !== undefined) {
    const message = "Cannot specify both Range header and partNumber query parameter";
    return refuse("InvalidRequest", message);
  }
  return ok(part);
}

function findObject(input: S3Input, context: S3Context): Result<StoredObject> {
  const bucket = findBucket(input, context);
  if (!bucket.ok) return bucket;
  const version = textOf(input, "VersionId");
  if (version !== undefined && version !== "null") {
    return invalidArgument("Invalid version id specified", { name: "versionId", value: version });
  }
  const key = textOf(input, "Key") ?? "";
  const object = bucket.value.object(key);
  if (object !== undefined) return ok(object);
  return refuse("NoSuchKey", "The specified key does not exist.", undefined, { Key: key });
}

/** The refusal of a request whose condition the object does not meet, or undefined. */
function failedCondition(
  input: S3Input,
  { etag, modifiedAt }: StoredObject,
): Result<never> | undefined {
  const [match, noneMatch] = [textOf(input, "IfMatch"), textOf(input, "IfNoneMatch")];
  const before = instantOf(textOf(input, "IfUnmodifiedSince"));
  const after = instantOf(textOf(input, "IfModifiedSince"));
  if (match !== undefined ? !names(match, etag) : before !== undefined && modifiedAt > before) {
    return refuse(
      "PreconditionFailed",
      "At least one of the pre-conditions you specified did not hold",
      undefined,
      { Condition: match === undefined ? "If-Unmodified-Since" : "If-Match" },
    );
  }
  const isSame =
    noneMatch !== undefined ? names(noneMatch, etag) : after !== undefined && modifiedAt <= after;
  if (!isSame) return undefined;
  // Its members are headers: an answer of this kind has no body.
  const headers = { ETag: etag, LastModified: new Date(modifiedAt).toUTCString() };
  return refuse("NotModified", "Not Modified", undefined, headers);
}

/** Whether one of the entity tags of a header is that of the object. */
function names(header: string, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^(?:W\/)?"(.*)"$/, "$1");
  return header.split(",").some((tag) => tag.trim() === "*" || bare(tag) === bare(etag));
}

function instantOf(header: string | undefined): number | undefined {
  const instant = Date.parse(header ?? "");
  return Number.isNaN(instant) ? undefined : instant;
}

import type { Refusal } from "../../result.ts";
import type { WireRequest } from "../wire.ts";

/** What a request of S3 calls, with the members of AWS's model that the fake reads. */
export interface S3Call {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Headers of a request about a bucket, and their members. */
const BUCKET_HEADERS: ReadonlyMap<string, string> = new Map([
  ["x-amz-expected-bucket-owner", "ExpectedBucketOwner"],
]);

/** Headers of a request about an object. */
const OBJECT_HEADERS: ReadonlyMap<string, string> = new Map([
  ...BUCKET_HEADERS,
  ["range", "Range"],
  ["if-match", "IfMatch"],
  ["if-none-match", "IfNoneMatch"],
  ["if-modified-since", "IfModifiedSince"],
  ["if-unmodified-since", "IfUnmodifiedSince"],
]);

const OBJECT_QUERY = {
  versionId: "VersionId",
  partNumber: "PartNumber",
  "response-cache-control": "ResponseCacheControl",
  "response-content-disposition": "ResponseContentDisposition",
  "response-content-encoding": "ResponseContentEncoding",
  "response-content-language": "ResponseContentLanguage",
  "response-content-type": "ResponseContentType",
  "response-expires": "ResponseExpires",
} as const;

const LISTING_QUERY = {
  prefix: "Prefix",
  delimiter: "Delimiter",
  "max-keys": "MaxKeys",
  "encoding-type": "EncodingType",
} as const;

const V1_QUERY = { ...LISTING_QUERY, marker: "Marker" } as const;

const V2_QUERY = {
  ...LISTING_QUERY,
  "continuation-token": "ContinuationToken",
  "start-after": "StartAfter",
  "fetch-owner": "FetchOwner",
} as const;

/** Parts of a query that make another operation of a request [api-s3-operations]. */
const SUBRESOURCES =
  /^(?:accelerate|acl|analytics|attributes|cors|delete|encryption|intelligent-tiering|inventory|legal-hold|lifecycle|location|logging|metrics|notification|object-lock|ownershipControls|policy|policyStatus|publicAccessBlock|replication|requestPayment|restore|retention|select|session|tagging|torrent|uploadId|uploads|versioning|versions|website)$/;

const BUCKET_OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["HEAD", "HeadBucket"],
  ["PUT", "CreateBucket"],
  ["DELETE", "DeleteBucket"],
]);
const OBJECT_OPERATIONS: ReadonlyMap<string, string> = new Map([
  ["GET", "GetObject"],
  ["HEAD", "HeadObject"],
  ["PUT", "PutObject"],
  ["DELETE", "DeleteObject"],
]);

/**
 * Reads a request in path style: `/bucket/key?query`. A parameter that stands twice is its first value
 * [report-s3-listings].
 */
export function readS3Request({ method, path = "/", headers }: WireRequest): S3Call | Refusal {
  const [whole, search] = parted(path, "?");
  const [bucketPart, keyPart] = parted(whole.replace(/^\//, ""), "/");
  const bucket = decoded(bucketPart);
  const key = decoded(keyPart);
  if (bucket === undefined || key === undefined) {
    return { name: "InvalidURI", message: "Couldn't parse the specified URI." };
  }
  const query = new URLSearchParams(search);
  const operation = operationOf(method, { bucket, key, query });
  if (bucket === "") return { operation, input: {} };
  if (key === "") {
    const members = operation === "ListObjectsV2" ? V2_QUERY : V1_QUERY;
    const asked = operation.startsWith("ListObjects") ? fromQuery(query, members) : {};
    return {
      operation,
      input: { Bucket: bucket, ...asked, ...fromHeaders(headers, BUCKET_HEADERS) },
    };
  }
  return {
    operation,
    input: {
      Bucket: bucket,
      Key: key,
      ...fromHeaders(headers, OBJECT_HEADERS),
      ...fromQuery(query, OBJECT_QUERY),
    },
  };
}

function operationOf(
  method: string,
  {
    bucket,
    key,
    query,
  }: { readonly bucket: string; readonly key: string; readonly query: URLSearchParams },
): string {
  const subresource = [...query.keys()].find((name) => SUBRESOURCES.test(name));
  if (subresource !== undefined) return `${method} ?${subresource}`;
  if (bucket === "") return method === "GET" ? "ListBuckets" : `${method} /`;
  if (key !== "") return OBJECT_OPERATIONS.get(method) ?? `${method} /bucket/key`;
  if (method === "GET") return query.get("list-type") === "2" ? "ListObjectsV2" : "ListObjects";
  return BUCKET_OPERATIONS.get(method) ?? `${method} /bucket`;
}

function fromQuery(
  query: URLSearchParams,
  members: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, member]) => {
      const text = query.get(name);
      return text === null ? [] : [[member, readValue(member, text)] as const];
    }),
  );
}

/** Numbers and truth values as such where they are written well, else the text, which the service may refuse. */
function readValue(member: string, text: string): unknown {
  if (member === "FetchOwner") return text.toLowerCase() === "true";
  const isNumber = member === "MaxKeys" || member === "PartNumber";
  return isNumber && /^\d{1,9}$/.test(text) ? Number(text) : text;
}

function fromHeaders(
  headers: WireRequest["headers"],
  members: ReadonlyMap<string, string>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).flatMap(([name, value]) => {
      const member = members.get(name.toLowerCase());
      return member === undefined || typeof value !== "string" ? [] : [[member, value] as const];
    }),
  );
}

/** What stands before and behind the first `separator`. */
function parted(text: string, separator: string): readonly [before: string, behind: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

import { firstIndex } from "../../calls/ordered.ts";
import { decodeToken, encodeToken } from "../../calls/page-token.ts";
import { type PageAsked, takePage } from "../../calls/paging.ts";
import { ok, type Result } from "../../result.ts";
import { type Bucket, compareKeys } from "../bucket-store.ts";
import {
  findBucket,
  invalidArgument,
  type S3Context,
  type S3Input,
  textOf,
} from "../s3-operation.ts";

/** The most keys of one page [api-s3-list]. */
const MOST_KEYS = 1_000;
const INT32_MAX = 2_147_483_647;

/** The answer of ListObjectsV2 and of ListObjects, which each have some of these members. */
export interface ListObjectsOutput {
  readonly Name: string;
  readonly Prefix: string;
  readonly Marker?: string;
  readonly NextMarker?: string;
  readonly ContinuationToken?: string;
  readonly NextContinuationToken?: string;
  readonly StartAfter?: string;
  readonly KeyCount?: number;
  readonly MaxKeys: number;
  readonly Delimiter?: string;
  readonly EncodingType?: "url";
  readonly IsTruncated: boolean;
  readonly Contents: readonly ListedObject[];
  readonly CommonPrefixes: readonly { readonly Prefix: string }[];
}

interface ListedObject {
  readonly Key: string;
  readonly LastModified: Date;
  readonly ETag: string;
  readonly Size: number;
  readonly Owner?: { readonly ID: string };
  readonly StorageClass: "STANDARD";
}

/** What both listings read of a request. */
interface Asked {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
}

/**
 * One page of the keys of a bucket, in order, or of what they have in common before a delimiter.
 *
 * Which members a page has, and what is refused, is as measured [report-s3-listings]. A token is the last entry of its page, or
 * of an empty one what it began after, and is refused by another bucket (our decision: AWS's is opaque).
 */
export function listObjectsV2(input: S3Input, context: S3Context): Result<ListObjectsOutput> {
  const asked = readAsked(input);
  if (!asked.ok) return asked;
  const bucket = findBucket(input, context);
  if (!bucket.ok) return bucket;
  const token = textOf(input, "ContinuationToken");
  const startAfter = textOf(input, "StartAfter");
  const from = token === undefined ? (startAfter ?? "") : readToken(token, bucket.value.name);
  if (from === undefined) {
    return invalidArgument("The continuation token provided is incorrect", {
      name: "continuation-token",
    });
  }
  const { pages } = context;
  const page = pageOf(bucket.value, { ...asked.value, after: from, token, pages });
  const ownerId = input["FetchOwner"] === true ? ownerOf(context) : undefined;
  return ok({
    ...common(input, { bucket: bucket.value, page, limit: asked.value.limit, ownerId }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
    ...(page.isTruncated
      ? { NextContinuationToken: writeToken(page.last ?? from, bucket.value.name) }
      : {}),
    ...(startAfter === undefined || token !== undefined ? {} : { StartAfter: startAfter }),
    KeyCount: page.entries.length,
  });
}

/** The older listing, which goes on from a key and names the owner of each object [report-s3-listings]. */
export function listObjects(input: S3Input, context: S3Context): Result<ListObjectsOutput> {
  const asked = readAsked(input);
  if (!asked.ok) return asked;
  const bucket = findBucket(input, context);
  if (!bucket.ok) return bucket;
  const marker = textOf(input, "Marker") ?? "";
  // Its first page is never empty: where it has no NextMarker, its last key is where the next page begins [api-s3-list].
  const { pages } = context;
  const page = pageOf(bucket.value, { ...asked.value, after: marker, token: marker, pages });
  const { limit, delimiter } = asked.value;
  return ok({
    ...common(input, { bucket: bucket.value, page, limit, ownerId: ownerOf(context) }),
    Marker: marker,
    ...(page.last === undefined || !page.isTruncated || delimiter === ""
      ? {}
      : { NextMarker: page.last }),
  });
}

/** What both listings read alike; messages as measured [report-s3-listings]. */
function readAsked(input: S3Input): Result<Asked> {
  const given = String(input["MaxKeys"] ?? "");
  const limit = given === "" ? MOST_KEYS : Number(given);
  if (!/^(?:[+-]?\d+)?$/.test(given) || limit > INT32_MAX || limit < -INT32_MAX - 1) {
    const about = { name: "max-keys", value: given };
    return invalidArgument("Provided max-keys not an integer or within integer range", about);
  }
  if (limit < 0) {
    const message = `Argument maxKeys must be an integer between 0 and ${INT32_MAX}`;
    return invalidArgument(message, { name: "maxKeys", value: given });
  }
  const encoding = textOf(input, "EncodingType");
  if (encoding !== undefined && encoding !== "url") {
    const about = { name: "encoding-type", value: encoding };
    return invalidArgument("Invalid Encoding Method specified in Request", about);
  }
  return ok({
    prefix: textOf(input, "Prefix") ?? "",
    delimiter: textOf(input, "Delimiter") ?? "",
    limit: Math.min(limit, MOST_KEYS),
  });
}

interface Entry {
  readonly text: string;
  readonly isPrefix: boolean;
}

/** Where a page begins: only keys behind it, and no common prefix that it begins with. */
interface After {
  readonly after: string;
}

/** A page: keys, and common prefixes, which end with the delimiter. */
interface Page {
  readonly entries: readonly Entry[];
  readonly isTruncated: boolean;
  readonly last: string | undefined;
}

function pageOf(
  bucket: Bucket,
  { token, pages, ...asked }: Asked & After & Pick<PageAsked<Entry>, "token" | "pages">,
): Page {
  const { limit } = asked;
  const { page, more } = takePage(entriesOf(bucket, asked), { limit, token, pages });
  return { entries: page, isTruncated: more && limit > 0, last: page.at(-1)?.text };
}

/** The entries of a listing, one by one, so that a page costs only those that it shows. */
function* entriesOf(
  { keys }: Bucket,
  { prefix, delimiter, after }: Omit<Asked & After, "limit">,
): Generator<Entry, void> {
  const groupOf = (key: string) => {
    const at = delimiter === "" ? -1 : key.indexOf(delimiter, prefix.length);
    return at < 0 ? undefined : key.slice(0, at + delimiter.length);
  };
  // What a page ends with may be a common prefix: the next one begins behind all keys that have it.
  let index = firstIndex(
    keys,
    (key) => compareKeys(key, prefix) >= 0 && compareKeys(key, after) > 0 && groupOf(key) !== after,
  );
  while (index < keys.length) {
    const key = keys[index] ?? "";
    if (!key.startsWith(prefix)) return;
    const group = groupOf(key);
    if (group === undefined) {
      yield { text: key, isPrefix: false };
      index++;
      continue;
    }
    yield { text: group, isPrefix: true };
    index = firstIndex(keys, (each) => compareKeys(each, group) > 0 && !each.startsWith(group));
  }
}

function common(
  input: S3Input,
  {
    bucket,
    page,
    limit,
    ownerId,
  }: {
    readonly bucket: Bucket;
    readonly page: Page;
    readonly limit: number;
    readonly ownerId: string | undefined;
  },
): ListObjectsOutput {
  const delimiter = textOf(input, "Delimiter") ?? "";
  return {
    Name: bucket.name,
    Prefix: textOf(input, "Prefix") ?? "",
    MaxKeys: limit,
    ...(delimiter === "" ? {} : { Delimiter: delimiter }),
    ...(input["EncodingType"] === "url" ? { EncodingType: "url" } : {}),
    IsTruncated: page.isTruncated,
    Contents: page.entries.flatMap(({ text, isPrefix }) => {
      const object = isPrefix ? undefined : bucket.object(text);
      if (object === undefined) return [];
      return {
        Key: text,
        LastModified: new Date(object.modifiedAt),
        ETag: object.etag,
        Size: object.bytes.byteLength,
        ...(ownerId === undefined ? {} : { Owner: { ID: ownerId } }),
        StorageClass: "STANDARD",
      };
    }),
    CommonPrefixes: page.entries.flatMap(({ text, isPrefix }) =>
      isPrefix ? [{ Prefix: text }] : [],
    ),
  };
}

/** The canonical id of the owner, 64 digits; ours is made of the account's. */
function ownerOf({ accountId }: S3Context): string {
  return accountId.padStart(64, "0");
}

function writeToken(last: string, bucket: string): string {
  const units = Array.from(last, (character) => character.codePointAt(0) ?? 0);
  return encodeToken(units, bucket);
}

function readToken(token: string, bucket: string): string | undefined {
  const units = decodeToken(token, bucket);
  const isText = units?.every((unit) => unit <= 0x10ffff) ?? false;
  return isText ? String.fromCodePoint(...(units ?? [])) : undefined;
}

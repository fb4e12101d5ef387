import { partitionOf } from "../../domain/partition.ts";
import { S3_OPERATIONS, type S3Operation } from "../calls/operation-name.ts";
import { type Refusal, type Result, refuse } from "../result.ts";
import { getObject, headObject } from "./operations/get-object.ts";
import { headBucket } from "./operations/head-bucket.ts";
import { listObjects, listObjectsV2 } from "./operations/list-objects.ts";
import { type S3Context, type S3Input, textOf } from "./s3-operation.ts";

const S3_TABLE: Readonly<
  Record<S3Operation, (input: S3Input, context: S3Context) => Result<object>>
> = {
  GetObject: getObject,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListObjects: listObjects,
  ListObjectsV2: listObjectsV2,
};

/**
 * Answers a call of S3, or refuses it. What the fake does not answer is NotImplemented with a sentence of ours: AWS knows the
 * operation, so that no message of AWS's fits.
 */
export function callS3(
  operation: string,
  { input, context }: { readonly input: S3Input; readonly context: S3Context },
): Result<object> {
  const name = S3_OPERATIONS.find((each) => each === operation);
  if (name !== undefined) return S3_TABLE[name](input, context);
  const sentence = `The fake's S3 does not answer ${operation.slice(0, 100)}. It answers ${S3_OPERATIONS.join(", ")}.`;
  return refuse("NotImplemented", sentence, sentence);
}

/**
 * The refusal of a call that the caller may not make. S3 puts the resource into quotation marks, and calls the action of a
 * listing ListBucket and that of HeadObject GetObject [report-s3-denied].
 */
export function s3Denial(
  operation: string,
  {
    input,
    region,
    caller,
  }: { readonly input: S3Input; readonly region: string; readonly caller: string },
): Refusal {
  const bucket = textOf(input, "Bucket") ?? "*";
  const key = textOf(input, "Key");
  const isListing = operation.startsWith("ListObjects") || operation === "HeadBucket";
  const action = `s3:${isListing ? "ListBucket" : operation === "HeadObject" ? "GetObject" : operation}`;
  const resource = `arn:${partitionOf(region)}:s3:::${bucket}${key === undefined ? "" : `/${key}`}`;
  const message = `User: ${caller} is not authorized to perform: ${action} on resource: "${resource}" because no identity-based policy allows the ${action} action`;
  return { name: "AccessDenied", message };
}

/** What S3 calls the faults that other services have under other names [api-s3-errors]. */
const OWN_WORDS: Readonly<Record<string, Refusal>> = {
  ThrottlingException: { name: "SlowDown", message: "Please reduce your request rate." },
  InternalServerError: {
    name: "InternalError",
    message: "We encountered an internal error. Please try again.",
  },
  AccessDeniedException: { name: "AccessDenied", message: "Access Denied" },
  ExpiredTokenException: { name: "ExpiredToken", message: "The provided token has expired." },
};

/** Sentences for what a handler of a test refuses without one [api-s3-errors]. */
const SENTENCES: Readonly<Record<string, string>> = {
  AccessDenied: "Access Denied",
  NoSuchBucket: "The specified bucket does not exist",
  NoSuchKey: "The specified key does not exist.",
};

export function inWordsOfS3(refusal: Refusal): Refusal {
  const own = OWN_WORDS[refusal.name] ?? refusal;
  const message = own.message ?? SENTENCES[own.name];
  return message === undefined ? own : { ...own, message };
}

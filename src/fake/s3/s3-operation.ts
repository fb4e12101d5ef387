import type { Pages } from "../calls/paging.ts";
import { type Result, refuse } from "../result.ts";
import type { Bucket, BucketStore } from "./bucket-store.ts";

/** What an operation of S3 is answered from. */
export interface S3Context {
  readonly buckets: BucketStore;
  /** The account that owns the buckets. */
  readonly accountId: string;
  readonly region: string;
  /** How small its pages are. @default as long as requests ask */
  readonly pages?: Pages;
}

/** The input of an operation, whose members are named as in AWS's model. An adapter makes it of path, query and headers. */
export type S3Input = Readonly<Record<string, unknown>>;

/** A member of an input, if it is text. */
export function textOf(input: S3Input, member: string): string | undefined {
  const value = input[member];
  return typeof value === "string" ? value : undefined;
}

/**
 * The bucket that a request names, or the refusal of one that does not exist [report-s3-errors], or that another account owns
 * than the request expects [api-s3-object].
 */
export function findBucket(input: S3Input, { buckets, accountId }: S3Context): Result<Bucket> {
  const name = textOf(input, "Bucket") ?? "";
  const bucket = buckets.get(name);
  const owner = textOf(input, "ExpectedBucketOwner") ?? accountId;
  if (bucket !== undefined && owner === accountId) return { ok: true, value: bucket };
  if (bucket !== undefined) {
    return refuse(
      "AccessDenied",
      "Access Denied",
      `The bucket belongs to the account ${accountId}.`,
    );
  }
  const why = `The fake has no bucket ${JSON.stringify(name.slice(0, 100))}: a bucket exists when a command names it as OutputS3BucketName, or after fake.objects.setBucket.`;
  return refuse("NoSuchBucket", "The specified bucket does not exist", why, { BucketName: name });
}

/** The refusal of an argument, in the form that S3 gives it. */
export function invalidArgument(
  message: string,
  { name, value }: { readonly name: string; readonly value?: string },
): Result<never> {
  const given = value === undefined ? {} : { ArgumentValue: value };
  return refuse("InvalidArgument", message, undefined, { ArgumentName: name, ...given });
}

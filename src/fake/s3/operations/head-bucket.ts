import { ok, type Result } from "../../result.ts";
import { findBucket, type S3Context, type S3Input } from "../s3-operation.ts";

/** The answer of HeadBucket. */
export interface HeadBucketOutput {
  readonly BucketRegion: string;
}

/** Whether a bucket exists. It is in whatever region is asked (our decision: on AWS, clients are led to its region). */
export function headBucket(input: S3Input, context: S3Context): Result<HeadBucketOutput> {
  const bucket = findBucket(input, context);
  return bucket.ok ? ok({ BucketRegion: context.region }) : bucket;
}

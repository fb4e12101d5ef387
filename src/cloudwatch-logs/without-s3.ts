import { RunCommandError } from "../client/errors/errors.ts";

/** The error when the SDK's module of S3 cannot be loaded. */
export function withoutS3(cause: unknown): RunCommandError {
  return new RunCommandError(
    "readCommandOutput() could not load @aws-sdk/client-s3, which it needs to read from S3. Install it, and leave it outside of a bundle or put it in.",
    { cause },
  );
}

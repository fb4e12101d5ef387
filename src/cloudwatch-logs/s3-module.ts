import type * as s3 from "@aws-sdk/client-s3";
import { withoutS3 } from "./without-s3.ts";

/**
 * The SDK's module of S3, which is loaded only for those who read from S3. It is imported by its literal name inside a `try`:
 * so bundlers find it where it is installed, and where it is not, they warn at most (esbuild, webpack, Vite, Metro) and go on.
 * The CommonJS build has `s3-module-when-needed.ts` instead.
 */
export async function s3Module(): Promise<typeof s3> {
  try {
    return await import("@aws-sdk/client-s3");
  } catch (cause) {
    throw withoutS3(cause);
  }
}

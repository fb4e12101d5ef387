import type * as s3 from "@aws-sdk/client-s3";
import { withoutS3 } from "./without-s3.ts";

declare const require: (name: "@aws-sdk/client-s3") => typeof s3;

/** As `s3-module.ts`, for CommonJS: Jest knows no `import()` there. */
export async function s3Module(): Promise<typeof s3> {
  try {
    return require("@aws-sdk/client-s3");
  } catch (cause) {
    throw withoutS3(cause);
  }
}

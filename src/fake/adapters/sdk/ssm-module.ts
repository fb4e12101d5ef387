import * as ssm from "@aws-sdk/client-ssm";

/** The SDK's module of Systems Manager. The CommonJS build has `ssm-module-when-needed.ts` instead. */
export function ssmModule(): typeof ssm {
  return ssm;
}

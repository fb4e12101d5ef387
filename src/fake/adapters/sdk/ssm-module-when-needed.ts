import type * as ssm from "@aws-sdk/client-ssm";

declare const require: (name: "@aws-sdk/client-ssm") => typeof ssm;

/**
 * The SDK's module of Systems Manager, loaded when it is first asked for. In CommonJS a test may replace that module by one
 * that this package makes (`sdkOnFake`): then loading the one begins while the other is still being loaded.
 */
export function ssmModule(): typeof ssm {
  return require("@aws-sdk/client-ssm");
}

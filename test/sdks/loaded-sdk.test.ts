import { createRequire } from "node:module";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { expect, it } from "vitest";

/** The files that the matrix says it runs with; without a matrix, those that are installed. */
const {
  SSM_CLIENT_UNDER_TEST: ssmFile = "@aws-sdk/client-ssm",
  LOGS_CLIENT_UNDER_TEST: logsFile = "@aws-sdk/client-cloudwatch-logs",
  S3_CLIENT_UNDER_TEST: s3File = "@aws-sdk/client-s3",
} = process.env;

const require = createRequire(import.meta.url);

it("the package makes clients of the SDK under test", () => {
  expect(new FakeSsm().client().constructor).toBe(require(ssmFile).SSMClient);
});

it("the tests make clients of the SDK under test", () => {
  expect(SSMClient).toBe(require(ssmFile).SSMClient);
});

it("the tests make clients for CloudWatch Logs of the SDK under test", () => {
  expect(CloudWatchLogsClient).toBe(require(logsFile).CloudWatchLogsClient);
});

it("the tests make clients for S3 of the SDK under test", () => {
  expect(S3Client).toBe(require(s3File).S3Client);
});

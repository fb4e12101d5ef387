import { InternalServerError, InvalidInstanceId } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { isTransientError } from "../../src/client/transient-error.ts";
import { sdkError } from "../support/scripted-api.ts";

const coded = (code: string) => Object.assign(new Error(code), { code });

it.each([
  ["throttling", sdkError("ThrottlingException")],
  ["too many requests by name", sdkError("TooManyRequestsException")],
  ["too many requests by status", sdkError("Other", { $metadata: { httpStatusCode: 429 } })],
  ["an error of the service", new InternalServerError({ message: "", $metadata: {} })],
  ["an answer of 503", sdkError("Other", { $metadata: { httpStatusCode: 503 } })],
  ["what the SDK calls retryable", sdkError("Other", { $retryable: {} })],
  ["a request that timed out", sdkError("TimeoutError")],
  ["a connection that was reset", coded("ECONNRESET")],
  ["a connection that was refused", coded("ECONNREFUSED")],
  ["a name that was not found", coded("ENOTFOUND")],
])("takes %s for passing", (_, error) => {
  expect(isTransientError(error)).toBe(true);
});

it.each([
  ["a refusal of the service", new InvalidInstanceId({ message: "", $metadata: {} })],
  ["a denial", sdkError("AccessDeniedException")],
  ["a missing file", coded("ENOENT")],
  ["a plain error", new Error("no")],
  ["what is no error", "no"],
  ["nothing", undefined],
])("takes %s for lasting", (_, error) => {
  expect(isTransientError(error)).toBe(false);
});

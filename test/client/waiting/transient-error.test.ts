import { InternalServerError, InvalidInstanceId } from "@aws-sdk/client-ssm";
import { expect, it } from "vitest";
import { isTransientError } from "../../../src/client/waiting/transient-error.ts";
import { sdkError } from "../../support/scripted-api.ts";

const coded = (code: string) => Object.assign(new Error(code), { code });

/** As Node's fetch throws it, under the SDK's FetchHttpHandler. */
const fetchFailed = (code: string) => new TypeError("fetch failed", { cause: coded(code) });

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
  ["a body that was cut", new SyntaxError("Unexpected end of JSON input")],
  [
    "a body that was cut, of an answer of 200",
    sdkError("SyntaxError", { $metadata: { httpStatusCode: 200 } }),
  ],
  ["a stream that ended early", coded("ERR_STREAM_PREMATURE_CLOSE")],
  ["what fetch makes of a broken connection", fetchFailed("ECONNRESET")],
  ["what fetch makes of a socket that closed", fetchFailed("UND_ERR_SOCKET")],
  ["what fetch makes of a connection that took too long", fetchFailed("UND_ERR_CONNECT_TIMEOUT")],
])("takes %s for passing", (_, error) => {
  expect(isTransientError(error)).toBe(true);
});

it.each([
  ["a refusal of the service", new InvalidInstanceId({ message: "", $metadata: {} })],
  ["a denial", sdkError("AccessDeniedException")],
  ["a missing file", coded("ENOENT")],
  ["what fetch makes of a certificate", fetchFailed("CERT_HAS_EXPIRED")],
  ["what fetch makes of a request that cannot be", fetchFailed("UND_ERR_INVALID_ARG")],
  [
    "the page of a proxy that refuses",
    sdkError("SyntaxError", { $metadata: { httpStatusCode: 403 } }),
  ],
  ["a plain error", new Error("no")],
  ["what is not an error", "no"],
  ["nothing", undefined],
])("takes %s for lasting", (_, error) => {
  expect(isTransientError(error)).toBe(false);
});

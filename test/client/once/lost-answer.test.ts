import { InternalServerError, InvalidInstanceId } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { leavesOpen } from "../../../src/client/once/lost-answer.ts";
import { sdkError } from "../../support/scripted-api.ts";

const coded = (code: string, members: object = {}) =>
  Object.assign(new Error(code), { code, ...members });
const said = (message: string, members: object = {}) => Object.assign(new Error(message), members);
const fetchFailed = (cause: Error) => new TypeError("fetch failed", { cause });
const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

describe("it is open whether a command was sent after", () => {
  it.each([
    ["a connection that was reset", coded("ECONNRESET", { message: "socket hang up" })],
    ["what the SDK makes of that", coded("ECONNRESET", { name: "TimeoutError" })],
    ["a connection that was reset while reading", coded("ECONNRESET", { syscall: "read" })],
    ["a pipe that broke", coded("EPIPE", { syscall: "write" })],
    ["a host that went away", coded("EHOSTUNREACH", { syscall: "read" })],
    ["a request that took too long", coded("ETIMEDOUT", { name: "TimeoutError" })],
    [
      "a socket without a sign of life",
      said("the request socket timed out after 1000 ms of inactivity", { name: "TimeoutError" }),
    ],
    [
      "the same in older SDKs",
      said("Connection timed out after 1000 ms", { name: "TimeoutError" }),
    ],
    ["an error of the service", new InternalServerError({ message: "", $metadata: {} })],
    ["an answer of 500", sdkError("Other", status(500))],
    ["an answer of 502", sdkError("Unknown", status(502))],
    ["an answer of 503", sdkError("ServiceUnavailable", status(503))],
    ["an answer of 504", sdkError("Unknown", status(504))],
    ["a page of a proxy for an answer", Object.assign(new SyntaxError("<html>"), status(502))],
    ["a body that was cut", new SyntaxError("Unexpected end of JSON input")],
    [
      "a body that was cut, of an answer of 200",
      Object.assign(new SyntaxError("cut"), status(200)),
    ],
    [
      "a body that was cut, in older SDKs",
      Object.defineProperty(new SyntaxError("cut"), "$response", { value: { statusCode: 200 } }),
    ],
    ["a body that ended early", coded("ERR_STREAM_PREMATURE_CLOSE")],
    ["a stream of HTTP/2 that broke", coded("ERR_HTTP2_STREAM_ERROR")],
    ["what fetch makes of a broken connection", fetchFailed(coded("ECONNRESET"))],
    ["what fetch makes of a closed socket", fetchFailed(coded("UND_ERR_SOCKET"))],
    ["what fetch makes of headers that do not come", fetchFailed(coded("UND_ERR_HEADERS_TIMEOUT"))],
    ["what fetch says in a browser, whatever it was", new TypeError("Failed to fetch")],
  ])("%s", (_, error) => {
    expect(leavesOpen(error)).toBe(true);
  });
});

describe("no command was sent after", () => {
  it.each([
    ["throttling", sdkError("ThrottlingException", status(400))],
    ["throttling with a status of 503", sdkError("ThrottlingException", status(503))],
    ["throttling by status", sdkError("Other", status(429))],
    ["a refusal", new InvalidInstanceId({ message: "", $metadata: {} })],
    ["a denial", sdkError("AccessDeniedException", status(400))],
    ["a refusal whose body was cut", Object.assign(new SyntaxError("cut"), status(403))],
    ["a connection that was refused", coded("ECONNREFUSED")],
    ["a name that was not found", coded("ENOTFOUND")],
    ["a name that could not be looked up now", coded("EAI_AGAIN")],
    ["a host that cannot be reached", coded("EHOSTUNREACH")],
    ["a network that cannot be reached", coded("ENETUNREACH", { syscall: "connect" })],
    [
      "a connection that took too long",
      coded("ETIMEDOUT", { name: "TimeoutError", syscall: "connect" }),
    ],
    [
      "a connection that took too long, by message",
      said(
        "the request socket did not establish a connection with the server within the configured timeout of 1000 ms.",
        { name: "TimeoutError" },
      ),
    ],
    [
      "the same in older SDKs",
      said("Socket timed out without establishing a connection within 1000 ms", {
        name: "TimeoutError",
      }),
    ],
    [
      "connections to all addresses that took too long",
      Object.assign(new AggregateError([coded("ETIMEDOUT", { syscall: "connect" })]), {
        code: "ETIMEDOUT",
      }),
    ],
    [
      "a connection that broke before it was secure",
      coded("ECONNRESET", {
        message: "Client network socket disconnected before secure TLS connection was established",
      }),
    ],
    ["what fetch makes of a refused connection", fetchFailed(coded("ECONNREFUSED"))],
    ["what fetch makes of a slow connection", fetchFailed(coded("UND_ERR_CONNECT_TIMEOUT"))],
    [
      "a stream that the server refused",
      coded("ERR_HTTP2_STREAM_ERROR", { message: "NGHTTP2_REFUSED_STREAM" }),
    ],
    ["a certificate that has expired", coded("CERT_HAS_EXPIRED")],
    [
      "credentials that could not be fetched",
      coded("ECONNRESET", { name: "CredentialsProviderError" }),
    ],
    ["an abort of the caller", coded("ECONNRESET", { name: "AbortError" })],
    ["an error of the code around it", new TypeError("x is not a function")],
    ["what is no error", "no"],
  ])("%s", (_, error) => {
    expect(leavesOpen(error)).toBe(false);
  });
});

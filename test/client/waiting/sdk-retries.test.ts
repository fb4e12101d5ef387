import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as sdk from "@smithy/core/retry";
import { describe, expect, it } from "vitest";
import { isTransientError } from "../../../src/client/waiting/transient-error.ts";

const require = createRequire(import.meta.url);

/** Every string in the code with which the SDK decides what it tries again. */
const STRINGS = [
  ...new Set(
    [
      ...readFileSync(require.resolve("@smithy/core/retry"), "utf8").matchAll(/"([^"\n]+)"/g),
    ].flatMap(([, text]) => text ?? []),
  ),
];

/** Whether the SDK tries again after an error. */
function isTriedAgain(error: Error): boolean {
  // The SDK's types want its own exceptions; its code looks at the shape.
  const given = error as never;
  return sdk.isThrottlingError(given) || sdk.isTransientError(given) || sdk.isServerError(given);
}

/** An error whose `name`, `code` or `message` is this text, in each shape that the SDK looks at. */
function errorsWith(text: string): readonly Error[] {
  const named = Object.assign(new Error("no"), { name: text });
  const coded = Object.assign(new Error("no"), { code: text });
  return [
    named,
    coded,
    new TypeError(text),
    new Error("fetch failed", { cause: coded }),
    new Error("outer", { cause: new Error("inner", { cause: coded }) }),
  ];
}

describe("what the SDK tries again", () => {
  it("is looked for among all that its code names", () => {
    expect(STRINGS.length).toBeGreaterThan(30);
    expect(STRINGS).toEqual(expect.arrayContaining(["EC2ThrottledException", "EAI_AGAIN"]));
  });

  it("is passing trouble for a wait, too: by name, code, message and cause", () => {
    const again = STRINGS.flatMap(errorsWith).filter(isTriedAgain);
    expect(again.length).toBeGreaterThan(40);
    expect(again.filter((error) => !isTransientError(error))).toEqual([]);
  });

  it("is passing trouble for a wait, too: by status", () => {
    const statuses = Array.from({ length: 500 }, (_, index) => 100 + index);
    const again = statuses
      .map((httpStatusCode) => Object.assign(new Error("no"), { $metadata: { httpStatusCode } }))
      .filter(isTriedAgain);
    expect(again).toHaveLength(101); // 429, and all from 500 on
    expect(again.filter((error) => !isTransientError(error))).toEqual([]);
  });

  it.each([
    ["what its model calls retryable", { $retryable: {} }],
    ["what its model calls throttling", { $retryable: { throttling: true } }],
    ["a clock that it has corrected", { $metadata: { clockSkewCorrected: true } }],
    [
      "a signature that has expired",
      { name: "InvalidSignatureException", message: "Signature expired: 20240101T000000Z" },
    ],
    [
      "a stream that the server refused",
      { code: "ERR_HTTP2_STREAM_ERROR", message: "Stream closed with NGHTTP2_REFUSED_STREAM" },
    ],
  ])("is passing trouble for a wait, too: %s", (_, members) => {
    const error = Object.assign(new Error("no"), members);
    expect([isTriedAgain(error), isTransientError(error)]).toEqual([true, true]);
  });

  it("is never what the caller has aborted", () => {
    const error = Object.assign(new Error("no"), { name: "AbortError", code: "ECONNRESET" });
    expect([
      isTriedAgain(error) && sdk.isTransientError(error as never),
      isTransientError(error),
    ]).toEqual([false, false]);
  });
});

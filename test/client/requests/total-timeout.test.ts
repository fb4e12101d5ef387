import { expect, it } from "vitest";
import { runShellScript } from "../../../src/client/requests/scripts.ts";
import { totalTimeoutSeconds } from "../../../src/client/requests/total-timeout.ts";

// ExpiresAfter - RequestedDateTime: [rec-2026-09-27-expiry] and [guide-command-statuses].
it.each([
  [7200, {}],
  [4200, { TimeoutSeconds: 600 }],
  [35, { TimeoutSeconds: 30, Parameters: { executionTimeout: ["5"] } }],
  [32, { TimeoutSeconds: 30, Parameters: { executionTimeout: ["2"] } }],
  [3630, { TimeoutSeconds: 30, Parameters: { executionTimeout: ["soon"] } }],
  [3630, { TimeoutSeconds: 30, Parameters: { Operation: ["Scan"] } }],
])("counts %i s for %o", (seconds, request) => {
  expect(totalTimeoutSeconds(request)).toBe(seconds);
});

it("takes a whole request", () => {
  const request = { ...runShellScript("uptime", { executionTimeout: "60s" }), TimeoutSeconds: 30 };
  expect(totalTimeoutSeconds(request)).toBe(90);
});

it("sums the steps of a document that has several", () => {
  expect(totalTimeoutSeconds({ TimeoutSeconds: 30 }, { stepTimeouts: [5, 7] })).toBe(42);
});

it("counts a document none of whose steps has a time-out once", () => {
  expect(totalTimeoutSeconds({ TimeoutSeconds: 30 }, { stepTimeouts: [] })).toBe(3630);
});

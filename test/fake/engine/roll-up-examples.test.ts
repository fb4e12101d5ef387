import { describe, expect, it } from "vitest";
import { type Given, standingOf } from "../../support/standing.ts";

interface WorkedExample {
  readonly n: number;
  readonly maxErrors: string;
  readonly outcomes: string;
  readonly given: Omit<Given, "maxErrors">;
  readonly is: string;
}

// [guide-command-statuses]
const FROM_THE_GUIDE: readonly WorkedExample[] = [
  {
    n: 5,
    maxErrors: "0",
    outcomes: "4 Undeliverable, 1 Success",
    given: { unusable: 4, succeeded: 1 },
    is: "Success/Success",
  },
  {
    n: 5,
    maxErrors: "0",
    outcomes: "5 Undeliverable",
    given: { unusable: 5 },
    is: "Failed/Failed",
  },
  {
    n: 5,
    maxErrors: "0",
    outcomes: "4 InvalidPlatform, 1 Success",
    given: { unusable: 4, succeeded: 1 },
    is: "Success/Success",
  },
  { n: 5, maxErrors: "0", outcomes: "5 AccessDenied", given: { unusable: 5 }, is: "Failed/Failed" },
  {
    n: 5,
    maxErrors: "1",
    outcomes: "1 Failed, 4 Success",
    given: { failed: 1, succeeded: 4 },
    is: "Success/Incomplete",
  },
];

// Where sending stops: [guide-send-multiple].
const FROM_THE_PAGE_ON_LIMITS: readonly WorkedExample[] = [
  {
    n: 10,
    maxErrors: "3",
    outcomes: "4 Failed, 6 Terminated",
    given: { failed: 4, terminated: 6 },
    is: "Failed/Failed",
  },
  {
    n: 50,
    maxErrors: "10%",
    outcomes: "6 Failed, 44 Terminated",
    given: { failed: 6, terminated: 44 },
    is: "Failed/Failed",
  },
];

// [rec-2026-09-27-timeouts] (the first two), [rec-2026-09-27-managed-execution], [rec-2026-10-01-alarms].
const RECORDED: readonly WorkedExample[] = [
  {
    n: 1,
    maxErrors: "0",
    outcomes: "1 ExecutionTimedOut",
    given: { failed: 1 },
    is: "Failed/Failed",
  },
  {
    n: 1,
    maxErrors: "0",
    outcomes: "1 DeliveryTimedOut",
    given: { deliveryTimedOut: 1 },
    is: "TimedOut/DeliveryTimedOut",
  },
  {
    n: 1,
    maxErrors: "0",
    outcomes: "1 Cancelled",
    given: { cancelled: 1 },
    is: "Cancelled/Cancelled",
  },
  {
    n: 2,
    maxErrors: "0",
    outcomes: "2 Terminated by an alarm",
    given: { stop: "alarm", terminated: 2 },
    is: "Failed/FailedDueToAlarm",
  },
];

// Our decision: errors cannot exceed 100 %, and without any success the command has not succeeded.
const DECIDED: readonly WorkedExample[] = [
  { n: 3, maxErrors: "100%", outcomes: "3 Failed", given: { failed: 3 }, is: "Failed/Failed" },
];

describe("a worked example", () => {
  it.each([...FROM_THE_GUIDE, ...FROM_THE_PAGE_ON_LIMITS, ...RECORDED, ...DECIDED])(
    "of $n nodes, MaxErrors $maxErrors: $outcomes make $is",
    ({ given, maxErrors, is }) => {
      expect(standingOf({ ...given, maxErrors })).toBe(is);
    },
  );
});

describe("an open question", () => {
  it("incompleteStatus is the Status beside Incomplete", () => {
    const given = { succeeded: 4, failed: 1, maxErrors: "1" };
    expect(standingOf(given, { incompleteStatus: "Failed" })).toBe("Failed/Incomplete");
  });

  it("incompleteDetails are the details of errors within MaxErrors", () => {
    const given = { succeeded: 4, failed: 1, maxErrors: "1" };
    expect(standingOf(given, { incompleteDetails: "Success" })).toBe("Success/Success");
  });

  it.each([
    ["exceeded", "Success/Incomplete"],
    ["reached", "Failed/Failed"],
  ] as const)("errorLimit %s makes as many errors as MaxErrors %s", (errorLimit, is) => {
    expect(standingOf({ succeeded: 3, failed: 2, maxErrors: "2" }, { errorLimit })).toBe(is);
  });

  it.each([
    ["exceeded", "Success/Incomplete"],
    ["reached", "TimedOut/DeliveryTimedOut"],
  ] as const)(
    "deliveryTimeoutLimit %s makes as many of them as MaxErrors %s",
    (deliveryTimeoutLimit, is) => {
      const given = { succeeded: 3, deliveryTimedOut: 2, maxErrors: "2" };
      expect(standingOf(given, { deliveryTimeoutLimit })).toBe(is);
    },
  );

  it("a limit of 0 is not reached by no error", () => {
    const reached = { errorLimit: "reached", deliveryTimeoutLimit: "reached" } as const;
    expect(standingOf({ succeeded: 5 }, reached)).toBe("Success/Success");
  });

  it("limitPrecedence decides when both limits are exceeded", () => {
    const given = { failed: 1, deliveryTimedOut: 1 };
    expect(standingOf(given, { limitPrecedence: "DeliveryTimedOut" })).toBe(
      "TimedOut/DeliveryTimedOut",
    );
  });

  it("limitPrecedence decides nothing when only errors are too many", () => {
    const given = { failed: 1, succeeded: 1 };
    expect(standingOf(given, { limitPrecedence: "DeliveryTimedOut" })).toBe("Failed/Failed");
  });

  it("undeliverableAmongSuccess are the details of successes beside unusable nodes", () => {
    const given = { succeeded: 1, unusable: 4 };
    expect(standingOf(given, { undeliverableAmongSuccess: "Incomplete" })).toBe(
      "Success/Incomplete",
    );
  });

  it.each([
    ["Success", "Success/Success"],
    ["Cancelled", "Cancelled/Cancelled"],
  ] as const)("partialCancel %s makes successes beside cancelled nodes %s", (partialCancel, is) => {
    expect(standingOf({ succeeded: 4, cancelled: 1 }, { partialCancel })).toBe(is);
  });
});

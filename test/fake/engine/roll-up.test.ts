import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { COMMAND_DETAILS } from "../../../src/domain/command-details.ts";
import { ROLL_UP, rollUpInvocations } from "../../../src/fake/engine/roll-up.ts";
import type { Bucket } from "../../../src/fake/engine/rollout.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../../src/fake/engine/settings.ts";
import { BUCKETS, type Given, rolloutOf, standingOf } from "../../support/standing.ts";

function rowOf(given: Given, changed: Partial<Settings> = {}): number | undefined {
  const settings = { ...DEFAULT_SETTINGS, ...changed };
  return ROLL_UP.find(({ holds }) => holds(rolloutOf(given), settings))?.row;
}

interface RowCase {
  readonly row: number;
  readonly name: string;
  readonly given: Given;
  readonly settings?: Partial<Settings>;
  readonly is: string;
}

/** At least one case for each row of the decision table. */
const ROW_CASES: readonly RowCase[] = [
  {
    row: 1,
    name: "a denied resource group",
    given: { rejected: "groupDenied" },
    is: "Failed/AccessDenied",
  },
  {
    row: 2,
    name: "targets without a node",
    given: { rejected: "noTargets" },
    is: "Success/NoInstancesInTag",
  },
  {
    row: 3,
    name: "more than the quota",
    given: { rejected: "overQuota" },
    is: "Failed/LimitExceeded",
  },
  {
    row: 4,
    name: "an alarm",
    given: { stop: "alarm", terminated: 2 },
    is: "Failed/FailedDueToAlarm",
  },
  {
    row: 4,
    name: "an alarm that cannot be read",
    given: { stop: "unknownAlarm", succeeded: 1, terminated: 1 },
    is: "Failed/FailedDueToUnknownAlarmState",
  },
  {
    row: 5,
    name: "a cancel under way",
    given: { cancelAsked: true, sent: 1, cancelled: 2 },
    settings: { showCancelling: true },
    is: "Cancelling/Cancelling",
  },
  { row: 6, name: "one of them sent", given: { sent: 1, pending: 4 }, is: "InProgress/InProgress" },
  { row: 6, name: "one of them Delayed", given: { delayed: 1 }, is: "InProgress/InProgress" },
  {
    row: 6,
    name: "one ended, the rest not sent",
    given: { succeeded: 1, pending: 4 },
    is: "InProgress/InProgress",
  },
  {
    row: 6,
    name: "MaxErrors exceeded with one still running",
    given: { failed: 1, sent: 1, terminated: 3 },
    is: "InProgress/InProgress",
  },
  {
    row: 6,
    name: "an alarm with one still open",
    given: { stop: "alarm", sent: 1 },
    is: "InProgress/InProgress",
  },
  {
    row: 6,
    name: "a cancel under way that is not shown",
    given: { cancelAsked: true, sent: 1 },
    is: "InProgress/InProgress",
  },
  { row: 7, name: "none of them sent", given: { pending: 5 }, is: "Pending/Pending" },
  {
    row: 8,
    name: "more errors than MaxErrors",
    given: { succeeded: 3, failed: 2, maxErrors: "1" },
    is: "Failed/Failed",
  },
  {
    row: 8,
    name: "both limits exceeded",
    given: { failed: 1, deliveryTimedOut: 1 },
    is: "Failed/Failed",
  },
  {
    row: 9,
    name: "more delivery time-outs than MaxErrors",
    given: { succeeded: 3, deliveryTimedOut: 2, maxErrors: "1" },
    is: "TimedOut/DeliveryTimedOut",
  },
  { row: 10, name: "all cancelled one by one", given: { cancelled: 3 }, is: "Cancelled/Cancelled" },
  {
    row: 10,
    name: "the whole command cancelled half way",
    given: { cancelAsked: true, cancelled: 1, succeeded: 4 },
    is: "Cancelled/Cancelled",
  },
  { row: 11, name: "all of them well", given: { succeeded: 5 }, is: "Success/Success" },
  {
    row: 11,
    name: "a cancel that came too late for all of them",
    given: { cancelAsked: true, succeeded: 5 },
    is: "Success/Success",
  },
  {
    row: 12,
    name: "no success, errors within MaxErrors",
    given: { failed: 1, deliveryTimedOut: 1, maxErrors: "5" },
    is: "Failed/Failed",
  },
  {
    row: 12,
    name: "no success, one unusable, one cancelled",
    given: { unusable: 1, cancelled: 1 },
    is: "Failed/Failed",
  },
  {
    row: 13,
    name: "no success, delivery time-outs within MaxErrors",
    given: { deliveryTimedOut: 2, maxErrors: "2" },
    is: "TimedOut/DeliveryTimedOut",
  },
  {
    row: 13,
    name: "no success, a delivery time-out and a cancelled node",
    given: { deliveryTimedOut: 1, cancelled: 1, maxErrors: "1" },
    is: "TimedOut/DeliveryTimedOut",
  },
  {
    row: 14,
    name: "successes beside unusable nodes",
    given: { succeeded: 1, unusable: 4 },
    is: "Success/Success",
  },
  {
    row: 15,
    name: "errors within MaxErrors",
    given: { succeeded: 4, failed: 1, maxErrors: "1" },
    is: "Success/Incomplete",
  },
  {
    row: 15,
    name: "delivery time-outs within MaxErrors",
    given: { succeeded: 4, deliveryTimedOut: 1, maxErrors: "1" },
    is: "Success/Incomplete",
  },
  {
    row: 15,
    name: "some nodes cancelled",
    given: { succeeded: 4, cancelled: 1 },
    is: "Success/Incomplete",
  },
];

describe("a row of the decision table", () => {
  it.each(ROW_CASES)("$row: $name makes $is", ({ given, settings = {}, is }) => {
    expect(standingOf(given, settings)).toBe(is);
  });

  it.each(ROW_CASES)("$row decides about $name", ({ row, given, settings = {} }) => {
    expect(rowOf(given, settings)).toBe(row);
  });
});

const counts = fc.record(
  // fast-check wants an object; the compiler checks that each bucket has its counter.
  Object.fromEntries(BUCKETS.map((bucket) => [bucket, fc.nat({ max: 3 })])) as Record<
    Bucket,
    fc.Arbitrary<number>
  >,
);
const anything = fc
  .tuple(counts, fc.nat({ max: 4 }), fc.boolean())
  .map(
    ([buckets, maxErrors, cancelAsked]): Given => ({
      ...buckets,
      maxErrors: `${maxErrors}`,
      cancelAsked,
    }),
  )
  .filter((given) => rolloutOf(given).total > 0);

describe("any mixture of outcomes", () => {
  it("is terminal exactly when no invocation is open", () => {
    fc.assert(
      fc.property(anything, (given) => {
        const rollout = rolloutOf(given);
        const { details } = rollUpInvocations(rollout, DEFAULT_SETTINGS);
        const isOpen = rollout.pending + rollout.sent + rollout.delayed > 0;
        expect(COMMAND_DETAILS[details].terminal).toBe(!isOpen);
      }),
    );
  });

  it("is Success only when at least one node succeeded", () => {
    fc.assert(
      fc.property(anything, (given) => {
        const rollout = rolloutOf(given);
        const { status } = rollUpInvocations(rollout, DEFAULT_SETTINGS);
        expect(status !== "Success" || rollout.succeeded > 0).toBe(true);
      }),
    );
  });

  it("is decided by one of the rows 5 to 15", () => {
    fc.assert(
      fc.property(anything, (given) => {
        expect(rowOf(given)).toBeGreaterThanOrEqual(5);
      }),
    );
  });
});

it("the cases above use every row of the table", () => {
  const used = new Set(ROW_CASES.map(({ row }) => row));
  expect([...used]).toEqual([...new Set(ROLL_UP.map(({ row }) => row))]);
});

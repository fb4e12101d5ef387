import { describe, expectTypeOf, it } from "vitest";
import {
  COMMAND_KINDS,
  type CommandOutcome,
  INVOCATION_KINDS,
  type InvocationOutcome,
} from "../../src/client/outcomes/outcome.ts";
import type { EndedCommandDetail } from "../../src/domain/command-details.ts";
import type { EndedInvocationDetail, InvocationDetail } from "../../src/domain/status.ts";

describe("the details of a command", () => {
  it("have a kind each if they are an end, and so do two spellings that the service may use", () => {
    expectTypeOf<keyof typeof COMMAND_KINDS>().toEqualTypeOf<
      EndedCommandDetail | "ExecutionTimedOut" | "RateExceeded"
    >();
  });

  it("are an end unless their table calls them open", () => {
    expectTypeOf<EndedCommandDetail>().toEqualTypeOf<
      | "Success"
      | "NoInstancesInTag"
      | "Incomplete"
      | "Failed"
      | "DeliveryTimedOut"
      | "Cancelled"
      | "LimitExceeded"
      | "AccessDenied"
      | "FailedDueToAlarm"
      | "FailedDueToUnknownAlarmState"
    >();
  });

  it("do not compile with one more that has no kind", () => {
    // @ts-expect-error Evicted has no kind
    COMMAND_KINDS satisfies Record<EndedCommandDetail | "Evicted", CommandOutcome["kind"]>;
  });
});

describe("the details of an invocation", () => {
  it("have a kind each if they are an end", () => {
    expectTypeOf<keyof typeof INVOCATION_KINDS>().toEqualTypeOf<EndedInvocationDetail>();
  });

  it("are an end unless they are listed as open", () => {
    expectTypeOf<Exclude<InvocationDetail, EndedInvocationDetail>>().toEqualTypeOf<
      "Pending" | "InProgress" | "Delayed" | "Cancelling"
    >();
  });

  it("do not compile with one more that has no kind", () => {
    // @ts-expect-error Evicted has no kind
    INVOCATION_KINDS satisfies Record<EndedInvocationDetail | "Evicted", InvocationOutcome["kind"]>;
  });
});

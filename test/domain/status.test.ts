import { describe, expect, it } from "vitest";
import {
  COMMAND_STATUSES,
  entryOf,
  INVOCATION_DETAILS,
  INVOCATION_STATUSES,
  isTerminalCommandStatus,
  isTerminalInvocationStatus,
  type OpenInvocationDetail,
  PLUGIN_STATUSES,
} from "../../src/domain/status.ts";

// By hand, from [guide-command-statuses].
describe("a command", () => {
  it.each(["Success", "Cancelled", "Failed", "TimedOut"])("has ended with %s", (status) => {
    expect(isTerminalCommandStatus(status)).toBe(true);
  });

  it.each(["Pending", "InProgress", "Cancelling"])("has not ended with %s", (status) => {
    expect(isTerminalCommandStatus(status)).toBe(false);
  });
});

describe("an invocation", () => {
  it.each(["Success", "Cancelled", "Failed", "TimedOut"])("has ended with %s", (status) => {
    expect(isTerminalInvocationStatus(status)).toBe(true);
  });

  it.each(["Pending", "InProgress", "Delayed", "Cancelling"])("has not ended with %s", (status) => {
    expect(isTerminalInvocationStatus(status)).toBe(false);
  });

  // A waiting node is Pending with the detail Delayed [rec-2026-09-27-timeouts].
  it("has the Status Pending while it is Delayed", () => {
    expect(INVOCATION_DETAILS.Delayed.status).toBe("Pending");
  });

  it.each(["Undeliverable", "Terminated"] as const)("has the Status Failed with %s", (detail) => {
    expect(INVOCATION_DETAILS[detail].status).toBe("Failed");
  });
});

// As [guide-command-statuses] prints them, and as some emulators send them.
describe("a status with spaces", () => {
  it("is the status without them", () => {
    expect(isTerminalCommandStatus("Timed Out")).toBe(true);
    expect(isTerminalInvocationStatus("In Progress")).toBe(false);
    expect(isTerminalInvocationStatus("Timed Out")).toBe(true);
    expect(entryOf(INVOCATION_DETAILS, "Delivery Timed Out")).toBe(
      INVOCATION_DETAILS.DeliveryTimedOut,
    );
  });
});

describe("a status that this version does not know", () => {
  it.each([["Archived"], [undefined], [""], ["toString"]])("%s is not an end", (status) => {
    expect(isTerminalCommandStatus(status)).toBe(false);
    expect(isTerminalInvocationStatus(status)).toBe(false);
  });

  it.each([[undefined], ["toString"], ["undefined"]])("%s has no entry in a table", (status) => {
    expect(entryOf(COMMAND_STATUSES, status)).toBe(undefined);
  });
});

describe.each([
  ["COMMAND_STATUSES", COMMAND_STATUSES],
  ["INVOCATION_STATUSES", INVOCATION_STATUSES],
  ["PLUGIN_STATUSES", PLUGIN_STATUSES],
  ["INVOCATION_DETAILS", INVOCATION_DETAILS],
])("%s", (_, table) => {
  it("calls Success successful, and nothing else", () => {
    const successful = Object.entries(table).filter(([, traits]) => traits.successful);
    expect(successful.map(([status]) => status)).toEqual(["Success"]);
  });

  it("calls nothing successful that has not ended", () => {
    const rows = Object.values(table);
    expect(rows.filter(({ successful, terminal }) => successful && !terminal)).toEqual([]);
  });
});

describe("INVOCATION_DETAILS", () => {
  it("calls open what the type of the open details lists", () => {
    const listed = { Pending: 1, InProgress: 1, Delayed: 1, Cancelling: 1 } satisfies Record<
      OpenInvocationDetail,
      1
    >;
    const open = Object.entries(INVOCATION_DETAILS).filter(([, { terminal }]) => !terminal);
    expect(open.map(([detail]) => detail)).toEqual(Object.keys(listed));
  });

  it.each(Object.entries(INVOCATION_DETAILS))("%s ends as its Status does", (_, traits) => {
    expect(traits.terminal).toBe(INVOCATION_STATUSES[traits.status].terminal);
  });
});

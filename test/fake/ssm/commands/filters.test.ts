import type { CommandFilter } from "@aws-sdk/client-ssm";
import { describe, expect, it } from "vitest";
import { commandTest, type Filterable } from "../../../../src/fake/ssm/commands/filters.ts";

const NOON = Date.parse("2026-09-27T12:00:00Z");

const anItem = (members: Partial<Filterable> = {}): Filterable => ({
  requestedAt: NOON,
  documentName: "AWS-RunShellScript",
  status: "Success",
  details: "Success",
  ...members,
});

/** The test of these filters, or undefined when one is refused. */
const testOf = (filters: readonly CommandFilter[], listing: Parameters<typeof commandTest>[1]) => {
  const made = commandTest(filters, listing);
  return made.ok ? made.value : undefined;
};

/** Whether the item passes one filter of ListCommands. */
const passes = (key: CommandFilter["key"], value: string, members: Partial<Filterable> = {}) =>
  testOf([{ key, value }], "ListCommands")?.(anItem(members));

describe("the filters", () => {
  it("let everything pass when there are none", () => {
    expect(testOf([], "ListCommands")?.(anItem())).toBe(true);
  });

  it.each([
    ["includes its instant", NOON, true],
    ["lets later ones pass", NOON + 1, true],
    ["stops earlier ones", NOON - 1, false],
  ])("InvokedAfter %s", (_, requestedAt, expected) => {
    expect(passes("InvokedAfter", "2026-09-27T12:00:00Z", { requestedAt })).toBe(expected);
  });

  it.each([
    ["stops its instant", NOON, false],
    ["stops later ones", NOON + 1, false],
    ["lets earlier ones pass", NOON - 1, true],
  ])("InvokedBefore %s", (_, requestedAt, expected) => {
    expect(passes("InvokedBefore", "2026-09-27T12:00:00Z", { requestedAt })).toBe(expected);
  });

  it("compare instants, not strings", () => {
    expect(passes("InvokedAfter", "2026-09-27T14:00:00+02:00")).toBe(true);
  });

  it.each([
    ["its status", { status: "TimedOut", details: "DeliveryTimedOut" }, "TimedOut"],
    ["its details", { status: "TimedOut", details: "DeliveryTimedOut" }, "DeliveryTimedOut"],
  ])("Status finds an item by %s", (_, members, value) => {
    expect(passes("Status", value, members)).toBe(true);
  });

  it("Status leaves out an item of another status", () => {
    expect(passes("Status", "Failed")).toBe(false);
  });

  it.each([
    ["Pending", "Executing"],
    ["InProgress", "Executing"],
    ["Cancelling", "Executing"],
    ["Success", "Complete"],
    ["Cancelled", "Complete"],
    ["TimedOut", "Complete"],
    ["Failed", "Complete"],
  ])("ExecutionStage of %s is %s", (status, stage) => {
    expect([
      passes("ExecutionStage", stage, { status }),
      passes("ExecutionStage", stage === "Complete" ? "Executing" : "Complete", { status }),
    ]).toEqual([true, false]);
  });

  it("DocumentName wants the whole name", () => {
    expect([
      passes("DocumentName", "AWS-RunShellScript"),
      passes("DocumentName", "AWS-RunShell"),
    ]).toEqual([true, false]);
  });

  it("must all hold", () => {
    const test = testOf(
      [
        { key: "Status", value: "Success" },
        { key: "InvokedBefore", value: "2026-09-27T12:00:00Z" },
      ],
      "ListCommands",
    );
    expect([test?.(anItem()), test?.(anItem({ requestedAt: NOON - 1 }))]).toEqual([false, true]);
  });

  it.each([
    ["ListCommands", "Status", "Undeliverable"],
    ["ListCommands", "Status", "success"],
    ["ListCommands", "ExecutionStage", "Pending"],
    ["ListCommands", "InvokedAfter", "noon"],
    ["ListCommands", "constructor", "Success"],
    ["ListCommandInvocations", "Status", "Incomplete"],
    ["ListCommandInvocations", "ExecutionStage", "Complete"],
  ] as const)("of %s do not take %s %s", (operation, key, value) => {
    const filter = { key: key as CommandFilter["key"], value };
    expect(testOf([filter], operation)).toBeUndefined();
  });

  it("are not taken when one of them is not", () => {
    const filters: CommandFilter[] = [
      { key: "Status", value: "Success" },
      { key: "Status", value: "Odd" },
    ];
    expect(testOf(filters, "ListCommands")).toBeUndefined();
  });
});

import { describe, expect, it } from "vitest";
import { LOG_OPERATIONS, LogService } from "../../../src/fake/logs/logs-service.ts";
import { anAccount } from "./operations/an-account.ts";

describe("the log service", () => {
  it("names the operations that it answers", () => {
    expect(LOG_OPERATIONS).toEqual([
      "CreateLogGroup",
      "DescribeLogGroups",
      "DescribeLogStreams",
      "FilterLogEvents",
      "GetLogEvents",
      "PutRetentionPolicy",
    ]);
  });

  it.each([
    ["DescribeLogGroups", "logGroups"],
    ["DescribeLogStreams", "logStreams"],
    ["FilterLogEvents", "events"],
    ["GetLogEvents", "nextForwardToken"],
  ])("answers %s with %s", (operation, member) => {
    const logs = new LogService(anAccount(["out", 0, "one"]));
    const members = operation === "DescribeLogGroups" ? {} : { logGroupName: "/app" };
    const input = operation === "GetLogEvents" ? { ...members, logStreamName: "out" } : members;
    expect(logs.call(operation, input)).toMatchObject({
      ok: true,
      answer: { [member]: expect.anything() },
    });
  });

  it.each([
    ["CreateLogGroup", { logGroupName: "/new" }],
    ["PutRetentionPolicy", { logGroupName: "/app", retentionInDays: 7 }],
  ])("answers %s with nothing", (operation, input) => {
    expect(new LogService(anAccount()).call(operation, input)).toEqual({ ok: true, answer: {} });
  });

  it.each(["StartQuery", "getLogEvents", "toString", ""])(
    "refuses %j, without a message",
    (operation) => {
      expect(new LogService(anAccount()).call(operation, {})).toEqual({
        ok: false,
        refusal: { name: "UnknownOperationException" },
      });
    },
  );
});

import { describe, expect, it } from "vitest";
import { LOGS_OPERATIONS } from "../../../src/fake/calls/operation-name.ts";
import { LogService } from "../../../src/fake/logs/logs-service.ts";
import { anAccount } from "./operations/an-account.ts";

describe("the log service", () => {
  it("names the operations that it answers", () => {
    expect(LOGS_OPERATIONS).toEqual([
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
  ])("answers %s with %s", async (operation, member) => {
    const logs = new LogService(anAccount(["out", 0, "one"]));
    const members = operation === "DescribeLogGroups" ? {} : { logGroupName: "/app" };
    const input = operation === "GetLogEvents" ? { ...members, logStreamName: "out" } : members;
    expect(await logs.call(operation, input)).toMatchObject({
      ok: true,
      value: { [member]: expect.anything() },
    });
  });

  it.each([
    ["CreateLogGroup", { logGroupName: "/new" }],
    ["PutRetentionPolicy", { logGroupName: "/app", retentionInDays: 7 }],
  ])("answers %s with nothing", async (operation, input) => {
    expect(await new LogService(anAccount()).call(operation, input)).toEqual({
      ok: true,
      value: {},
    });
  });

  it.each(["StartQuery", "getLogEvents", "toString", ""])(
    "refuses %j, and says what it answers",
    async (operation) => {
      expect(await new LogService(anAccount()).call(operation, {})).toEqual({
        ok: false,
        refusal: {
          name: "UnknownOperationException",
          message: `The fake's CloudWatch Logs does not answer ${operation}. It answers CreateLogGroup, DescribeLogGroups, DescribeLogStreams, FilterLogEvents, GetLogEvents, PutRetentionPolicy.`,
        },
      });
    },
  );
});

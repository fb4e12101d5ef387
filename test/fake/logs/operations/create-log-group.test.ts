import { describe, expect, it } from "vitest";
import { createLogGroup } from "../../../../src/fake/logs/operations/create-log-group.ts";
import { describeLogGroups } from "../../../../src/fake/logs/operations/describe-log-groups.ts";
import { anAccount, answerOf, ask, T0 } from "./an-account.ts";

describe("CreateLogGroup", () => {
  it("makes an empty group, now", () => {
    const account = { ...anAccount(), now: () => T0 + 5_000 };
    ask(createLogGroup, account, { logGroupName: "/new" });
    expect(
      answerOf(ask(describeLogGroups, account, { logGroupNamePrefix: "/new" })).logGroups,
    ).toMatchObject([{ logGroupName: "/new", creationTime: T0 + 5_000, storedBytes: 0 }]);
  });

  it("has an empty answer", () => {
    expect(ask(createLogGroup, anAccount(), { logGroupName: "/new" })).toEqual({
      ok: true,
      value: {},
    });
  });

  it("refuses a group that exists, in AWS's words", () => {
    expect(ask(createLogGroup, anAccount(), { logGroupName: "/app" })).toEqual({
      ok: false,
      refusal: {
        name: "ResourceAlreadyExistsException",
        message: "The specified log group already exists",
      },
    });
  });

  it("leaves a group alone that exists", () => {
    const account = anAccount(["out", 0, "one"]);
    ask(createLogGroup, account, { logGroupName: "/app" });
    expect(account.store.text("/app", "out")).toBe("one");
  });

  it.each(["aws/ssm/App", "AWS/App"])("refuses %s, whose beginning is reserved", (logGroupName) => {
    expect(ask(createLogGroup, anAccount(), { logGroupName })).toEqual({
      ok: false,
      refusal: {
        name: "InvalidParameterException",
        message: "Log groups starting with AWS/ are reserved for AWS.",
      },
    });
  });

  it("takes a name whose beginning only looks reserved", () => {
    expect(ask(createLogGroup, anAccount(), { logGroupName: "/aws/ssm/App" }).ok).toBe(true);
  });

  it.each([
    [
      "no name",
      {},
      "1 validation error detected: Value null at 'logGroupName' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a name with a colon",
      { logGroupName: "/app:1" },
      "1 validation error detected: Value '/app:1' at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [.\\-_/#A-Za-z0-9]+",
    ],
    [
      "a name that is too long",
      { logGroupName: "a".repeat(513) },
      `1 validation error detected: Value '${"a".repeat(513)}' at 'logGroupName' failed to satisfy constraint: Member must have length less than or equal to 512`,
    ],
    [
      "another class",
      { logGroupName: "/new", logGroupClass: "INFREQUENT_ACCESS" },
      "The fake of CloudWatch Logs has log groups of the class STANDARD only, and was asked for one of INFREQUENT_ACCESS. Leave logGroupClass out.",
    ],
  ])("refuses %s", (_, request, message) => {
    expect(ask(createLogGroup, anAccount(), request)).toEqual({
      ok: false,
      refusal: { name: "InvalidParameterException", message },
    });
  });

  it("makes nothing when it refuses", () => {
    const account = anAccount();
    ask(createLogGroup, account, { logGroupName: "/new", logGroupClass: "DELIVERY" });
    expect(account.store.group("/new")).toBeUndefined();
  });
});

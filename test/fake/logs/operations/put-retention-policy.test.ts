import { describe, expect, it } from "vitest";
import { describeLogGroups } from "../../../../src/fake/logs/operations/describe-log-groups.ts";
import { putRetentionPolicy } from "../../../../src/fake/logs/operations/put-retention-policy.ts";
import { anAccount, answerOf, ask } from "./an-account.ts";

const DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
  3653,
];

/** The days that DescribeLogGroups shows after these were put, one after the other. */
function shownAfter(...days: readonly unknown[]): number | undefined {
  const account = anAccount(["out", 0, "one"]);
  for (const retentionInDays of days) {
    ask(putRetentionPolicy, account, { logGroupName: "/app", retentionInDays });
  }
  return answerOf(ask(describeLogGroups, account, {})).logGroups[0]?.retentionInDays;
}

describe("PutRetentionPolicy", () => {
  it.each(DAYS)("shows %s days in DescribeLogGroups", (days) => {
    expect(shownAfter(days)).toBe(days);
  });

  it("shows the days that were put last", () => {
    expect(shownAfter(7, 30)).toBe(30);
  });

  it("shows none where none were put", () => {
    expect(shownAfter()).toBeUndefined();
  });

  it("has an empty answer", () => {
    const request = { logGroupName: "/app", retentionInDays: 7 };
    expect(ask(putRetentionPolicy, anAccount(), request)).toEqual({ ok: true, value: {} });
  });

  it("lets no event expire", () => {
    const account = anAccount(["out", 0, "one"]);
    ask(putRetentionPolicy, account, { logGroupName: "/app", retentionInDays: 1 });
    expect(account.store.text("/app", "out")).toBe("one");
  });

  it.each([0, 2, 366, -1])("refuses %s days, and names those that may be", (days) => {
    const request = { logGroupName: "/app", retentionInDays: days };
    expect(ask(putRetentionPolicy, anAccount(), request)).toEqual({
      ok: false,
      refusal: {
        name: "InvalidParameterException",
        message: `1 validation error detected: Value '${days}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${DAYS.join(", ")}]`,
      },
    });
  });

  it("keeps the days it had when it refuses others", () => {
    expect(shownAfter(7, 2)).toBe(7);
  });

  it("refuses a request without days", () => {
    expect(ask(putRetentionPolicy, anAccount(), { logGroupName: "/app" })).toMatchObject({
      refusal: { message: expect.stringContaining("Value null at 'retentionInDays'") },
    });
  });

  it("refuses days that are not a number", () => {
    const request = { logGroupName: "/app", retentionInDays: "7" };
    expect(ask(putRetentionPolicy, anAccount(), request)).toMatchObject({
      refusal: { name: "SerializationException" },
    });
  });

  it("refuses a group that does not exist, in AWS's words", () => {
    const request = { logGroupName: "/other", retentionInDays: 7 };
    expect(ask(putRetentionPolicy, anAccount(), request)).toEqual({
      ok: false,
      refusal: {
        name: "ResourceNotFoundException",
        message: "The specified log group does not exist.",
      },
    });
  });
});

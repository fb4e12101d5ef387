import { describe, expect, it } from "vitest";
import { describeLogGroups } from "../../../../src/fake/logs/operations/describe-log-groups.ts";
import { anAccount, answerOf, ask, pagesOf, T0 } from "./an-account.ts";

const aFewGroups = () => {
  const account = anAccount();
  for (const name of ["/aws/ssm/B", "/aws/ssm/A", "/aws/other"])
    account.store.createGroup(name, T0);
  return account;
};
const ARN = "arn:aws:logs:us-east-1:123456789012:log-group:/app";
const names = ({ logGroups }: { logGroups: readonly { logGroupName: string }[] }) =>
  logGroups.map(({ logGroupName }) => logGroupName);

describe("DescribeLogGroups", () => {
  it("shows a group in full", () => {
    expect(answerOf(ask(describeLogGroups, anAccount(["out", 0, "grün"]), {}))).toEqual({
      logGroups: [
        {
          logGroupName: "/app",
          creationTime: T0,
          arn: `${ARN}:*`,
          logGroupArn: ARN,
          logGroupClass: "STANDARD",
          metricFilterCount: 0,
          storedBytes: 5,
        },
      ],
    });
  });

  it("shows only name, time and ARN of groups that were found by a pattern", () => {
    expect(answerOf(ask(describeLogGroups, anAccount(), { logGroupNamePattern: "pp" }))).toEqual({
      logGroups: [{ logGroupName: "/app", creationTime: T0, arn: `${ARN}:*` }],
    });
  });

  it.each([
    ["all groups by name", {}, ["/app", "/aws/other", "/aws/ssm/A", "/aws/ssm/B"]],
    ["those of a prefix", { logGroupNamePrefix: "/aws/ssm/" }, ["/aws/ssm/A", "/aws/ssm/B"]],
    [
      "those with a part in their name",
      { logGroupNamePattern: "ss" },
      ["/aws/ssm/A", "/aws/ssm/B"],
    ],
    ["nothing for a pattern in other letters", { logGroupNamePattern: "SSM" }, []],
    ["those that are named", { logGroupIdentifiers: ["/aws/ssm/B", ARN] }, ["/app", "/aws/ssm/B"]],
    ["nothing of another class", { logGroupClass: "INFREQUENT_ACCESS" }, []],
  ])("gives %s", (_, request, expected) => {
    expect(names(answerOf(ask(describeLogGroups, aFewGroups(), request)))).toEqual(expected);
  });

  it("reads on until there is no token", () => {
    const account = aFewGroups();
    const pages = pagesOf((token) => ask(describeLogGroups, account, { limit: 3, ...token }));
    expect(pages.map(names)).toEqual([["/app", "/aws/other", "/aws/ssm/A"], ["/aws/ssm/B"]]);
  });

  it("gives 50 groups by default", () => {
    const account = anAccount();
    for (let n = 0; n < 60; n++) account.store.createGroup(`/app/${n}`, T0);
    expect(answerOf(ask(describeLogGroups, account, {})).logGroups).toHaveLength(50);
  });

  it.each([
    ["a prefix and a pattern", { logGroupNamePrefix: "/a", logGroupNamePattern: "a" }],
    ["a limit of 51", { limit: 51 }],
    ["a token of somebody else's", { nextToken: "next" }],
    ["a class that does not exist", { logGroupClass: "CHEAP" }],
  ])("refuses %s", (_, request) => {
    expect(ask(describeLogGroups, aFewGroups(), request)).toMatchObject({
      ok: false,
      refusal: { name: "InvalidParameterException" },
    });
  });
});

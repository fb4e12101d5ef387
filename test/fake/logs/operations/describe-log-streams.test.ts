import { describe, expect, it } from "vitest";
import { describeLogStreams } from "../../../../src/fake/logs/operations/describe-log-streams.ts";
import { anAccount, answerOf, ask, pagesOf, T0 } from "./an-account.ts";

const group = { logGroupName: "/app" };
const aFewStreams = () =>
  anAccount(
    ["c1/b", 1, "x"],
    ["c1/a", 2, "x"],
    ["c2/a", 3, "x"],
    ["c1/b", 9, "x"],
    ["c1/c", 2, "x"],
  );
const names = ({ logStreams }: { logStreams: readonly { logStreamName: string }[] }) =>
  logStreams.map(({ logStreamName }) => logStreamName);

const ORDERS = [
  ["by name", {}, ["c1/a", "c1/b", "c1/c", "c2/a"]],
  ["by name, descending", { descending: true }, ["c2/a", "c1/c", "c1/b", "c1/a"]],
  ["by last event", { orderBy: "LastEventTime" }, ["c1/a", "c1/c", "c2/a", "c1/b"]],
  [
    "by last event, latest first",
    { orderBy: "LastEventTime", descending: true },
    ["c1/b", "c2/a", "c1/c", "c1/a"],
  ],
  ["of a prefix", { logStreamNamePrefix: "c1/" }, ["c1/a", "c1/b", "c1/c"]],
  [
    "of a prefix, descending",
    { logStreamNamePrefix: "c1/", descending: true },
    ["c1/c", "c1/b", "c1/a"],
  ],
] as const;

describe("DescribeLogStreams", () => {
  it("shows a stream in full", () => {
    const account = anAccount(["c1/i/out", 1, "one"], ["c1/i/out", 9, "two"]);
    expect(answerOf(ask(describeLogStreams, account, group))).toEqual({
      logStreams: [
        {
          logStreamName: "c1/i/out",
          creationTime: T0 + 1,
          firstEventTimestamp: T0 + 1,
          lastEventTimestamp: T0 + 9,
          lastIngestionTime: T0 + 9,
          arn: "arn:aws:logs:us-east-1:123456789012:log-group:/app:log-stream:c1/i/out",
          storedBytes: 0,
        },
      ],
    });
  });

  it.each(ORDERS)("gives the streams %s", (_, request, expected) => {
    expect(
      names(answerOf(ask(describeLogStreams, aFewStreams(), { ...group, ...request }))),
    ).toEqual(expected);
  });

  it.each(ORDERS)("reads on through the streams %s", (_, request, expected) => {
    const account = aFewStreams();
    const pages = pagesOf((token) =>
      ask(describeLogStreams, account, { ...group, ...request, limit: 1, ...token }),
    );
    expect(pages.map(names)).toEqual(expected.map((name) => [name]));
  });

  it("reads on past a stream that was written to meanwhile", () => {
    const account = aFewStreams();
    const request = { ...group, orderBy: "LastEventTime", limit: 1 };
    const { nextToken } = answerOf(ask(describeLogStreams, account, request));
    account.store.write({ group: "/app", stream: "c1/a", messages: ["x"], at: T0 + 99 });
    expect(names(answerOf(ask(describeLogStreams, account, { ...request, nextToken })))).toEqual([
      "c1/c",
    ]);
  });

  it("gives 50 streams by default", () => {
    const account = anAccount(...Array.from({ length: 60 }, (_, n) => [`s${n}`, 0, "x"] as const));
    expect(answerOf(ask(describeLogStreams, account, group)).logStreams).toHaveLength(50);
  });

  it("gives nothing for a group without streams", () => {
    expect(answerOf(ask(describeLogStreams, anAccount(), group))).toEqual({ logStreams: [] });
  });

  it("refuses a prefix in the order of time with AWS's message", () => {
    const request = { ...group, orderBy: "LastEventTime", logStreamNamePrefix: "c1" };
    expect(ask(describeLogStreams, aFewStreams(), request)).toEqual({
      ok: false,
      refusal: {
        name: "InvalidParameterException",
        message: "Cannot order by LastEventTime with a logStreamNamePrefix.",
      },
    });
  });

  it("refuses a group that does not exist", () => {
    expect(ask(describeLogStreams, anAccount(), { logGroupName: "/none" })).toEqual({
      ok: false,
      refusal: {
        name: "ResourceNotFoundException",
        message: "The specified log group does not exist.",
      },
    });
  });

  it.each([
    ["an order that does not exist", { orderBy: "Size" }],
    ["a limit of 51", { limit: 51 }],
    ["a token of somebody else's", { nextToken: "next" }],
  ])("refuses %s", (_, request) => {
    expect(ask(describeLogStreams, aFewStreams(), { ...group, ...request })).toMatchObject({
      ok: false,
      refusal: { name: "InvalidParameterException" },
    });
  });
});

import { describe, expect, it } from "vitest";
import { filterLogEvents } from "../../../../src/fake/logs/operations/filter-log-events.ts";
import { anAccount, answerOf, ask, pagesOf, T0 } from "./an-account.ts";

const group = { logGroupName: "/app" };
const aGroup = () =>
  anAccount(
    ["c1/b/out", 0, "start b"],
    ["c1/a/out", 0, "start a"],
    ["c1/a/err", 5, "disk full"],
    ["c2/a/out", 3, "start c"],
    ["c1/a/out", 5, "end a"],
    ["c1/a/out", 5, "end a, really"],
  );
const ALL = ["start a", "start b", "start c", "disk full", "end a", "end a, really"];
const messages = ({ events }: { events: readonly { message: string }[] }) =>
  events.map(({ message }) => message);
const found = (request: object) =>
  messages(answerOf(ask(filterLogEvents, aGroup(), { ...group, ...request })));

describe("FilterLogEvents", () => {
  it("shows an event with its stream, its times and an id", () => {
    const answer = answerOf(ask(filterLogEvents, anAccount(["out", 7, "one"]), group));
    expect(answer).toEqual({
      events: [
        {
          logStreamName: "out",
          timestamp: T0 + 7,
          message: "one",
          ingestionTime: T0 + 7,
          eventId: "1".padStart(56, "0"),
        },
      ],
      searchedLogStreams: [],
    });
  });

  it("interleaves streams by time, then by name, then as they were written", () => {
    expect(found({})).toEqual(ALL);
  });

  it.each([
    [
      "the streams that are named",
      { logStreamNames: ["c2/a/out", "c1/a/err"] },
      ["start c", "disk full"],
    ],
    [
      "the streams of a prefix",
      { logStreamNamePrefix: "c1/a/" },
      ["start a", "disk full", "end a", "end a, really"],
    ],
    ["what a pattern matches", { filterPattern: 'end "a, r"' }, ["end a, really"]],
    ["startTime and later", { startTime: T0 + 5 }, ALL.slice(3)],
    ["endTime and earlier", { endTime: T0 + 3 }, ALL.slice(0, 3)],
    ["the end first", { startFromHead: false, startTime: T0 }, ALL.toReversed()],
    ["nothing of a prefix that no stream has", { logStreamNamePrefix: "c9" }, []],
  ])("gives %s", (_, request, expected) => {
    expect(found(request)).toEqual(expected);
  });

  it.each([
    ["forward", {}, ALL],
    ["backward", { startFromHead: false, startTime: T0 }, ALL.toReversed()],
    ["through what matches", { filterPattern: "a" }, ALL.filter((text) => text.includes("a"))],
  ])("reads on %s until there is no token", (_, request, expected) => {
    const account = aGroup();
    const pages = pagesOf((token) =>
      ask(filterLogEvents, account, { ...group, ...request, limit: 1, ...token }),
    );
    expect(pages.map(messages)).toEqual(expected.map((text) => [text]));
  });

  it("keeps the direction of the token", () => {
    const account = aGroup();
    const request = { ...group, limit: 2 };
    const { nextToken } = answerOf(
      ask(filterLogEvents, account, { ...request, startFromHead: false, startTime: T0 }),
    );
    expect(messages(answerOf(ask(filterLogEvents, account, { ...request, nextToken })))).toEqual([
      "disk full",
      "start c",
    ]);
  });

  it("skips and repeats nothing when events arrive between two pages", () => {
    const account = aGroup();
    const first = answerOf(ask(filterLogEvents, account, { ...group, limit: 4 }));
    account.store.write({ group: "/app", stream: "a", messages: ["late"], at: T0 });
    const second = answerOf(
      ask(filterLogEvents, account, { ...group, nextToken: first.nextToken ?? "" }),
    );
    expect([...messages(first), ...messages(second)]).toEqual(ALL);
  });

  it("puts no more into a page than a mebibyte", () => {
    const large = "x".repeat(200_000);
    const account = anAccount(...Array.from({ length: 7 }, (_, n) => ["out", n, large] as const));
    const pages = pagesOf((token) => ask(filterLogEvents, account, { ...group, ...token }));
    expect(pages.map(({ events }) => events.length)).toEqual([5, 2]);
  });

  it.each([
    ["a group", { logGroupName: "/none" }, "The specified log group does not exist."],
    [
      "a stream",
      { logStreamNames: ["c1/a/out", "none"] },
      "The specified log stream does not exist.",
    ],
  ])("refuses %s that does not exist", (_, request, message) => {
    expect(ask(filterLogEvents, aGroup(), { ...group, ...request })).toEqual({
      ok: false,
      refusal: { name: "ResourceNotFoundException", message },
    });
  });

  it.each([
    ["names of streams and a prefix", { logStreamNames: ["c1/a/out"], logStreamNamePrefix: "c1" }],
    ["an empty list of streams", { logStreamNames: [] }],
    ["a pattern that is not simulated", { filterPattern: "?a" }],
    ["the end first without a startTime", { startFromHead: false }],
    ["the end first from 2023", { startFromHead: false, startTime: T0 - 1 }],
    ["a limit of 10001", { limit: 10_001 }],
    ["a token of somebody else's", { nextToken: "next" }],
    ["the token of an event that is not there", { nextToken: `f/${"99".padStart(56, "0")}` }],
  ])("refuses %s", (_, request) => {
    expect(ask(filterLogEvents, aGroup(), { ...group, ...request })).toMatchObject({
      ok: false,
      refusal: { name: "InvalidParameterException" },
    });
  });
});

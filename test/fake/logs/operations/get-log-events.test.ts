import { describe, expect, it } from "vitest";
import { getLogEvents } from "../../../../src/fake/logs/operations/get-log-events.ts";
import { anAccount, answerOf, ask, T0 } from "./an-account.ts";

const at = { logGroupName: "/app", logStreamName: "out" };
const numbered = (count: number) =>
  anAccount(...Array.from({ length: count }, (_, n) => ["out", n, `m${n}`] as const));
const messages = ({ events }: { events: readonly { message: string }[] }) =>
  events.map(({ message }) => message);

describe("GetLogEvents", () => {
  it("shows an event with its times", () => {
    expect(answerOf(ask(getLogEvents, anAccount(["out", 7, "one\ntwo"]), at)).events).toEqual([
      { timestamp: T0 + 7, message: "one\ntwo", ingestionTime: T0 + 7 },
    ]);
  });

  it("gives the latest page first, in the order of time", () => {
    expect(messages(answerOf(ask(getLogEvents, numbered(5), { ...at, limit: 2 })))).toEqual([
      "m3",
      "m4",
    ]);
  });

  it("gives the first page first from the head", () => {
    const request = { ...at, limit: 2, startFromHead: true };
    expect(messages(answerOf(ask(getLogEvents, numbered(5), request)))).toEqual(["m0", "m1"]);
  });

  it("reads on forward until the token that was sent comes back", () => {
    const account = numbered(5);
    const pages: string[][] = [];
    let nextToken: string | undefined;
    for (;;) {
      const request = { ...at, limit: 2, startFromHead: true, ...(nextToken && { nextToken }) };
      const page = answerOf(ask(getLogEvents, account, request));
      if (page.nextForwardToken === nextToken) break;
      pages.push(messages(page));
      nextToken = page.nextForwardToken;
    }
    expect(pages).toEqual([["m0", "m1"], ["m2", "m3"], ["m4"]]);
  });

  it("reads on backward until the token that was sent comes back", () => {
    const account = numbered(5);
    const pages: string[][] = [];
    let nextToken: string | undefined;
    for (;;) {
      const request = { ...at, limit: 2, ...(nextToken && { nextToken }) };
      const page = answerOf(ask(getLogEvents, account, request));
      if (page.nextBackwardToken === nextToken) break;
      pages.push(messages(page));
      nextToken = page.nextBackwardToken;
    }
    expect(pages).toEqual([["m3", "m4"], ["m1", "m2"], ["m0"]]);
  });

  it("gives nothing at the end, and finds with the same token what is written later", () => {
    const account = numbered(2);
    const { nextForwardToken } = answerOf(ask(getLogEvents, account, at));
    const request = { ...at, nextToken: nextForwardToken, startFromHead: true };
    expect(answerOf(ask(getLogEvents, account, request)).events).toEqual([]);
    account.store.write({ group: "/app", stream: "out", messages: ["later"], at: T0 + 9 });
    expect(messages(answerOf(ask(getLogEvents, account, request)))).toEqual(["later"]);
  });

  it("turns round at any page", () => {
    const account = numbered(5);
    const first = answerOf(ask(getLogEvents, account, { ...at, limit: 2, startFromHead: true }));
    const second = answerOf(
      ask(getLogEvents, account, { ...at, limit: 2, nextToken: first.nextForwardToken }),
    );
    const back = answerOf(
      ask(getLogEvents, account, { ...at, limit: 2, nextToken: second.nextBackwardToken }),
    );
    expect([messages(second), messages(back)]).toEqual([
      ["m2", "m3"],
      ["m0", "m1"],
    ]);
  });

  it.each([
    ["from startTime on, inclusive", { startTime: T0 + 2 }, ["m2", "m3", "m4"]],
    ["until endTime, exclusive", { endTime: T0 + 2 }, ["m0", "m1"]],
    ["between both", { startTime: T0 + 1, endTime: T0 + 3 }, ["m1", "m2"]],
    ["nothing when endTime comes first", { startTime: T0 + 3, endTime: T0 + 1 }, []],
  ])("gives events %s", (_, window, expected) => {
    for (const startFromHead of [true, false]) {
      const request = { ...at, ...window, startFromHead };
      expect(messages(answerOf(ask(getLogEvents, numbered(5), request)))).toEqual(expected);
    }
  });

  it("stays within the window while it reads on", () => {
    const account = numbered(6);
    const request = { ...at, limit: 2, startFromHead: true, startTime: T0 + 1, endTime: T0 + 4 };
    const { nextForwardToken: nextToken } = answerOf(ask(getLogEvents, account, request));
    expect(messages(answerOf(ask(getLogEvents, account, { ...request, nextToken })))).toEqual([
      "m3",
    ]);
  });

  it("sends the same token back for a window that holds nothing", () => {
    const account = numbered(3);
    const request = { ...at, startFromHead: true, startTime: T0 + 50 };
    const { nextForwardToken: nextToken } = answerOf(ask(getLogEvents, account, request));
    const next = answerOf(ask(getLogEvents, account, { ...request, nextToken }));
    expect([next.events, next.nextForwardToken]).toEqual([[], nextToken]);
  });

  it("puts no more into a page than a mebibyte", () => {
    const large = "x".repeat(200_000);
    const account = anAccount(...Array.from({ length: 7 }, (_, n) => ["out", n, large] as const));
    expect(answerOf(ask(getLogEvents, account, at)).events).toHaveLength(5);
  });

  it("takes the ARN of a group, and its name, as identifier", () => {
    const account = numbered(1);
    for (const logGroupIdentifier of [
      "arn:aws:logs:us-east-1:123456789012:log-group:/app",
      "/app",
    ]) {
      const request = { logGroupIdentifier, logStreamName: "out" };
      expect(messages(answerOf(ask(getLogEvents, account, request)))).toEqual(["m0"]);
    }
  });

  it.each([
    ["a group", { logGroupName: "/none" }, "The specified log group does not exist."],
    ["a stream", { logStreamName: "err" }, "The specified log stream does not exist."],
  ])("refuses %s that does not exist", (_, request, message) => {
    expect(ask(getLogEvents, numbered(1), { ...at, ...request })).toEqual({
      ok: false,
      refusal: { name: "ResourceNotFoundException", message },
    });
  });

  it("finds no group under the ARN of another account", () => {
    const logGroupIdentifier = "arn:aws:logs:us-east-1:999999999999:log-group:/app";
    expect(
      ask(getLogEvents, numbered(1), { logGroupIdentifier, logStreamName: "out" }),
    ).toMatchObject({
      refusal: { name: "ResourceNotFoundException" },
    });
  });

  it.each([
    ["neither name nor identifier of a group", { logGroupName: null }],
    ["both of them", { logGroupIdentifier: "/app" }],
    ["an ARN that ends with an asterisk", { logGroupName: null, logGroupIdentifier: "/app:*" }],
    ["no stream", { logStreamName: null }],
    ["the name of a stream with a colon", { logStreamName: "a:b" }],
    ["a limit of 0", { limit: 0 }],
    ["a limit of 10001", { limit: 10_001 }],
    ["a startTime before 1970", { startTime: -1 }],
    ["an empty token", { nextToken: "" }],
    ["a token of somebody else's", { nextToken: "f/3" }],
    ["a token beyond the end", { nextToken: `f/${"9".padStart(56, "0")}` }],
  ])("refuses %s", (_, request) => {
    expect(ask(getLogEvents, numbered(1), { ...at, ...request })).toMatchObject({
      ok: false,
      refusal: { name: "InvalidParameterException" },
    });
  });

  it("refuses a member of the wrong type", () => {
    expect(ask(getLogEvents, numbered(1), { ...at, limit: "10" })).toMatchObject({
      refusal: { name: "SerializationException" },
    });
  });
});

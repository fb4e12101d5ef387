import { describe, expect, it } from "vitest";
import { toLogMessages } from "../../../src/fake/logs/log-events.ts";
import { LogStore } from "../../../src/fake/logs/log-store.ts";

const group = "/app";

describe("a log store", () => {
  it("creates group and stream with the first event", () => {
    const store = new LogStore();
    store.write({ group, stream: "out", messages: ["one"], at: 5 });
    expect([store.group(group)?.createdAt, store.group(group)?.stream("out")?.createdAt]).toEqual([
      5, 5,
    ]);
  });

  it("creates nothing for a write without messages", () => {
    const store = new LogStore();
    store.write({ group, stream: "out", messages: [], at: 0 });
    expect(store.groups()).toEqual([]);
  });

  it("keeps a group that exists when the agent creates it again", () => {
    const store = new LogStore();
    store.write({ group, stream: "out", messages: ["one"], at: 1 });
    store.createGroup(group, 9);
    expect([store.group(group)?.createdAt, store.text(group, "out")]).toEqual([1, "one"]);
  });

  it("returns a text that took several events", () => {
    const store = new LogStore();
    const text = `${"line of words\n".repeat(30_000)}🚀`;
    store.write({ group, stream: "out", messages: toLogMessages(`${text}\n`), at: 0 });
    expect([store.group(group)?.events.items.length, store.text(group, "out") === text]).toEqual([
      3,
      true,
    ]);
  });

  it("adds later writes to the end of the text", () => {
    const store = new LogStore();
    store.write({ group, stream: "out", messages: ["one\n"], at: 0 });
    store.write({ group, stream: "out", messages: ["two\n", "three"], at: 1 });
    expect(store.text(group, "out")).toBe("one\ntwo\nthree");
  });

  it("has no text for a stream that does not exist", () => {
    const store = new LogStore();
    store.createGroup(group, 0);
    expect([store.text(group, "out"), store.text("/other", "out")]).toEqual([undefined, undefined]);
  });

  it("lists groups and streams by name", () => {
    const store = new LogStore();
    store.write({ group: "/b", stream: "2", messages: ["x"], at: 0 });
    store.write({ group: "/b", stream: "1", messages: ["x"], at: 0 });
    store.createGroup("/a", 1);
    expect([store.groups(), store.group("/b")?.streamsByName.items]).toMatchObject([
      [{ name: "/a" }, { name: "/b" }],
      [{ name: "1" }, { name: "2" }],
    ]);
  });

  it("counts the bytes of a group", () => {
    const store = new LogStore();
    store.write({ group, stream: "out", messages: ["ä", "漢"], at: 0 });
    store.write({ group, stream: "err", messages: ["x"], at: 0 });
    expect(store.group(group)?.storedBytes).toBe(6);
  });

  it("is empty after it was cleared", () => {
    const store = new LogStore();
    store.write({ group, stream: "out", messages: ["one"], at: 0 });
    store.clear();
    expect([store.groups(), store.group(group), store.text(group, "out")]).toEqual([
      [],
      undefined,
      undefined,
    ]);
  });

  it("counts events from the start again after it was cleared", () => {
    const store = new LogStore();
    store.write({ group, stream: "out", messages: ["one"], at: 0 });
    store.clear();
    store.write({ group, stream: "out", messages: ["one"], at: 0 });
    expect(store.group(group)?.events.items[0]?.order).toBe(1);
  });
});

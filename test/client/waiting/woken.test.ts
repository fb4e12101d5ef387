import { RunCommandClient, runShellScript, scaledClock } from "ssm-run-command";
import { FakeSsm, hangs, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { aSource } from "./a-source.ts";

const NODE = "i-0123456789abcdef0";
const OTHER = "7c1f0a3e-0000-4000-8000-000000000000";

/** A command that takes 42 seconds, a source of events, and what is asked of the service meanwhile. */
async function aWait({ after = "42s" }: { readonly after?: `${number}s` } = {}) {
  const fake = new FakeSsm({
    nodes: [{ instanceId: NODE, behavior: succeeds({ after }) }],
    latency: "instant",
  });
  const runCommand = new RunCommandClient(fake);
  const sent = await runCommand.send({ ...runShellScript("./deploy.sh"), InstanceIds: [NODE] });
  const begun = fake.clock.now();
  const polls = () =>
    fake.journal.entries("ListCommands").map(({ at }) => Math.round((at - begun) / 1_000));
  return { fake, runCommand, sent, polls, source: aSource() };
}

describe("a wait that is woken", () => {
  it("polls as soon as there is an item, and not before", async () => {
    const { fake, sent, polls, source } = await aWait();
    fake.notifications.on((told) => source.push(told));
    const outcome = await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "10m" });
    expect(outcome.kind).toBe("succeeded");
    expect(polls().at(-1)).toBe(42);
    expect(polls().length).toBeLessThanOrEqual(4);
  });

  it.each<[string, (id: string) => unknown]>([
    ["nothing at all", () => undefined],
    ["a word", () => "wake up"],
    ["what is no JSON", () => ({ big: 1n })],
    [
      "what refers to itself",
      () => {
        const item: { self?: unknown } = {};
        item.self = item;
        return item;
      },
    ],
    ["an event of EventBridge", (id) => ({ detail: { "command-id": id } })],
    ["a message of SNS, as text", (id) => JSON.stringify({ commandId: id })],
    [
      "a message of SNS in SQS",
      (id) => ({ body: JSON.stringify({ Message: JSON.stringify({ commandId: id }) }) }),
    ],
    ["what was parsed of one", (id) => ({ scope: "command", commandId: id, status: "Success" })],
    [
      "records of several commands, this one among them",
      (id) => [{ commandId: OTHER }, { commandId: id }],
    ],
  ])("is woken by %s", async (_what, item) => {
    const { fake, sent, polls, source } = await aWait();
    void fake.clock.sleep("50s").then(() => source.push(item(sent.commandId)));
    await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "10m" });
    expect(polls()).toEqual([0, 50]);
  });

  it.each<[string, unknown]>([
    ["an event of EventBridge", { detail: { "command-id": OTHER, "instance-id": NODE } }],
    ["a message of SNS, as text", JSON.stringify({ commandId: OTHER })],
    [
      "a message of SNS in SQS",
      { body: JSON.stringify({ Message: JSON.stringify({ commandId: OTHER }) }) },
    ],
    ["what was parsed of one", { commandId: OTHER }],
  ])("sleeps on when it is about another command: %s", async (_what, item) => {
    const { fake, sent, polls, source } = await aWait();
    void fake.clock.sleep("50s").then(() => source.push(item));
    await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "10m" });
    expect(polls()).toEqual([0, 600]);
    expect(source.seen.taken).toBe(1);
  });

  it("hears of any part of what sendAll sent", async () => {
    const { fake, runCommand, source } = await aWait();
    const InstanceIds = Array.from(
      { length: 60 },
      () => fake.nodes.add({ behavior: succeeds({ after: "20s" }) }).instanceId,
    );
    const fleet = await runCommand.sendAll({
      ...runShellScript("true"),
      InstanceIds,
      MaxConcurrency: "100%",
    });
    const begun = fake.clock.now();
    void fake.clock.sleep("30s").then(() => source.push({ commandId: fleet.parts[1]?.commandId }));
    await fleet.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "10m" });
    expect(Math.round((fake.clock.now() - begun) / 1_000)).toBe(30);
  });

  it("polls once more, two seconds after, as an event may be ahead of what is listed", async () => {
    const { fake, sent, polls, source } = await aWait({ after: "31s" });
    void fake.clock.sleep("30s").then(() => source.push("early"));
    await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "10m" });
    expect(polls()).toEqual([0, 30, 32]);
  });

  it("polls once a second at most, however many items there are", async () => {
    const { fake, sent, polls, source } = await aWait({ after: "9s" });
    for (let item = 0; item < 200; item++) {
      void fake.clock.sleep(`${item * 50}ms`).then(() => source.push(item));
    }
    await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "10m" });
    expect(polls().length).toBeLessThanOrEqual(11);
    expect(polls().at(-1)).toBeLessThanOrEqual(10);
  });

  it("polls for all items that have arrived, not for each", async () => {
    const { fake, sent, polls, source } = await aWait();
    void fake.clock.sleep("50s").then(() => {
      for (let item = 0; item < 300; item++) source.push(item);
    });
    await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "10m" });
    expect(polls()).toEqual([0, 50]);
    const again = await aWait({ after: "70s" });
    void again.fake.clock.sleep("50s").then(() => {
      for (let item = 0; item < 300; item++) again.source.push(item);
    });
    await again.sent.waitForTerminal({ wakeOn: again.source.wakeOn, pollEvery: "10m" });
    expect(again.polls()).toEqual([0, 50, 51, 53, 653]);
  });

  it("loses no item that comes while it polls", async () => {
    const { fake, sent, polls, source } = await aWait({ after: "30s" });
    let polled = 0;
    fake.on("ListCommands", () => {
      if (++polled === 1) source.push("while it polls");
      return undefined;
    });
    void fake.clock.sleep("40s").then(() => source.push("later"));
    await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "10m" });
    expect(polls()).toEqual([0, 1, 3, 40]);
  });

  it.each<[string, () => AsyncIterable<unknown>]>([
    [
      "items",
      async function* () {
        for (;;) yield "always one more";
      },
    ],
    [
      "items about another command",
      async function* () {
        for (;;) yield { commandId: OTHER };
      },
    ],
    ["chunks", () => new ReadableStream({ pull: (stream) => stream.enqueue("one more") })],
  ])("ends although its source never runs out of %s", async (_what, source) => {
    const { sent, polls } = await aWait();
    const outcome = await sent.waitForTerminal({ wakeOn: source(), pollEvery: "1m" });
    expect(outcome.kind).toBe("succeeded");
    expect(polls().length).toBeLessThan(50);
    const still = sent.waitForTerminal({ wakeOn: source(), timeout: "1ms" });
    expect((await still).kind).toBe("succeeded");
  });

  it.each<[string, (source: ReturnType<typeof aSource>) => void]>([
    ["ends", (source) => source.end()],
    ["fails", (source) => source.end({ error: new Error("the queue is gone") })],
  ])("polls on by itself when the source %s", async (_what, stop) => {
    const { sent, polls, source } = await aWait();
    stop(source);
    expect((await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "1m" })).kind).toBe(
      "succeeded",
    );
    expect(polls()).toEqual([0, 60]);
  });

  it("keeps its own intervals without pollEvery", async () => {
    const { sent, polls, source } = await aWait();
    await sent.waitForTerminal({ wakeOn: source.wakeOn });
    expect(polls().length).toBeGreaterThan(5);
  });

  it.each(["the command has ended", "the time is up", "the caller leaves"])(
    "closes the source when %s",
    async (why) => {
      const { fake, sent, source } = await aWait();
      if (why !== "the command has ended") fake.nodes.list()[0]!.behavior = hangs();
      const stop = new AbortController();
      if (why === "the caller leaves") stop.abort(new Error("enough"));
      const waiting = sent.waitForTerminal({
        wakeOn: source.wakeOn,
        signal: stop.signal,
        ...(why === "the time is up" && { timeout: "30s" }),
      });
      await waiting.catch(() => {});
      expect(source.seen.closed).toBe(true);
    },
  );

  it("is left at once by its signal, and cancels by it", async () => {
    const { fake, sent, source } = await aWait({ after: "600s" });
    const stop = new AbortController();
    void fake.clock.sleep("20s").then(() => stop.abort(new Error("enough")));
    const wait = { wakeOn: source.wakeOn, pollEvery: "10m", signal: stop.signal } as const;
    const cancelling = sent.waitForTerminal({ ...wait, onAbort: "cancel" });
    await expect(sent.waitForTerminal({ ...wait, wakeOn: aSource().wakeOn })).rejects.toThrow(
      "enough",
    );
    expect((await cancelling).kind).toBe("cancelled");
  });

  it("takes no more from a source that cannot be closed, once it is over", async () => {
    const { fake, sent } = await aWait();
    let taken = 0;
    const next = async () => ({ done: false, value: taken++ });
    await sent.waitForTerminal({ wakeOn: { [Symbol.asyncIterator]: () => ({ next }) } });
    const before = taken;
    await fake.clock.advance("1m");
    expect(taken - before).toBeLessThan(2);
  });

  it("has nothing left behind when a source cannot be closed", async () => {
    const { sent } = await aWait();
    const source = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise<never>(() => {}),
        return: () => {
          throw new Error("no");
        },
      }),
    };
    expect((await sent.waitForTerminal({ wakeOn: source })).kind).toBe("succeeded");
  });

  it("polls on by itself when the source cannot be begun", async () => {
    const { sent } = await aWait();
    const wakeOn = {
      [Symbol.asyncIterator]: () => {
        throw new Error("no");
      },
    };
    expect((await sent.waitForTerminal({ wakeOn })).kind).toBe("succeeded");
  });

  it.each([
    ["a list", []],
    ["a word", "events"],
    ["a function", () => {}],
  ])("refuses what is no async iterable: %s", async (_what, wakeOn) => {
    const { sent, polls } = await aWait();
    const waiting = sent.waitForTerminal({ wakeOn: wakeOn as never });
    await expect(waiting).rejects.toThrow(
      /^wakeOn of waitForTerminal\(\) was given .+ Give it an async iterable\.$/,
    );
    expect(polls()).toEqual([]);
  });

  it("is woken on a wall clock, too, here one that runs fast", async () => {
    const fake = new FakeSsm({
      clock: scaledClock(1_000),
      latency: "instant",
      nodes: [{ instanceId: NODE, behavior: succeeds({ after: "9s" }) }],
    });
    const source = aSource();
    fake.notifications.on((told) => source.push(told));
    const request = { ...runShellScript("true"), InstanceIds: [NODE] };
    const sent = await new RunCommandClient(fake).send(request);
    const begun = fake.clock.now();
    const outcome = await sent.waitForTerminal({ wakeOn: source.wakeOn, pollEvery: "1h" });
    expect(outcome.kind).toBe("succeeded");
    expect(fake.clock.now() - begun).toBeLessThan(3_600_000);
  });
});

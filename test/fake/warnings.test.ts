import { setTimeout as wait } from "node:timers/promises";
import { SSMClient } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, hangs, succeeds, VirtualClock } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hearWarnings } from "../support/heard-warnings.ts";
import { fakeRealTime } from "../support/real-time.ts";

const [NODE, OTHER] = ["i-00000000000000001", "i-00000000000000002"];
const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] };
// Calls take no time here; latency/ways-to-hang.test.ts has the same with calls that do.
const slow = {
  nodes: [{ behavior: succeeds({ after: "90s" }) }],
  latency: "instant",
} satisfies FakeSsmOptions;

describe("a wait on a clock that does not skip and that nobody advances", () => {
  it("gets one warning that names advance()", async () => {
    const { texts, first } = hearWarnings();
    const clock = new VirtualClock({ skips: false, warnAfter: "5ms" });
    const fake = new FakeSsm({ ...slow, clock });
    const sent = await new RunCommandClient(fake).send(REQUEST);
    const stop = new AbortController();
    const waiting = sent.waitForTerminal({ signal: stop.signal }).catch(() => {});
    await first;
    stop.abort();
    await waiting;
    expect(texts).toEqual([
      "Somebody sleeps on a VirtualClock that does not skip, and nobody advances it. Call `await clock.advance(…)`, or make the clock without `skips: false`.",
    ]);
  });
});

describe("code that polls with timers of its own on virtual time", () => {
  it("gets a warning that names the command and every cure, the bubble first", async () => {
    const { texts, first } = hearWarnings();
    const fake = new FakeSsm({ ...slow, warnAfter: "5ms" });
    const { Command } = await fake.sendCommand(REQUEST);
    const CommandId = Command?.CommandId ?? "";
    let warned = false;
    void first.then(() => {
      warned = true;
    });
    while (!warned) {
      await fake.getCommandInvocation({ CommandId, InstanceId: NODE });
      await wait(1);
    }
    expect(texts).toEqual([
      expect.stringMatching(
        new RegExp(
          `^Somebody looks at command ${CommandId} .*inVirtualTime.*RunCommandClient.*advance\\(…\\)`,
        ),
      ),
    ]);
  });
});

describe("a request handler that is wrapped so that its clock is not found", () => {
  /** A client whose handler is wrapped; `keeps` says what the wrapper has besides `handle`. */
  function wrapped(fake: FakeSsm, keeps: object = {}) {
    const config = fake.clientConfig();
    const inner = fake.client().config.requestHandler;
    const handle: typeof inner.handle = (...args) => inner.handle(...args);
    return new RunCommandClient(new SSMClient({ ...config, requestHandler: { ...keeps, handle } }));
  }

  it("gets a warning that names the clock of the handler", async () => {
    const { texts, first } = hearWarnings();
    const fake = new FakeSsm({ ...slow, warnAfter: "5ms" });
    const sent = await wrapped(fake).send(REQUEST);
    const stop = new AbortController();
    const waiting = sent.waitForTerminal({ pollEvery: "2ms", signal: stop.signal }).catch(() => {});
    await first;
    stop.abort();
    await waiting;
    expect(texts).toEqual([
      expect.stringContaining("a wrapped request handler must keep its `clock`"),
    ]);
  });

  it("needs no warning when the wrapper keeps the clock", async () => {
    const { texts } = hearWarnings();
    const fake = new FakeSsm({ ...slow, warnAfter: "1ms" });
    const sent = await wrapped(fake, { clock: fake.clock }).send(REQUEST);
    await sent.waitForTerminal();
    expect(texts).toEqual([]);
  });
});

describe("under the runner's clock,", () => {
  beforeEach(() => {
    fakeRealTime();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Reads so often, so many real milliseconds apart, and returns the warnings. */
  async function readsOf(
    times: number,
    { apart, ...options }: FakeSsmOptions & { readonly apart: number },
  ) {
    const { texts } = hearWarnings();
    const fake = new FakeSsm({ ...slow, ...options });
    const { Command } = await fake.sendCommand(REQUEST);
    const CommandId = Command?.CommandId ?? "";
    const read = async () => {
      await fake.listCommands({ CommandId });
      await vi.advanceTimersByTimeAsync(apart);
    };
    for (let time = 0; time < times; time++) await read();
    return { texts, fake, read };
  }

  it("a read of an open command is warned about when nothing has moved for 1.8 real seconds", async () => {
    expect((await readsOf(4, { apart: 600 })).texts).toEqual([
      expect.stringMatching(/^Somebody looks at .* has not moved for 1\.8 real seconds/),
    ]);
  });

  it("not sooner", async () => {
    expect((await readsOf(3, { apart: 599 })).texts).toEqual([]);
  });

  it("one read is enough, and what comes after it", async () => {
    expect((await readsOf(1, { apart: 1_800 })).texts).toHaveLength(1);
  });

  it("many reads get one warning", async () => {
    expect((await readsOf(50, { apart: 500 })).texts).toHaveLength(1);
  });

  it("reads after a reset get one more", async () => {
    const { texts, fake } = await readsOf(4, { apart: 600 });
    await fake.reset();
    const { Command } = await fake.sendCommand(REQUEST);
    for (let time = 0; time < 4; time++) {
      await fake.listCommands({ CommandId: Command?.CommandId });
      await vi.advanceTimersByTimeAsync(600);
    }
    expect(texts).toHaveLength(2);
  });

  it("reads sooner than warnAfter says are not warned about", async () => {
    expect((await readsOf(3, { apart: 600, warnAfter: "2s" })).texts).toEqual([]);
  });

  it("reads of a command that is over are not", async () => {
    expect((await readsOf(9, { apart: 500, nodes: [{}] })).texts).toEqual([]);
  });

  it("reads between which virtual time moves as fast as real time are not", async () => {
    expect((await readsOf(9, { apart: 500, callTakes: "500ms" })).texts).toEqual([]);
  });

  it("reads between which virtual time moves by a moment only are", async () => {
    expect((await readsOf(9, { apart: 500, callTakes: "1ms" })).texts).toHaveLength(1);
  });

  it("a behavior that does not answer is warned about after 1.8 real seconds", async () => {
    const { texts } = hearWarnings();
    const nodes = [{ behavior: () => new Promise<never>(() => {}) }];
    const fake = new FakeSsm({ nodes, latency: "instant" });
    await fake.sendCommand(REQUEST);
    void fake.listCommands({});
    await vi.advanceTimersByTimeAsync(1_800);
    expect(texts).toEqual([
      expect.stringMatching(
        `^The behavior of ${NODE} has not returned for 1\\.8 real seconds.* make it a behavior of type "inRealTime"`,
      ),
    ]);
  });

  it("a fleet of behaviors that do not answer is warned about once", async () => {
    const { texts } = hearWarnings();
    const behavior = () => new Promise<never>(() => {});
    const fake = new FakeSsm({ behavior, nodes: [{}, {}], latency: "instant" });
    await fake.sendCommand({ ...REQUEST, InstanceIds: [NODE, OTHER] });
    void fake.listCommands({});
    await vi.advanceTimersByTimeAsync(5_000);
    expect(texts).toHaveLength(1);
  });

  it("a behavior that was reset before it answered is not warned about", async () => {
    const { texts } = hearWarnings();
    const nodes = [{ behavior: () => new Promise<never>(() => {}) }];
    const fake = new FakeSsm({ nodes, latency: "instant" });
    await fake.sendCommand(REQUEST);
    void fake.listCommands({}).catch(() => {});
    await vi.advanceTimersByTimeAsync(1_799);
    await fake.reset();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(texts).toEqual([]);
  });
});

describe("no warning", () => {
  it("comes to a test that waits for hours on the clock of the fake", async () => {
    const { texts } = hearWarnings();
    const fake = new FakeSsm({ nodes: [{ behavior: hangs() }], warnAfter: "1ms" });
    const sent = await new RunCommandClient(fake).send(REQUEST);
    await sent.waitForTerminal();
    expect(texts).toEqual([]);
  });
});

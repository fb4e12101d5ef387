import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { SSMClient, waitUntilCommandExecuted } from "@aws-sdk/client-ssm";
import { runShellScript, systemClock } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, succeeds, VirtualClock } from "ssm-run-command/fake";
import { inVirtualTime, serveFakeSsm } from "ssm-run-command/fake/node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Clock, realTime } from "../../src/time/clock.ts";
import { hearWarnings } from "../support/heard-warnings.ts";

const NODE = "i-00000000000000001";
const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] };
const BUBBLE = "`await inVirtualTime(fake, async () => …)` of ssm-run-command/fake/node";
const ADVANCE = "`await fake.clock.advance(…)`";

/** A command that takes ninety seconds on a fake that speaks after thirty real milliseconds, and what it says. */
async function sent<C extends Clock = VirtualClock>(options: FakeSsmOptions<C> = {}) {
  const { texts, first } = hearWarnings();
  const nodes = [{ behavior: succeeds({ after: "90s" }) }];
  const fake = new FakeSsm<C>({ nodes, warnAfter: "30ms", ...options });
  const { Command } = await fake.sendCommand(REQUEST);
  const CommandId = Command?.CommandId ?? "";
  const look = () => fake.getCommandInvocation({ CommandId, InstanceId: NODE });
  return { fake, CommandId, look, texts, first };
}

/** On a busy machine the last thing that moved time, a call, may belong to what is looked back at. */
const asStanding = (text: string) =>
  text.replace(
    /has (?:not moved for|moved by 0\.1 s only in) \d+\.\d real seconds(?:, which is what calls themselves took)?/,
    "has not moved for 0.0 real seconds",
  );
const looksAt = (CommandId: string, operation = "GetCommandInvocation") =>
  `Somebody looks at command ${CommandId} (${operation}) while it is open, and `;

describe("a test that hangs is told what to do:", () => {
  it("one that looks and then waits with a timer of its own", async () => {
    const { CommandId, look, texts, first } = await sent();
    await look();
    await first;
    expect(texts.map(asStanding)).toEqual([
      `${looksAt(CommandId)}virtual time has not moved for 0.0 real seconds: the code waits on timers of its own. Run it in ${BUBBLE}, wait with RunCommandClient (it finds the clock; a wrapped request handler must keep its \`clock\`), or call ${ADVANCE}.`,
    ]);
  });

  it("one whose clock does not skip", async () => {
    const clock = new VirtualClock({ skips: false });
    const { CommandId, look, texts, first } = await sent({ clock });
    await look();
    await first;
    expect(texts.map(asStanding)).toEqual([
      `${looksAt(CommandId)}virtual time has not moved for 0.0 real seconds: its clock was made with \`skips: false\`, and nobody advances it. Call ${ADVANCE}, or leave \`skips: false\` out.`,
    ]);
  });

  it("one whose fake is served over HTTP on a virtual clock", async () => {
    const { fake, CommandId, texts, first } = await sent();
    await using served = await serveFakeSsm(fake);
    const client = new SSMClient({
      ...{ endpoint: served.url, region: "us-east-1" },
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    void waitUntilCommandExecuted(
      { client, maxWaitTime: 60, abortSignal: AbortSignal.timeout(500) },
      { CommandId, InstanceId: NODE },
    ).catch(() => {});
    await first;
    client.destroy();
    expect(texts.map(asStanding)).toEqual([
      `${looksAt(CommandId)}virtual time has not moved for 0.0 real seconds: the fake is served over HTTP on a virtual clock, which does not move while other processes wait. Give it \`systemClock\` or \`scaledClock(60)\`, or move its clock in this process: ${ADVANCE}.`,
    ]);
  });

  it("AWS's waiter with its default delays, though every call takes a moment", async () => {
    const { fake, CommandId, texts, first } = await sent({ callTakes: "1s" });
    const stop = new AbortController();
    void waitUntilCommandExecuted(
      { client: fake.client(), maxWaitTime: 600, abortSignal: stop.signal },
      { CommandId, InstanceId: NODE },
    ).catch(() => {});
    await first;
    stop.abort();
    expect(texts.map(asStanding)).toEqual([
      `${looksAt(CommandId)}virtual time has not moved for 0.0 real seconds: the code waits on timers of its own, and \`callTakes: "1s"\` moves time only when it calls. Run it in ${BUBBLE}, or give the fake a larger \`callTakes\`.`,
    ]);
  });

  it("one that listens to notifications and looks besides", async () => {
    const { fake, look, texts, first } = await sent();
    fake.notifications.on(() => {});
    await look();
    await first;
    expect(texts).toEqual([
      expect.stringMatching(
        /advance\(…\)`\. Listening to notifications does not move time either\.$/,
      ),
    ]);
  });

  it("one whose handler does not answer", async () => {
    const { fake, look, texts, first } = await sent();
    fake.on("GetCommandInvocation", () => new Promise<never>(() => {}));
    void look();
    await first;
    expect(texts).toEqual([
      "A handler of GetCommandInvocation (fake.on) has not answered for 0.0 real seconds: the call waits until it does. Let it return an answer, or nothing to let the call pass, and do not await what needs that call.",
    ]);
  });

  it("one whose handler does not answer before there is a command", async () => {
    const { texts, first } = hearWarnings();
    const fake = new FakeSsm({ nodes: [{}], warnAfter: "30ms" });
    fake.on("*", () => new Promise<never>(() => {}));
    void fake.sendCommand(REQUEST);
    await first;
    expect(texts).toEqual([expect.stringContaining("A handler of SendCommand (fake.on) has not")]);
  });

  it("one whose clock is none of ours and stands still", async () => {
    const clock: Clock = { now: () => 0, sleep: () => new Promise(() => {}) };
    const { CommandId, look, texts, first } = await sent({ clock });
    await look();
    await first;
    expect(texts).toEqual([
      `${looksAt(CommandId)}the clock of the fake has not moved for 0.0 real seconds: it was given its clock, and nobody moves that. Move it, or leave \`clock\` out and run the code in ${BUBBLE}.`,
    ]);
  });

  it("one that reads output until there is some", async () => {
    const { fake, CommandId, texts, first } = await sent();
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
    const missing = new GetLogEventsCommand({ logGroupName: "/deploys", logStreamName: "web" });
    await logs.send(missing).catch(() => {});
    await first;
    expect(texts).toEqual([expect.stringContaining(looksAt(CommandId, "GetLogEvents"))]);
  });
});

describe("a test that hangs in a bubble", () => {
  it("is told that it waits for what is not virtual there, when calls alone move time", async () => {
    const { fake, CommandId, look, texts, first } = await sent({ callTakes: "1ms" });
    await inVirtualTime(fake, async () => {
      await look();
      await look();
      await first;
    });
    expect(texts).toEqual([
      `${looksAt(CommandId)}virtual time has moved by 0.0 s only in 0.0 real seconds, which is what calls themselves took: the code is inside inVirtualTime, but waits between its calls for something that is not virtual there: a timer that was made outside or by a function that was kept, or another process. Make its timers inside, by the global setTimeout.`,
    ]);
  });

  it("is told that the bubble is another fake's", async () => {
    const { CommandId, look, texts, first } = await sent();
    await inVirtualTime(new FakeSsm(), async () => {
      await look();
      await first;
    });
    expect(texts.map(asStanding)).toEqual([
      `${looksAt(CommandId)}virtual time has not moved for 0.0 real seconds: the code is inside inVirtualTime of another fake, whose clock it moves. Open the bubble with this fake, or give both one clock: \`new FakeSsm({ clock: other.clock })\`.`,
    ]);
  });

  it("is told by the bubble when nothing moves in it, and not by the fake as well", async () => {
    const { fake, look, texts } = await sent({ warnAfter: "10ms" });
    await inVirtualTime(fake, async () => {
      await look();
      await realTime.sleep(45);
    });
    expect(texts).toEqual([]);
  });
});

describe("under fake timers that nobody advances, a test that hangs is told", () => {
  const BY_THEMSELVES =
    '`vi.setTimerTickMode("nextTimerAsync")`, `jest.useFakeTimers({ advanceTimers: true })`';
  afterEach(() => {
    vi.useRealTimers();
  });

  it("that they do not move a virtual clock", async () => {
    vi.useFakeTimers();
    const { CommandId, look, texts, first } = await sent();
    await look();
    await first;
    expect(texts.map(asStanding)).toEqual([
      `${looksAt(CommandId)}virtual time has not moved for 0.0 real seconds: the runner's fake timers are on, and they do not move the fake's clock. Leave them out and run the code in ${BUBBLE}, or make the fake \`new FakeSsm({ clock: systemClock })\` under timers that advance by themselves (${BY_THEMSELVES}).`,
    ]);
  });

  it("to let them advance, when the fake follows them", async () => {
    vi.useFakeTimers();
    const { CommandId, look, texts, first } = await sent({ clock: systemClock });
    await look();
    await first;
    expect(texts).toEqual([
      `${looksAt(CommandId)}the clock of the fake has not moved for 0.0 real seconds: it follows the runner's fake timers or a faked \`Date\`, and nobody advances them. Let them advance by themselves (${BY_THEMSELVES}), call \`await vi.advanceTimersByTimeAsync(…)\`, or leave them and \`clock\` out and run the code in ${BUBBLE}.`,
    ]);
  });

  it("so, too, when its calls take time on the clock that stands still", async () => {
    const { texts, first } = hearWarnings();
    vi.useFakeTimers();
    const fake = new FakeSsm({ clock: systemClock, callTakes: "1s", warnAfter: "30ms" });
    void fake.listCommands({}).catch(() => {});
    await first;
    expect(texts).toEqual([
      expect.stringContaining(
        "A call of ListCommands takes its time on the clock of the fake, and the clock of the fake has not moved",
      ),
    ]);
  });

  it("of its own timers, when only Date is faked", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { look, texts, first } = await sent();
    await look();
    await first;
    expect(texts).toEqual([expect.stringContaining("the code waits on timers of its own.")]);
  });

  it("real seconds, however far Date has jumped", async () => {
    vi.useFakeTimers();
    const { look, texts, first } = await sent();
    await look();
    vi.setSystemTime(Date.now() + 3_600_000);
    await first;
    expect(texts).toEqual([expect.stringContaining("has not moved for 0.0 real seconds")]);
  });
});

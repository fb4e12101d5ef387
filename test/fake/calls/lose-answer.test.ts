import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import { type Clock, runShellScript, scaledClock } from "ssm-run-command";
import {
  FakeSsm,
  type FakeSsmOptions,
  hangs,
  inOrder,
  succeeds,
  VirtualClock,
} from "ssm-run-command/fake";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { realTime } from "../../../src/time/clock.ts";
import { rejectionOf } from "../../support/rejection.ts";

const NODE = "i-00000000000000001";
const REQUEST = { ...runShellScript("login hunter2"), InstanceIds: [NODE] };

const RESET = { code: "ECONNRESET", message: "socket hang up" };
const TIMEOUT = { name: "TimeoutError", code: "ETIMEDOUT" };
const BOTH = [
  ["reset", RESET],
  ["timeout", TIMEOUT],
] as const;

/** A fake with one node, whose calls take no time by themselves. */
function aFake<C extends Clock = VirtualClock>(options: FakeSsmOptions<C> = {}) {
  const fake = new FakeSsm<C>({ latency: "instant", nodes: [{}], ...options });
  onTestFinished(() => fake.reset());
  const begun = fake.clock.now();
  return { fake, passed: () => fake.clock.now() - begun };
}

/** The kinds and operations of the journal, in order. */
const told = ({ journal }: FakeSsm<Clock>) =>
  journal.entries().map(({ type, operation }) => `${type} ${operation}`);

describe.each(BOTH)("an answer that is lost as a %s", (as, error) => {
  it("is that error for a caller of the object", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("SendCommand", { times: 1, as });
    expect(await rejectionOf(fake.sendCommand(REQUEST))).toMatchObject(error);
  });

  it("is that error for a real client, after its attempts", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("ListCommands", { every: 1, as });
    const listing = fake.client().send(new ListCommandsCommand({}));
    expect(await rejectionOf(listing)).toMatchObject({ ...error, $metadata: { attempts: 3 } });
  });

  it("comes after the service has carried out the call, whose command runs", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("SendCommand", { times: 1, as });
    await rejectionOf(fake.sendCommand(REQUEST));
    await fake.clock.advance("1s");
    expect((await fake.listCommands({})).Commands).toMatchObject([{ Status: "Success" }]);
  });

  it("makes a real client send the command again", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("SendCommand", { times: 1, as });
    const { Command, $metadata } = await fake.client().send(new SendCommandCommand(REQUEST));
    const ids = fake.records().map(({ commandId }) => commandId);
    expect([ids.length, $metadata.attempts, Command?.CommandId]).toEqual([2, 2, ids[1]]);
  });

  it("is a fault and an answered call in the journal", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("SendCommand", { times: 1, as });
    await rejectionOf(fake.sendCommand(REQUEST));
    expect(told(fake)).toEqual(["fault SendCommand", "call SendCommand"]);
    expect(fake.journal.entries()[0]).toMatchObject({ fault: "loseAnswer" });
  });

  it("may be a refusal, which the journal has", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("SendCommand", { times: 1, as });
    const sending = fake.sendCommand({ ...REQUEST, DocumentName: "No-Such" });
    expect(await rejectionOf(sending)).toMatchObject(error);
    expect(told(fake)).toEqual(["fault SendCommand", "refusal SendCommand"]);
  });

  it("may be what a handler answered", async () => {
    const { fake } = aFake();
    const handler = vi.fn(() => ({ answer: { Commands: [] } }));
    fake.on("ListCommands", handler);
    fake.faults.loseAnswer("ListCommands", { times: 1, as });
    expect(await rejectionOf(fake.listCommands({}))).toMatchObject(error);
    expect(handler).toHaveBeenCalledTimes(1);
  });

  it("may be one of CloudWatch Logs", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("CreateLogGroup", { times: 1, as });
    const logs = new CloudWatchLogsClient(fake.logs.clientConfig({ maxAttempts: 1 }));
    const making = logs.send(new CreateLogGroupCommand({ logGroupName: "/app" }));
    expect(await rejectionOf(making)).toMatchObject(error);
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toHaveLength(1);
  });

  it.each([GetObjectCommand, HeadObjectCommand])("may be one of S3: $name", async (Command) => {
    const { fake } = aFake();
    fake.faults.loseAnswer("*", { times: 1, as });
    const s3 = new S3Client(fake.objects.clientConfig({ maxAttempts: 1 }));
    const asking = s3.send(new Command({ Bucket: "none", Key: "none" }) as GetObjectCommand);
    expect(await rejectionOf(asking)).toMatchObject(error);
  });

  it("shows no parameter", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("SendCommand", { times: 1, as });
    const lost = await rejectionOf(fake.sendCommand(REQUEST));
    expect(`${lost}${JSON.stringify(fake.journal.entries())}`).not.toContain("hunter2");
  });
});

describe("an answer that is lost", () => {
  it("is a connection that breaks off unless it says otherwise", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("ListCommands", { every: 1 });
    expect(await rejectionOf(fake.listCommands({}))).toMatchObject(RESET);
  });

  it("is lost in a window of time", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("ListCommands", { from: "1m" });
    await fake.listCommands({});
    await fake.clock.advance("1m");
    expect(await rejectionOf(fake.listCommands({}))).toMatchObject(RESET);
  });

  it("counts within a limit on the rate of calls", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("ListCommands", { times: 1 });
    fake.faults.limitRate("ListCommands", { perSecond: 1 });
    await rejectionOf(fake.listCommands({}));
    const again = await rejectionOf(fake.listCommands({}));
    expect(again).toMatchObject({ name: "ThrottlingException" });
  });

  it("says in the time-out which call it was, and that it may have been carried out", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("SendCommand", { times: 1, as: "timeout" });
    expect(await rejectionOf(fake.sendCommand(REQUEST))).toMatchObject({
      message:
        "No answer to SendCommand came in time. The service may have carried it out all the same.",
    });
  });
});

describe("the time until an answer times out", () => {
  /** What passes until a call of ListCommands times out. */
  async function timeOf(options: FakeSsmOptions<Clock>) {
    const { fake, passed } = aFake(options);
    fake.faults.loseAnswer("ListCommands", { every: 1, as: "timeout" });
    await rejectionOf(fake.listCommands({}));
    return passed();
  }

  it("is 30 s on a virtual clock that skips, beside what calls take", async () => {
    expect([
      await timeOf({ clock: new VirtualClock() }),
      await timeOf({ clock: new VirtualClock(), latency: "measured" }),
      await timeOf({ clock: new VirtualClock(), callTakes: "1s" }),
    ]).toEqual([30_000, 30_100, 31_000]);
  });

  it("takes no real time there", async () => {
    const after = vi.spyOn(realTime, "after");
    await timeOf({ clock: new VirtualClock() });
    const kept = after.mock.calls.filter(([, , options]) => options?.background !== true);
    expect(kept).toEqual([]);
  });

  it("is none on a virtual clock that does not skip", async () => {
    expect(await timeOf({ clock: new VirtualClock({ skips: false }) })).toBe(0);
  });

  it("is none on a wall clock", async () => {
    const clock = scaledClock(1);
    const sleep = vi.spyOn(clock, "sleep");
    await timeOf({ clock });
    expect(sleep).not.toHaveBeenCalled();
  });

  it("is none inside of a handler", async () => {
    const { fake, passed } = aFake();
    fake.faults.loseAnswer("ListCommands", { every: 1, as: "timeout" });
    fake.on("DescribeInstanceInformation", async () => {
      await rejectionOf(fake.listCommands({}));
      return undefined;
    });
    await fake.describeInstanceInformation({});
    expect(passed()).toBe(0);
  });

  it("is none inside of a behavior", async () => {
    const seen: unknown[] = [];
    const clock = new VirtualClock();
    const { fake: other } = aFake({ clock });
    other.faults.loseAnswer("ListCommands", { every: 1, as: "timeout" });
    const behavior = async () => {
      const begun = clock.now();
      const error = await rejectionOf(other.listCommands({}));
      seen.push(error, clock.now() - begun);
      return succeeds();
    };
    const { fake } = aFake({ clock, nodes: [{ behavior }] });
    await fake.sendCommand(REQUEST);
    await fake.clock.advance("1s");
    expect(seen).toMatchObject([TIMEOUT, 0]);
  });

  it("ends when a behavior begins that may wait for what the test does next", async () => {
    let goOn = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const { fake, passed } = aFake({
      latency: "measured",
      nodes: [{ behavior: inOrder(() => gate.then(() => succeeds()), hangs()) }],
    });
    fake.faults.loseAnswer("SendCommand", { times: 1, as: "timeout" });
    expect(await rejectionOf(fake.sendCommand(REQUEST))).toMatchObject(TIMEOUT);
    goOn();
    expect(passed()).toBeLessThan(1_000);
  });

  it("ends when its caller gives up", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("ListCommands", { every: 1, as: "timeout" });
    const controller = new AbortController();
    const listing = rejectionOf(fake.listCommands({}, { abortSignal: controller.signal }));
    controller.abort();
    expect(await listing).toMatchObject({ name: "AbortError" });
  });

  it("ends with a reset of the fake", async () => {
    const { fake } = aFake();
    fake.faults.loseAnswer("ListCommands", { every: 1, as: "timeout" });
    const listing = rejectionOf(fake.listCommands({}));
    await fake.reset();
    expect(await listing).toMatchObject({ name: "ClockResetError" });
  });
});

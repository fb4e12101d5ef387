import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type FakeSsm, hangs, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { refusalOf, rejectionOf } from "../../support/rejection.ts";
import { aLateFake, BY_TAG, FIRST, REQUEST, SECOND, send } from "./late-fleet.ts";

const statusOf = async (fake: FakeSsm, CommandId: string) =>
  (await fake.listCommands({ CommandId })).Commands?.[0]?.Status;

describe("a call", () => {
  it("takes a tenth of a second", async () => {
    const { fake, passed } = aLateFake();
    await fake.listCommands({});
    expect(passed()).toBe(100);
  });

  it("is looked at when its time has passed, so that it sees what is true then", async () => {
    const { fake, passed } = aLateFake({
      nodes: [{ behavior: succeeds({ after: "1s" }) }],
      latency: { otherwise: "instant", callDelay: "100ms" },
    });
    const CommandId = await send(fake);
    await fake.clock.sleep("950ms");
    const asked = passed();
    expect([await statusOf(fake, CommandId), asked]).toEqual(["Success", 950]);
  });

  it("shares its time with those that are made together", async () => {
    const { fake, passed } = aLateFake();
    await Promise.all(Array.from({ length: 50 }, () => fake.listCommands({})));
    expect(passed()).toBe(100);
  });

  it.each<[what: string, trouble: (fake: FakeSsm) => void, input: object]>([
    ["is refused", () => {}, { NextToken: "wrong" }],
    ["is refused by a handler", (fake) => fake.on("*", () => ({ refuse: { name: "Mine" } })), {}],
    ["is throttled", ({ faults }) => faults.throttle("*", { every: 1 }), {}],
    ["loses its connection", ({ faults }) => faults.resetConnection("*", { every: 1 }), {}],
    ["gets half an answer", ({ faults }) => faults.breakBody("*", { every: 1 }), {}],
    ["loses its answer", ({ faults }) => faults.loseAnswer("*", { every: 1 }), {}],
  ])("takes as long when it %s", async (_, trouble, input) => {
    const { fake, passed } = aLateFake();
    trouble(fake);
    await rejectionOf(fake.listCommands(input));
    expect(passed()).toBe(100);
  });

  it.each<[service: string, call: (fake: FakeSsm) => Promise<unknown>]>([
    [
      "CloudWatch Logs",
      (fake) =>
        new CloudWatchLogsClient(fake.logs.clientConfig()).send(new DescribeLogGroupsCommand({})),
    ],
    [
      "CloudWatch Logs, when it is refused",
      (fake) =>
        rejectionOf(
          new CloudWatchLogsClient(fake.logs.clientConfig()).send(
            new FilterLogEventsCommand({ logGroupName: "/none" }),
          ),
        ),
    ],
    [
      "S3",
      (fake) =>
        rejectionOf(
          new S3Client(fake.objects.clientConfig()).send(
            new HeadObjectCommand({ Bucket: "none", Key: "none" }),
          ),
        ),
    ],
  ])("takes as long of %s", async (_, call) => {
    const { fake, passed } = aLateFake();
    await call(fake);
    expect(passed()).toBe(100);
  });
});

describe("SendCommand", () => {
  it("is looked at at once and answered 70 ms later", async () => {
    const { fake, passed } = aLateFake();
    const startedAt = fake.clock.now();
    const { Command } = await fake.sendCommand(REQUEST);
    expect([Command?.RequestedDateTime?.getTime(), passed()]).toEqual([startedAt, 70]);
  });

  it("returns what was so when it was looked at, and what falls due until then happens", async () => {
    const { fake } = aLateFake({ latency: { targetExpansionDelay: "10ms" } });
    const { Command } = await fake.sendCommand(BY_TAG);
    expect([Command?.Status, Command?.TargetCount]).toEqual(["Pending", 0]);
    expect(fake.timeline()).toMatch(/^00:00:00\.010 .* sent +Pending → InProgress$/m);
  });

  it.each<[what: string, trouble: (fake: FakeSsm) => void, request: typeof REQUEST]>([
    ["refused", () => {}, { ...REQUEST, DocumentName: "No-Such" }],
    ["throttled", ({ faults }) => faults.throttle("SendCommand", { times: 1 }), REQUEST],
    ["cut off", ({ faults }) => faults.resetConnection("SendCommand", { times: 1 }), REQUEST],
    ["cut in half", ({ faults }) => faults.breakBody("SendCommand", { times: 1 }), REQUEST],
    ["lost", ({ faults }) => faults.loseAnswer("SendCommand", { times: 1 }), REQUEST],
  ])("takes as long when it is %s", async (_, trouble, request) => {
    const { fake, passed } = aLateFake();
    trouble(fake);
    await rejectionOf(fake.sendCommand(request));
    expect(passed()).toBe(70);
  });

  it("runs its command although its answer is lost", async () => {
    const { fake } = aLateFake();
    fake.faults.breakBody("SendCommand", { times: 1 });
    await rejectionOf(fake.sendCommand(REQUEST));
    await fake.clock.advance("1s");
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Success");
  });

  it("runs its command although its caller went away before the answer left", async () => {
    const { fake } = aLateFake();
    const gone = new AbortController();
    const sending = rejectionOf(fake.sendCommand(REQUEST, { abortSignal: gone.signal }));
    gone.abort();
    await sending;
    await fake.clock.advance("1s");
    expect((await fake.listCommands({})).Commands?.[0]?.Status).toBe("Success");
  });
});

// [rec-2026-09-27-managed-execution]: found in six of six with ids, in one of one with targets by ids, not with a tag.
describe("the first look after a send", () => {
  const look = async (request: Parameters<FakeSsm["sendCommand"]>[0]) => {
    const { fake } = aLateFake({ nodes: [{ tags: { Role: "web" } }, {}] });
    const CommandId = await send(fake, request);
    return { fake, CommandId, first: fake.getCommandInvocation({ CommandId, InstanceId: FIRST }) };
  };
  const { InstanceIds: _, ...SCRIPT } = REQUEST;

  it.each([
    ["ids", REQUEST],
    ["targets that list ids", { ...SCRIPT, Targets: [{ Key: "InstanceIds", Values: [FIRST] }] }],
    [
      "targets that list ids, in any case",
      { ...SCRIPT, Targets: [{ Key: "instanceids", Values: [FIRST] }] },
    ],
  ])("finds the invocation of %s, running", async (_, request) => {
    expect((await (await look(request)).first).Status).toBe("InProgress");
  });

  it.each([
    ["a tag", BY_TAG],
    [
      "a tag beside ids",
      { ...SCRIPT, Targets: [...BY_TAG.Targets, { Key: "InstanceIds", Values: [FIRST] }] },
    ],
  ])("does not find that of %s, and the second look does", async (_, request) => {
    const { fake, CommandId, first } = await look(request);
    expect((await refusalOf(first)).name).toBe("InvocationDoesNotExist");
    const { Status } = await fake.getCommandInvocation({ CommandId, InstanceId: FIRST });
    expect(Status).toBe("InProgress");
  });

  it.each([
    ["a tag that no node has", [{ Key: "tag:Role", Values: ["none"] }], "Success"],
    ["the id of a stopped node", [{ Key: "InstanceIds", Values: [SECOND] }], "Success"],
    [
      "a group that may not be listed",
      [{ Key: "resource-groups:Name", Values: ["denied"] }],
      "Failed",
    ],
    ["a group without members", [{ Key: "resource-groups:Name", Values: ["empty"] }], "Success"],
  ])("shows a command for %s as Pending, and the second look its end", async (_, Targets, end) => {
    const { fake } = aLateFake({ nodes: [{}, { state: "stopped" }] });
    fake.groups.set("denied", "denied");
    fake.groups.set("empty", { instanceIds: [] });
    const CommandId = await send(fake, { ...SCRIPT, Targets });
    const seen = [await statusOf(fake, CommandId), await statusOf(fake, CommandId)];
    expect(seen).toEqual(["Pending", end]);
  });
});

describe("an invocation", () => {
  /** The instants of the invocations, in milliseconds after the send, by node. */
  async function instantsOf(request: object, options: Parameters<typeof aLateFake>[0] = {}) {
    const behavior = succeeds({ after: "10s" });
    const nodes = [{ tags: { Role: "web" }, behavior }, { behavior }];
    const { fake } = aLateFake({ nodes, ...options });
    const startedAt = fake.clock.now();
    const CommandId = await send(fake, { ...REQUEST, ...request });
    await fake.clock.sleep("5m");
    const asked = { CommandId, Details: true };
    const { CommandInvocations = [] } = await fake.listCommandInvocations(asked);
    const since = (date: Date | undefined) => (date?.getTime() ?? Number.NaN) - startedAt;
    const at = CommandInvocations.toReversed().map(({ RequestedDateTime, CommandPlugins }) => ({
      record: since(RequestedDateTime),
      start: since(CommandPlugins?.[0]?.ResponseStartDateTime),
      finish: since(CommandPlugins?.[0]?.ResponseFinishDateTime),
    }));
    return { at, timeline: fake.timeline() };
  }

  it("of ids is recorded when the answer leaves, and its process starts 140 ms later", async () => {
    expect((await instantsOf({})).at).toEqual([{ record: 70, start: 210, finish: 10_210 }]);
  });

  it("of a tag is recorded 200 ms after the request", async () => {
    const { Targets } = BY_TAG;
    const [first] = (await instantsOf({ InstanceIds: undefined, Targets })).at;
    expect(first).toEqual({ record: 200, start: 340, finish: 10_340 });
  });

  it("starts 280 ms after the end of the one before it in its place", async () => {
    const both = { InstanceIds: [FIRST, SECOND], MaxConcurrency: "1" };
    const [first, second] = (await instantsOf(both)).at;
    expect([second!.record, second!.start - first!.finish]).toEqual([70, 280]);
  });

  it("is seen to have ended 140 ms after its process has", async () => {
    expect((await instantsOf({})).timeline).toMatch(/^00:00:10\.350 .* ended with exit code 0/m);
  });

  it("is seen so seven and a half seconds later with uploads", async () => {
    const { timeline } = await instantsOf({ OutputS3BucketName: "output" });
    expect(timeline).toMatch(/^00:00:17\.850 .* ended with exit code 0/m);
  });

  // 150 to 480 ms in [rec-2026-09-27-managed-execution].
  it("is killed 300 ms after CancelCommand", async () => {
    const { fake, passed } = aLateFake({ nodes: [{ behavior: hangs() }] });
    const CommandId = await send(fake);
    await fake.clock.sleep("1m");
    await fake.cancelCommand({ CommandId });
    const asked = fake.clock.now();
    await fake.clock.sleep("1m");
    const { CommandInvocations = [] } = await fake.listCommandInvocations({
      CommandId,
      Details: true,
    });
    const [plugin] = CommandInvocations[0]?.CommandPlugins ?? [];
    expect((plugin?.ResponseFinishDateTime?.getTime() ?? 0) - asked).toBe(300);
    expect(passed()).toBe(120_270);
  });

  it("is recorded at once where calls take no time", async () => {
    const [first] = (await instantsOf({}, { latency: { sendAnswerDelay: "0s" } })).at;
    expect(first!.record).toBe(0);
  });
});

describe("callTakes", () => {
  it("replaces what calls take, and what SendCommand takes, which then comes before the look", async () => {
    const { fake, passed } = aLateFake({ callTakes: "3s" });
    const startedAt = fake.clock.now();
    const { Command } = await fake.sendCommand(REQUEST);
    const requestedAt = (Command?.RequestedDateTime?.getTime() ?? 0) - startedAt;
    await fake.listCommands({});
    expect([requestedAt, passed()]).toEqual([3_000, 6_000]);
  });

  it("has the records of ids made as soon as SendCommand is looked at", async () => {
    const { fake } = aLateFake({ callTakes: "1ms" });
    const CommandId = await send(fake);
    const { CommandInvocations } = await fake.listCommandInvocations({ CommandId });
    expect(CommandInvocations).toHaveLength(1);
  });
});

describe("durations of one's own", () => {
  it("leave the others as in measured", async () => {
    const { fake, passed } = aLateFake({ latency: { uploadDelay: "1m" } });
    await send(fake);
    await fake.listCommands({});
    expect(passed()).toBe(170);
  });

  it("leave them as in the preset that is named", async () => {
    const { fake, passed } = aLateFake({ latency: { uploadDelay: "1m", otherwise: "instant" } });
    await send(fake);
    await fake.listCommands({});
    expect(passed()).toBe(0);
  });

  it("that are worst make calls slower, too", async () => {
    const { fake, passed } = aLateFake({ latency: "worst" });
    await send(fake);
    await fake.listCommands({});
    expect(passed()).toBe(510);
  });

  it("that are undefined are left out", async () => {
    const latency = { callDelay: undefined } as never;
    const { fake, passed } = aLateFake({ latency });
    await fake.listCommands({});
    expect(passed()).toBe(100);
  });

  it("hold for targets of ids, too, as an expansion of one's own does", async () => {
    const { fake } = aLateFake({ latency: { targetExpansionDelay: "1s" } });
    const { InstanceIds: _, ...script } = REQUEST;
    const Targets = [{ Key: "InstanceIds", Values: [FIRST] }];
    const CommandId = await send(fake, { ...script, Targets });
    const { CommandInvocations } = await fake.listCommandInvocations({ CommandId });
    expect(CommandInvocations).toEqual([]);
  });

  it.each([
    [{ otherwise: "late" }, 'otherwise of latency is "late". Use one of instant, measured, worst.'],
    [null, "latency is null. Use one of instant, measured, worst, or an object of durations."],
    ["late", 'latency is "late". Use one of instant, measured, worst, or an object of durations.'],
    [{ callDelay: "1" }, "latency.callDelay"],
  ])("%j are refused by name", (latency, message) => {
    expect(() => aLateFake({ latency: latency as never })).toThrow(message);
  });
});

import {
  CloudWatchLogsClient,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CommandFilterKey,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
} from "@aws-sdk/client-ssm";
import { type Clock, scaledClock, systemClock } from "ssm-run-command";
import { FakeSsm, succeeds, VirtualClock } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { instantsIn, isOfWallClock } from "../../../src/fake/calls/watches/wall-clock-watch.ts";
import { filterLogEvents } from "../../../src/fake/logs/operations/filter-log-events.ts";
import { getLogEvents } from "../../../src/fake/logs/operations/get-log-events.ts";
import { realTime } from "../../../src/time/clock.ts";
import { nodeId, SCRIPT } from "../../contract/contract-account.ts";
import { clientOverHttp } from "../../support/over-http.ts";
import { refusalOf } from "../../support/rejection.ts";

const [HOUR, DAY, YEAR] = [3_600_000, 86_400_000, 365 * 86_400_000];
const FAKE = Date.parse("2024-01-01T00:00:00.000Z");
const PRESENT = Date.parse("2026-11-30T10:20:30.000Z");
const iso = (at: number) => new Date(at).toISOString();

const warned: string[] = [];

beforeEach(() => {
  warned.length = 0;
  vi.spyOn(console, "warn").mockImplementation((sentence: string) => void warned.push(sentence));
});

afterEach(() => void vi.useRealTimers());

describe("an instant", () => {
  const times = { fake: FAKE, real: PRESENT, date: PRESENT };

  it.each([
    ["the present", PRESENT],
    ["an hour ago", PRESENT - HOUR],
    ["a week ago", PRESENT - 7 * DAY],
    ["thirty days ago", PRESENT - 30 * DAY],
    ["31 days ago", PRESENT - 31 * DAY],
    ["in 31 days", PRESENT + 31 * DAY],
  ])("is of the wall clock when it is %s, and the fake's clock is years away", (_, at) => {
    expect(isOfWallClock(at, times)).toBe(true);
  });

  it.each([
    ["more than 31 days before the present", PRESENT - 31 * DAY - 1],
    ["more than 31 days after it", PRESENT + 31 * DAY + 1],
    ["the fake's own time", FAKE],
    ["within a year of the fake's time", FAKE + YEAR - 1],
    ["0", 0],
    ["the greatest number", Number.MAX_SAFE_INTEGER],
    ["infinite", Number.POSITIVE_INFINITY],
    ["the present in seconds", PRESENT / 1_000],
  ])("is no sign of it when it is %s", (_, at) => {
    expect(isOfWallClock(at, times)).toBe(false);
  });

  it.each([
    ["a year before", -1],
    ["a year after", 1],
  ])("is of it from the fake's time %s the present on, and not before", (_, sign) => {
    const away = (ms: number) => ({ ...times, fake: PRESENT + sign * ms });
    const found = [YEAR, YEAR - 1].map((ms) => isOfWallClock(PRESENT, away(ms)));
    expect(found).toEqual([true, false]);
  });

  it("is no sign of it within a year of the fake's time, however far that is from the present", () => {
    const fake = PRESENT - YEAR;
    const found = [0, -1].map((ms) => isOfWallClock(PRESENT + ms, { ...times, fake }));
    expect(found).toEqual([true, false]);
  });

  it("is of it when it is near what a faked Date says", () => {
    const date = Date.parse("2030-06-01T00:00:00.000Z");
    const found = [date - HOUR, PRESENT, date - YEAR].map((at) =>
      isOfWallClock(at, { ...times, date }),
    );
    expect(found).toEqual([true, true, false]);
  });

  it("is no sign of it when the fake shows the real present, whatever a faked Date says", () => {
    const date = Date.parse("2030-06-01T00:00:00.000Z");
    expect(isOfWallClock(date, { fake: PRESENT, real: PRESENT, date })).toBe(false);
  });
});

describe("a request", () => {
  it("has the instants of its filters, and of no other filter", () => {
    const Filters = [
      { key: "InvokedAfter", value: "2026-11-30T10:20:30Z" },
      { key: "DocumentName", value: "2026-11-30" },
      { key: "InvokedBefore", value: "2026-12-01" },
    ];
    expect(instantsIn("ListCommands", { Filters })).toEqual([
      { what: "the filter InvokedAfter", at: PRESENT },
      { what: "the filter InvokedBefore", at: Date.parse("2026-12-01T00:00:00.000Z") },
    ]);
  });

  it("has the instants of its members", () => {
    const found = instantsIn("GetLogEvents", { startTime: PRESENT, limit: PRESENT });
    expect(found).toEqual([{ what: "startTime", at: PRESENT }]);
  });

  it("has those of headers, as HTTP writes them", () => {
    const found = instantsIn("HeadObject", { IfModifiedSince: "Mon, 30 Nov 2026 10:20:30 GMT" });
    expect(found).toEqual([{ what: "IfModifiedSince", at: PRESENT }]);
  });

  it.each([
    ["no object", "ListCommands", "text"],
    ["null", "ListCommands", null],
    ["left out", "GetLogEvents", undefined],
    ["without filters", "ListCommands", {}],
    ["with filters that are no list", "ListCommands", { Filters: { key: "InvokedAfter" } }],
    ["with filters that are null", "ListCommands", { Filters: [null, "InvokedAfter", 7] }],
    ["with a filter without a value", "ListCommands", { Filters: [{ key: "InvokedAfter" }] }],
    ["with words", "ListCommands", { Filters: [{ key: "InvokedAfter", value: "noon" }] }],
    ["with a member of another type", "GetLogEvents", { startTime: { at: PRESENT } }],
    ["of an operation that takes none", "SendCommand", { startTime: PRESENT }],
    ["of an operation that nobody knows", "constructor", { startTime: PRESENT }],
  ])("that is %s has none", (_, operation, input) => {
    expect(instantsIn(operation, input)).toEqual([]);
  });

  it.each([
    ["GetLogEvents", getLogEvents],
    ["FilterLogEvents", filterLogEvents],
  ])("of %s has one for every long number that the service takes", (operation, { members }) => {
    const longs = Object.entries(members).flatMap(([name, { type }]) =>
      type === "long" ? [name] : [],
    );
    const input = Object.fromEntries(longs.map((name) => [name, PRESENT]));
    expect(instantsIn(operation, input).map(({ what }) => what)).toEqual(longs);
  });

  it("has one for every filter of commands that takes instants only", async () => {
    const fake = new FakeSsm();
    const isTaken = async (key: CommandFilterKey, value: string) => {
      const listing = fake.listCommands({ Filters: [{ key, value }] });
      return listing.then(
        () => true,
        () => false,
      );
    };
    for (const key of Object.values(CommandFilterKey)) {
      const isInstant = (await isTaken(key, iso(FAKE))) && !(await isTaken(key, "words"));
      const found = instantsIn("ListCommands", { Filters: [{ key, value: iso(FAKE) }] });
      expect([key, found.length]).toEqual([key, isInstant ? 1 : 0]);
    }
  });
});

const GROUP = "/app";
const Bucket = "output-bucket";

/** A fake whose node has written to a log and to a bucket, and real clients of its three services. */
async function aFake(clock: Clock = new VirtualClock()) {
  const fake = new FakeSsm({ clock, nodes: [{ behavior: succeeds({ stdout: "deployed" }) }] });
  const ssm = fake.client();
  await fake.sendCommand({
    ...SCRIPT,
    InstanceIds: [nodeId(1)],
    OutputS3BucketName: Bucket,
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: GROUP },
  });
  await clock.sleep("10ms");
  if (clock instanceof VirtualClock) await clock.advance("1m");
  const logs = new CloudWatchLogsClient(fake.logs.clientConfig({ maxAttempts: 1 }));
  const s3 = new S3Client(fake.objects.clientConfig({ maxAttempts: 1 }));
  const [Key = ""] = fake.objects.list(Bucket);
  return { fake, ssm, logs, s3, object: { Bucket, Key } };
}

/** Asks for the commands since an instant. */
function commandsSince(at: number) {
  return { Filters: [{ key: "InvokedAfter" as const, value: iso(at) }] };
}

describe("a fake whose clock is years away from the present", () => {
  it("says in one sentence which instant is of the wall clock, and what to do", async () => {
    const { fake, ssm } = await aFake();
    const lastHour = realTime.now() - HOUR;
    await ssm.send(new ListCommandsCommand(commandsSince(lastHour)));
    expect(warned).toEqual([
      `ListCommands has the filter InvokedAfter ${iso(lastHour)}, which looks as if it came of the wall clock, but the fake's time is ${iso(fake.clock.now())}, so that it matches nothing or everything: give the fake a clock that begins at the present, \`new FakeSsm({ clock: new VirtualClock({ start: "now" }) })\`, or run the code inside \`inVirtualTime(fake, …)\` of ssm-run-command/fake/node, where \`Date\` agrees by itself.`,
    ]);
  });

  it("answers as AWS does all the same", async () => {
    const { ssm } = await aFake();
    const since = await ssm.send(new ListCommandsCommand(commandsSince(realTime.now())));
    expect([since.Commands, warned.length]).toEqual([[], 1]);
  });

  it.each<[string, (fake: Awaited<ReturnType<typeof aFake>>, now: Date) => Promise<unknown>]>([
    [
      "ListCommands has the filter InvokedBefore",
      ({ ssm }, now) =>
        ssm.send(
          new ListCommandsCommand({
            Filters: [{ key: "InvokedBefore", value: now.toISOString() }],
          }),
        ),
    ],
    [
      "ListCommandInvocations has the filter InvokedAfter",
      ({ ssm }, now) => ssm.send(new ListCommandInvocationsCommand(commandsSince(now.getTime()))),
    ],
    [
      "GetLogEvents has startTime",
      async ({ logs, fake }, now) => {
        const input = { logGroupName: GROUP, startTime: now.getTime(), endTime: FAKE };
        const { CommandInvocations: [node] = [] } = await fake.listCommandInvocations({});
        const logStreamName = `${node?.CommandId}/${node?.InstanceId}/aws-runShellScript/stdout`;
        return logs.send(new GetLogEventsCommand({ ...input, logStreamName }));
      },
    ],
    [
      "FilterLogEvents has endTime",
      ({ logs }, now) =>
        logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, endTime: now.getTime() })),
    ],
    [
      "HeadObject has IfUnmodifiedSince",
      ({ s3, object }, IfUnmodifiedSince) =>
        s3.send(new HeadObjectCommand({ ...object, IfUnmodifiedSince })),
    ],
    [
      "GetObject has IfModifiedSince",
      ({ s3, object }, IfModifiedSince) =>
        refusalOf(s3.send(new GetObjectCommand({ ...object, IfModifiedSince }))),
    ],
  ])("says it when %s of the wall clock", async (beginning, ask) => {
    const asked = await aFake();
    // Headers have whole seconds.
    const now = new Date(Math.floor(realTime.now() / 1_000) * 1_000);
    await ask(asked, now);
    expect(warned.map((sentence) => sentence.split(", which")[0])).toEqual([
      `${beginning} ${now.toISOString()}`,
    ]);
  });

  it("says it to the caller of an object, too", async () => {
    await new FakeSsm().listCommands(commandsSince(realTime.now()));
    expect(warned).toHaveLength(1);
  });

  it("says it over HTTP", async () => {
    const { ssm, close } = clientOverHttp(new FakeSsm());
    await ssm.listCommands(commandsSince(realTime.now())).finally(close);
    expect(warned).toHaveLength(1);
  });

  it("says it once, for all of its services", async () => {
    const { ssm, logs } = await aFake();
    await ssm.send(new ListCommandsCommand(commandsSince(realTime.now())));
    await ssm.send(new ListCommandsCommand(commandsSince(realTime.now())));
    const [logGroupName, startTime] = [GROUP, realTime.now()];
    await logs.send(new FilterLogEventsCommand({ logGroupName, startTime }));
    expect(warned).toHaveLength(1);
  });

  it("says it again after a reset", async () => {
    const fake = new FakeSsm();
    await fake.listCommands(commandsSince(realTime.now()));
    await fake.reset();
    await fake.listCommands(commandsSince(realTime.now()));
    expect(warned).toHaveLength(2);
  });

  it("says it beside another fake, which has its own", async () => {
    for (const fake of [new FakeSsm(), new FakeSsm()]) {
      await fake.listCommands(commandsSince(realTime.now()));
    }
    expect(warned).toHaveLength(2);
  });

  it("says nothing of its own times, nor of those far from both", async () => {
    const { fake, ssm, logs } = await aFake();
    for (const at of [fake.clock.now(), 0, Date.parse("2050-01-01T00:00:00Z")]) {
      await ssm.send(new ListCommandsCommand(commandsSince(at)));
    }
    const everything = { startTime: 0, endTime: Number.MAX_SAFE_INTEGER };
    await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...everything }));
    expect(warned).toEqual([]);
  });

  it("says nothing of a call that a handler of the test has answered", async () => {
    const fake = new FakeSsm();
    fake.on("ListCommands", () => ({ answer: { Commands: [] } }));
    await fake.listCommands(commandsSince(realTime.now()));
    expect(warned).toEqual([]);
  });

  it("says it on a clock of the caller's own, too", async () => {
    const clock: Clock = { now: () => 0, sleep: async () => {} };
    await new FakeSsm({ clock }).listCommands(commandsSince(realTime.now()));
    expect(warned).toHaveLength(1);
  });
});

describe("a fake whose clock is near the present says nothing", () => {
  it.each<[string, () => Clock]>([
    ["a virtual clock that begins now", () => new VirtualClock({ start: "now" })],
    ["the system clock", () => systemClock],
    ["a scaled clock", () => scaledClock(1_000)],
  ])("on %s", async (_, clockOf) => {
    const { ssm } = await aFake(clockOf());
    await ssm.send(new ListCommandsCommand(commandsSince(realTime.now() - HOUR)));
    expect(warned).toEqual([]);
  });

  it("on a virtual clock that was moved to the present", async () => {
    const fake = new FakeSsm({
      clock: new VirtualClock({ start: iso(realTime.now() - 2 * YEAR) }),
    });
    await fake.clock.advance("730d");
    await fake.listCommands(commandsSince(realTime.now()));
    expect(warned).toEqual([]);
  });
});

describe("under a faked Date", () => {
  const FAKED = Date.parse("2035-05-05T00:00:00.000Z");
  const fakeDate = (now: number) => void vi.useFakeTimers({ now, toFake: ["Date"] });

  it("the real present is the wall clock still, and the cure says when to make the clock", async () => {
    fakeDate(FAKED);
    await new FakeSsm().listCommands(commandsSince(realTime.now() - HOUR));
    expect(warned).toEqual([
      expect.stringContaining('start: "now" }) })` (made while `Date` is real), or run'),
    ]);
  });

  it("what Date says is the wall clock as well", async () => {
    fakeDate(FAKED);
    await new FakeSsm().listCommands(commandsSince(Date.now() - HOUR));
    expect(warned).toEqual([
      expect.stringContaining('start: "now" }) })`, or run the code inside'),
    ]);
  });

  it("what Date says is fine when it says what the fake does", async () => {
    fakeDate(FAKE);
    await new FakeSsm().listCommands(commandsSince(Date.now() - HOUR));
    expect(warned).toEqual([]);
  });

  it("a fake that begins now, as Date says, is asked by code that reads Date", async () => {
    fakeDate(FAKED);
    const fake = new FakeSsm({ clock: new VirtualClock({ start: "now" }) });
    await fake.listCommands(commandsSince(Date.now() - HOUR));
    expect(warned).toEqual([]);
  });

  it("the system clock says nothing, whatever it is asked", async () => {
    fakeDate(FAKED);
    await new FakeSsm({ clock: systemClock }).listCommands(commandsSince(realTime.now()));
    expect(warned).toEqual([]);
  });
});

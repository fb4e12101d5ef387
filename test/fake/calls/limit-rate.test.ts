import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { ListCommandsCommand } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import type { Duration } from "../../../src/time/duration.ts";
import { rejectionOf } from "../../support/rejection.ts";

/** A fake whose calls take no time, with such a limit on ListCommands. */
function limited(perSecond: number, window: { from?: Duration; until?: Duration } = {}) {
  const fake = new FakeSsm({ latency: "instant" });
  const remove = fake.faults.limitRate("ListCommands", { perSecond, ...window });
  return { fake, remove };
}

/** A call after each of these times; a dot for each that passed, an x for each that did not. */
async function strikesOf(fake: FakeSsm, pauses: readonly Duration[]) {
  let seen = "";
  for (const pause of pauses) {
    await fake.clock.advance(pause);
    seen += await fake.listCommands({}).then(
      () => ".",
      () => "x",
    );
  }
  return seen;
}

const times = (count: number, pause: Duration) => Array.from({ length: count }, () => pause);

describe("a limit on the rate of calls", () => {
  it("refuses what is beyond it as throttled calls are refused", async () => {
    const { fake } = limited(1);
    await fake.listCommands({});
    expect(await rejectionOf(fake.listCommands({}))).toMatchObject({
      name: "ThrottlingException",
      message: "Rate exceeded",
    });
  });

  it.each<[number, readonly Duration[], string]>([
    [3, times(6, "0s"), "...xxx"],
    [3, ["0s", "500ms", "400ms", "50ms", "50ms", "0s", "500ms"], "...x.x."],
    [1, ["0s", "999ms", "1ms", "999ms", "1ms"], ".x.x."],
    [10, times(30, "100ms"), ".".repeat(30)],
    [10, times(8, "50ms"), "........"],
    [0.5, ["0s", "1s", "999ms", "1ms", "2s"], ".xx.."],
    [0.1, times(21, "1s"), ".xxxxxxxxx.xxxxxxxxx."],
    [2.5, ["0s", "0s", "799ms", "1ms", "0s", "0s"], "..x..x"],
  ])("lets %d a second pass, whichever second one looks at: %j", async (rate, pauses, strikes) => {
    const { fake } = limited(rate);
    expect(await strikesOf(fake, pauses)).toBe(strikes);
  });

  it("does not count what it refused", async () => {
    const { fake } = limited(1);
    expect(await strikesOf(fake, ["0s", ...times(9, "100ms"), "100ms"])).toBe(".xxxxxxxxx.");
  });

  it("does not count what another fault refused or broke off", async () => {
    const { fake } = limited(1);
    fake.faults.denyAccess("ListCommands", { times: 1 });
    fake.faults.resetConnection("ListCommands", { times: 1 });
    expect(await strikesOf(fake, times(4, "0s"))).toBe("xx.x");
  });

  it("counts what another fault only delays or cuts, and comes before it", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.faults.slow("ListCommands", { every: 1, by: "100ms" });
    fake.faults.limitRate("ListCommands", { perSecond: 2 });
    expect(await strikesOf(fake, times(4, "0s"))).toBe("..xx");
  });

  it("counts what the service refuses", async () => {
    const { fake } = limited(1);
    await rejectionOf(fake.listCommands({ MaxResults: 99 }));
    expect(await strikesOf(fake, ["0s"])).toBe("x");
  });

  it("counts the instants at which the service looks, on a clock where calls take time", async () => {
    const fake = new FakeSsm({ callTakes: "250ms" });
    fake.faults.limitRate("ListCommands", { perSecond: 3 });
    expect(await strikesOf(fake, times(8, "0s"))).toBe("...x...x");
  });

  it('is shared by all operations of all services with "*"', async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.faults.limitRate("*", { perSecond: 2 });
    await fake.listCommands({});
    await fake.describeInstanceInformation({});
    expect(await strikesOf(fake, ["0s"])).toBe("x");
  });

  it("is S3's SlowDown there", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.faults.limitRate("GetObject", { perSecond: 1 });
    const s3 = new S3Client(fake.objects.clientConfig({ maxAttempts: 1 }));
    const get = () => rejectionOf(s3.send(new GetObjectCommand({ Bucket: "none", Key: "none" })));
    expect([await get(), await get()]).toMatchObject([
      { name: "NoSuchBucket" },
      { name: "SlowDown" },
    ]);
  });

  it("leaves other operations alone", async () => {
    const { fake } = limited(1);
    await fake.listCommands({});
    await fake.listCommandInvocations({});
    expect(await strikesOf(fake, ["0s"])).toBe("x");
  });

  it("holds in its window only, and counts only there", async () => {
    const { fake } = limited(1, { from: "500ms", until: "2s" });
    expect(await strikesOf(fake, times(10, "250ms"))).toBe("..xxx.x...");
  });

  it("is got through by the retries of a real client", async () => {
    const { fake } = limited(1);
    const client = fake.client({ maxAttempts: 10 });
    await Promise.all([1, 2, 3].map(() => client.send(new ListCommandsCommand({}))));
    const passed = fake.journal.entries().filter(({ type }) => type === "call");
    const gaps = passed.slice(1).map(({ at }, index) => at - passed[index]!.at >= 1_000);
    expect(gaps).toEqual([true, true]);
  });

  it("lets calls pass when it is removed", async () => {
    const { fake, remove } = limited(1);
    await strikesOf(fake, ["0s", "0s"]);
    remove();
    expect(await strikesOf(fake, ["0s"])).toBe(".");
  });

  it("is unused until it has refused a call", async () => {
    const { fake } = limited(1);
    await fake.listCommands({});
    expect(fake.faults.unused()).toEqual(["limitRate ListCommands"]);
    await rejectionOf(fake.listCommands({}));
    expect(fake.faults.unused()).toEqual([]);
  });

  it.each([
    [undefined, "no number of calls"],
    [{}, "no number of calls"],
    [{ perSecond: 0 }, "0 calls"],
    [{ perSecond: -1 }, "-1 calls"],
    [{ perSecond: Number.NaN }, "NaN calls"],
    [{ perSecond: Number.POSITIVE_INFINITY }, "Infinity calls"],
    [{ perSecond: "5" }, '"5" calls'],
  ])("that is none is refused: %j", (limit, said) => {
    const { faults } = new FakeSsm();
    expect(() => faults.limitRate("ListCommands", limit as { perSecond: number })).toThrow(
      new RangeError(
        `The fault "limitRate ListCommands" lets ${said} pass in a second. Say { perSecond: N } with a number above zero: 0.5 is one call in two seconds.`,
      ),
    );
    expect(faults.unused()).toEqual([]);
  });

  it("is refused for a window with nothing in it", () => {
    const limit = { perSecond: 1, from: "2s", until: "1s" } as const;
    expect(() => new FakeSsm().faults.limitRate("ListCommands", limit)).toThrow(
      'The fault "limitRate ListCommands" has a window with nothing in it, { from: "2s", until: "1s" }.',
    );
  });
});

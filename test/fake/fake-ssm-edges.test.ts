import { systemClock } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const REQUEST = {
  DocumentName: "AWS-RunShellScript",
  InstanceIds: ["i-00000000000000001"],
  Parameters: { commands: ["uptime"] },
};

/** A behavior whose promise is never settled, so that every call waits for it. */
const neverSettles = () => new Promise<never>(() => {});

describe("a behavior that never settles", () => {
  it("leaves the caller an abort, which ends the call at once", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior: neverSettles }] });
    await fake.sendCommand(REQUEST);
    const abort = new AbortController();
    const asked = fake.listCommands({}, { abortSignal: abort.signal });
    abort.abort();
    await expect(asked).rejects.toMatchObject({ name: "AbortError" });
  });

  it("does not keep the fake from being reset", async () => {
    const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior: neverSettles }] });
    await fake.sendCommand(REQUEST);
    fake.timeline(); // runs what is due, so the behavior is asked
    await fake.reset();
    await expect(fake.listCommands({})).resolves.toMatchObject({ Commands: [] });
  });
});

describe("a reset", () => {
  it("starts request ids again, too", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const requestId = async () => (await fake.listCommands({})).$metadata.requestId;
    const first = await requestId();
    await fake.reset();
    expect(await requestId()).toBe(first);
  });
});

describe("options that would be misunderstood", () => {
  it.each<[string, object, string]>([
    ["a region", { region: "" }, 'The region is "". Write one such as "us-east-1".'],
    ["an account", { accountId: "12" }, 'accountId is "12". Write twelve digits, as a string.'],
    ["a seed", { seed: Number.NaN }, "seed is NaN. Give it a whole number."],
    [
      "a clock",
      { clock: {} },
      "The clock of FakeSsm has no now() and sleep(). Give it a VirtualClock, the systemClock, or leave it out.",
    ],
    [
      "a node's agent",
      { nodes: [{ agent: "asleep" }] },
      'The agent of node i-00000000000000001 is "asleep". Use one of online, unreachable, undeliverable.',
    ],
  ])("are refused with a sentence: %s", (_, options, message) => {
    expect(() => new FakeSsm({ latency: "instant", ...options })).toThrow(message);
  });

  it.each([
    ["latency", { latency: { visibility: "1s" } }, 'latency has no option "visibility".'],
    ["settings", { settings: { incomplete: "Failed" } }, 'settings has no option "incomplete".'],
  ])("are refused by name where %s does not have them", (_, options, message) => {
    expect(() => new FakeSsm(options as object)).toThrow(message);
  });

  it("are refused with what a behavior has to return when it returns nothing", async () => {
    const forgetful = (() => undefined) as unknown as () => { type: "exits" };
    const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior: forgetful }] });
    await fake.sendCommand(REQUEST);
    await expect(fake.listCommands({})).rejects.toThrow(
      "The behavior of i-00000000000000001 threw: it returned nothing. Let it return succeeds()",
    );
  });

  it("do not include the systemClock", () => {
    expect(new FakeSsm({ latency: "instant", clock: systemClock }).clock).toBe(systemClock);
  });
});

describe("a listing of one node's pending commands", () => {
  it("is refused, since an InstanceId cannot be combined with Status=Pending", async () => {
    const asked = new FakeSsm({ latency: "instant" }).listCommands({
      InstanceId: "i-00000000000000001",
      Filters: [{ key: "Status", value: "Pending" }],
    });
    await expect(asked).rejects.toMatchObject({ name: "InvalidFilterKey" });
  });
});

import { systemClock } from "ssm-run-command";
import { FakeSsm, hangs } from "ssm-run-command/fake";
import { describe, expect, it, vi } from "vitest";
import { realTime } from "../../src/time/clock.ts";

const REQUEST = {
  DocumentName: "AWS-RunShellScript",
  InstanceIds: ["i-00000000000000001"],
  Parameters: { commands: ["uptime"] },
};

/** A fake with a command under way that nobody will wait for. */
async function aBusyFake(options: { clock?: typeof systemClock; warnAfter?: "1h" } = {}) {
  const fake = new FakeSsm({ ...options, nodes: [{ behavior: hangs() }] });
  await fake.sendCommand(REQUEST);
  await fake.listCommands({});
  return fake;
}

/** What keeps the process alive. Timers are looked at where they are made, since the test runner has its own. */
const open = () =>
  process
    .getActiveResourcesInfo()
    .filter((kind) => kind !== "Timeout" && kind !== "Immediate")
    .toSorted();

/** Fails when more is open than `before`. What was just closed takes a few turns to disappear, on a busy machine many. */
async function expectNothingMore(before: readonly string[]) {
  await vi.waitFor(
    () => {
      const left = open();
      for (const kind of before) if (left.includes(kind)) left.splice(left.indexOf(kind), 1);
      expect(left).toEqual([]);
    },
    { interval: 5, timeout: 10_000 },
  );
}

describe("fakes that nobody closes", () => {
  it("leave nothing open, ten thousand of them", async () => {
    const before = open();
    for (let made = 0; made < 10_000; made++) await aBusyFake({ warnAfter: "1h" });
    await expectNothingMore(before);
  });

  it("have only timers that do not keep the process alive", async () => {
    const after = vi.spyOn(realTime, "after");
    const fake = await aBusyFake({ clock: systemClock });
    const kept = after.mock.calls.filter(([, , options]) => options?.background !== true);
    expect([after.mock.calls.length > 0, kept]).toEqual([true, []]);
    await fake.reset();
  });

  it("have one timer on virtual time, when somebody looks, and it does not keep the process alive", async () => {
    const after = vi.spyOn(realTime, "after");
    const fake = await aBusyFake();
    await fake.clock.sleep("30d");
    expect(after.mock.calls.map(([, , options]) => options)).toEqual([{ background: true }]);
  });

  it("have no timer at all on virtual time, when nobody looks", async () => {
    const after = vi.spyOn(realTime, "after");
    const fake = new FakeSsm({ nodes: [{ behavior: hangs() }] });
    await fake.sendCommand(REQUEST);
    await fake.clock.sleep("30d");
    expect(after).not.toHaveBeenCalled();
  });

  it("leave nothing open behind a real client", async () => {
    const { ListCommandsCommand } = await import("@aws-sdk/client-ssm");
    const before = open();
    await new FakeSsm().client().send(new ListCommandsCommand({}));
    await expectNothingMore(before);
  });

  it("leave nothing open when they were slept on", async () => {
    const before = open();
    await new FakeSsm().clock.sleep("30d");
    await expectNothingMore(before);
  });
});

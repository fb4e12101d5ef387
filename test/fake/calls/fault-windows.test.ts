import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import type { FaultWhen } from "../../../src/fake/calls/fault-when.ts";
import { rejectionOf } from "../../support/rejection.ts";

/** A fake that takes no time, whose ListCommands is throttled, as often as this says. */
function throttled(when: FaultWhen) {
  const fake = new FakeSsm({ latency: "instant" });
  fake.faults.throttle("ListCommands", when);
  return fake;
}

/** A call every second, the first one now; a dot for each that passed, an x for each that did not. */
async function strikesOf(fake: FakeSsm, calls: number) {
  let seen = "";
  for (let call = 0; call < calls; call++) {
    if (call > 0) await fake.clock.advance("1s");
    seen += await fake.listCommands({}).then(
      () => ".",
      () => "x",
    );
  }
  return seen;
}

describe("the window of a fault", () => {
  it.each<[FaultWhen, string]>([
    [{ from: "2s" }, "..xxxx"],
    [{ until: "2s" }, "xx...."],
    [{ from: "1s", until: "3s" }, ".xx..."],
    [{ from: "0s", until: "1ms" }, "x....."],
    [{ from: undefined, until: "1s" }, "x....."],
    [{ from: "2500ms", until: "3500ms" }, "...x.."],
  ])("alone has every call in it, from included and until excluded: %j", async (when, strikes) => {
    expect(await strikesOf(throttled(when), 6)).toBe(strikes);
  });

  it.each<[FaultWhen, string]>([
    [{ every: 2, from: "1s" }, "..x.x."],
    [{ every: 1, from: "1s", until: "3s" }, ".xx..."],
    [{ times: 2, from: "2s" }, "..xx.."],
    [{ times: 9, until: "2s" }, "xx...."],
    [{ probability: 1, from: "4s" }, "....xx"],
    [{ every: 3, from: undefined, until: undefined }, "..x..x"],
  ])(
    "holds beside what says which calls, which counts calls in it only: %j",
    async (when, seen) => {
      expect(await strikesOf(throttled(when), 6)).toBe(seen);
    },
  );

  it("counts from the instant when the fault was ordered", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    await fake.clock.advance("1h");
    fake.faults.throttle("ListCommands", { from: "1s", until: "2s" });
    expect(await strikesOf(fake, 4)).toBe(".x..");
  });

  it("counts the instant at which the service looks at the call", async () => {
    const fake = new FakeSsm({ callTakes: "1s" });
    fake.faults.throttle("ListCommands", { from: "1s" });
    expect(await rejectionOf(fake.listCommands({}))).toMatchObject({ name: "ThrottlingException" });
  });

  it("leaves the calls outside of it to other faults", async () => {
    const fake = throttled({ from: "1s", until: "2s" });
    fake.faults.internalError("ListCommands", { every: 1 });
    const names: unknown[] = [];
    for (let call = 0; call < 3; call++) {
      names.push(Reflect.get(Object(await rejectionOf(fake.listCommands({}))), "name"));
      await fake.clock.advance("1s");
    }
    expect(names).toEqual(["InternalServerError", "ThrottlingException", "InternalServerError"]);
  });

  it("takes no random number for a call outside of it", async () => {
    const strikes = async (calls: number) => {
      const fake = throttled({ probability: 0.5, from: "1h" });
      for (let call = 0; call < calls; call++) await fake.listCommands({});
      await fake.clock.advance("1h");
      return strikesOf(fake, 32);
    };
    expect(await strikes(5)).toBe(await strikes(0));
  });

  it("holds for a slow answer", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    fake.faults.slow("ListCommands", { from: "1m", by: "5s" });
    const begun = fake.clock.now();
    await fake.listCommands({});
    await fake.clock.advance("1m");
    await fake.listCommands({});
    expect(fake.clock.now() - begun).toBe(65_000);
  });

  it("that no call was in leaves the fault unused", async () => {
    const fake = throttled({ from: "1h" });
    await strikesOf(fake, 3);
    expect(fake.faults.unused()).toEqual(["throttle ListCommands"]);
  });
});

describe("a bad window", () => {
  const throttle = (when: object) => () =>
    new FakeSsm().faults.throttle("SendCommand", when as FaultWhen);

  it.each([
    [{ from: "2m", until: "1m" }, '{ from: "2m", until: "1m" }'],
    [{ from: "60s", until: "1m" }, '{ from: "60s", until: "1m" }'],
    [{ until: "0s" }, '{ until: "0s" }'],
    [{ every: 2, from: "2m", until: "1m" }, '{ from: "2m", until: "1m" }'],
  ])("that has nothing in it is refused: %j", (when, said) => {
    expect(throttle(when)).toThrow(
      new RangeError(
        `The fault "throttle SendCommand" has a window with nothing in it, ${said}. Both count from now: write an until that is later than from, such as { from: "1m", until: "2m" }.`,
      ),
    );
  });

  it.each([
    [{ from: "soon" }, 'from of fake.faults.throttle() is "soon"'],
    [{ until: 30 }, "until of fake.faults.throttle() is 30"],
    [{ times: 1, from: null }, "from of fake.faults.throttle() is null"],
  ])("that is no duration is refused: %j", (when, said) => {
    expect(throttle(when)).toThrow(
      `${said}, which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".`,
    );
  });

  it("makes no good when of a bad one", () => {
    expect(throttle({ every: 0, from: "1m" })).toThrow(
      'The fault "throttle SendCommand" strikes { every: 0 }.',
    );
  });

  it("adds no fault", () => {
    const { faults } = new FakeSsm();
    expect(() => faults.throttle("SendCommand", { until: "0s" })).toThrow(RangeError);
    expect(faults.unused()).toEqual([]);
  });
});

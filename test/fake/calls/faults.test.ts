import { ListCommandsCommand } from "@aws-sdk/client-ssm";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import type { FaultWhen } from "../../../src/fake/calls/fault-when.ts";
import { rejectionOf } from "../../support/rejection.ts";

/** Makes calls one after the other, directly on the fake; a dot for each that passed, an x for each that did not. */
async function strikesOf(fake: FakeSsm, calls: number) {
  const seen: string[] = [];
  for (let call = 0; call < calls; call++) {
    seen.push(
      await fake.listCommands({}).then(
        () => ".",
        () => "x",
      ),
    );
  }
  return seen.join("");
}

/** A fake whose ListCommands is throttled, as often as this says. */
function throttled(when: FaultWhen, { seed = 1 } = {}) {
  const fake = new FakeSsm({ seed });
  const remove = fake.faults.throttle("ListCommands", when);
  return { fake, remove };
}

describe("when a fault strikes", () => {
  it.each([
    [1, "xxxxxx"],
    [2, ".x.x.x"],
    [3, "..x..x"],
  ])("every %i calls", async (every, strikes) => {
    expect(await strikesOf(throttled({ every }).fake, 6)).toBe(strikes);
  });

  it("so many times, and then no more", async () => {
    expect(await strikesOf(throttled({ times: 2 }).fake, 6)).toBe("xx....");
  });

  it("never by a probability of 0", async () => {
    expect(await strikesOf(throttled({ probability: 0 }).fake, 20)).toBe(".".repeat(20));
  });

  it("always by a probability of 1", async () => {
    expect(await strikesOf(throttled({ probability: 1 }).fake, 20)).toBe("x".repeat(20));
  });

  it("about as often as its probability says", async () => {
    const strikes = await strikesOf(throttled({ probability: 0.25 }).fake, 400);
    const struck = strikes.replaceAll(".", "").length;
    expect([struck > 70, struck < 130]).toEqual([true, true]);
  });

  it("at the same calls with the same seed", async () => {
    const strikes = () => strikesOf(throttled({ probability: 0.5 }, { seed: 7 }).fake, 64);
    expect(await strikes()).toBe(await strikes());
  });

  it("at other calls with another seed", async () => {
    const strikes = (seed: number) => strikesOf(throttled({ probability: 0.5 }, { seed }).fake, 64);
    expect(await strikes(7)).not.toBe(await strikes(8));
  });

  it("at the same calls again after a reset", async () => {
    const { fake } = throttled({ probability: 0.5 });
    const before = await strikesOf(fake, 64);
    await fake.reset();
    fake.faults.throttle("ListCommands", { probability: 0.5 });
    expect(await strikesOf(fake, 64)).toBe(before);
  });

  it("without changing the ids of commands", async () => {
    const idAfter = async (probability: number) => {
      const { fake } = throttled({ probability });
      fake.nodes.add();
      await strikesOf(fake, 3);
      const sent = await fake.sendCommand({
        DocumentName: "AWS-RunShellScript",
        InstanceIds: ["i-00000000000000001"],
        Parameters: { commands: ["uptime"] },
      });
      return sent.Command?.CommandId;
    };
    expect(await idAfter(0.5)).toBe(await idAfter(0));
  });
});

describe("whom a fault strikes", () => {
  it("calls of its operation only", async () => {
    const { fake } = throttled({ every: 1 });
    expect((await fake.listCommandInvocations({})).CommandInvocations).toEqual([]);
  });

  it("calls of every operation with *", async () => {
    const fake = new FakeSsm();
    fake.faults.throttle("*", { every: 1 });
    const errors = await Promise.all(
      [fake.listCommands({}), fake.describeInstanceInformation({})].map(rejectionOf),
    );
    expect(errors).toMatchObject([
      { name: "ThrottlingException" },
      { name: "ThrottlingException" },
    ]);
  });

  it("counts calls of its own operation only", async () => {
    const { fake } = throttled({ every: 2 });
    await fake.listCommandInvocations({});
    expect(await strikesOf(fake, 2)).toBe(".x");
  });

  it("calls over objects and over a real client alike", async () => {
    const { fake } = throttled({ every: 2 });
    await fake.listCommands({});
    const error = await rejectionOf(
      fake.client({ maxAttempts: 1 }).send(new ListCommandsCommand({})),
    );
    expect(error).toMatchObject({ name: "ThrottlingException" });
  });

  it("one after the other when there are two", async () => {
    const { fake } = throttled({ times: 1 });
    fake.faults.internalError("ListCommands", { times: 1 });
    const errors = [
      await rejectionOf(fake.listCommands({})),
      await rejectionOf(fake.listCommands({})),
    ];
    expect(errors).toMatchObject([
      { name: "ThrottlingException" },
      { name: "InternalServerError" },
    ]);
  });
});

describe("a fault that is removed", () => {
  it("strikes no more", async () => {
    const { fake, remove } = throttled({ every: 1 });
    remove();
    expect(await strikesOf(fake, 3)).toBe("...");
  });

  it("leaves an equal one in its place", async () => {
    const { fake, remove } = throttled({ every: 1 });
    fake.faults.throttle("ListCommands", { every: 1 });
    remove();
    expect(await strikesOf(fake, 2)).toBe("xx");
  });

  it("can be removed again", async () => {
    const { fake, remove } = throttled({ every: 1 });
    remove();
    remove();
    expect(await strikesOf(fake, 1)).toBe(".");
  });

  it("does not count as unused", () => {
    const { fake, remove } = throttled({ every: 1 });
    remove();
    expect(fake.faults.unused()).toEqual([]);
  });
});

describe("unused()", () => {
  it("names every fault that has not struck", () => {
    const { faults } = new FakeSsm();
    faults.throttle("SendCommand", { times: 2 });
    faults.internalError("SendCommand", { times: 1 });
    faults.expireToken("ListCommands", { times: 1 });
    faults.denyAccess("CancelCommand", { times: 1 });
    faults.slow("*", { times: 1, by: "2s" });
    faults.resetConnection("ListCommands", { times: 1 });
    faults.breakBody("ListCommands", { times: 1 });
    faults.loseAnswer("SendCommand", { times: 1 });
    expect(faults.unused()).toEqual([
      "throttle SendCommand",
      "internalError SendCommand",
      "expireToken ListCommands",
      "denyAccess CancelCommand",
      "slow *",
      "resetConnection ListCommands",
      "breakBody ListCommands",
      "loseAnswer SendCommand",
    ]);
  });

  it("does not name one that has struck", async () => {
    const { fake } = throttled({ every: 1 });
    await strikesOf(fake, 1);
    expect(fake.faults.unused()).toEqual([]);
  });

  it("names one that was passed by", async () => {
    const { fake } = throttled({ every: 5 });
    await strikesOf(fake, 4);
    expect(fake.faults.unused()).toEqual(["throttle ListCommands"]);
  });

  it("names one that an earlier one left no calls", async () => {
    const { fake } = throttled({ every: 1 });
    fake.faults.denyAccess("ListCommands", { times: 1 });
    await strikesOf(fake, 3);
    expect(fake.faults.unused()).toEqual(["denyAccess ListCommands"]);
  });
});

describe("a bad when", () => {
  it.each<[unknown, string]>([
    [undefined, "at no time"],
    [{}, "at no time"],
    [{ every: 0 }, "{ every: 0 }"],
    [{ every: 1.5 }, "{ every: 1.5 }"],
    [{ every: undefined }, "at no time"],
    [{ times: 0 }, "{ times: 0 }"],
    [{ times: -1 }, "{ times: -1 }"],
    [{ times: Number.NaN }, "{ times: NaN }"],
    [{ probability: 1.1 }, "{ probability: 1.1 }"],
    [{ probability: -0.1 }, "{ probability: -0.1 }"],
    [{ probability: Number.NaN }, "{ probability: NaN }"],
    [{ every: 1, times: 2 }, "{ every: 1, times: 2 }"],
  ])("is refused in a sentence: %j", (when, said) => {
    expect(() => new FakeSsm().faults.throttle("SendCommand", when as FaultWhen)).toThrow(
      new RangeError(
        `The fault "throttle SendCommand" strikes ${said}. Say one of { every: N }, { times: N } with a whole number above zero, or { probability: P } from 0 to 1; or say in which window of time it strikes, alone or beside one of these: { from: "1m", until: "2m" }.`,
      ),
    );
  });

  it("of a slow answer is refused for its duration, too", () => {
    const slow = () => new FakeSsm().faults.slow("SendCommand", { every: 1, by: "2" as never });
    expect(slow).toThrow(
      'by of fake.faults.slow() is "2", which is not a duration. Write it with its unit (ms, s, m, h, d): "90s".',
    );
  });

  it("adds no fault", () => {
    const { faults } = new FakeSsm();
    expect(() => faults.throttle("SendCommand", { every: 0 })).toThrow(RangeError);
    expect(faults.unused()).toEqual([]);
  });
});

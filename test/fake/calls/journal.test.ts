import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { CallJournal, type Journal } from "../../../src/fake/calls/journal.ts";

const region = "us-east-1";

/** A journal of this size with so many entries, their `at` counted from 0. */
function aJournal(size: number, count: number) {
  const journal = new CallJournal(size);
  for (let at = 0; at < count; at++) {
    journal.record({ at, region, operation: "ListCommands", input: {} }, undefined);
  }
  return journal;
}

const instants = (journal: Journal) => journal.entries().map(({ at }) => at);

const SECRET = {
  DocumentName: "AWS-RunShellScript",
  Parameters: { commands: ["login --password hunter2"], workingDirectory: ["/srv"] },
};

function aSecretSend() {
  const journal = new CallJournal(10);
  journal.record({ at: 0, operation: "SendCommand", input: SECRET, region }, undefined);
  return journal;
}

describe("the journal", () => {
  it("has an entry for each call, oldest first", () => {
    expect(instants(aJournal(10, 3))).toEqual([0, 1, 2]);
  });

  it("says of a call when and what was asked", () => {
    const journal = new CallJournal(10);
    const input = { MaxResults: 1 };
    journal.record({ at: 7, region, operation: "ListCommands", input }, undefined);
    expect(journal.entries()).toEqual([
      { type: "call", at: 7, region, operation: "ListCommands", input },
    ]);
  });

  it("says of a refusal why, too", () => {
    const journal = new CallJournal(10);
    const refusal = { name: "InvalidInstanceId", message: "Instances not in a valid state" };
    journal.record({ at: 7, region, operation: "SendCommand", input: {} }, refusal);
    expect(journal.entries()).toEqual([
      { type: "refusal", at: 7, region, operation: "SendCommand", input: {}, ...refusal },
    ]);
  });

  it("says of a refusal what can be done about it, if the fake knows", () => {
    const journal = new CallJournal(10);
    const refusal = { name: "InvalidDocument", why: "The fake has no document X." };
    journal.record({ at: 7, region, operation: "SendCommand", input: {} }, refusal);
    expect(journal.entries()).toEqual([
      { type: "refusal", at: 7, region, operation: "SendCommand", input: {}, ...refusal },
    ]);
  });

  it("keeps the latest entries", () => {
    expect(instants(aJournal(3, 5))).toEqual([2, 3, 4]);
  });

  it("says how many it dropped", () => {
    expect(aJournal(3, 5).dropped).toBe(2);
  });

  it("has dropped nothing while there is room", () => {
    expect(aJournal(3, 3).dropped).toBe(0);
  });

  it("keeps the latest entries of very many", () => {
    const journal = aJournal(3, 5_000);
    expect([instants(journal), journal.dropped]).toEqual([[4_997, 4_998, 4_999], 4_997]);
  });

  it("keeps no more than about 32 MiB, whatever the size of what was asked", () => {
    const journal = new CallJournal(10_000);
    const input = { Comment: "x".repeat(1_000_000) };
    for (let at = 0; at < 100; at++) {
      journal.record({ at, region, operation: "SendCommand", input }, { name: "InvalidDocument" });
    }
    const kept = instants(journal);
    expect([kept.length, kept.at(-1), journal.dropped]).toEqual([16, 99, 84]);
  });

  it("counts messages and names of operations, too", () => {
    const journal = new CallJournal(10_000);
    const message = "x".repeat(1_000_000);
    for (let at = 0; at < 100; at++) {
      const call = { at, region, operation: at % 2 === 0 ? message : "SendCommand", input: {} };
      journal.record(call, { name: "ValidationException", message: at % 2 === 0 ? "" : message });
    }
    expect([instants(journal).length, journal.dropped]).toEqual([16, 84]);
  });

  it("counts small values as what they take in memory", () => {
    const journal = new CallJournal(10_000);
    const input = { Lists: Array.from({ length: 100_000 }, () => []) };
    for (let at = 0; at < 100; at++) {
      journal.record({ at, region, operation: "SendCommand", input }, undefined);
    }
    expect(instants(journal).length).toBeLessThan(7);
  });

  it("counts the reasons of refusals, too", () => {
    const journal = new CallJournal(10_000);
    const refusal = { name: "InvalidDocument", why: "x".repeat(1_000_000) };
    for (let at = 0; at < 100; at++) {
      journal.record({ at, region, operation: "SendCommand", input: {} }, refusal);
    }
    expect([instants(journal).length, journal.dropped]).toEqual([16, 84]);
  });

  it("counts faults, too", () => {
    const journal = new CallJournal(10_000);
    const input = { Comment: "x".repeat(1_000_000) };
    for (let at = 0; at < 100; at++) {
      journal.recordFault({ at, region, operation: "SendCommand", input, fault: "delay" });
    }
    expect([instants(journal).length, journal.dropped]).toEqual([16, 84]);
  });

  it("has room again for what was dropped", () => {
    const journal = new CallJournal(10_000);
    const large = { Comment: "x".repeat(16_700_000) };
    for (const input of [{}, {}, large, {}, {}]) {
      journal.record({ at: 0, region, operation: "SendCommand", input }, undefined);
    }
    expect([instants(journal).length, journal.dropped]).toEqual([5, 0]);
    journal.record({ at: 0, region, operation: "SendCommand", input: large }, undefined);
    expect([instants(journal).length, journal.dropped]).toEqual([3, 3]);
    for (let at = 1; at <= 100; at++) {
      journal.record({ at, region, operation: "SendCommand", input: {} }, undefined);
    }
    expect([instants(journal).length, journal.dropped]).toEqual([103, 3]);
  });

  it("keeps nothing of a single request that is larger than that, and counts it", () => {
    const journal = new CallJournal(10);
    const input = { Comment: "x".repeat(16_800_000) };
    journal.record({ at: 0, operation: "SendCommand", input, region }, undefined);
    expect([instants(journal), journal.dropped]).toEqual([[], 1]);
  });

  it("of size 0 keeps nothing and counts", () => {
    const journal = aJournal(0, 5);
    expect([instants(journal), journal.dropped]).toEqual([[], 5]);
  });

  it("hides the values of parameters and keeps their names", () => {
    expect(aSecretSend().entries()[0]?.input).toEqual({
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["(hidden)"], workingDirectory: ["(hidden)"] },
    });
  });

  it("shows the values of parameters when asked", () => {
    expect(aSecretSend().entries({ showParameters: true })[0]?.input).toEqual(SECRET);
  });

  it("does not change what was asked by hiding it", () => {
    aSecretSend().entries();
    expect(SECRET.Parameters.commands).toEqual(["login --password hunter2"]);
  });

  it("hides malformed parameters, too: they may be what was meant as a value", () => {
    const journal = new CallJournal(10);
    const input = { Parameters: "login --password hunter2" };
    journal.record({ at: 0, operation: "SendCommand", input, region }, undefined);
    expect(journal.entries()[0]?.input).toEqual({ Parameters: "(hidden)" });
  });

  it("hides parameters that are written with a small letter", () => {
    const journal = new CallJournal(10);
    const input = { parameters: { commands: ["login --password hunter2"] } };
    journal.record({ at: 0, operation: "SendCommand", input, region }, undefined);
    expect(journal.entries()[0]?.input).toEqual({ parameters: { commands: ["(hidden)"] } });
  });

  it.each([["a text"], [null], [undefined], [{ Parameters: null }]])(
    "takes what is not a request: %j",
    (input) => {
      const journal = new CallJournal(10);
      journal.record({ at: 0, operation: "SendCommand", input, region }, undefined);
      expect(journal.entries()[0]?.input).toEqual(input);
    },
  );

  it("forgets everything when cleared", () => {
    const journal = aJournal(3, 5);
    journal.clear();
    expect([instants(journal), journal.dropped]).toEqual([[], 0]);
  });

  it.each([-1, 1.5, Number.NaN])("is not made for %d entries", (size) => {
    expect(() => new CallJournal(size)).toThrow(
      `journalSize is ${size}. Give it how many entries to keep, a whole number.`,
    );
  });
});

describe("the entries of the journal one by one", () => {
  it("are the same as all at once", () => {
    const journal = aSecretSend();
    journal.record({ at: 1, operation: "ListCommands", input: {}, region }, { name: "X" });
    expect([...journal.each()]).toEqual(journal.entries());
  });

  it("never show the value of a parameter", () => {
    const said = JSON.stringify([...aSecretSend().each()]);
    expect([said.includes("commands"), said.includes("hunter2")]).toEqual([true, false]);
  });

  it("are those that were kept when the reader began, whatever comes meanwhile", () => {
    const journal = aJournal(3, 3);
    const seen: number[] = [];
    for (const { at } of journal.each()) {
      seen.push(at);
      journal.record({ at: 100 + at, region, operation: "ListCommands", input: {} }, undefined);
    }
    expect([seen, instants(journal)]).toEqual([
      [0, 1, 2],
      [100, 101, 102],
    ]);
  });

  it("are no copies of large inputs", () => {
    const journal = new CallJournal(10);
    const input = { Targets: [{ Key: "InstanceIds", Values: ["i-00000001"] }] };
    journal.record({ at: 0, region, operation: "SendCommand", input }, undefined);
    const [entry] = journal.each();
    expect([entry?.input === input, journal.entries()[0]?.input === input]).toEqual([true, false]);
  });
});

describe("the entries of a fake", () => {
  it('are those of one operation, or of all for "*"', async () => {
    const fake = new FakeSsm();
    await fake.listCommands({});
    await fake.listCommandInvocations({});
    const count = (...which: Parameters<typeof fake.journal.entries>) =>
      fake.journal.entries(...which).length;
    expect([count(), count("*"), count("ListCommands"), count({}), count("SendCommand")]).toEqual([
      2, 2, 1, 2, 0,
    ]);
    expect(() => count("ListComands" as never)).toThrow("Did you mean ListCommands?");
  });
});

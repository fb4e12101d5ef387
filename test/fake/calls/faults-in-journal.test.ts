import { ListCommandsCommand, SendCommandCommand } from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../../support/rejection.ts";

const NODE = "i-00000000000000001";
const REQUEST = { ...runShellScript("login hunter2"), InstanceIds: [NODE] };

/** The kinds and operations of the journal, in order. */
const told = (fake: FakeSsm) =>
  fake.journal.entries().map(({ type, operation }) => `${type} ${operation}`);

describe("the journal", () => {
  it("has every call, refusal and fault in order, with virtual time and what was asked", async () => {
    const fake = new FakeSsm({ latency: "instant" });
    const begun = fake.clock.now();
    fake.faults.resetConnection("ListCommands", { times: 1 });
    await rejectionOf(fake.listCommands({}));
    await fake.clock.advance("5s");
    await fake.listCommands({ MaxResults: 10 });
    await fake.clock.advance("5s");
    await rejectionOf(fake.listCommands({ MaxResults: 99 }));
    expect(fake.journal.entries()).toEqual([
      {
        type: "fault",
        at: begun,
        region: "us-east-1",
        operation: "ListCommands",
        input: {},
        fault: "resetConnection",
      },
      {
        type: "call",
        at: begun + 5_000,
        region: "us-east-1",
        operation: "ListCommands",
        input: { MaxResults: 10 },
      },
      {
        type: "refusal",
        at: begun + 10_000,
        region: "us-east-1",
        operation: "ListCommands",
        input: { MaxResults: 99 },
        name: "ValidationException",
        message: expect.stringContaining("Member must have value less than or equal to 50"),
      },
    ]);
  });

  it("has a fault for every attempt that was struck, and a call for the one that was not", async () => {
    const fake = new FakeSsm();
    fake.faults.throttle("ListCommands", { times: 2 });
    await fake.client().send(new ListCommandsCommand({}));
    expect(told(fake)).toEqual(["fault ListCommands", "fault ListCommands", "call ListCommands"]);
  });

  it("has the fault before the call when the call happens all the same", async () => {
    const fake = new FakeSsm();
    fake.faults.slow("ListCommands", { times: 1, by: "2s" });
    await fake.listCommands({});
    const [fault, call] = fake.journal.entries();
    expect([fault?.type, call?.type, call!.at - fault!.at]).toEqual(["fault", "call", 2_000]);
  });

  it.each([
    ["refuse", (fake: FakeSsm) => fake.faults.throttle("ListCommands", { times: 1 })],
    ["resetConnection", (fake: FakeSsm) => fake.faults.resetConnection("*", { times: 1 })],
    ["breakBody", (fake: FakeSsm) => fake.faults.breakBody("ListCommands", { times: 1 })],
    ["loseAnswer", (fake: FakeSsm) => fake.faults.loseAnswer("ListCommands", { times: 1 })],
  ])("says what the fault did: %s", async (fault, cause) => {
    const fake = new FakeSsm();
    cause(fake);
    await rejectionOf(fake.listCommands({}));
    expect(fake.journal.entries()[0]).toMatchObject({ type: "fault", fault });
  });

  it("says with which error a fault refused", async () => {
    const fake = new FakeSsm();
    fake.faults.denyAccess("ListCommands", { times: 1 });
    await rejectionOf(fake.listCommands({}));
    expect(fake.journal.entries()[0]).toMatchObject({
      fault: "refuse",
      name: "AccessDeniedException",
    });
  });

  it("names no error for a fault that is not a refusal", async () => {
    const fake = new FakeSsm();
    fake.faults.slow("ListCommands", { times: 1, by: "1s" });
    await fake.listCommands({});
    expect(fake.journal.entries()[0]).not.toHaveProperty("name");
  });

  it("has what handlers answered and refused", async () => {
    const fake = new FakeSsm();
    fake.on("ListCommands", () => ({ answer: { Commands: [] } }));
    fake.on("SendCommand", () => ({ refuse: { name: "InvalidRole", message: "Mine." } }));
    await fake.listCommands({});
    await rejectionOf(fake.sendCommand(REQUEST));
    expect(fake.journal.entries()).toMatchObject([
      { type: "call", operation: "ListCommands" },
      { type: "refusal", operation: "SendCommand", name: "InvalidRole", message: "Mine." },
    ]);
  });

  it("shows no parameter of a call, a refusal or a fault unless asked", async () => {
    const fake = new FakeSsm({ nodes: [{}] });
    fake.faults.throttle("SendCommand", { times: 1 });
    const client = fake.client();
    await client.send(new SendCommandCommand(REQUEST));
    fake.on("SendCommand", () => ({ refuse: { name: "InvalidRole" } }));
    await rejectionOf(client.send(new SendCommandCommand(REQUEST)));
    const shown = [
      JSON.stringify(fake.journal.entries()),
      JSON.stringify(fake.journal.entries({ showParameters: true })),
    ].map((text) => text.split("hunter2").length - 1);
    expect(shown).toEqual([0, 3]);
  });

  it("counts the time that calls take", async () => {
    const fake = new FakeSsm({ callTakes: "1s" });
    const begun = fake.clock.now();
    await fake.listCommands({});
    await fake.listCommands({});
    expect(fake.journal.entries().map(({ at }) => at - begun)).toEqual([1_000, 2_000]);
  });
});

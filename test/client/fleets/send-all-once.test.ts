import {
  KeyTakenError,
  type PartlySentError,
  RunCommandClient,
  runShellScript,
  type SentFleet,
} from "ssm-run-command";
import { describe, expect, it } from "vitest";
import { aFleet } from "./a-fleet.ts";

describe("sendAll() with a key", () => {
  const ONCE = { once: "deploy-1a2b" };

  it("marks each part, and finds all of them in one listing", async () => {
    const { fake, runCommand, request, sent, callsOf } = aFleet(120);
    const first = await runCommand.sendAll({ ...request, Comment: "nightly" }, ONCE);
    await fake.clock.advance("1m");
    const calls = callsOf("ListCommands");
    const second = await runCommand.sendAll({ ...request, Comment: "nightly" }, ONCE);

    expect(sent().map(({ Comment }) => Comment)).toEqual([
      "nightly [once:deploy-1a2b 1/3]",
      "nightly [once:deploy-1a2b 2/3]",
      "nightly [once:deploy-1a2b 3/3]",
    ]);
    expect([first.adopted, second.adopted, second.commandId]).toEqual([
      false,
      true,
      first.commandId,
    ]);
    expect(callsOf("ListCommands") - calls).toBe(1);
    expect((await second.waitForTerminal()).invocations.length).toBe(120);
  });

  it("sends only the parts that are not there yet", async () => {
    const { fake, runCommand, request, sent } = aFleet(170);
    const refuse = fake.on("SendCommand", () => {
      if (fake.records().length < 2) return undefined;
      return { refuse: { name: "InternalServerError", message: "" } };
    });
    const half = await runCommand.sendAll(request, ONCE).catch((error: PartlySentError) => error);
    expect(half).toMatchObject({ name: "PartlySentError" });
    refuse();
    await fake.clock.advance("1m");
    const again = await runCommand.sendAll(request, ONCE);
    expect(again.parts.map(({ adopted }) => adopted)).toEqual([true, true, false, false]);
    expect([again.adopted, sent().length]).toEqual([false, 4]);
  });

  it("does not mind in which order the ids are given", async () => {
    const { fake, runCommand, request, ids, sent } = aFleet(120);
    await runCommand.sendAll(request, ONCE);
    await fake.clock.advance("1m");
    const again = await runCommand.sendAll({ ...request, InstanceIds: [...ids].reverse() }, ONCE);
    expect([again.adopted, sent().length]).toEqual([true, 3]);
  });

  it.each([
    ["other parameters", 120, "./another.sh", "Parameters.commands"],
    ["fewer nodes in as many parts", 119, "./deploy.sh", "InstanceIds"],
    ["more nodes in more parts", 170, "./deploy.sh", "InstanceIds"],
    ["nodes for one command", 20, "./deploy.sh", "InstanceIds"],
  ])(
    "is a KeyTakenError of another request, and sends nothing: %s",
    async (_what, count, script, differs) => {
      const { fake, runCommand, request, ids, sent } = aFleet(170);
      await runCommand.sendAll({ ...request, InstanceIds: ids.slice(0, 120) }, ONCE);
      await fake.clock.advance("1m");
      const other = { ...runShellScript(script), InstanceIds: ids.slice(0, count) };
      const error: unknown = await runCommand
        .sendAll(other, ONCE)
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(KeyTakenError);
      expect((error as KeyTakenError).differs).toEqual([differs]);
      expect(sent().length).toBe(3);
    },
  );

  it.each([
    ["as many parts", 110],
    ["fewer parts", 60],
    ["one", 20],
    ["more parts", 170],
  ])("adopts what is there of other nodes, in %s, if it may", async (_what, count) => {
    const { fake, runCommand, request, ids, sent } = aFleet(170);
    const first = await runCommand.sendAll({ ...request, InstanceIds: ids.slice(0, 120) }, ONCE);
    await fake.clock.advance("1m");
    const other = { ...request, InstanceIds: ids.slice(0, count) };
    const fleet = await runCommand.sendAll(other, { ...ONCE, adoptOther: true });
    expect([fleet.adopted, fleet.commandId, sent().length]).toEqual([true, first.commandId, 3]);
  });

  it("adopts a part whose answer was lost", async () => {
    const { fake, runCommand, request, sent } = aFleet(120);
    fake.faults.loseAnswer("SendCommand", { times: 3 });
    const fleet: SentFleet = await runCommand.sendAll(request, ONCE);
    expect([fleet.adopted, sent().length]).toEqual([true, 3]);
    expect((await fleet.waitForTerminal()).kind).toBe("succeeded");
  });

  it("goes by the same rules over a plain RunCommandApi", async () => {
    const { fake, request, sent } = aFleet(120);
    const runCommand = new RunCommandClient(fake);
    await runCommand.sendAll(request, ONCE);
    await fake.clock.advance("1m");
    expect((await runCommand.sendAll(request, ONCE)).adopted).toBe(true);
    expect(sent().length).toBe(3);
  });
});

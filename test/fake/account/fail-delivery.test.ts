import { FakeSsm, hangs, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { nodeId, SCRIPT } from "../../contract/contract-account.ts";

/** A command on two nodes that runs on both. */
async function running() {
  const fake = new FakeSsm({ nodes: [{ behavior: hangs() }, { behavior: hangs() }] });
  const sent = await fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1), nodeId(2)] });
  await fake.clock.advance("1s");
  const Command = sent.Command!;
  const details = async () => {
    const { CommandInvocations } = await fake.listCommandInvocations(Command);
    return Object.fromEntries(
      CommandInvocations!.map(({ InstanceId, Status, StatusDetails }) => [
        InstanceId,
        `${Status}/${StatusDetails}`,
      ]),
    );
  };
  return { fake, Command, details };
}

describe("a delivery that fails", () => {
  it("ends an invocation that runs as Undeliverable, and no other", async () => {
    const { fake, details } = await running();
    expect((await details())[nodeId(1)]).toBe("InProgress/InProgress");
    fake.nodes.get(nodeId(1))!.failDelivery();
    expect(await details()).toEqual({
      [nodeId(1)]: "Failed/Undeliverable",
      [nodeId(2)]: "InProgress/InProgress",
    });
  });

  it("keeps the end whatever the node reports afterwards", async () => {
    const { fake, details } = await running();
    fake.nodes.get(nodeId(1))!.failDelivery();
    await fake.clock.advance("2h");
    expect((await details())[nodeId(1)]).toBe("Failed/Undeliverable");
  });

  it("leaves invocations that have ended as they are", async () => {
    const fake = new FakeSsm({ nodes: [{ behavior: succeeds() }] });
    const { Command } = await fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)] });
    await fake.clock.advance("1m");
    fake.nodes.get(nodeId(1))!.failDelivery();
    expect(await fake.listCommandInvocations(Command!)).toMatchObject({
      CommandInvocations: [{ StatusDetails: "Success" }],
    });
  });

  it("is of later commands too, until the node comes back", async () => {
    const fake = new FakeSsm({ nodes: [{ behavior: succeeds() }] });
    const node = fake.nodes.get(nodeId(1))!;
    const end = async () => {
      const { Command } = await fake.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)] });
      await fake.clock.advance("1m");
      const { CommandInvocations } = await fake.listCommandInvocations(Command!);
      return CommandInvocations![0]!.StatusDetails;
    };
    node.failDelivery();
    const ends = [await end()];
    node.comeBack();
    expect([...ends, await end()]).toEqual(["Undeliverable", "Success"]);
  });

  it("stands in the timeline", async () => {
    const { fake } = await running();
    fake.nodes.get(nodeId(1))!.failDelivery();
    expect(fake.timeline()).toMatch(/InProgress → Undeliverable/);
  });
});

import { tagTargets } from "ssm-run-command";
import { FakeSsm, type NodeOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../../support/rejection.ts";

const SCRIPT = { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["./deploy.sh"] } };
const [NODE, OTHER] = ["i-00000000000000001", "i-00000000000000002"];

/** Nodes with a command to all of them under way for ten seconds, and what can be seen of the command. */
async function underWay(...nodes: readonly NodeOptions[]) {
  const fake = new FakeSsm({ latency: "instant", nodes });
  const all = fake.nodes.list();
  const InstanceIds = all.map(({ instanceId }) => instanceId);
  const { Command } = await fake.sendCommand({ ...SCRIPT, InstanceIds });
  await fake.clock.advance("10s");
  const CommandId = Command?.CommandId ?? "";
  const detailOf = async (id: string) => {
    const { CommandInvocations = [] } = await fake.listCommandInvocations({ CommandId });
    return CommandInvocations.find(({ InstanceId }) => InstanceId === id)?.StatusDetails;
  };
  const command = async () => (await fake.listCommands({ CommandId })).Commands?.[0];
  return { fake, node: all[0]!, CommandId, detailOf, command };
}

const slow = { behavior: succeeds({ after: "30s", stdout: "deployed\n" }) };

describe("a node that is removed", () => {
  it("makes its open invocation Undeliverable", async () => {
    const { node, detailOf } = await underWay(slow);
    node.remove();
    expect(await detailOf(NODE)).toBe("Undeliverable");
  });

  it("makes an invocation that waits for it Undeliverable", async () => {
    const { node, detailOf } = await underWay({ agent: "unreachable" });
    node.remove();
    expect(await detailOf(NODE)).toBe("Undeliverable");
  });

  it("ends a command that waited for it alone", async () => {
    const { node, command } = await underWay(slow);
    node.remove();
    expect((await command())?.Status).toBe("Failed");
  });

  it("leaves the other nodes of the command alone", async () => {
    const { fake, node, detailOf } = await underWay(slow, slow);
    node.remove();
    await fake.clock.advance("20s");
    expect(await detailOf(OTHER)).toBe("Success");
  });

  it("stays Undeliverable when its process would have ended", async () => {
    const { fake, node, detailOf } = await underWay(slow);
    node.remove();
    await fake.clock.advance("1h");
    expect(await detailOf(NODE)).toBe("Undeliverable");
  });

  it("leaves what had ended on it readable", async () => {
    const { fake, node, CommandId } = await underWay({ behavior: succeeds({ stdout: "old\n" }) });
    node.remove();
    const past = await fake.getCommandInvocation({ CommandId, InstanceId: NODE });
    expect([past.Status, past.StandardOutputContent]).toEqual(["Success", "old\n"]);
  });

  it("is not known to later commands", async () => {
    const { fake, node } = await underWay(slow);
    node.remove();
    const send = fake.sendCommand({ ...SCRIPT, InstanceIds: [NODE] });
    expect((await refusalOf(send)).name).toBe("InvalidInstanceId");
  });

  it("is not chosen by later targets", async () => {
    const { fake, node } = await underWay({ ...slow, tags: { Role: "web" } });
    node.remove();
    await fake.sendCommand({ ...SCRIPT, Targets: tagTargets({ Role: "web" }) });
    expect((await fake.listCommands({})).Commands?.[0]?.TargetCount).toBe(0);
  });

  it("is neither found nor listed any more", async () => {
    const { fake, node } = await underWay(slow);
    node.remove();
    expect([fake.nodes.get(NODE), fake.nodes.list()]).toEqual([undefined, []]);
  });

  it("leaves its id to a new node, which gets no old command", async () => {
    const { fake, node, detailOf } = await underWay({ agent: "unreachable" });
    node.remove();
    fake.nodes.add({ instanceId: NODE, agent: "unreachable" }).comeBack();
    expect(await detailOf(NODE)).toBe("Undeliverable");
  });
});

describe("a node that goes offline", () => {
  it("goes on with what runs on it", async () => {
    const { fake, node, detailOf } = await underWay(slow);
    node.goOffline();
    await fake.clock.advance("20s");
    expect(await detailOf(NODE)).toBe("Success");
  });

  it("lets later commands wait", async () => {
    const { fake, node } = await underWay(slow);
    node.goOffline();
    await fake.sendCommand({ ...SCRIPT, InstanceIds: [NODE] });
    await fake.clock.advance("10s");
    expect((await fake.listCommandInvocations({})).CommandInvocations?.[0]?.StatusDetails).toBe(
      "Delayed",
    );
  });
});

describe("a node that comes back", () => {
  it("takes what waited for it", async () => {
    const { fake, node, detailOf } = await underWay({ ...slow, agent: "unreachable" });
    node.comeBack();
    await fake.clock.advance("30s");
    expect(await detailOf(NODE)).toBe("Success");
  });

  it("does not take what has expired", async () => {
    const { fake, node, detailOf } = await underWay({ agent: "unreachable" });
    await fake.clock.advance("2h");
    node.comeBack();
    expect(await detailOf(NODE)).toBe("DeliveryTimedOut");
  });
});

describe("a node that is tagged", () => {
  /** A command to a tag, whose targets become known a second later; the node is tagged in between. */
  async function taggedAfter(duration: "500ms" | "2s") {
    const fake = new FakeSsm({ nodes: [{}], latency: { targetExpansionDelay: "1s" } });
    await fake.sendCommand({ ...SCRIPT, Targets: tagTargets({ Role: "web" }) });
    await fake.clock.advance(duration);
    fake.nodes.list()[0]!.tag({ Role: "web" });
    await fake.clock.advance("10s");
    return (await fake.listCommands({})).Commands?.[0]?.TargetCount;
  }

  it("is chosen by a command whose targets are not known yet", async () => {
    expect(await taggedAfter("500ms")).toBe(1);
  });

  it("is not chosen by a command whose targets are known", async () => {
    expect(await taggedAfter("2s")).toBe(0);
  });

  it("loses a tag that is set to undefined", () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ tags: { Role: "web", Env: "prod" } }],
    });
    fake.nodes.list()[0]!.tag({ Env: undefined });
    expect(fake.nodes.list()[0]!.tags).toEqual({ Role: "web" });
  });
});

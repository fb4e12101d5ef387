import { expect, it } from "vitest";
import { describeOnWires, type Wired } from "../documents/describe-on-wires.ts";

async function statusOf({ ssm }: Wired, Target: string) {
  const { Status } = await ssm.getConnectionStatus({ Target });
  return Status;
}

describeOnWires("GetConnectionStatus", (open) => {
  it("says that a node is connected, and which", async () => {
    const { fake, ssm } = open();
    const { instanceId } = fake.nodes.add();
    const { Status, Target } = await ssm.getConnectionStatus({ Target: instanceId });
    expect({ Status, Target }).toEqual({ Status: "connected", Target: instanceId });
  });

  it("says that a node which does not exist is not connected", async () => {
    const { ssm } = open();
    const { Status, Target } = await ssm.getConnectionStatus({ Target: "i-00000000000000000" });
    expect({ Status, Target }).toEqual({ Status: "notconnected", Target: "i-00000000000000000" });
  });

  it.each([
    [{ agent: "unreachable" }],
    [{ agent: "undeliverable" }],
    [{ state: "stopped" }],
  ] as const)("says that a node with %j is not connected", async (options) => {
    const wired = open();
    const { instanceId } = wired.fake.nodes.add(options);
    expect(await statusOf(wired, instanceId)).toBe("notconnected");
  });

  it("follows a node that goes offline and comes back", async () => {
    const wired = open();
    const node = wired.fake.nodes.add();
    node.goOffline();
    const lost = await statusOf(wired, node.instanceId);
    node.comeBack();
    expect([lost, await statusOf(wired, node.instanceId)]).toEqual(["notconnected", "connected"]);
  });

  it("says that a node which was removed is not connected", async () => {
    const wired = open();
    const node = wired.fake.nodes.add();
    node.remove();
    expect(await statusOf(wired, node.instanceId)).toBe("notconnected");
  });
});

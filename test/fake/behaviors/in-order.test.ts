import { FakeSsm, fails, hangs, inOrder, reboots, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const REQUEST = { DocumentName: "AWS-RunShellScript", Parameters: { commands: ["./deploy.sh"] } };

/** Sends a command to all nodes, and returns the status on each, in the order of the nodes. */
async function statusesOfNext(fake: FakeSsm) {
  const InstanceIds = fake.nodes.list().map(({ instanceId }) => instanceId);
  const { Command } = await fake.sendCommand({ ...REQUEST, InstanceIds });
  const CommandId = Command?.CommandId ?? "";
  const { CommandInvocations = [] } = await fake.listCommandInvocations({ CommandId });
  const statusOn = (id: string) =>
    CommandInvocations.find((each) => each.InstanceId === id)?.Status;
  return InstanceIds.map(statusOn);
}

describe("inOrder", () => {
  it("is the first behavior in the first run, the second in the second", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: inOrder(fails(), succeeds()) }],
    });
    expect([await statusesOfNext(fake), await statusesOfNext(fake)]).toEqual([
      ["Failed"],
      ["Success"],
    ]);
  });

  it("repeats the last behavior", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: inOrder(succeeds(), fails()) }],
    });
    for (let run = 0; run < 4; run++) await statusesOfNext(fake);
    expect(await statusesOfNext(fake)).toEqual(["Failed"]);
  });

  it("counts for each node apart", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      behavior: inOrder(fails(), succeeds()),
      nodes: [{}],
    });
    await statusesOfNext(fake);
    fake.nodes.add();
    expect(await statusesOfNext(fake)).toEqual(["Success", "Failed"]);
  });

  it("counts each list of one node apart", async () => {
    const node = { behavior: inOrder(fails(), succeeds()) };
    const fake = new FakeSsm({ latency: "instant", nodes: [node] });
    await statusesOfNext(fake);
    fake.nodes.list()[0]!.behavior = inOrder(fails(), succeeds());
    expect(await statusesOfNext(fake)).toEqual(["Failed"]);
  });

  it("counts within itself, too", async () => {
    const often = inOrder(inOrder(fails(), hangs()), succeeds());
    const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior: often }] });
    expect([await statusesOfNext(fake), await statusesOfNext(fake)]).toEqual([
      ["Failed"],
      ["Success"],
    ]);
  });

  it("counts the run after a reboot as the next one", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: inOrder(reboots(), fails(), succeeds()) }],
    });
    expect([await statusesOfNext(fake), await statusesOfNext(fake)]).toEqual([
      ["Failed"],
      ["Success"],
    ]);
  });

  it("begins again with a reset", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      nodes: [{ behavior: inOrder(fails(), succeeds()) }],
    });
    await statusesOfNext(fake);
    await fake.reset();
    expect(await statusesOfNext(fake)).toEqual(["Failed"]);
  });

  it("of nothing is refused", () => {
    expect(() => inOrder()).toThrow(
      "inOrder() was given no behavior. Give it the one of the first run.",
    );
  });

  it("is checked as deep as it goes", () => {
    const behavior = inOrder(succeeds(), inOrder({ type: "exits", after: "90" as never }));
    expect(() => new FakeSsm({ latency: "instant", nodes: [{ behavior }] })).toThrow(
      'after of the behavior of i-00000000000000001 is "90", which is not a duration.',
    );
  });
});

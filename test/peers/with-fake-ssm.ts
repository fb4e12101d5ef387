import assert from "node:assert/strict";
import {
  assertSent,
  FakeSsm,
  type FakeSsmOptions,
  fails,
  hangs,
  succeeds,
} from "ssm-run-command/fake";
import type { MakeService, Suite } from "./suite.ts";

const tags = { Role: "web" };

function fakeAndService(makeService: MakeService, options: FakeSsmOptions = {}) {
  const fake = new FakeSsm(options);
  const service = makeService({
    connect: (config) => fake.client(config),
    sleep: (duration) => fake.clock.sleep(duration),
  });
  return { fake, service };
}

/** The same with a fake whose nodes take their time. */
export const withFakeSsm: Suite = {
  "sends the script to the role": async (makeService) => {
    const { fake, service } = fakeAndService(makeService, { nodes: [{ tags }] });
    await service.start("./deploy.sh", "web");
    assertSent(fake, {
      document: "AWS-RunShellScript",
      parameters: { commands: ["./deploy.sh"] },
      targets: [{ Key: "tag:Role", Values: ["web"] }],
    });
  },

  "finds the failed nodes on both pages": async (makeService) => {
    const { fake, service } = fakeAndService(makeService, { behavior: succeeds({ after: "30s" }) });
    const nodes = Array.from({ length: 60 }, () => fake.nodes.add({ tags }));
    const failing = [nodes[0]!, nodes[59]!];
    for (const node of failing) node.behavior = fails({ after: "90s" });
    const commandId = await service.start("./deploy.sh", "web");
    await service.end(commandId);
    const failed = await service.failedNodes(commandId);
    assert.deepEqual(
      [...failed].sort(),
      failing.map(({ instanceId }) => instanceId),
    );
  },

  "waits until a cancelled command is over": async (makeService) => {
    const { fake, service } = fakeAndService(makeService, {
      nodes: [{ tags, behavior: hangs() }],
      settings: { showCancelling: true },
      latency: { cancelLatency: "20s" },
    });
    const commandId = await service.start("./deploy.sh", "web");
    await fake.clock.sleep("1m"); // it runs
    assert.equal(await service.stop(commandId), "Cancelled");
  },

  "stops waiting for a command that timed out": async (makeService) => {
    const { service } = fakeAndService(makeService, { nodes: [{ tags, agent: "unreachable" }] });
    const commandId = await service.start("./deploy.sh", "web");
    assert.equal(await service.end(commandId), "TimedOut");
  },

  "reads the output": async (makeService) => {
    const { fake, service } = fakeAndService(makeService);
    const behavior = succeeds({ after: "90s", stdout: "deployed\n" });
    const { instanceId } = fake.nodes.add({ tags, behavior });
    const commandId = await service.start("./deploy.sh", "web");
    assert.equal(await service.output(commandId, instanceId), "deployed\n");
  },

  "gets through a throttled call": async (makeService) => {
    const { fake, service } = fakeAndService(makeService, { nodes: [{ tags }] });
    fake.faults.throttle("SendCommand", { times: 2 });
    await service.start("./deploy.sh", "web");
    assertSent(fake, { document: "AWS-RunShellScript" });
  },
};

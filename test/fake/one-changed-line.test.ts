import { SSM } from "@aws-sdk/client-ssm";
import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, hangs } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

/** Code of a service, as it runs in production: it knows nothing about fakes and clocks. */
async function deploy(runCommand: RunCommandClient) {
  const sent = await runCommand.send({
    ...runShellScript("./deploy.sh"),
    Targets: tagTargets({ Role: "web" }),
  });
  const { kind, invocations } = await sent.waitForTerminal();
  return { kind, nodes: invocations.map((each) => `${each.instanceId} ${each.kind}`) };
}

/** One node hangs into its execution time-out after an hour, one never answers and expires after two. */
const FLEET = {
  nodes: [
    { instanceId: "i-00000001", tags: { Role: "web" }, behavior: hangs() },
    { instanceId: "i-00000002", tags: { Role: "web" }, agent: "unreachable" as const },
  ],
};

describe.each([
  ["new RunCommandClient(fake)", (fake: FakeSsm) => new RunCommandClient(fake)],
  ["new RunCommandClient(fake.client())", (fake: FakeSsm) => new RunCommandClient(fake.client())],
  [
    "new RunCommandClient(new SSM(fake.clientConfig()))",
    (fake: FakeSsm) => new RunCommandClient(new SSM(fake.clientConfig())),
  ],
])("the same service with %s", (_, clientOf) => {
  it("has the same outcome", async () => {
    expect(await deploy(clientOf(new FakeSsm(FLEET)))).toEqual({
      kind: "failed",
      nodes: ["i-00000002 deliveryTimedOut", "i-00000001 executionTimedOut"],
    });
  });

  it("waits two virtual hours, and no longer beyond than the service and a poll are late", async () => {
    const fake = new FakeSsm(FLEET);
    const begun = fake.clock.now();
    await deploy(clientOf(fake));
    const hours = (fake.clock.now() - begun) / 3_600_000;
    expect([hours >= 2, hours <= 2 + (13 + 12) / 3_600]).toEqual([true, true]);
  });

  it("makes at most 760 calls in two hours", async () => {
    const fake = new FakeSsm(FLEET);
    await deploy(clientOf(fake));
    expect(fake.journal.entries().length).toBeLessThanOrEqual(760);
  });
});

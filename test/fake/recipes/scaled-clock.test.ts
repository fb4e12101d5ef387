import { RunCommandClient, runShellScript, scaledClock } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

/** Waits for a command of a minute on a clock on which it is over in a few real milliseconds. */
async function aMinute() {
  const nodes = [{ behavior: succeeds({ after: "1m" }) }];
  const fake = new FakeSsm({ nodes, clock: scaledClock(10_000) });
  const begun = fake.clock.now();
  const sent = await new RunCommandClient(fake.client()).send({
    ...runShellScript("./deploy.sh"),
    InstanceIds: ["i-00000000000000001"],
  });
  const { kind } = await sent.waitForTerminal();
  const elapsed = fake.clock.now() - begun;
  await fake.reset();
  return { kind, elapsed };
}

describe("a scaled clock", () => {
  it("takes a wait to its end", async () => {
    expect((await aMinute()).kind).toBe("succeeded");
  });

  it("lets as much time pass as the command takes", async () => {
    expect((await aMinute()).elapsed).toBeGreaterThanOrEqual(60_000);
  });
});

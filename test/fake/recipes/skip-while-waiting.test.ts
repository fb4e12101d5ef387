import { RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import { FakeSsm, succeeds } from "ssm-run-command/fake";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { realTime } from "../../../src/time/clock.ts";

/** Code under test: it waits, and knows nothing about clocks. */
async function deploy(runCommand: RunCommandClient) {
  const sent = await runCommand.send({
    ...runShellScript("./deploy.sh"),
    Targets: tagTargets({ Role: "web" }),
  });
  const { kind } = await sent.waitForTerminal();
  return kind;
}

const HOURS = 3_600_000;

/** A node that answers, and one that cannot be reached: the command expires after two hours. */
const FLEET = {
  nodes: [
    { tags: { Role: "web" }, behavior: succeeds({ after: "90s" }) },
    { tags: { Role: "web" }, agent: "unreachable" as const },
  ],
};

/** What watches it must not be taken for a timer of the next test. */
function aFake(): FakeSsm {
  const fake = new FakeSsm(FLEET);
  onTestFinished(() => fake.reset());
  return fake;
}

describe("a test that waits for an end and takes no time", () => {
  it("sees the end that comes after two hours", async () => {
    const fake = aFake();
    expect(await deploy(new RunCommandClient(fake))).toBe("deliveryTimedOut");
  });

  it("sees two hours pass", async () => {
    const fake = aFake();
    const begun = fake.clock.now();
    await deploy(new RunCommandClient(fake));
    expect(Math.floor((fake.clock.now() - begun) / HOURS)).toBe(2);
  });

  it("sets no real timer but the one that notices hangs, which keeps no process alive", async () => {
    const after = vi.spyOn(realTime, "after");
    await deploy(new RunCommandClient(aFake()));
    expect(after.mock.calls.map(([, , options]) => options)).toEqual([{ background: true }]);
  });
});

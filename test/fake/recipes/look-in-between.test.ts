import { RunCommandClient, runShellScript } from "ssm-run-command";
import { FakeSsm, succeeds, VirtualClock } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: ["i-00000000000000001"] };
const nodes = [{ behavior: succeeds({ after: "90s", stdout: "deployed\n" }) }];

describe("a look at the moments in between", () => {
  it("sees what is so after each advance", async () => {
    const fake = new FakeSsm({ nodes, latency: "instant" });
    await fake.sendCommand(REQUEST);
    const seen: (string | undefined)[] = [];
    for (const duration of ["89s", "1s"] as const) {
      await fake.clock.advance(duration);
      const { Commands } = await fake.listCommands({});
      seen.push(Commands?.[0]?.Status);
    }
    expect(seen).toEqual(["InProgress", "Success"]);
  });

  it("is possible while a waiter is pending, on a clock that does not skip", async () => {
    const fake = new FakeSsm({ nodes, clock: new VirtualClock({ skips: false }) });
    const sent = await new RunCommandClient(fake).send(REQUEST);
    const seen: string[] = [];
    const waiting = sent.waitForTerminal().then(({ kind }) => seen.push(kind));
    await fake.clock.advance("60s");
    seen.push((await fake.listCommands({})).Commands?.[0]?.Status ?? "");
    await fake.clock.advance("60s");
    await waiting;
    expect(seen).toEqual(["InProgress", "succeeded"]);
  });
});

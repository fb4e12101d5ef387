import { FakeSsm } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LooksInVain } from "../../../src/fake/calls/watches/looks-in-vain.ts";
import { realTime } from "../../../src/time/clock.ts";
import { hearWarnings } from "../../support/heard-warnings.ts";

const LOOK = { operation: "GetCommandInvocation", commandId: "c1", instanceId: "i-1" };

let real = 1_000;
beforeEach(() => {
  real = 1_000;
  vi.spyOn(realTime, "now").mockImplementation(() => real);
});
afterEach(() => vi.restoreAllMocks());

/** What is said of so many looks, which together take so long. */
function lookedAt(looks: readonly (typeof LOOK)[], { ms }: { readonly ms: number }) {
  const inVain = new LooksInVain(1_800);
  return looks.flatMap((look) => {
    real += ms / looks.length;
    return inVain.saw(look) ?? [];
  });
}

const times = (count: number) => Array.from({ length: count }, () => LOOK);

describe("looks at a command that is over", () => {
  it("are a loop when there are a thousand of them, and time has passed", () => {
    expect(lookedAt(times(2_000), { ms: 4_000 })[0]).toMatch(
      /^Command c1 is over, and GetCommandInvocation was called 1\d\d\d times since, for \d\.\d real seconds: the code waits for a status that the command does not get\./,
    );
  });

  it("are none when they are few, or quick", () => {
    expect(lookedAt(times(999), { ms: 60_000 })).toEqual([]);
    expect(lookedAt(times(5_000), { ms: 1_500 })).toEqual([]);
  });

  it("are none when each is at another node", () => {
    const looks = times(5_000).map((look, index) => ({ ...look, instanceId: `i-${index}` }));
    expect(lookedAt(looks, { ms: 60_000 })).toEqual([]);
  });

  it("begin again after a reset", () => {
    const inVain = new LooksInVain(0);
    for (let n = 0; n < 999; n++) inVain.saw(LOOK);
    inVain.clear();
    expect(inVain.saw(LOOK)).toBeUndefined();
  });

  it("are told once by a fake, by whichever code that never waits", async () => {
    const { texts } = hearWarnings();
    const fake = new FakeSsm({ nodes: [{ instanceId: "i-00000000000000001" }] });
    const { Command } = await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: ["i-00000000000000001"],
      Parameters: { commands: ["uptime"] },
    });
    await fake.clock.sleep("1s");
    const which = { CommandId: Command?.CommandId, InstanceId: "i-00000000000000001" };
    for (let n = 0; n < 2_500; n++) {
      real += 2;
      await fake.getCommandInvocation(which);
    }
    expect(texts).toEqual([
      expect.stringContaining("is over, and GetCommandInvocation was called"),
    ]);
  });
});

describe("code that calls and never waits", () => {
  it("lets the event loop have its turn: a real timer fires", async () => {
    const fake = new FakeSsm();
    let hasFired = false;
    setTimeout(() => {
      hasFired = true;
    }, 1);
    for (let n = 0; n < 20_000 && !hasFired; n++) await fake.listCommands({});
    expect(hasFired).toBe(true);
  });
});

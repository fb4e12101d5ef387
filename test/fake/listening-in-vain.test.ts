import { setTimeout as wait } from "node:timers/promises";
import { RunCommandClient, runShellScript, systemClock } from "ssm-run-command";
import { FakeSsm, type FakeSsmOptions, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import type { Clock } from "../../src/time/clock.ts";
import { hearWarnings } from "../support/heard-warnings.ts";

const NODE = "i-00000000000000001";
const REQUEST = { ...runShellScript("./deploy.sh"), InstanceIds: [NODE] };

/** A fake with a listener, the warnings so far, and a promise that is resolved by the first one. */
function listening<C extends Clock>(options: FakeSsmOptions<C> = {}) {
  const { texts: warnings, first } = hearWarnings();
  const behavior = succeeds({ after: "90s" });
  const fake = new FakeSsm<C>({ nodes: [{ behavior }], warnAfter: "5ms", ...options });
  const events: string[] = [];
  const remove = fake.notifications.on(({ kind }) => events.push(kind));
  return { fake, warnings, first, remove, events };
}

describe("a test that waits for a notification, and for nothing on the clock", () => {
  it("gets one warning that says so", async () => {
    const { fake, warnings, first } = listening();
    const { Command } = await fake.sendCommand(REQUEST);
    await first;
    await wait(20);
    expect(warnings).toEqual([
      `Somebody listens to notifications while command ${Command?.CommandId} is open, and virtual time has not moved for 0.0 real seconds: listening does not move it. Wait for the command (waitForTerminal of RunCommandClient), or call \`await fake.clock.advance(…)\`.`,
    ]);
  });

  it("gets it when an earlier command has ended, too", async () => {
    const { fake, warnings, first } = listening();
    await (await new RunCommandClient(fake).send(REQUEST)).waitForTerminal();
    await wait(20);
    expect(warnings).toEqual([]);
    await fake.sendCommand(REQUEST);
    await first;
    expect(warnings).toHaveLength(1);
  });
});

describe("no warning is given", () => {
  it.each<
    [why: string, act: (given: ReturnType<typeof listening>) => Promise<unknown> | undefined]
  >([
    ["while nothing was sent", () => undefined],
    [
      "when somebody waits on the clock",
      async ({ fake }) => (await new RunCommandClient(fake).send(REQUEST)).waitForTerminal(),
    ],
    [
      "when the listener is removed",
      async ({ fake, remove }) => {
        await fake.sendCommand(REQUEST);
        remove();
      },
    ],
    [
      "after a reset",
      async ({ fake }) => {
        await fake.sendCommand(REQUEST);
        await fake.reset();
      },
    ],
  ])("%s", async (_, act) => {
    const given = listening();
    await act(given);
    await wait(25);
    expect(given.warnings).toEqual([]);
  });

  it("on a clock that runs by itself", async () => {
    const { fake, warnings, events, remove } = listening({ clock: systemClock });
    await fake.sendCommand(REQUEST);
    await wait(25);
    expect([warnings, events]).toEqual([[], ["eventBridge", "eventBridge"]]);
    remove();
    await fake.reset();
  });
});

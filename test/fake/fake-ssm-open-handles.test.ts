import { systemClock } from "ssm-run-command";
import { FakeSsm, hangs } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const REQUEST = {
  DocumentName: "AWS-RunShellScript",
  InstanceIds: ["i-00000000000000001"],
  Parameters: { commands: ["uptime"] },
};

/** What keeps the process alive, other than the test runner's own. */
const open = () => process.getActiveResourcesInfo().toSorted();

/** What is open now. What was closed just now takes a turn or two to be gone. */
async function stillOpen() {
  for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
  return open();
}

describe("fakes that nobody closes", () => {
  it("leave nothing open, ten thousand of them with a command under way", async () => {
    const before = open();
    for (let made = 0; made < 10_000; made++) {
      const fake = new FakeSsm({ nodes: [{ behavior: hangs() }] });
      await fake.sendCommand(REQUEST);
    }
    expect(await stillOpen()).toEqual(before);
  });

  it("leave nothing open on the wall clock, either", async () => {
    const before = open();
    const fakes = [];
    for (let made = 0; made < 100; made++) {
      const fake = new FakeSsm({ clock: systemClock, nodes: [{ behavior: hangs() }] });
      await fake.sendCommand(REQUEST);
      await fake.listCommands({});
      fakes.push(fake);
    }
    expect(await stillOpen()).toEqual(before);
    for (const fake of fakes) await fake.reset();
  });

  it("leave nothing open behind a real client", async () => {
    const { ListCommandsCommand } = await import("@aws-sdk/client-ssm");
    const before = open();
    await new FakeSsm().client().send(new ListCommandsCommand({}));
    expect(await stillOpen()).toEqual(before);
  });

  it("leave nothing open when they were slept on", async () => {
    const before = open();
    await new FakeSsm().clock.sleep("30d");
    expect(await stillOpen()).toEqual(before);
  });
});

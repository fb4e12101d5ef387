import { spawn } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inVirtualTime } from "../../../src/fake/bubble/in-virtual-time.ts";
import { FakeSsm } from "../../../src/fake/fake-ssm.ts";
import { runsInShell } from "../../../src/fake/shell/runs-in-shell.ts";
import { VirtualClock } from "../../../src/time/virtual-clock.ts";
import { gate } from "../../support/gate.ts";
import { ManualRealTime } from "../../support/manual-real-time.ts";

const { setTimeout: realTimeout, setInterval: realInterval } = globalThis;
let said: string[] = [];

beforeEach(() => {
  said = [];
  vi.spyOn(console, "warn").mockImplementation((sentence) => void said.push(sentence));
});
afterEach(() => vi.restoreAllMocks());

/** Runs code that hangs in a bubble, lets real time pass, and lets the code go on. */
async function hang(
  ms: number,
  {
    run,
    clock = new VirtualClock(),
  }: { run: (end: Promise<void>) => unknown; clock?: VirtualClock },
): Promise<readonly string[]> {
  const real = new ManualRealTime();
  const { opened, open } = gate();
  const bubble = inVirtualTime({ clock }, () => run(opened));
  await real.pass(ms);
  open();
  await bubble;
  return said;
}

/** Does something again and again, until the end. */
async function repeatUntil(end: Promise<void>, step: () => Promise<unknown>): Promise<void> {
  let isOver = false;
  void end.then(() => {
    isOver = true;
  });
  while (!isOver) await step();
}

describe("a bubble that hangs says why within two real seconds, and once:", () => {
  it("a promise that nothing settles", async () => {
    expect(await hang(2_000, { run: (end) => end })).toEqual([
      expect.stringMatching(
        /^The function of inVirtualTime \(opened at .*bubble-watch\.test\.ts:\d+:\d+\) has not returned for 1\.7 real seconds, and none of its timers is pending: it awaits something from outside, a promise that nothing settles/,
      ),
    ]);
    expect(said).toHaveLength(1);
  });

  it("nothing before", async () => {
    expect(await hang(1_600, { run: (end) => end })).toEqual([]);
  });

  it("nothing more than that after it", async () => {
    expect(await hang(20_000, { run: (end) => end })).toHaveLength(1);
  });

  it("intervals that run on for ever", async () => {
    const run = async (end: Promise<void>) => {
      const interval = setInterval(() => {}, 1_000);
      await end;
      clearInterval(interval);
    };
    expect(await hang(2_000, { run })).toEqual([
      expect.stringContaining("nothing but intervals has run for 1.7 real seconds"),
    ]);
  });

  it("intervals that have ended, and nothing after them", async () => {
    const run = async (end: Promise<void>) => {
      let runs = 0;
      const interval = setInterval(() => {
        if (++runs === 3) clearInterval(interval);
      }, 1_000);
      await end;
    };
    expect(await hang(4_000, { run })).toEqual([
      expect.stringContaining("none of its timers is pending"),
    ]);
  });

  it("a loop from immediate to immediate", async () => {
    const run = async (end: Promise<void>) => {
      await repeatUntil(end, () => new Promise((resolve) => setImmediate(resolve)));
    };
    expect(await hang(60_000, { run })).toEqual([
      expect.stringMatching(/nothing but immediates has run for \d+\.\d real seconds/),
    ]);
  });

  it("a clock that nobody advances", async () => {
    const clock = new VirtualClock({ skips: false });
    const run = async (end: Promise<void>) => void (await Promise.race([sleep(5_000), end]));
    expect(await hang(2_000, { run, clock })).toEqual([
      expect.stringContaining("Somebody sleeps on a VirtualClock that does not skip"),
    ]);
  });

  it("faked timers inside", async () => {
    const run = async (end: Promise<void>) => {
      vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
      const sleeping = new Promise((resolve) => setTimeout(resolve, 5_000));
      await Promise.race([sleeping, end]);
      vi.useRealTimers();
    };
    expect(await hang(2_000, { run })).toEqual([
      expect.stringContaining("the code there has faked timers, which nobody advances"),
    ]);
  });

  it("a request that is never answered", async () => {
    const server = http.createServer(() => {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const run = async (end: Promise<void>) => {
      const request = http.get({ host: "127.0.0.1", port, path: "/never" }).on("error", () => {});
      await Promise.race([end, sleep(60_000)]);
      request.destroy();
    };
    expect(await hang(5_000, { run })).toEqual([
      expect.stringMatching(
        /^Inside inVirtualTime, a request \(GET 127\.0\.0\.1\/never\) has been under way for 1\.[78] real seconds, and virtual time goes no faster than the wall clock/,
      ),
    ]);
    server.close();
    server.closeAllConnections();
  });

  it("a child process that does not end, with its line", async () => {
    const run = async (end: Promise<void>) => {
      const child = spawn("sleep", ["60"]);
      await Promise.race([end, sleep(60_000)]);
      child.kill();
    };
    expect(await hang(5_000, { run })).toEqual([
      expect.stringMatching(
        /^Inside inVirtualTime, a child process \(sleep\), begun at .*bubble-watch\.test\.ts:\d+:\d+, has been under way for 1\.[78] real seconds/,
      ),
    ]);
  });
});

describe("work that does not end is named", () => {
  it("also while timers fire as real time passes", async () => {
    const run = async (end: Promise<void>) => {
      const child = spawn("sleep", ["60"]);
      await repeatUntil(end, () => Promise.race([end, sleep(1_000)]));
      child.kill();
    };
    expect(await hang(5_000, { run })).toEqual([
      expect.stringContaining("a child process (sleep), begun at"),
    ]);
  });
});

describe("a bubble says nothing while", () => {
  it("a response comes in pieces (real: 2 s)", async () => {
    const server = http.createServer((_, response) => {
      const interval = realInterval(() => response.write("piece"), 200);
      realTimeout(() => {
        clearInterval(interval);
        response.end();
      }, 2_000);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const text = await inVirtualTime({ clock: new VirtualClock() }, async () =>
      (await fetch(`http://127.0.0.1:${port}/`)).text(),
    );
    server.close();
    expect([text.length > 0, said]).toEqual([true, []]);
  });

  it("an interval polls a fake, however often", async () => {
    const fake = new FakeSsm();
    const run = async (end: Promise<void>) => {
      const interval = setInterval(() => void fake.listCommands({}), 1_000);
      await end;
      clearInterval(interval);
    };
    expect(await hang(5_000, { run, clock: fake.clock })).toEqual([]);
  });

  it("a bubble inside it is open, which has a watch of its own", async () => {
    const run = async (end: Promise<void>) => {
      await inVirtualTime({ clock: new VirtualClock() }, async () => {
        await repeatUntil(end, () => sleep(1_000));
      });
    };
    expect(await hang(5_000, { run })).toEqual([]);
  });

  it("its timers fire", async () => {
    const run = async (end: Promise<void>) => {
      await repeatUntil(end, () => sleep(1_000));
    };
    expect(await hang(5_000, { run })).toEqual([]);
  });

  it("code waits on the fake's clock", async () => {
    const clock = new VirtualClock();
    const run = async (end: Promise<void>) => {
      await repeatUntil(end, () => clock.sleep("1s"));
    };
    expect(await hang(5_000, { run, clock })).toEqual([]);
  });

  it("a shell of the fake runs (real: 2.2 s)", async () => {
    const fake = new FakeSsm({ behavior: runsInShell() });
    const { instanceId } = fake.nodes.add();
    const status = await inVirtualTime(fake, async () => {
      const { Command } = await fake.sendCommand({
        DocumentName: "AWS-RunShellScript",
        InstanceIds: [instanceId],
        Parameters: { commands: ["sleep 2.1"] },
      });
      for (;;) {
        await sleep(500);
        const CommandId = Command?.CommandId;
        const { Status } = await fake.getCommandInvocation({ CommandId, InstanceId: instanceId });
        if (Status !== "Pending" && Status !== "InProgress") return Status;
      }
    });
    expect(status).toBe("Success");
    expect(said).toEqual([]);
  });
});

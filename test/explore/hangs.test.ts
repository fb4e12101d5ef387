import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { Worker } from "node:worker_threads";
import {
  ListCommandsCommand,
  SendCommandCommand,
  type SendCommandCommandOutput,
} from "@aws-sdk/client-ssm";
import { runShellScript } from "ssm-run-command";
import { explore, type WorldArgument, type WrongWorld } from "ssm-run-command/explore";
import { describe, expect, it, vi } from "vitest";

const WORLD = { name: "a node", nodes: [{}] };
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function send({ ssm, target }: WorldArgument): Promise<SendCommandCommandOutput> {
  return ssm.send(new SendCommandCommand({ ...runShellScript("make"), ...target }));
}

async function only(run: (world: WorldArgument) => unknown): Promise<WrongWorld | undefined> {
  // What is allowed is not made smaller, which would take most of the time.
  const { allowed, wrong } = await explore(run, { worlds: [WORLD], allow: () => true });
  expect(wrong).toEqual([]);
  return allowed[0];
}

describe("A function hangs", () => {
  it("when it goes on for three hours after its command has ended", async () => {
    const entry = await only(async (world) => {
      await send(world);
      for (;;) {
        await pause(60_000);
        await world.ssm.send(new ListCommandsCommand({}));
      }
    });
    expect(entry).toMatchObject({ verdict: "hung", truth: "succeeded", got: undefined });
    expect(entry?.explain).toBe(
      "It did not return in the three hours after the command succeeded.",
    );
    // A poll takes 60.1 s.
    expect(entry?.calls).toBeGreaterThan(170);
    expect(entry?.calls).toBeLessThan(190);
  });

  it("when it goes on for three hours and has sent nothing", async () => {
    const entry = await only(() => new Promise(() => void setInterval(() => {}, 60_000)));
    expect(entry).toMatchObject({ verdict: "hung", truth: "none", calls: 0 });
    expect(entry?.explain).toContain("three hours after its start");
  });

  it("when it makes 5,000 calls after its command has ended", async () => {
    const entry = await only(async (world) => {
      await send(world);
      for (;;) {
        await pause(100);
        // A call of the fake itself counts as one through the SDK does, and is quicker.
        await world.fake.listCommands({});
      }
    });
    expect(entry).toMatchObject({ verdict: "hung" });
    expect(entry?.explain).toContain("5,000 calls after the command succeeded");
    expect(entry?.calls).toBeGreaterThanOrEqual(5_000);
    expect(entry?.calls).toBeLessThan(5_010);
  });

  it("when it makes 5,000 calls within ten minutes", async () => {
    const loop = async ({ fake }: WorldArgument) => {
      for (;;) await fake.listCommands({});
    };
    const entry = await only((world) => Promise.all([loop(world), loop(world)]));
    expect(entry).toMatchObject({ verdict: "hung", calls: 5_000 });
    expect(entry?.explain).toContain("5,000 calls within ten minutes");
  });

  it("when nothing is left that could wake it", async () => {
    const entry = await only(async (world) => {
      await send(world);
      await new Promise(() => {});
    });
    expect(entry).toMatchObject({ verdict: "hung", truth: "succeeded", calls: 1 });
    expect(entry?.explain).toContain("no timer, call or real work of it is left");
    expect(entry?.note).toBeUndefined();
  });

  it("when it goes on without time moving on", async () => {
    const entry = await only(async ({ fake }) => {
      for (;;) await fake.clock.sleep("0s").catch(() => {});
    });
    expect(entry).toMatchObject({ verdict: "hung" });
  });

  it("and is heard of no more: its signal is aborted, its calls and timers never settle", async () => {
    const went = vi.fn();
    let heard: boolean | undefined;
    const entry = await only(async (world) => {
      world.signal.addEventListener("abort", () => {
        heard = true;
        void pause(1).then(went);
        void world.ssm.send(new ListCommandsCommand({})).then(went);
      });
      void pause(20 * 3_600_000).then(went);
      await new Promise(() => void setInterval(() => {}, 60_000));
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(entry?.verdict).toBe("hung");
    expect(heard).toBe(true);
    expect(went).not.toHaveBeenCalled();
  });
});

describe("A function that heeds its signal", () => {
  it("gets no end of a timer or a call by it, either", async () => {
    const went = vi.fn();
    const entry = await only(async ({ ssm, fake, signal }) => {
      const list = new ListCommandsCommand({});
      sleep(10 * 3_600_000, undefined, { signal }).catch(went);
      fake.clock.sleep("10h", signal).catch(went);
      signal.addEventListener("abort", () => {
        sleep(1, undefined, { signal }).catch(went);
        fake.clock.sleep("1s", signal).catch(went);
        ssm.send(list, { abortSignal: signal }).catch(went);
      });
      for (;;) {
        await sleep(60_000, undefined, { signal }).catch(went);
        void ssm.send(list, { abortSignal: signal });
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(entry?.verdict).toBe("hung");
    expect(went).not.toHaveBeenCalled();
  });
});

describe("A function does not hang", () => {
  it("while a worker of it is at work", async () => {
    const entry = await only(async (world) => {
      await send(world);
      const worker = new Worker(
        "setTimeout(() => require('node:worker_threads').parentPort.postMessage(1), 50)",
        { eval: true },
      );
      await new Promise((resolve) => worker.once("message", resolve));
      await worker.terminate();
      await pause(60_000);
    });
    expect(entry).toBeUndefined();
  });

  it("while it waits for a notification of the fake alone", async () => {
    const entry = await only(async (world) => {
      const { fake } = world;
      const ended = new Promise<void>((resolve) => {
        fake.notifications.on((told) => {
          if (JSON.stringify(told).includes("Success")) resolve();
        });
      });
      await send(world);
      await ended;
    });
    expect(entry).toBeUndefined();
  });

  it("while real work of it is under way", async () => {
    const entry = await only(async (world) => {
      await send(world);
      await readFile(new URL(import.meta.url));
      await promisify(execFile)(process.execPath, ["-e", "setTimeout(() => {}, 30)"]);
      await pause(60_000);
    });
    expect(entry).toBeUndefined();
  });

  it("when it returns just before three hours are over", async () => {
    const entry = await only(async (world) => {
      await send(world);
      await pause(3 * 3_600_000 - 1_000);
    });
    expect(entry).toBeUndefined();
  });

  it("in the three hours after the end of a command that took hours itself", async () => {
    const offline = {
      name: "offline until it expires",
      nodes: [{ agent: "unreachable" }],
    } as const;
    const { wrong } = await explore(
      async (world) => {
        await send(world);
        // It expires after two hours: an hour to be delivered, and one to run.
        await pause(4.9 * 3_600_000);
        return "failed";
      },
      { worlds: [offline] },
    );
    expect(wrong).toEqual([]);
  });
});

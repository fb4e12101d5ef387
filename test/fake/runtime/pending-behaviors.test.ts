import { FakeSsm, hangs, type PluginRun, succeeds } from "ssm-run-command/fake";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { realTime } from "../../../src/time/clock.ts";
import { aFewTurns } from "../../support/event-loop.ts";
import { fakeRealTime } from "../../support/real-time.ts";
import { refusalOf, rejectionOf } from "../../support/rejection.ts";

const NODE = "i-00000000000000001";
const REQUEST = {
  DocumentName: "AWS-RunShellScript",
  InstanceIds: [NODE],
  Parameters: { commands: ["uptime"], executionTimeout: ["60"] },
};

/** A fake with one node of this behavior, and a command to it. */
async function aRun(behavior: NonNullable<ConstructorParameters<typeof FakeSsm>[0]>["behavior"]) {
  const fake = new FakeSsm({ latency: "instant", nodes: [{ behavior: behavior ?? succeeds() }] });
  const { Command } = await fake.sendCommand(REQUEST);
  const CommandId = Command?.CommandId ?? "";
  const look = () => fake.getCommandInvocation({ CommandId, InstanceId: NODE });
  const details = async () => (await look()).StatusDetails;
  return { fake, CommandId, look, details };
}

describe("a behavior that is a function", () => {
  it("decides by what it returns", async () => {
    const { look } = await aRun(() => succeeds({ stdout: "deployed\n" }));
    expect((await look()).StandardOutputContent).toBe("deployed\n");
  });

  it("receives what it runs, and where", async () => {
    const runs: PluginRun[] = [];
    const { look, CommandId } = await aRun((run) => {
      runs.push(run);
      return succeeds();
    });
    await look();
    expect(runs).toEqual([
      expect.objectContaining({
        node: expect.objectContaining({ instanceId: NODE, platform: "Linux", tags: {} }),
        commandId: CommandId,
        documentName: "AWS-RunShellScript",
        plugin: {
          name: "aws:runShellScript",
          action: "aws:runShellScript",
          inputs: {
            id: "0.aws:runShellScript",
            runCommand: ["uptime"],
            workingDirectory: "",
            timeoutSeconds: "60",
          },
        },
        script: "uptime\n",
      }),
    ]);
  });

  it("draws from the fake's seed", async () => {
    const draws: number[] = [];
    const draw = ({ random }: PluginRun) => {
      draws.push(random());
      return succeeds();
    };
    for (let time = 0; time < 2; time++) await (await aRun(draw)).look();
    expect(draws[0]).toBe(draws[1]);
  });

  it("that draws does not change the id of the next command", async () => {
    const idAfter = async (draws: number) => {
      const { fake, look } = await aRun(({ random }) => {
        for (let drawn = 0; drawn < draws; drawn++) random();
        return succeeds();
      });
      await look();
      return (await fake.sendCommand(REQUEST)).Command?.CommandId;
    };
    expect(await idAfter(3)).toBe(await idAfter(0));
  });

  it.each([
    [
      "throws",
      () => {
        throw new Error("Out of coffee.");
      },
    ],
    ["is rejected", () => Promise.reject(new Error("Out of coffee."))],
  ])("that %s makes the next call throw, with the node's name", async (_, behavior) => {
    const { look } = await aRun(behavior);
    expect((await refusalOf(look())).message).toBe(`The behavior of ${NODE} threw: Out of coffee.`);
  });

  it("that throws is the cause of what the next call throws", async () => {
    const cause = new Error("Out of coffee.");
    const { look } = await aRun(() => {
      throw cause;
    });
    expect(await rejectionOf(look())).toMatchObject({ cause });
  });

  it("that throws makes a real SSMClient throw the same", async () => {
    const { fake } = await aRun(() => {
      throw new Error("Out of coffee.");
    });
    const { ListCommandsCommand } = await import("@aws-sdk/client-ssm");
    const list = fake.client().send(new ListCommandsCommand({}));
    expect((await refusalOf(list)).message).toBe(`The behavior of ${NODE} threw: Out of coffee.`);
  });

  it("that throws makes one call throw, not the one after", async () => {
    const { look, details } = await aRun(() => {
      throw new Error("Out of coffee.");
    });
    await refusalOf(look());
    expect(await details()).toBe("InProgress");
  });

  it("that returns another behavior gets an error that says what to return", async () => {
    const { look } = await aRun(() => (() => succeeds()) as never);
    expect((await refusalOf(look())).message).toContain("Return plain data.");
  });

  it("that returns a duration without its unit gets an error that says so", async () => {
    const { look } = await aRun(() => ({ type: "exits", after: "90" as never }));
    expect((await refusalOf(look())).message).toContain(
      `after of the behavior of ${NODE} is "90", which is not a duration.`,
    );
  });
});

describe("a promise of a behavior", () => {
  /** A node whose behavior settles when the test says so. */
  async function aPromise() {
    let answer: (result: ReturnType<typeof succeeds>) => void = () => {};
    let signal: AbortSignal | undefined;
    const promised = new Promise<ReturnType<typeof succeeds>>((resolve) => {
      answer = resolve;
    });
    const run = await aRun((plugin) => {
      signal = plugin.signal;
      return promised;
    });
    return { ...run, answer, signal: () => signal };
  }

  it("makes a call wait for it", async () => {
    const { details, answer } = await aPromise();
    const seen = details();
    answer(succeeds());
    expect(await seen).toBe("Success");
  });

  it("holds time still", async () => {
    const { fake, look, answer } = await aPromise();
    const begun = fake.clock.now();
    const looked = look();
    const advanced = fake.clock.advance("1h");
    await aFewTurns();
    expect(fake.clock.now()).toBe(begun);
    answer(succeeds());
    await Promise.all([looked, advanced]);
  });

  it("lets time go on when it has settled", async () => {
    const { fake, look, answer } = await aPromise();
    const begun = fake.clock.now();
    const looked = look();
    const advanced = fake.clock.advance("1h");
    answer(succeeds());
    await Promise.all([looked, advanced]);
    expect(fake.clock.now() - begun).toBe(3_600_000);
  });

  it("counts from the start of the plugin, however long it took", async () => {
    const { fake, look, details, answer } = await aPromise();
    const looked = look();
    await aFewTurns();
    answer(succeeds({ after: "30s" }));
    await looked;
    await fake.clock.advance("30s");
    expect(await details()).toBe("Success");
  });

  it("learns from its signal that the fake is reset", async () => {
    const { fake, look, answer, signal } = await aPromise();
    const looked = look();
    await aFewTurns();
    const reset = fake.reset();
    answer(succeeds());
    await Promise.all([reset, looked.catch(() => undefined)]);
    expect(signal()?.aborted).toBe(true);
  });
});

describe("the warning about a promise that holds time still", () => {
  beforeEach(() => {
    fakeRealTime();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  const warningsAfter = async (
    ms: number,
    behavior: () => Promise<ReturnType<typeof succeeds>>,
  ) => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const { look } = await aRun(behavior);
    look().catch(() => undefined);
    await vi.advanceTimersByTimeAsync(ms);
    return warn.mock.calls.flat();
  };
  const never = () => new Promise<never>(() => {});

  it("comes after 1.8 real seconds, and says what to do", async () => {
    expect(await warningsAfter(1_800, never)).toEqual([
      `The behavior of ${NODE} has not returned for 1.8 real seconds, and virtual time stands still until it does. Return from it; if it waits for this fake or its clock, it waits for itself: return a result with \`after\`, or do not await. If it does real work, make it a behavior of type "inRealTime".`,
    ]);
  });

  it("comes once", async () => {
    expect(await warningsAfter(60_000, never)).toHaveLength(1);
  });

  it("does not come before", async () => {
    expect(await warningsAfter(1_799, never)).toEqual([]);
  });

  it("does not come when the behavior has settled", async () => {
    expect(await warningsAfter(60_000, async () => succeeds())).toEqual([]);
  });
});

describe("real work", () => {
  /** Work that takes a few real milliseconds, or until it is aborted. */
  const working = (realMs: number) => ({
    type: "inRealTime" as const,
    run: ({ signal }: PluginRun) =>
      new Promise<ReturnType<typeof succeeds>>((resolve) => {
        const stop = realTime.after(realMs, () => resolve(succeeds({ stdout: "worked\n" })));
        signal.addEventListener("abort", () => {
          stop();
          resolve(succeeds({ stdout: "half\n" }));
        });
      }),
  });

  /** Polls as a waiter does, until the invocation has ended. */
  async function ended({ fake, look }: Awaited<ReturnType<typeof aRun>>) {
    for (;;) {
      const shown = await look();
      if (shown.Status !== "InProgress") return shown;
      await fake.clock.sleep("1ms");
    }
  }

  it("is reported when it has ended", async () => {
    const run = await aRun(working(10));
    expect((await ended(run)).StandardOutputContent).toBe("worked\n");
  });

  it("makes virtual time flow, not skip", async () => {
    const run = await aRun(working(50));
    const begun = run.fake.clock.now();
    await ended(run);
    const passed = run.fake.clock.now() - begun;
    expect([passed >= 9, passed < 1_000]).toEqual([true, true]);
  });

  it("lets time skip again when it has ended", async () => {
    const run = await aRun(working(1));
    await ended(run);
    const begun = run.fake.clock.now();
    await run.fake.clock.sleep("1h");
    expect(run.fake.clock.now() - begun).toBe(3_600_000);
  });

  it("does not keep a call waiting", async () => {
    const run = await aRun(working(10));
    expect(await run.details()).toBe("InProgress");
    await ended(run);
  });

  it("is aborted by a cancel, and keeps what it had written", async () => {
    const run = await aRun(working(60_000));
    await run.look();
    await run.fake.cancelCommand({ CommandId: run.CommandId });
    const { StatusDetails, ResponseCode, StandardOutputContent } = await ended(run);
    expect([StatusDetails, ResponseCode, StandardOutputContent]).toEqual([
      "Cancelled",
      137,
      "half\n",
    ]);
  });

  it("is aborted at its execution time-out", async () => {
    const run = await aRun(working(60_000));
    await run.look();
    await run.fake.clock.advance("60s");
    const { StatusDetails, ResponseCode, StandardOutputContent } = await ended(run);
    expect([StatusDetails, ResponseCode, StandardOutputContent]).toEqual([
      "ExecutionTimedOut",
      137,
      "half\n",
    ]);
  });

  it("is aborted by a reset, which waits until it has ended", async () => {
    const run = await aRun(working(60_000));
    await run.look();
    await run.fake.reset();
    expect((await run.fake.listCommands({})).Commands).toEqual([]);
  });
});

describe("plain data", () => {
  it("asks for no work at all", async () => {
    const { fake, details } = await aRun(hangs());
    await fake.clock.advance("59s");
    expect(await details()).toBe("InProgress");
  });
});

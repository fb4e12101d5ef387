import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type AgentBehavior, FakeSsm, type PluginRun, succeeds } from "../../../src/fake/index.ts";

const GROUP = "/app";

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
});

afterEach(() => {
  vi.restoreAllMocks();
});

const said = () => vi.mocked(console.warn).mock.calls.map(([sentence]) => sentence);

/** A command to one node, whose output goes to a log group. */
async function sentTo(
  behavior: AgentBehavior,
  fake = new FakeSsm({ latency: "instant", warnAfter: "10ms" }),
) {
  const { instanceId } = fake.nodes.add({ behavior });
  const { Command } = await fake.sendCommand({
    DocumentName: "AWS-RunShellScript",
    InstanceIds: [instanceId],
    Parameters: { commands: ["true"] },
    CloudWatchOutputConfig: { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: GROUP },
  });
  const stream = `${Command?.CommandId}/${instanceId}/aws-runShellScript/stdout`;
  const logged = () => fake.logs.text(GROUP, stream);
  return { fake, instanceId, commandId: Command?.CommandId, logged };
}

/** Real work that goes on until the test ends it, and the run that it was given. */
function working(begin: (run: PluginRun) => unknown = () => {}) {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const runs: PluginRun[] = [];
  const behavior: AgentBehavior = {
    type: "inRealTime",
    run: async (run) => {
      runs.push(run);
      begin(run);
      await ended;
      return succeeds({ stdout: "one\ntwo\n" });
    },
  };
  return { behavior, end: () => end(), run: () => runs[0]! };
}

describe("what work shows of its output", () => {
  it("is logged from its first moment on", async () => {
    const { behavior, end } = working((run) => run.showOutput({ stdout: "one\n" }));
    const { fake, logged } = await sentTo(behavior);
    await fake.clock.advance("1s");
    expect(logged()).toBe("one\n");
    end();
    await fake.reset();
  });

  it("is logged again in each second in which there is more", async () => {
    const { behavior, end, run } = working((run) => run.showOutput({ stdout: "one\n" }));
    const { fake, logged } = await sentTo(behavior);
    await fake.clock.advance("1s");
    run().showOutput({ stdout: "one\ntwo\n" });
    await fake.clock.advance("1s");
    expect(logged()).toBe("one\ntwo\n");
    end();
    await fake.reset();
  });

  it("is ignored when the work has ended", async () => {
    const { behavior, end, run } = working();
    const { fake, logged } = await sentTo(behavior);
    await fake.clock.advance("1s");
    end();
    await fake.clock.sleep("1s");
    run().showOutput({ stdout: "one\ntwo\nthree\n" });
    await fake.clock.advance("2s");
    expect(logged()).toBe("one\ntwo");
  });

  it("is ignored after a reset", async () => {
    const { behavior, end, run } = working();
    const { fake, logged } = await sentTo(behavior);
    await fake.clock.advance("1s");
    const shows = run().showOutput;
    end();
    await fake.reset();
    shows({ stdout: "ghost\n" });
    await fake.clock.advance("2s");
    expect(logged()).toBeUndefined();
  });

  it.each<[unknown, string]>([
    [undefined, "showOutput() was given undefined. Give it { stdout, stderr }."],
    ["one", 'showOutput() was given "one". Give it { stdout, stderr }.'],
    [["one"], "showOutput() was given one. Give it { stdout, stderr }."],
    [{ stdot: "one" }, "showOutput() was given stdot. Give it { stdout, stderr }."],
    [{ stdout: 5 }, "showOutput() was given 5 as stdout. Give it the text so far"],
    [{ stderr: null }, "showOutput() was given null as stderr. Give it the text so far"],
  ])("is refused where it is no output: %j", async (given, message) => {
    let thrown: unknown;
    const { fake } = await sentTo((run) => {
      try {
        run.showOutput(given as object);
      } catch (error) {
        thrown = error;
      }
      return succeeds();
    });
    await fake.clock.advance("1s");
    expect(String(thrown)).toContain(`TypeError: ${message}`);
  });
});

describe("what work warns of", () => {
  it("is said on the console once, and stands in the timeline of each node", async () => {
    const behavior = (run: PluginRun) => {
      run.warn("The disk is\n full.");
      run.warn("The disk is full.");
      return succeeds();
    };
    const { fake } = await sentTo(behavior);
    await sentTo(behavior, fake);
    await fake.clock.advance("1s");
    const notes = fake.timeline().match(/note +The disk is full\.$/gm);
    expect([said(), notes?.length]).toEqual([["The disk is full."], 2]);
  });

  it("is said again after a reset", async () => {
    const { fake } = await sentTo((run) => {
      run.warn("The disk is full.");
      return succeeds();
    });
    await fake.clock.advance("1s");
    await fake.reset();
    await sentTo((run) => {
      run.warn("The disk is full.");
      return succeeds();
    }, fake);
    await fake.clock.advance("1s");
    expect(said()).toEqual(["The disk is full.", "The disk is full."]);
  });

  it("has an end, on the console and in the timeline", async () => {
    const { fake } = await sentTo((run) => {
      for (let count = 0; count < 3_000; count++) run.warn(`Disk ${count} is full.`);
      return succeeds();
    });
    await fake.clock.advance("1s");
    expect([said().length, said().at(-1), fake.timeline().match(/ note /g)?.length]).toEqual([
      ...[1_001, "More is in the timeline of the fake.", 1_001],
    ]);
  });
});

describe("what work keeps for the end of the fake", () => {
  const keeping = (keep: (run: PluginRun) => void) =>
    sentTo((run) => {
      keep(run);
      return succeeds();
    });

  it("is done once, each time that it was kept, but for what was withdrawn", async () => {
    const done = vi.fn();
    const { fake } = await keeping((run) => {
      run.whenFakeEnds(done);
      run.whenFakeEnds(done);
      run.whenFakeEnds(done)();
    });
    await fake.clock.advance("1s");
    await fake.reset();
    await fake.reset();
    expect(done).toHaveBeenCalledTimes(2);
  });

  it("is done with what is kept meanwhile", async () => {
    const done = vi.fn();
    const { fake } = await keeping((run) => {
      run.whenFakeEnds(() => {
        run.whenFakeEnds(done);
      });
    });
    await fake.clock.advance("1s");
    await fake.reset();
    expect(done).toHaveBeenCalledOnce();
  });

  it("is done to the last, and all that failed is thrown", async () => {
    const errors = [new Error("one"), new Error("two")];
    const done = vi.fn();
    const { fake } = await keeping((run) => {
      run.whenFakeEnds(() => Promise.reject(errors[0]));
      run.whenFakeEnds(() => {
        throw errors[1];
      });
      run.whenFakeEnds(done);
    });
    await fake.clock.advance("1s");
    const thrown = await fake.reset().catch((error: unknown) => error);
    expect(thrown).toEqual(expect.objectContaining({ errors }));
    expect(done).toHaveBeenCalledOnce();
  });

  it("is waited for, and a warning says so", async () => {
    let release = () => {};
    const { fake } = await keeping((run) => {
      run.whenFakeEnds(
        () =>
          new Promise<void>((resolve) => {
            release = resolve;
          }),
      );
    });
    await fake.clock.advance("1s");
    const reset = fake.reset();
    await vi.waitFor(() => expect(said()).toHaveLength(1));
    release();
    await reset;
    expect(said()).toEqual([
      "What a behavior keeps for the end of the fake (whenFakeEnds) has not come to its end for 0.0 real seconds, and reset() waits for it.",
    ]);
  });

  it("is a function", async () => {
    const { fake } = await keeping((run) => run.whenFakeEnds(5 as unknown as () => void));
    await fake.clock.advance("1s");
    await expect(fake.listCommands({})).rejects.toThrow(
      "whenFakeEnds() was given 5. Give it a function.",
    );
    await fake.reset();
  });
});

import { FakeSsm, type PluginRun, reboots, succeeds } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const NODE = "i-00000000000000001";

const GREETING = {
  schemaVersion: "2.2",
  parameters: { name: { type: "String" }, greeting: { type: "String", default: "Hello" } },
  mainSteps: [
    {
      name: "greet",
      action: "aws:runShellScript",
      inputs: { runCommand: ["echo '{{ greeting }}, {{ name }}'"], timeoutSeconds: "60" },
    },
  ],
};

/** The runs that a behavior receives while a document runs on a node; `answer` gives the result of each. */
async function runsOf(
  answer: (run: PluginRun) => ReturnType<typeof succeeds> | ReturnType<typeof reboots> = () =>
    succeeds(),
  { seed = 1 } = {},
) {
  const runs: PluginRun[] = [];
  const fake = new FakeSsm({
    seed,
    nodes: [
      {
        platform: "MacOS",
        tags: { Role: "web" },
        behavior: (run) => {
          runs.push(run);
          return answer(run);
        },
      },
    ],
  });
  await fake.documents.add("greeting", GREETING);
  const Parameters = { name: ["Ada"] };
  const { Command } = await fake.sendCommand({
    DocumentName: "greeting",
    InstanceIds: [NODE],
    Parameters,
  });
  await fake.clock.advance("1h");
  return { runs, fake, commandId: Command?.CommandId };
}

describe("a function receives", () => {
  it("the node, with its platform and its tags", async () => {
    const { runs } = await runsOf();
    expect(runs[0]?.node).toEqual({
      instanceId: NODE,
      platform: "MacOS",
      platformName: "macOS",
      platformVersion: "14.5",
      tags: { Role: "web" },
    });
  });

  it("the command and the document", async () => {
    const { runs, commandId } = await runsOf();
    expect([runs[0]?.commandId, runs[0]?.documentName]).toEqual([commandId, "greeting"]);
  });

  it("the plugin and its inputs, with parameters and their defaults put in", async () => {
    const { runs } = await runsOf();
    expect(runs[0]?.plugin).toEqual({
      name: "greet",
      action: "aws:runShellScript",
      inputs: { runCommand: ["echo 'Hello, Ada'"], timeoutSeconds: "60" },
    });
  });

  it("the script that the agent would write to a file", async () => {
    const { runs } = await runsOf();
    expect(runs[0]?.script).toBe("echo 'Hello, Ada'\n");
  });

  it("the attempt, counted over reboots", async () => {
    const { runs } = await runsOf(({ attempt }) => (attempt < 3 ? reboots() : succeeds()));
    expect(runs.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
  });

  it("a signal, which is not aborted at first", async () => {
    const { runs } = await runsOf();
    expect(runs[0]?.signal.aborted).toBe(false);
  });
});

describe("the random numbers of a function", () => {
  const drawn = async (seed: number) => {
    const { runs } = await runsOf(({ attempt }) => (attempt < 5 ? reboots() : succeeds()), {
      seed,
    });
    return runs.map((run) => run.random());
  };

  it("are the same for the same seed", async () => {
    expect(await drawn(7)).toEqual(await drawn(7));
  });

  it("are others for another seed", async () => {
    expect(await drawn(7)).not.toEqual(await drawn(8));
  });

  it("are at least 0 and below 1", async () => {
    const { runs } = await runsOf();
    const many = Array.from({ length: 1_000 }, () => runs[0]!.random());
    expect(many.filter((value) => value < 0 || value >= 1)).toEqual([]);
  });

  it("decide what happens, the same twice", async () => {
    const timeline = async () => {
      const { fake } = await runsOf(({ random }) => succeeds({ after: `${random() * 30}s` }));
      return fake.timeline();
    };
    expect(await timeline()).toBe(await timeline());
  });
});

import {
  type FakeSsm,
  fails,
  hangs,
  inOrder,
  type PluginResult,
  type PluginRun,
  reboots,
  succeeds,
} from "ssm-run-command/fake";
import { runsInShell } from "ssm-run-command/fake/node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { content, scriptStep } from "../documents/a-document.ts";
import { ended, type RanStep, ranSteps, sendDocument } from "./sent-document.ts";

const ERRORS = "\n----------ERROR-------\n";

/** The steps of a document that is sent to one node, which does what the behavior says. */
const stepsOf = (
  mainSteps: readonly object[],
  {
    schemaVersion = "2.2",
    ...node
  }: {
    readonly behavior?: PluginResult;
    readonly platform?: "Linux" | "Windows" | "MacOS";
    readonly schemaVersion?: "2.0" | "2.2";
  } = {},
): Promise<readonly RanStep[]> =>
  ranSteps({ documents: { Deploy: { ...content({ mainSteps }), schemaVersion } }, node });

const installs = (inputs: object) => ({
  name: "install",
  action: "aws:configurePackage",
  inputs,
});

describe("a plugin that runs no script", () => {
  it("writes what its behavior says, and nothing else", async () => {
    const inputs = { name: "AmazonCloudWatchAgent", action: "Install" };
    const behavior = fails({ exitCode: 3, stderr: "no such package" });
    expect(await stepsOf([installs(inputs)], { behavior })).toEqual([
      { name: "install", detail: "Failed", exitCode: 3, output: `${ERRORS}no such package` },
    ]);
  });

  it("fails in the agent's words when its inputs are wrong, whatever its behavior says", async () => {
    const behavior = succeeds();
    expect(await stepsOf([installs({ action: "Install" })], { behavior })).toEqual([
      {
        ...{ name: "install", detail: "Failed", exitCode: 1 },
        output: `${ERRORS}invalid input: empty name field\n`,
      },
    ]);
  });
});

describe("a step whose inputs the agent refuses", () => {
  const refused = (more: object = {}) =>
    scriptStep({ name: "broken", inputs: { runCommand: "true", ...more } });

  it("fails, and the next step runs", async () => {
    const ran = await stepsOf([refused(), scriptStep({ name: "next" })]);
    expect(ran.map(({ detail, exitCode }) => [detail, exitCode])).toEqual([
      ["Failed", 1],
      ["Success", 0],
    ]);
  });

  it("ends the document with onFailure", async () => {
    const ran = await stepsOf([refused({ onFailure: "exit" }), scriptStep({ name: "next" })]);
    expect(ran[1]?.output).toBe(
      "Plugin with name aws:runShellScript and id next skipped due to prior step with an exit condition",
    );
  });

  it("is no obstacle to the last step with finallyStep", async () => {
    const last = scriptStep({ name: "last", inputs: { runCommand: ["x"], finallyStep: "true" } });
    const behavior = succeeds({ stdout: "cleaned" });
    const ran = await stepsOf([refused({ onFailure: "exit" }), last], { behavior });
    expect(ran[1]?.output).toBe("cleaned");
  });
});

// [agent-cases]
describe("PowerShell on Linux", () => {
  const powerShell = scriptStep({ name: "ps", action: "aws:runPowerShellScript" });

  it("does what the behavior says", async () => {
    const behavior = succeeds({ stdout: "7.4" });
    expect(await stepsOf([powerShell], { behavior })).toMatchObject([{ output: "7.4" }]);
  });

  it("fails as the agent says where the behavior does not start it", async () => {
    const reason = "fork/exec /usr/bin/pwsh: no such file or directory";
    const behavior = { type: "notStarted", reason } as const;
    expect(await stepsOf([powerShell], { behavior })).toEqual([
      {
        ...{ name: "ps", detail: "Failed", exitCode: 1 },
        output: `${ERRORS}failed to run commands: ${reason}`,
      },
    ]);
  });
});

describe("a node with macOS", () => {
  it("has no plugin that downloads, which is skipped", async () => {
    const inputs = { sourceType: "S3", sourceInfo: "{}" };
    const download = { name: "get", action: "aws:downloadContent", inputs };
    expect(await stepsOf([download, scriptStep()], { platform: "MacOS" })).toMatchObject([
      {
        ...{ detail: "Success", exitCode: 0 },
        output:
          "Step execution skipped due to unsupported plugin: aws:downloadContent. Step name: get",
      },
      { detail: "Success" },
    ]);
  });
});

describe("an empty list of properties", () => {
  it("is a step that has nothing to do", async () => {
    const documents = {
      Old: { schemaVersion: "1.2", runtimeConfig: { "aws:runShellScript": { properties: [] } } },
    };
    const node = { behavior: fails({ exitCode: 7 }) };
    expect(await ranSteps({ documents, node })).toEqual([
      { name: "aws:runShellScript", detail: "Success", exitCode: 0, output: "" },
    ]);
  });
});

describe("runsInShell() on a plugin without a script", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("succeeds, and warns once about it", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const step = installs({ name: "AmazonCloudWatchAgent", action: "Install" });
    const documents = { Deploy: content({ mainSteps: [step, { ...step, name: "again" }] }) };
    const ran = await ranSteps({ documents, node: { behavior: runsInShell() } });
    expect(ran.map(({ detail }) => detail)).toEqual(["Success", "Success"]);
    expect(warn).toHaveBeenCalledOnce();
  });
});

/** A document of schema 1.2 whose one plugin has these entries. */
const oldWith = (...properties: readonly unknown[]) => ({
  schemaVersion: "1.2",
  runtimeConfig: { "aws:runShellScript": { properties } },
});

describe("the entries of a plugin in schema 1.2", () => {
  const entry = (more: object = {}) => ({ id: "0.a", runCommand: ["x"], ...more });

  it("append to the same files where they have the same id, and each shows the whole file", async () => {
    const documents = { Old: oldWith(entry(), entry()) };
    const node = { behavior: succeeds({ stdout: "o" }) };
    expect(await ranSteps({ documents, node })).toMatchObject([{ output: "o\noo" }]);
  });

  it("that a cancel keeps from starting show what lies in their files", async () => {
    const documents = { Old: oldWith(entry(), entry(), entry({ id: "1.a" })) };
    const ran = await ranSteps({
      documents,
      node: { behavior: hangs({ stdout: "o" }) },
      then: (fake, CommandId) => fake.cancelCommand({ CommandId }),
    });
    expect(ran).toMatchObject([{ detail: "Cancelled", exitCode: 137, output: "o\no\n" }]);
  });

  it.each([
    ["fails", ["7", "194"], { detail: "Failed", exitCode: 7 }],
    ["fails behind it", ["194", "7"], { detail: "Failed", exitCode: 194 }],
    ["ends the document", ["168", "194"], { detail: "Success", exitCode: 168 }],
    ["runs into its time-out", ["137", "194"], { detail: "ExecutionTimedOut", exitCode: 137 }],
  ])("do not reboot the node where another one %s", async (_, codes, ended) => {
    const entries = codes.map((code) => entry({ id: code, runCommand: [code] }));
    const asked = vi.fn(({ script = "" }: PluginRun) => fails({ exitCode: Number(script) }));
    const ran = await ranSteps({
      documents: { Old: oldWith(...entries) },
      node: { behavior: asked },
    });
    expect([ran, asked.mock.calls.length]).toMatchObject([[ended], 2]);
  });

  it("reboot the node when all have ended, and all run again", async () => {
    const scripts: string[] = [];
    const behavior = ({ script = "", attempt }: PluginRun) => {
      scripts.push(`${script.trim()} ${attempt}`);
      return script === "a\n" && attempt === 1
        ? reboots({ stdout: "a;" })
        : succeeds({ stdout: `${script.trim()}!` });
    };
    const documents = {
      Old: oldWith(entry({ runCommand: ["a"] }), entry({ id: "1.a", runCommand: ["b"] })),
    };
    const ran = await ranSteps({ documents, node: { behavior } });
    expect(scripts).toEqual(["a 1", "b 1", "a 2", "b 2"]);
    expect(ran).toMatchObject([{ detail: "Success", exitCode: 0, output: "a;a!\nb!b!" }]);
  });

  it("reboot once for all, and each runs again as the behavior has named it", async () => {
    const behavior = reboots({ stdout: "r;", then: succeeds({ stdout: "up;" }) });
    const documents = { Old: oldWith(entry(), entry({ id: "1.a" })) };
    const ran = await ranSteps({ documents, node: { behavior } });
    expect(ran).toMatchObject([{ detail: "Success", output: "r;up;\nr;up;" }]);
  });

  it("run again as the behavior has named it for each, though they share a folder", async () => {
    const then = succeeds({ stdout: "then;" });
    const behavior = inOrder(
      succeeds({ stdout: "a;" }),
      reboots({ stdout: "b;", then }),
      succeeds({ stdout: "a again;" }),
      fails(),
    );
    const ran = await ranSteps({
      documents: { Old: oldWith(entry(), entry()) },
      node: { behavior },
    });
    expect(ran).toMatchObject([{ output: "a;b;a again;\na;b;a again;then;" }]);
  });

  it("leave no file where the agent cannot read their id", async () => {
    const documents = { Old: oldWith("bad", { runCommand: ["x"] }) };
    const [ran] = await ranSteps({ documents, node: { behavior: succeeds({ stdout: "o" }) } });
    expect(ran).toMatchObject({
      ...{ detail: "Failed", exitCode: 1 },
      output: `o${ERRORS}Invalid format in plugin properties bad;\nerror json: cannot unmarshal string into Go value of type struct { ID string }\n\n`,
    });
  });
});

describe("a step that a cancel keeps from running again after a reboot", () => {
  const documents = { Deploy: content({ mainSteps: [scriptStep()] }) };
  const cancelled = async (fake: FakeSsm, CommandId: string) => {
    await fake.clock.advance("1m");
    await fake.cancelCommand({ CommandId });
  };

  it("shows what it had written before it, and has uploaded it", async () => {
    const node = { behavior: reboots({ stdout: "before", takes: "5m" }) };
    const sent = await sendDocument({ documents, node, bucket: "output", then: cancelled });
    expect((await ended(sent)).CommandPlugins).toMatchObject([
      { StatusDetails: "Cancelled", ResponseCode: 1, Output: "before" },
    ]);
    const { objects } = sent.fake;
    const uploaded = objects.list("output").map((key) => objects.get("output", key));
    expect(uploaded).toEqual(["before"]);
  });

  it("is not heard of any more once the agent has given it up", async () => {
    const sent = await sendDocument({ documents, node: { behavior: reboots() }, then: cancelled });
    await sent.fake.clock.advance("2h");
    const { CommandPlugins, StatusDetails } = await ended(sent);
    expect([StatusDetails, CommandPlugins?.[0]?.ResponseCode]).toEqual(["DeliveryTimedOut", -1]);
  });
});

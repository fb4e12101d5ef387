import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { FakeSsm, type NodeOptions } from "../../../src/fake/index.ts";
import { runsInShell } from "../../../src/fake/node.ts";
import { RunCommandClient } from "../../../src/index.ts";
import { eachInFolder } from "../../support/temporary-folder.ts";
import { isRunning, markIn } from "./a-script-run.ts";

let folder: string;

eachInFolder((made) => {
  folder = made;
});

interface Sending {
  readonly document: object;
  readonly others?: Readonly<Record<string, object>>;
  readonly parameters?: Record<string, string[]>;
  readonly node?: NodeOptions;
  readonly stored?: Readonly<Record<string, string>>;
}

/** What the first step of a document writes, and the ids of its command and its node. */
async function outputOf({ document, others = {}, parameters, node = {}, stored = {} }: Sending) {
  const fake = new FakeSsm({
    latency: "instant",
    region: "eu-west-1",
    behavior: runsInShell({ folder }),
  });
  const { instanceId } = fake.nodes.add(node);
  for (const [name, value] of Object.entries(stored)) fake.parameters.set(name, value);
  for (const [name, other] of Object.entries(others)) await fake.documents.add(name, other);
  await fake.documents.add("Own-Document", document);
  const sent = await new RunCommandClient(fake).send({
    DocumentName: "Own-Document",
    InstanceIds: [instanceId],
    ...(parameters && { Parameters: parameters }),
  });
  await sent.waitForTerminal();
  const { CommandInvocations } = await fake.listCommandInvocations({
    ...{ CommandId: sent.commandId, Details: true },
  });
  const { Output = "" } = CommandInvocations![0]!.CommandPlugins![0]!;
  return {
    text: Output,
    lines: Output.trimEnd().split("\n"),
    commandId: sent.commandId,
    instanceId,
  };
}

function stepOf(runCommand: readonly string[], inputs: object = {}, name = "step") {
  return { name, action: "aws:runShellScript", inputs: { runCommand, ...inputs } };
}

describe("a script knows its surroundings", () => {
  it("by the variables of the agent, which its step cannot change", async () => {
    const environment = { AWS_SSM_REGION_NAME: "mars-1", SSM_COMMAND_ID: "mine", STAGE: "test" };
    const step = stepOf(['env | grep -E "SSM|STAGE" | sort'], { environment });
    const { lines, commandId, instanceId } = await outputOf({
      document: { schemaVersion: "2.2", mainSteps: [step] },
      node: { platformName: "Debian GNU/Linux", platformVersion: "12" },
    });
    expect(lines).toEqual([
      `AWS_SSM_INSTANCE_ID=${instanceId}`,
      "AWS_SSM_PLATFORM_NAME=Debian GNU/Linux",
      "AWS_SSM_PLATFORM_VERSION=12",
      "AWS_SSM_REGION_NAME=eu-west-1",
      `SSM_COMMAND_ID=${commandId}`,
      "STAGE=test",
    ]);
  });

  it("by the path of its file, with the id of its entry in schema 1.2", async () => {
    const { text, commandId, instanceId } = await outputOf({
      document: {
        schemaVersion: "1.2",
        runtimeConfig: {
          "aws:runShellScript": {
            properties: [{ id: "0.aws:runShellScript", runCommand: ['echo "$0"'] }],
          },
        },
      },
    });
    const path = `${instanceId}/document/orchestration/${commandId}/awsrunShellScript/0.awsrunShellScript/_script.sh`;
    expect(text.slice(folder.length)).toMatch(new RegExp(`^/ssm-run-command-\\w+/${path}\n$`));
  });

  it.each([
    ["install", "install"],
    ["../../../../../../up", "............up"],
    ["..", "_"],
  ])(
    "by the path of its file, with the name of its step in schema 2.2: %s",
    async (name, shown) => {
      const { text } = await outputOf({
        document: { schemaVersion: "2.2", mainSteps: [stepOf(['echo "$0"'], {}, name)] },
      });
      expect(text).toMatch(new RegExp(`^${folder}/.*/awsrunShellScript/${shown}/_script.sh\n$`));
    },
  );

  it("by the path of its file, below that of the step that runs its document", async () => {
    const { text } = await outputOf({
      document: {
        schemaVersion: "2.2",
        mainSteps: [
          {
            ...{ name: "outer", action: "aws:runDocument" },
            inputs: { documentType: "SSMDocument", documentPath: "Inner-Document" },
          },
        ],
      },
      others: {
        "Inner-Document": {
          schemaVersion: "2.2",
          mainSteps: [stepOf(['echo "$0"'], {}, "inner")],
        },
      },
    });
    expect(text).toMatch(/\/awsrunDocument\/outer\/awsrunShellScript\/inner\/_script.sh\n$/);
  });
});

describe("a parameter with interpolationType ENV_VAR", () => {
  const interpolationType = "ENV_VAR";
  const mainSteps = [stepOf(['echo "[$SSM_message]"'])];

  it.each([
    [
      "a string as it is, whatever stands in it",
      "String",
      ["$(date) \"quoted\" 'it'\n`ls`"],
      "[$(date) \"quoted\" 'it'\n`ls`]\n",
    ],
    ["a list as JSON", "StringList", ["a <b>", 'c"'], '[["a \\u003cb\\u003e","c\\""]]\n'],
    ["a boolean as it was sent", "Boolean", ["true"], "[true]\n"],
    ["a value of Parameter Store", "String", ["{{ ssm:greeting }}"], "[hello]\n"],
  ])("is a variable that holds %s", async (_, type, message, expected) => {
    const { text } = await outputOf({
      document: {
        schemaVersion: "2.2",
        parameters: { message: { type, interpolationType } },
        mainSteps,
      },
      parameters: { message: [...message] },
      stored: { greeting: "hello" },
    });
    expect(text).toBe(expected);
  });

  it("wins over a variable of that name that the step states", async () => {
    const message = { type: "String", default: "parameter", interpolationType };
    const environment = { SSM_message: "step" };
    const steps = [stepOf(['echo "[$SSM_message]"'], { environment })];
    const { text } = await outputOf({
      document: { schemaVersion: "2.2", parameters: { message }, mainSteps: steps },
    });
    expect(text).toBe("[parameter]\n");
  });

  it("holds its default, and still stands for its placeholder", async () => {
    const message = { type: "String", default: "by default", interpolationType };
    const steps = [stepOf(['echo "[$SSM_message] {{ message }}"'])];
    const { text } = await outputOf({
      document: { schemaVersion: "2.2", parameters: { message }, mainSteps: steps },
    });
    expect(text).toBe("[by default] by default\n");
  });

  it.each([
    ["in schema 2.0", { schemaVersion: "2.0", interpolationType }],
    ["without the type", { schemaVersion: "2.2" }],
  ])("is none %s", async (_, { schemaVersion, ...spec }) => {
    const message = { type: "String", default: "by default", ...spec };
    const { text } = await outputOf({
      document: { schemaVersion, parameters: { message }, mainSteps },
    });
    expect(text).toBe("[]\n");
  });
});

describe("a reset", () => {
  it("ends a script that runs, and its children wherever they are", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      behavior: runsInShell({ folder: join(folder, "scripts") }),
    });
    const { instanceId } = fake.nodes.add({});
    const child = `setsid sh -c 'echo $$ > ${folder}/child; exec sleep 60' >/dev/null 2>&1 &`;
    await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [instanceId],
      Parameters: { commands: [child, `echo $$ > ${folder}/script`, "sleep 60"] },
    });
    void fake.clock.advance("1ms");
    const pids = [await markIn(`${folder}/script`), await markIn(`${folder}/child`)];
    await fake.reset();
    expect([pids.map(isRunning), readdirSync(join(folder, "scripts"))]).toEqual([
      [false, false],
      [],
    ]);
  });

  it("throws what a behavior could not end, when all else is done", async () => {
    const fake = new FakeSsm({
      latency: "instant",
      behavior: {
        type: "inRealTime",
        run: async (run) => {
          run.whenFakeEnds(() => Promise.reject(new Error("The container is still there.")));
          return { type: "exits" };
        },
      },
    });
    const { instanceId } = fake.nodes.add({});
    await fake.sendCommand({
      DocumentName: "AWS-RunShellScript",
      InstanceIds: [instanceId],
      Parameters: { commands: ["true"] },
    });
    await fake.clock.sleep("10ms");
    await expect(fake.reset()).rejects.toThrow("The container is still there.");
    expect((await fake.listCommands({})).Commands).toEqual([]);
    await expect(fake.reset()).resolves.toBeUndefined();
  });
});

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FakeSsm } from "ssm-run-command/fake";
import { FleetFileError, readFleet } from "ssm-run-command/fake/node";
import { describe, expect, it, onTestFinished } from "vitest";
import type { FleetOptions } from "../../../src/fake/fleet/fleet-file.ts";
import { rejectionOf } from "../../support/rejection.ts";

const DOCUMENT = `schemaVersion: "2.2"
mainSteps:
  - name: deploy
    action: aws:runShellScript
    inputs: { runCommand: [./deploy.sh] }
`;

/** The fleet of a file with this content; beside it lie the files that are named. */
async function fleetOf(
  text: string,
  {
    files = {},
    ...options
  }: FleetOptions & { readonly files?: Readonly<Record<string, string>> } = {},
) {
  const folder = await mkdtemp(join(tmpdir(), "fleet-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const file = join(folder, "fleet.yaml");
  await writeFile(file, text);
  return { fleet: readFleet(file, options), file };
}

/** The mistakes in a fleet file, each as "LINE: what". */
async function mistakesOf(...args: Parameters<typeof fleetOf>): Promise<readonly string[]> {
  const { fleet, file } = await fleetOf(...args);
  const error = await rejectionOf(fleet);
  if (!(error instanceof FleetFileError)) throw error;
  return error.mistakes.map((mistake) => mistake.replace(`${file}:`, ""));
}

const nodesOf = async (...args: Parameters<typeof fleetOf>) =>
  (await (await fleetOf(...args)).fleet).nodes;

describe("the nodes of a fleet file", () => {
  it("are node options, word for word", async () => {
    const text = `nodes:
  - instanceId: i-00000000000000001
    tags: { Role: web, Env: prod }
    platform: Windows
    platformName: Microsoft Windows Server 2019 Datacenter
    platformVersion: 10.0.17763
    name: web-1
    ipAddress: 10.0.0.5
    computerName: web-1.example.com
    agentVersion: 3.2.2303.0
    iamRole: Web
    agent: unreachable
    state: stopped
    access: denied
    logs: denied
    behavior: { type: exits, after: 2s, stdout: "hello\\n", exitCode: 7 }
`;
    expect(await nodesOf(text)).toEqual([
      {
        instanceId: "i-00000000000000001",
        tags: { Role: "web", Env: "prod" },
        platform: "Windows",
        platformName: "Microsoft Windows Server 2019 Datacenter",
        platformVersion: "10.0.17763",
        name: "web-1",
        ipAddress: "10.0.0.5",
        computerName: "web-1.example.com",
        agentVersion: "3.2.2303.0",
        iamRole: "Web",
        agent: "unreachable",
        state: "stopped",
        access: "denied",
        logs: "denied",
        behavior: { type: "exits", after: "2s", stdout: "hello\n", exitCode: 7 },
      },
    ]);
  });

  it("may be hybrid ones, with how they were registered", async () => {
    const text = `nodes:
  - instanceId: mi-00000000000000001
    name: db-1
    activationId: 58dc667c-ead7-43e8-88f0-e6f4b3ea4fca
    registrationDate: 2024-01-01
`;
    const nodes = await nodesOf(text);
    expect(new FakeSsm({ nodes }).nodes.list()[0]).toMatchObject({
      name: "db-1",
      activationId: "58dc667c-ead7-43e8-88f0-e6f4b3ea4fca",
      registrationDate: "2024-01-01",
    });
  });

  it("may have clocks that are off", async () => {
    const nodes = await nodesOf("nodes: [{ clockSkew: 90s }, { clockSkew: -90s }, {}]");
    const skews = new FakeSsm({ nodes }).nodes.list().map(({ clockSkew }) => clockSkew);
    expect(skews).toEqual(["90s", "-90s", "0s"]);
  });

  it("may be written in JSON, with tabs", async () => {
    const text = JSON.stringify({ nodes: [{ tags: { Role: "web" } }] }, undefined, "\t");
    expect(await nodesOf(text)).toEqual([
      { instanceId: "i-00000000000000001", tags: { Role: "web" } },
    ]);
  });

  it("are as many as they count, with ids in order around those that are given", async () => {
    const text = "nodes: [{ count: 2 }, { instanceId: i-00000000000000002 }, {}]";
    const ids = (await nodesOf(text)).map(({ instanceId }) => instanceId);
    expect(ids).toEqual([
      "i-00000000000000001",
      "i-00000000000000003",
      "i-00000000000000002",
      "i-00000000000000004",
    ]);
  });

  it("may be none", async () => {
    expect(await nodesOf("{}")).toEqual([]);
  });

  it.each([
    "{ type: hangs, stdout: a, writes: [{ at: 1s, stderr: b }], killTakes: 500ms }",
    "{ type: killed, signal: killed, after: 3s }",
    "{ type: reboots, after: 5s, takes: 90s, then: { type: exits } }",
    "{ type: neverReplies }",
    "{ type: byPlugin, behaviors: { install: { type: hangs } }, otherwise: { type: exits } }",
    "{ type: byDocument, behaviors: { AWS-UpdateSSMAgent: { type: exits, exitCode: 1 } } }",
    "{ type: inOrder, runs: [{ type: hangs }, { type: inOrder, runs: [{ type: exits }] }] }",
  ])("have a behavior that a fake takes: %s", async (behavior) => {
    const nodes = await nodesOf(`nodes: [{ behavior: ${behavior} }]`);
    const node = new FakeSsm({ nodes }).nodes.list()[0];
    expect(node?.behavior).toEqual(nodes[0]?.behavior);
  });

  it.each([
    "{ type: shell, shell: /bin/bash, cwd: /tmp, env: { type: shell } }",
    "{ type: inOrder, runs: [{ type: byPlugin, behaviors: { a: { type: shell } } }] }",
  ])("run in a shell when that is allowed: %s", async (behavior) => {
    const nodes = await nodesOf(`nodes: [{ behavior: ${behavior} }]`, { allowShell: true });
    expect(JSON.stringify(nodes[0]?.behavior)).toContain('"type":"inRealTime"');
  });
});

describe("the documents of a fleet file", () => {
  it("are read from files beside it", async () => {
    const text = "documents: [{ name: Deploy-App, file: ./deploy.yaml }]";
    const { fleet } = await fleetOf(text, { files: { "deploy.yaml": DOCUMENT } });
    expect((await fleet).documents).toEqual([{ name: "Deploy-App", content: DOCUMENT }]);
  });

  it("are checked as the service checks them", async () => {
    const text = "documents:\n  - name: Deploy-App\n    file: ./deploy.yaml\n";
    expect(await mistakesOf(text, { files: { "deploy.yaml": "mainSteps: []" } })).toEqual([
      expect.stringMatching(
        /^3: documents\[0\]\.file is \.\/deploy\.yaml, which cannot be used: .*\.$/,
      ),
    ]);
  });

  it("that do not exist are a mistake", async () => {
    expect(await mistakesOf("documents: [{ name: Deploy-App, file: none.yaml }]")).toEqual([
      expect.stringMatching(/^1: documents\[0\]\.file is none\.yaml, which cannot be used: ENOENT/),
    ]);
  });
});

describe("a mistake", () => {
  it.each([
    [
      "a word that is not allowed",
      "nodes:\n  - agent: offline\n",
      '2: nodes[0].agent is "offline". Allowed: online, unreachable, undeliverable.',
    ],
    [
      "an unknown member",
      "nodes:\n  - tag: { Role: web }\n",
      '2: nodes[0] has an unknown member "tag". Allowed: instanceId, tags, platform, platformName, platformVersion, name, ipAddress, computerName, agentVersion, iamRole, activationId, registrationDate, clockSkew, behavior, agent, state, access, logs, objects, count.',
    ],
    [
      "an unknown member of the file",
      "fleet: []\n",
      '1: The file has an unknown member "fleet". Allowed: nodes, documents.',
    ],
    [
      "a duration without its unit",
      "nodes:\n  - behavior:\n      type: exits\n      after: 2\n",
      "4: nodes[0].behavior.after is 2. Allowed: a duration with its unit (ms, s, m, h or d), such as 90s, in quotes.",
    ],
    [
      "an exit code that is a string",
      'nodes:\n  - behavior: { type: exits, exitCode: "7" }\n',
      '2: nodes[0].behavior.exitCode is "7". Allowed: a whole number.',
    ],
    [
      "a tag that YAML reads as a number",
      "nodes:\n  - tags:\n      Version: 1.10\n",
      "3: nodes[0].tags.Version is 1.1. Allowed: a string, in quotes.",
    ],
    [
      "an id that AWS would refuse",
      "nodes:\n  - instanceId: web-1\n",
      '2: nodes[0].instanceId is "web-1". Allowed: an id as AWS writes them, "i-" and 8 or 17 letters or digits, or "mi-" and 17.',
    ],
    [
      "an empty name of a system",
      'nodes:\n  - platformName: ""\n',
      '2: nodes[0].platformName is "". Allowed: text.',
    ],
    [
      "an address that is none",
      "nodes:\n  - name: a\n    ipAddress: 10.0.0.256\n",
      '3: nodes[0].ipAddress is "10.0.0.256". Allowed: an address such as "10.0.0.5".',
    ],
    [
      "an agent without a version",
      "nodes:\n  - agentVersion: 3.3\n",
      '2: nodes[0].agentVersion is 3.3. Allowed: three or four numbers with dots, such as "3.3.5226.0", in quotes.',
    ],
    [
      "a date that is none",
      "nodes:\n  - instanceId: mi-00000000000000001\n    registrationDate: soon\n",
      '3: nodes[0].registrationDate is "soon". Allowed: a date, or an instant with its zone, such as "2024-01-01T00:00:00.000Z".',
    ],
    [
      "a clock that is too far off",
      "nodes:\n  - clockSkew: -301s\n",
      '2: nodes[0].clockSkew is "-301s". Allowed: a duration of at most 5 minutes, "90s" for ahead or "-90s" for behind (AWS refuses requests that are signed further off).',
    ],
    [
      "an activation of an EC2 instance",
      "nodes:\n  - count: 2\n    activationId: 58dc667c-ead7-43e8-88f0-e6f4b3ea4fca\n",
      '3: nodes[0] has a member activationId, which only hybrid nodes have. Allowed: with an instanceId that begins with "mi-".',
    ],
    [
      "an id that is taken",
      "nodes:\n  - instanceId: i-00000000000000001\n  - instanceId: i-00000000000000001\n",
      "3: nodes[1].instanceId is i-00000000000000001, which another node has. Allowed: an id of its own.",
    ],
    [
      "an id for many",
      "nodes:\n  - { count: 2, instanceId: i-00000000000000001 }\n",
      "2: nodes[0] has an instanceId and a count. Allowed: one of them.",
    ],
    [
      "a count of none",
      "nodes: [{ count: 0 }]",
      "1: nodes[0].count is 0. Allowed: a whole number from 1 to 100000.",
    ],
    [
      "a behavior of no type",
      "nodes:\n  - behavior: { after: 2s }\n",
      "2: nodes[0].behavior has no type. Allowed: exits, hangs, killed, notStarted, reboots, neverReplies, byPlugin, byDocument, inOrder, shell.",
    ],
    [
      "a behavior that is not data",
      "nodes:\n  - behavior: { type: when }\n",
      '2: nodes[0].behavior.type is "when". Allowed: exits, hangs, killed, notStarted, reboots, neverReplies, byPlugin, byDocument, inOrder, shell.',
    ],
    [
      "a behavior that is a word",
      "nodes:\n  - behavior: exits\n",
      '2: nodes[0].behavior is "exits". Allowed: a map with a type: exits, hangs, killed, notStarted, reboots, neverReplies, byPlugin, byDocument, inOrder, shell.',
    ],
    [
      "a rerun that is not a result",
      "nodes:\n  - behavior:\n      type: reboots\n      then: { type: shell }\n",
      '4: nodes[0].behavior.then.type is "shell". Allowed: exits, hangs, killed, notStarted, reboots, neverReplies.',
    ],
    [
      "a kill without a signal",
      "nodes:\n  - behavior: { type: killed }\n",
      "2: nodes[0].behavior has no signal. Write one.",
    ],
    [
      "an order of nothing",
      "nodes:\n  - behavior: { type: inOrder, runs: [] }\n",
      "2: nodes[0].behavior.runs is an empty list. Allowed: a list of at least one.",
    ],
    ["a map in place of a list", "nodes: { a: 1 }", "1: nodes is a map. Allowed: a list."],
    ["nothing in place of a list", "nodes:\n", "1: nodes is empty. Allowed: a list."],
    ["an empty file", "", "1: The file is empty. Allowed: a map with nodes, documents."],
    [
      "an alias",
      "nodes:\n  - &web { platform: Linux }\n  - *web\n",
      "3: nodes[1] is the alias *web. Allowed: values that are written out, not aliases.",
    ],
    [
      "a shell that is not allowed",
      "nodes:\n  - behavior: { type: shell }\n",
      "2: nodes[0] has a behavior of type shell, which runs scripts on this machine. Allowed: with --allow-shell (allowShell) only.",
    ],
    [
      "a shell within another behavior",
      "nodes:\n  - behavior:\n      type: inOrder\n      runs:\n        - type: shell\n",
      "5: nodes[0] has a behavior of type shell, which runs scripts on this machine. Allowed: with --allow-shell (allowShell) only.",
    ],
    [
      "a document without a file",
      "documents:\n  - name: Deploy-App\n",
      "2: documents[0] has no file. Write one.",
    ],
  ])("is reported with line, value and what is allowed: %s", async (_, text, mistake) => {
    expect(await mistakesOf(text)).toEqual([mistake]);
  });

  it.each([
    ["a member that is given twice", "nodes:\n  - name: a\n    name: b\n", 3],
    ["brackets that are not closed", "nodes: [\n", 2],
    ["broken JSON", '{\n  "nodes": [}\n}', 2],
  ])("of syntax is reported with its line: %s", async (_, text, line) => {
    expect((await mistakesOf(text))[0]).toMatch(new RegExp(`^${line}: .+\\.$`));
  });

  it("does not hide another", async () => {
    const text = "nodes:\n  - agent: offline\n  - count: none\n    state: gone\n";
    const lines = (await mistakesOf(text)).map((mistake) => mistake.split(":")[0]);
    expect(lines).toEqual(["2", "3", "4"]);
  });

  it("names the file as it was given", async () => {
    expect(await rejectionOf(readFleet("missing.yaml"))).toMatchObject({
      name: "FleetFileError",
      message: "missing.yaml: The file cannot be read (ENOENT).",
    });
  });
});

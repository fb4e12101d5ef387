import { readFileSync } from "node:fs";
import { explain, RunCommandClient, runShellScript, tagTargets } from "ssm-run-command";
import {
  FakeSsm,
  type FakeSsmOptions,
  fails,
  hangs,
  type NodeOptions,
  succeeds,
} from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";

const REQUEST = { ...runShellScript("./deploy.sh"), Targets: tagTargets({ Role: "web" }) };

interface World {
  readonly nodes?: readonly NodeOptions[];
  readonly request?: object;
  readonly options?: FakeSsmOptions;
  readonly prepare?: (fake: FakeSsm) => void;
}

async function sentIn({ nodes = [], request, options, prepare }: World) {
  const fake = new FakeSsm(options);
  nodes.forEach(
    (node, i) =>
      void fake.nodes.add({ instanceId: `i-0000000${i}`, tags: { Role: "web" }, ...node }),
  );
  prepare?.(fake);
  const sent = await new RunCommandClient(fake).send({ ...REQUEST, ...request });
  return { fake, sent };
}

const full = fails({ exitCode: 7, stdout: "one\n", stderr: "two\ndisk full\n" });

const WORLDS: readonly (readonly [string, World])[] = [
  ["a success", { nodes: [{}] }],
  [
    "a success beside a node that could not be reached",
    { nodes: [{}, { agent: "undeliverable" }] },
  ],
  ["no node", {}],
  [
    "more errors than MaxErrors",
    { nodes: [{ behavior: full }, {}], request: { MaxConcurrency: "1" } },
  ],
  ["errors below MaxErrors", { nodes: [{ behavior: full }, {}], request: { MaxErrors: "1" } }],
  ["nothing but errors", { nodes: [{ behavior: full }], request: { MaxErrors: "100%" } }],
  ["a script without end", { nodes: [{ behavior: hangs() }] }],
  ["a silent node", { nodes: [{ agent: "unreachable" }] }],
  [
    "an alarm",
    {
      nodes: [{ behavior: hangs() }, {}],
      request: { MaxConcurrency: "1", AlarmConfiguration: { Alarms: [{ Name: "cpu" }] } },
      prepare: (fake) => {
        fake.alarms.set("cpu", "OK");
        void fake.clock.sleep("90s").then(() => fake.alarms.set("cpu", "ALARM"));
      },
    },
  ],
  ["a quota", { nodes: [{}, {}], options: { settings: { pendingInvocationQuota: 1 } } }],
  [
    "many nodes with one failure",
    {
      nodes: Array.from({ length: 8 }, () => ({ behavior: full })),
      request: { MaxErrors: "100%" },
    },
  ],
];

describe("fake.explain()", () => {
  it.each(WORLDS)("says what explain() says of the outcome: %s", async (_, world) => {
    const { fake, sent } = await sentIn(world);
    const { text, causes } = explain(await sent.waitForTerminal());
    const own = fake.explain(sent.commandId);
    expect(own.causes.map(({ source, ...cause }) => cause)).toEqual(causes);
    expect(own.text.split("\nSources:\n")[0]).toBe(text);
  });

  it("says what explain() says of a look at a command that runs", async () => {
    const nodes = [{ behavior: full }, { behavior: hangs() }, { agent: "unreachable" }] as const;
    const { fake, sent } = await sentIn({ nodes, request: { MaxErrors: "100%" } });
    await fake.clock.sleep("1m");
    const { causes } = explain(await sent.look());
    expect(fake.explain().causes.map(({ source, ...cause }) => cause)).toEqual(causes);
    expect(causes.map(({ kind }) => kind)).toEqual(["failed", "inProgress", "delayed"]);
  });

  it("names a source of each rule that docs/sources.md lists, or says that it is our decision", async () => {
    const rows = readFileSync("docs/sources.md", "utf8");
    for (const [, world] of WORLDS) {
      const { fake, sent } = await sentIn(world);
      await sent.waitForTerminal();
      for (const { rule, source } of fake.explain().causes) {
        expect(fake.explain().text).toContain(`\n  ${rule}: ${source}`);
        for (const [, id] of source.matchAll(/\[([\w-]+)\]/g))
          expect(rows).toContain(`\n| ${id} |`);
        expect(source).toMatch(/^\[/);
      }
    }
  });

  it("looks at the latest command, or at the one that is named", async () => {
    const { fake, sent } = await sentIn({ nodes: [{ behavior: full }] });
    await sent.waitForTerminal();
    await new RunCommandClient(fake).send(REQUEST);
    expect(fake.explain().text).toMatch(/ is running/);
    expect(fake.explain(sent.commandId).text).toMatch(/ ended as Failed: 1 failed\./);
  });

  it.each([undefined, "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11"])(
    "says that a command is not there: %s",
    (commandId) => {
      expect(new FakeSsm().explain(commandId).causes).toMatchObject([
        { kind: "unknown", nodes: [], rule: "not shown", source: "our decision" },
      ]);
    },
  );

  it("shows as much of the output as was asked for, and refuses other options", async () => {
    const { fake, sent } = await sentIn({ nodes: [{ behavior: full }] });
    await sent.waitForTerminal();
    expect(fake.explain(sent.commandId, { lines: 1 }).causes[0]?.output).toBe("disk full");
    expect(fake.explain(sent.commandId, { lines: 0 }).text).not.toContain("disk full");
    expect(() => fake.explain(sent.commandId, { line: 0 } as never)).toThrow(
      'fake.explain() has no option "line". Did you mean lines?',
    );
  });

  it("shows what is due, and calls nothing", async () => {
    const { fake, sent } = await sentIn({ nodes: [{ behavior: succeeds({ after: "5s" }) }] });
    const calls = fake.journal.entries().length;
    await fake.clock.advance("10s");
    expect(fake.explain(sent.commandId).causes).toEqual([]);
    expect(fake.journal.entries()).toHaveLength(calls);
  });
});

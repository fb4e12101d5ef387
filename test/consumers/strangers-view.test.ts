import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { EXPORTED_NAMES } from "../structure/exported-names.ts";
import { sourceFiles } from "../structure/source-files.ts";
import { describeBuilt, proviso, type Resolution, strictOptions } from "./built-package.ts";
import { Compiler } from "./compilers.ts";
import { classesOf, declarationFiles, declaredNames, internalNames } from "./declarations.ts";
import { usePackedProject } from "./use-packed-project.ts";

const RESOLUTIONS = [
  { module: "nodenext", moduleResolution: "nodenext", skipLibCheck: true },
  { module: "esnext", moduleResolution: "bundler", skipLibCheck: true },
] as const;
const VALUES = Object.values(EXPORTED_NAMES).flatMap(({ values }) => values);

/** What our classes have beside what their interfaces show, and the classes themselves. */
const HIDDEN = [
  ...["fake.nodes.delete", "fake.nodes.nameOf", "fake.nodes.clear"],
  ...["node.timesAsked", "node.isReachable", "node.offlineSince"],
  ...["fake.faults.draw", "fake.faults.clear"],
  ...["fake.journal.record", "fake.journal.recordFault", "fake.journal.clear"],
  ...["fake.alarms.clear", "fake.groups.clear", "fake.parameters.clear"],
  ...["fake.objects.put", "fake.objects.clear", "fake.logs.place"],
  ...["fake.records", "fake.servicesIn"],
  ...["clock.hold", "clock.flow", "clock.wakeAt"],
  ...["new FakeNode()", "new FakeNodes()", "new Journal()"],
];

/** Every error, made of what its doc comment says. */
const ERRORS: Readonly<Record<string, string>> = {
  AssertionError: `"No.", { actual: 1, expected: 2 }`,
  ClockResetError: `"No."`,
  CommandFailedError: `{ kind: "failed", command: {}, invocations: [] }, { lines: 3 }`,
  CommandNotFoundError: `"7c1f", 30_000`,
  FleetFileError: `["fleet.yaml:1: No."]`,
  KeyTakenError: `"deploy-1a2b", { CommandId: "7c1f" }, ["Targets"]`,
  MaybeSentError: `{ cause: new Error("No."), find: async () => undefined }`,
  NodesUnavailableError: `"No.", { standing: { unknown: ["i-1"], offline: [], online: [] } }`,
  PartlySentError: `{ sent: undefined, notSent: ["i-1"], cause: new Error("No.") }`,
  RepeatedTokenError: `"ListCommands", "2"`,
  RunCommandError: `"No.", { cause: new Error() }`,
  StillRunningError: `{ commandId: "7c1f", lastStatus: "Pending", waitedMs: 1 }`,
};

const STRANGER = `import { type FakeNode, type FakeNodes, FakeSsm, type Journal } from "ssm-run-command/fake";
const fake = new FakeSsm();
const { clock } = fake;
const node = fake.nodes.add();
${HIDDEN.map((hidden) => `// @ts-expect-error\n${hidden};`).join("\n")}
`;

const CATCHER = `import * as client from "ssm-run-command";
import * as fake from "ssm-run-command/fake";
import * as node from "ssm-run-command/fake/node";
import * as explored from "ssm-run-command/explore";
const all = { ...client, ...fake, ...node, ...explored };
export const errors: readonly Error[] = [
${Object.entries(ERRORS)
  .map(([name, given]) => `  new all.${name}(${given}),\n`)
  .join("")}];
`;

const DETACHED = `
  const fake = new FakeSsm();
  const { instanceId } = fake.nodes.add();
  const { listCommands, sendCommand } = fake;
  await sendCommand({ DocumentName: "AWS-RunShellScript", Parameters: { commands: ["uptime"] }, InstanceIds: [instanceId] });
  const { Commands = [] } = await listCommands({});
  console.log(Commands.length);
`;

describeBuilt(`a stranger${proviso}`, { timeout: 60_000 }, () => {
  const project = usePackedProject();
  let compiler: Compiler;

  beforeAll(async () => {
    compiler = await Compiler.load("6.0");
  }, 60_000);

  it.each([".d.ts", ".d.cts"])(
    "is shown in %s the classes that can be imported, and no other",
    (ending) => {
      const files = declarationFiles(join(project().package, "dist"));
      const declared = files.filter(({ path }) => path.endsWith(ending)).flatMap(classesOf);
      const isClass = (name: string) => /^[A-Z][a-z]/.test(name);
      expect(declared.sort()).toEqual(VALUES.filter(isClass).sort());
    },
  );

  it("is shown no name that src marks as internal", () => {
    const shown = declarationFiles(join(project().package, "dist")).flatMap(declaredNames);
    const internal = sourceFiles("src").flatMap(internalNames);
    expect(internal.filter((name) => shown.includes(name))).toEqual([]);
  });

  it.each(RESOLUTIONS)(
    "cannot reach what is ours alone, under moduleResolution $moduleResolution",
    async (resolution) => {
      expect(await errorsIn(STRANGER, resolution)).toEqual([]);
    },
  );

  it("finds every exported error among those that are made below", () => {
    expect(Object.keys(ERRORS)).toEqual(VALUES.filter((name) => name.endsWith("Error")).sort());
  });

  it.each(RESOLUTIONS)(
    "can make every error, under moduleResolution $moduleResolution",
    async (resolution) => {
      expect(await errorsIn(CATCHER, resolution)).toEqual([]);
    },
  );

  it("can take methods off the fake, as the types say", async () => {
    const script = `import { FakeSsm } from "ssm-run-command/fake";\nexport {};${DETACHED}`;
    expect(await errorsIn(script, RESOLUTIONS[0])).toEqual([]);
  });

  it.each([
    ["ESM", ".mjs", `import { FakeSsm } from "ssm-run-command/fake";\n${DETACHED}`],
    [
      "CommonJS",
      ".cjs",
      `const { FakeSsm } = require("ssm-run-command/fake");\n(async () => {${DETACHED}})();`,
    ],
  ])("can call methods that were taken off the fake, in %s", async (_, ending, script) => {
    await project().write(`detached${ending}`, script);
    expect(await project().node(`detached${ending}`)).toEqual({ exitCode: 0, output: "1\n" });
  });

  /** What the compiler says of a user's file, and of the declarations that it leads to. */
  async function errorsIn(text: string, resolution: Resolution): Promise<readonly string[]> {
    await project().write("stranger.ts", text);
    const options = strictOptions(resolution);
    return compiler.check(project().folder, { file: "stranger.ts", options }).errors;
  }
});

describe("what is shown and what is hidden", () => {
  it("is read from declarations: types, values and members", () => {
    const text = "export declare const a: 1;\ninterface B<T> { c(d: T): void; readonly [E]: 1 }";
    expect(declaredNames({ path: "a.d.ts", text })).toEqual(["a", "B", "c", "[E]"]);
  });

  it("is read from what is marked as internal, members with a computed name, too", () => {
    const text =
      "class A {\n/** @internal Why. */ b() {}\n/** @internal */ readonly [C] = 1; /** D. */ d = 1 }";
    expect(internalNames({ path: "a.ts", text })).toEqual(["b", "[C]"]);
  });
});

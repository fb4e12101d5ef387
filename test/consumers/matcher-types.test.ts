import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import type { ExactVersions } from "../support/installed-packages.ts";
import { describeBuilt, proviso } from "./built-package.ts";
import { Compiler, type CompilerVersion } from "./compilers.ts";
import { installRunner } from "./runtimes.ts";
import { usePackedProject } from "./use-packed-project.ts";

const OPTIONS = {
  module: "esnext",
  moduleResolution: "bundler",
  target: "es2022",
  lib: ["es2022", "dom"],
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: true,
  noEmit: true,
} as const;

/** A runner with its types: those of the repository, or others that are installed for it. */
interface Typed {
  readonly runner: string;
  readonly file: "vitest.ts" | "jest.ts" | "jest-globals.ts";
  /** Its packages, by the name of the folder that they are installed in. */
  readonly install?: readonly [folder: string, versions: ExactVersions];
  readonly compilers: readonly CompilerVersion[];
}

const RUNNERS: readonly Typed[] = [
  {
    runner: "Vitest 3.0",
    file: "vitest.ts",
    install: ["types-of-vitest-3.0", { vitest: "3.0.9", vite: "6.4.1" }],
    compilers: ["6.0"],
  },
  {
    runner: "Vitest 3.2",
    file: "vitest.ts",
    install: ["vitest-3", { vitest: "3.2.7", vite: "7.3.8" }],
    compilers: ["6.0"],
  },
  { runner: "Vitest 4", file: "vitest.ts", compilers: ["5.4", "6.0"] },
  {
    runner: "Vitest 5",
    file: "vitest.ts",
    install: ["vitest-5", { vitest: "5.1.2", vite: "8.3.8" }],
    compilers: ["5.4", "6.0"],
  },
  {
    runner: "Jest 29",
    file: "jest-globals.ts",
    install: ["jest-29-esm", { jest: "29.7.0" }],
    compilers: ["6.0"],
  },
  { runner: "Jest 30", file: "jest-globals.ts", compilers: ["5.0", "6.0"] },
  {
    runner: "the global `expect` of Jest 29",
    file: "jest.ts",
    install: ["types-of-jest-29", { "@types/jest": "29.5.14" }],
    compilers: ["6.0"],
  },
  {
    runner: "the global `expect` of Jest 30",
    file: "jest.ts",
    install: ["types-of-jest-30", { "@types/jest": "30.0.0" }],
    compilers: ["5.4", "6.0"],
  },
];
const CASES = RUNNERS.flatMap((typed) =>
  typed.compilers.map((compiler) => ({ ...typed, compiler })),
);

describeBuilt(`the types of the matchers${proviso}`, { timeout: 120_000 }, () => {
  const project = usePackedProject();
  const compilers = new Map<CompilerVersion, Compiler>();

  beforeAll(async () => {
    for (const version of ["5.0", "5.4", "6.0"] as const) {
      compilers.set(version, await Compiler.load(version));
    }
    await project().write("vitest.ts", `${VITEST}\n${OF_ANY_RUNNER}`);
    await project().write("jest-globals.ts", `${JEST_GLOBALS}\n${OF_ANY_RUNNER}\n${OF_JEST}`);
    await project().write("jest.ts", `${JEST}\n${OF_ANY_RUNNER}\n${OF_JEST}`);
  }, 300_000);

  describe.each(CASES)("under $runner and TypeScript $compiler", ({ file, install, compiler }) => {
    it("take what is right, and refuse what is not", async () => {
      const folder = install === undefined ? undefined : await installRunner(...install);
      const options = { ...OPTIONS, ...packagesIn(folder, file) };
      const checked = compilers.get(compiler)?.check(project().folder, { file, options });
      const entry = file === "vitest.ts" ? "dist/vitest.d.ts" : "dist/jest.d.ts";
      expect([checked?.errors, checked?.declarations]).toEqual([
        [],
        expect.arrayContaining([entry]),
      ]);
    });
  });
});

/** Compiler options by which the runner's packages are found in a folder, also by our declarations. */
function packagesIn(folder: string | undefined, file: Typed["file"]) {
  const found = folder ?? fileURLToPath(new URL("../../node_modules", import.meta.url));
  const to = (name: string) => ({ [name]: [join(found, name)] });
  if (file === "vitest.ts") return { types: [], paths: to("vitest") };
  const types = file === "jest.ts" ? [join(found, "@types/jest")] : [];
  return {
    types,
    paths: { ...to("expect"), ...(file === "jest-globals.ts" && to("@jest/globals")) },
  };
}

const VITEST = `import { beforeEach, expect } from "vitest";
import { test, testWithFake } from "ssm-run-command/vitest";

test("a", async ({ fake, expect }) => {
  expect(fake).toHaveSentCommand();
  await fake.clock.advance("1s");
});
test.for([1])("a %i", async (number, { fake }) => void [number.toFixed(), fake.timeline()]);
test.each([1])("a %i", (number) => void number.toFixed());
test.concurrent("a", ({ fake }) => void fake.timeline());
beforeEach<{ fake: FakeSsm }>(({ fake }) => void fake.timeline());
testWithFake({ latency: "worst" })("a", ({ fake }) => void fake.clock.advance("1s"));
testWithFake({ clock: systemClock })("a", ({ fake }) => {
  // @ts-expect-error A system clock is not advanced.
  fake.clock.advance("1s");
});
const more = test.extend<{ node: string }>({ node: async ({ fake }, use) => use(fake.nodes.add().instanceId) });
more("a", ({ node, fake }) => void [node.length, fake.timeline()]);
expect.soft(fake).toHaveSentCommand();
// @ts-expect-error There is no such fixture.
test("a", ({ fak }) => {});
// @ts-expect-error There is no such option.
testWithFake({ latencies: "worst" });
`;

const JEST_GLOBALS = `import { expect } from "@jest/globals";
import "ssm-run-command/jest";
`;

const JEST = `import "ssm-run-command/jest";
`;

/** Vitest 3 and 4 do not tell a promise from what it resolves with. */
const OF_JEST = `
// @ts-expect-error A promise has not ended.
expect(runCommand.waitForTerminal("id")).toHaveSucceeded();
// @ts-expect-error A promise is no report.
expect(Promise.resolve(report)).toBeClean();
`;

const OF_ANY_RUNNER = `
import { systemClock, tagTargets, type CommandOutcome, type RunCommandClient, type SentCommand } from "ssm-run-command";
import type { ExploreReport } from "ssm-run-command/explore";
import type { FakeSsm } from "ssm-run-command/fake";
declare const fake: FakeSsm;
declare const maybe: FakeSsm | undefined;
declare const onClock: FakeSsm<typeof systemClock>;
declare const outcome: CommandOutcome;
declare const unknown: unknown;
declare const anything: any;
declare const runCommand: RunCommandClient;
declare const sent: SentCommand;
declare const report: ExploreReport;

expect(fake).toHaveSentCommand();
expect(maybe).toHaveSentCommand();
expect(onClock).toHaveSentCommand();
expect(anything).toHaveSentCommand();
expect(unknown).toHaveSentCommand();
expect(fake).not.toHaveSentCommand({ targets: tagTargets({ Role: "web" }) });
expect(fake).toHaveSentCommand({
  ...{ document: "a", targets: ["i-1"], parameters: { commands: ["a"] }, comment: "a", times: 2 },
  ...{ MaxErrors: "1", TimeoutSeconds: 60, InstanceIds: ["i-1"], Comment: "a" },
});
expect(fake).toHaveSentCommand({
  document: expect.stringContaining("a"),
  targets: expect.arrayContaining(["i-1"]),
  parameters: { commands: expect.anything(), other: [expect.stringMatching(/a/)] },
  CloudWatchOutputConfig: expect.objectContaining({ CloudWatchOutputEnabled: true }),
  Targets: [{ Key: "tag:Role", Values: expect.anything() }],
  TimeoutSeconds: expect.any(Number),
});
expect(fake).toHaveSentCommand({ parameters: expect.objectContaining({}), comment: undefined });
expect(fake).toHaveSentCommand({ parameters: { commands: undefined }, Targets: [{ Key: "tag:Role", Values: undefined }] });
expect(fake).toHaveReached("Failed", { on: "i-1", commandId: "id" });
expect(fake).toHaveSucceeded({ commandId: "id" });
expect(outcome).toHaveSucceeded();
expect(outcome.invocations[0]).toHaveSucceeded();
expect(fake).toHaveNoUnusedTrouble();
expect(anything).toHaveNoUnusedTrouble();
expect(report).toBeClean();
expect(anything).toBeClean();
expect(report).not.toBeClean();
export async function later(): Promise<void> {
  const held: Promise<void> = expect(runCommand.waitForTerminal("id")).resolves.toHaveSucceeded();
  const not: Promise<void> = expect(sent.waitForTerminal()).resolves.not.toHaveSucceeded();
  await Promise.all([held, not]);
}
export const nothing: void = expect(outcome).toHaveSucceeded();
// @ts-expect-error It returns nothing.
export const promise: Promise<void> = expect(outcome).toHaveSucceeded();
// @ts-expect-error A number is no fake.
expect(5).toHaveSentCommand();
// @ts-expect-error A client is no fake.
expect(runCommand).toHaveSentCommand();
// @ts-expect-error An outcome is no fake.
expect(outcome).toHaveReached("Failed");
// @ts-expect-error An outcome has no faults.
expect(outcome).toHaveNoUnusedTrouble();
// @ts-expect-error What was sent has not ended.
expect(sent).toHaveSucceeded();
// @ts-expect-error Not even under \`not\`.
expect("a").not.toHaveSucceeded();
// @ts-expect-error There is no such member.
expect(fake).toHaveSentCommand({ documnt: "a" });
// @ts-expect-error AWS's members have AWS's names.
expect(fake).toHaveSentCommand({ maxErrors: "1" });
// @ts-expect-error It is a string.
expect(fake).toHaveSentCommand({ MaxErrors: 1 });
// @ts-expect-error It is a number.
expect(fake).toHaveSentCommand({ times: "1" });
// @ts-expect-error It is a number, and no matcher.
expect(fake).toHaveSentCommand({ times: { asymmetricMatch: () => true } });
// @ts-expect-error A parameter is a list.
expect(fake).toHaveSentCommand({ parameters: { commands: "a" } });
// @ts-expect-error Targets are a list.
expect(fake).toHaveSentCommand({ targets: { Role: "web" } });
// @ts-expect-error There is no such member of this member.
expect(fake).toHaveSentCommand({ CloudWatchOutputConfig: { CloudWatchLogGroup: "a" } });
// @ts-expect-error It takes an object.
expect(fake).toHaveSentCommand("AWS-RunShellScript");
// @ts-expect-error It has no spaces.
expect(fake).toHaveReached("Delivery Timed Out");
// @ts-expect-error A detail is needed.
expect(fake).toHaveReached();
// @ts-expect-error There is no such option.
expect(fake).toHaveReached("Failed", { node: "i-1" });
// @ts-expect-error There is no such option.
expect(fake).toHaveSucceeded({ commandID: "id" });
// @ts-expect-error It takes nothing.
expect(fake).toHaveNoUnusedTrouble(1);
// @ts-expect-error A fake is no report.
expect(fake).toBeClean();
// @ts-expect-error It takes nothing.
expect(report).toBeClean(1);
`;

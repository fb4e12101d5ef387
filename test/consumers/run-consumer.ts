import { readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { filesIn } from "../support/files-in.ts";
import { installCompilers } from "./compilers.ts";
import type { Consumer, Suite } from "./consumers.ts";
import { PackedProject } from "./packed-project.ts";
import { installRunner, installRuntime } from "./runtimes.ts";

const PROJECTS = new URL("projects/", import.meta.url);
const EXAMPLES = new URL("../../examples/", import.meta.url);

/** The result of a test project. */
export interface ConsumerResult {
  readonly name: string;
  /** Whether its `npm test` succeeded and ran every test. */
  readonly isOk: boolean;
  /** Tests that passed. */
  readonly passed: number;
  readonly seconds: number;
  /** What it printed. */
  readonly output: string;
  /** Journal and timeline of one of its tests, to compare with those of the others. */
  readonly journal: string | undefined;
}

/**
 * Sets a test project up beside the packed package, and runs its `npm test`. One with packages of its own gets a copy of the
 * packed package, too, which finds the runner where the project does.
 */
export async function runConsumer(
  consumer: Consumer,
  project: PackedProject,
): Promise<ConsumerResult> {
  const { name, packages } = consumer;
  if (packages === undefined) return runIn(project, consumer);
  const own = await PackedProject.create({ packages: await installRunner(name, packages) });
  try {
    return await runIn(own, consumer);
  } finally {
    await own.remove();
  }
}

async function runIn(project: PackedProject, consumer: Consumer): Promise<ConsumerResult> {
  const { name, tests, env, runtime, isOfTypeScript5 = false } = consumer;
  for (const [path, text] of filesOf(consumer)) await project.write(`${name}/${path}`, text);
  if (isOfTypeScript5) {
    const tsJest = join(await installCompilers(), "node_modules/ts-jest");
    await project.link(`${name}/node_modules/ts-jest`, tsJest);
  }
  const PATH = process.env["PATH"] ?? "";
  const first = runtime === undefined ? [] : [await installRuntime(runtime)];
  const startedAt = performance.now();
  const { exitCode, output } = await project.npmTest(name, {
    ...env,
    PATH: [...first, PATH].join(delimiter),
  });
  const passed = passedIn(output);
  return {
    name,
    isOk: exitCode === 0 && passed === tests,
    passed,
    seconds: (performance.now() - startedAt) / 1_000,
    output,
    journal: await project.read(`${name}/journal.txt`),
  };
}

/** Its own files, the shared suite, and the examples that it runs, by their paths in the project. */
function filesOf({
  name,
  project = name,
  suite,
  examples = [],
  lacks = [],
}: Consumer): ReadonlyMap<string, string> {
  const files = new Map(textsIn(new URL(`${project}/`, PROJECTS)));
  for (const [path, text] of textsIn(new URL("shared/", PROJECTS))) {
    files.set(...written(suite, { path, text }));
  }
  for (const example of examples) {
    files.set(example, readFileSync(new URL(example, EXAMPLES), "utf8"));
  }
  for (const path of lacks) {
    if (!files.delete(path)) throw new Error(`${name} has no ${path} that it could lack.`);
  }
  return files;
}

/** A file of the shared suite as a project has it. */
function written(
  suite: Suite,
  { path, text }: { readonly path: string; readonly text: string },
): readonly [path: string, text: string] {
  switch (suite) {
    case "TypeScript":
      return [path, text];
    case "TypeScript without endings":
      return [path, text.replaceAll(/(?<= from "\.[^"]*)\.ts(?=")/g, "")];
    case "ESM":
    case "CommonJS":
      return [path.replace(/\.ts$/, ".js"), toJavaScript(text, suite)];
  }
}

function textsIn(folder: URL): readonly (readonly [path: string, text: string])[] {
  return filesIn(fileURLToPath(folder)).map((path) => [
    path,
    readFileSync(new URL(path, folder), "utf8"),
  ]);
}

function toJavaScript(text: string, suite: "ESM" | "CommonJS"): string {
  const { ESNext, CommonJS } = ts.ModuleKind;
  const compilerOptions = {
    module: suite === "ESM" ? ESNext : CommonJS,
    target: ts.ScriptTarget.ES2022,
    rewriteRelativeImportExtensions: true,
    esModuleInterop: true,
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** As Vitest and Jest, TAP, Bun, Deno, and a suite without a runner say how many tests passed. */
const PASSED =
  /^\s*Tests:?\s+(\d+) passed|^# pass (\d+)|^ (\d+) pass$|^ok \| (\d+) passed|^(\d+) passed/m;

function passedIn(output: string): number {
  const [, ...counts] = PASSED.exec(output) ?? [];
  return Number(counts.find((count) => count !== undefined) ?? 0);
}

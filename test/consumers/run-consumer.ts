import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { filesIn } from "../support/files-in.ts";
import { installCompilers } from "./compilers.ts";
import type { Consumer, Suite } from "./consumers.ts";
import type { PackedProject } from "./packed-project.ts";

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

/** Sets a test project up beside the packed package, and runs its `npm test`. */
export async function runConsumer(
  consumer: Consumer,
  project: PackedProject,
): Promise<ConsumerResult> {
  const { name, tests, env, isOfTypeScript5 = false } = consumer;
  for (const [path, text] of filesOf(consumer)) await project.write(`${name}/${path}`, text);
  if (isOfTypeScript5) {
    const tsJest = join(await installCompilers(), "node_modules/ts-jest");
    await project.link(`${name}/node_modules/ts-jest`, tsJest);
  }
  const startedAt = performance.now();
  const { exitCode, output } = await project.npmTest(name, env);
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
function filesOf({ name, suite, examples = [] }: Consumer): ReadonlyMap<string, string> {
  const files = new Map(textsIn(new URL(`${name}/`, PROJECTS)));
  for (const [path, text] of textsIn(new URL("shared/", PROJECTS))) {
    files.set(...written(suite, { path, text }));
  }
  for (const example of examples) {
    files.set(example, readFileSync(new URL(example, EXAMPLES), "utf8"));
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
  };
  return ts.transpileModule(text, { compilerOptions }).outputText;
}

/** Vitest and Jest say `Tests 6 passed`, TAP `# pass 6`, and a suite without a runner `6 passed`. */
function passedIn(output: string): number {
  const [, ...counts] =
    /^\s*Tests:?\s+(\d+) passed|^# pass (\d+)|^(\d+) passed/m.exec(output) ?? [];
  return Number(counts.find((count) => count !== undefined) ?? 0);
}

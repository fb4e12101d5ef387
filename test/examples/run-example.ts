import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ROOT } from "./examples.ts";

/** The result of a program. */
export interface ExampleResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const TSX = [process.execPath, "--import", "tsx"] as const;
/** A program that hangs is ended before its test is. */
const LONGEST_MS = 110_000;

/** An example that runs in a process with others. */
export interface Turn {
  readonly file: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** How each program of the table is started, without npx: nothing may be downloaded here. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  "npx tsx": TSX,
  "npx vitest": [process.execPath, "node_modules/vitest/vitest.mjs"],
  "npx jest": [process.execPath, "node_modules/jest/bin/jest.js"],
  sh: ["sh"],
  python3: ["python3"],
};

/** Runs a command line of the table from the root of the repository, with no environment but `env`. */
export function runExample(line: string, env: NodeJS.ProcessEnv): Promise<ExampleResult> {
  const start = Object.keys(PROGRAMS).find((name) => line.startsWith(`${name} `)) ?? "";
  const [program = line, ...first] = PROGRAMS[start] ?? [];
  const args = [...first, ...line.slice(start.length).trim().split(" ")];
  return runProgram([program, ...args], env);
}

/** Runs examples one after the other in one process. */
export async function runInTurn(
  turns: readonly Turn[],
  env: NodeJS.ProcessEnv,
): Promise<readonly ExampleResult[]> {
  const [program, ...loader] = TSX;
  const script = fileURLToPath(new URL("run-in-turn.ts", import.meta.url));
  const { exitCode, stdout, stderr } = await runProgram(
    [program, ...loader, script, JSON.stringify(turns)],
    env,
  );
  if (exitCode !== 0) throw new Error(`The process ended with ${exitCode}: ${stderr}`);
  // That script prints them.
  return JSON.parse(stdout) as readonly ExampleResult[];
}

function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
): Promise<ExampleResult> {
  return new Promise((resolve) => {
    const options = { cwd: ROOT, env, timeout: LONGEST_MS };
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      // A process that was not started or was killed has no number.
      const exitCode = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ exitCode, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** A report of Vitest or Jest in JSON as a line per test of a file: `passed  names the node where it did not work`. */
export function testReport(json: string, file: string): string {
  // Both print this shape for `--reporter=json` and `--json`.
  const { testResults } = JSON.parse(json) as {
    readonly testResults: readonly {
      readonly name: string;
      readonly assertionResults: readonly { readonly status: string; readonly title: string }[];
    }[];
  };
  return testResults
    .filter(({ name }) => name.endsWith(`/${file}`))
    .flatMap(({ assertionResults }) => assertionResults)
    .map(({ status, title }) => `${status}  ${title}\n`)
    .join("");
}

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The arguments of Node that run the tests in a folder with Vitest. */
export function vitestIn(folder: string): readonly string[] {
  return ["node_modules/vitest/vitest.mjs", "run", `--root=${folder}`, "--globals"];
}

/** What a test runner prints that is started within a test. */
export function printedBy(args: readonly string[]): Promise<string> {
  // Without these variables it does not believe that it is a part of the runner around it.
  const { VITEST: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: ROOT, env }, (_error, stdout, stderr) =>
      resolve(stripVTControlCharacters(stdout + stderr)),
    );
  });
}

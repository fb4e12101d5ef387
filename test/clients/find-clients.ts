import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

/** A client that is not ours and is installed here, or why its tests are skipped. */
export type FoundClient =
  | { readonly path: string; readonly version: string }
  | { readonly missing: string };

const NO_ANSWER = { stdout: "" } as const;

declare module "vitest" {
  interface ProvidedContext {
    readonly awsCli: FoundClient;
    readonly boto3: FoundClient;
  }
}

/** Looks for the clients, once for all test files, and says what it found. */
export async function setup({ provide }: Pick<TestProject, "provide">): Promise<void> {
  const awsCli = await find("aws", {
    ask: ["--version"],
    answer: /^(?<version>aws-cli\/2[\d.]+)/,
    missing: "there is no AWS CLI 2: apt-get install awscli",
  });
  const boto3 = await find("python3", {
    // What is found may be a script that starts the real one as environment variables say.
    ask: ["-c", "import boto3, sys; print('boto3', boto3.__version__, 'of', sys.executable)"],
    answer: /^(?<version>boto3 \d[\d.]+) of (?<path>.+)$/m,
    missing: "no python3 has boto3: apt-get install python3-boto3",
  });
  provide("awsCli", awsCli);
  provide("boto3", boto3);
  for (const found of [awsCli, boto3]) {
    console.log("missing" in found ? `skipped: ${found.missing}` : found.version);
  }
}

/** Debian's come first: a python3 that stands before Debian's on the path may lack its packages. */
async function find(
  program: string,
  sought: { readonly ask: readonly string[]; readonly answer: RegExp; readonly missing: string },
): Promise<FoundClient> {
  const folders = ["/usr/bin", ...(process.env["PATH"] ?? "").split(delimiter)];
  for (const path of new Set(folders.map((folder) => join(folder, program)))) {
    if (!existsSync(path)) continue;
    const { stdout } = await promisify(execFile)(path, [...sought.ask]).catch(() => NO_ANSWER);
    const groups = sought.answer.exec(stdout)?.groups;
    if (groups?.["version"] !== undefined) {
      return { version: groups["version"], path: groups["path"] ?? path };
    }
  }
  return { missing: sought.missing };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FakeSsm } from "ssm-run-command/fake";
import { serveFakeSsm } from "ssm-run-command/fake/node";
import { expect, vi } from "vitest";
import { type BlockModule, ownScene } from "./block-modules.ts";
import { commonScene, sceneAccount } from "./block-scene.ts";
import { TestsOfBlock } from "./tests-of-block.ts";

type Script = (...values: readonly unknown[]) => Promise<void>;

const AsyncFunction = (async () => {}).constructor as new (...args: readonly string[]) => Script;

/** Packages that Vitest is to load as it loads the tests, so that there is one of each class. */
const LOADED: Readonly<Record<string, () => Promise<object>>> = {
  "ssm-run-command": () => import("ssm-run-command"),
  "ssm-run-command/cloudwatch-logs": () => import("ssm-run-command/cloudwatch-logs"),
  "ssm-run-command/fake": () => import("ssm-run-command/fake"),
  "ssm-run-command/fake/node": () => import("ssm-run-command/fake/node"),
  "ssm-run-command/explore": () => import("ssm-run-command/explore"),
  "ssm-run-command/explore/fast-check": () => import("ssm-run-command/explore/fast-check"),
  "ssm-run-command/vitest": () => import("ssm-run-command/vitest"),
};

/** A file that a block shows at its top: `// fleet.yaml:`, and below it the file as comments. */
const SHOWN_FILE = /^\/\/ ([\w.-]+):\n((?:\/\/.*\n)+)/;

/**
 * Runs a block in its scene and compares what it shows. Clients that it makes without options reach the scene's account
 * over HTTP, since the environment variables lead there.
 */
export async function runBlock(module: BlockModule): Promise<void> {
  // Clients that reach it over HTTP wait in real time, which is not what a block shows.
  const isServed = /\bnew \w+Client\(\{\}\)/.test(module.block.code);
  const fake = sceneAccount(isServed ? { latency: "instant" } : {});
  const served = await serveFakeSsm(fake, { log: () => {} });
  pointTo(served.url);
  const leave = enterFolderOf(module.block.code);
  const tests = new TestsOfBlock();
  try {
    const { shows, unreached } = comparison(module);
    const given = {
      ...(await sceneOf(module, fake)),
      require: await requireFor(module, tests),
      exports: {},
      console: { ...console, log: <T>(value: T) => value, error: () => {}, warn: () => {} },
      process: quietProcess(),
      $shows: shows,
    };
    await new AsyncFunction(...Object.keys(given), module.script)(...Object.values(given));
    await tests.run();
    expect(unreached(), "lines whose value was never looked at").toEqual([]);
  } finally {
    tests.restore();
    leave();
    vi.unstubAllEnvs();
    await served.close();
    await fake.reset();
  }
}

function comparison({ block, assertions }: BlockModule) {
  const seen = new Set<number>();
  const shows = (actual: unknown, index: number): unknown => {
    const { expected, line = 0 } = assertions[index] ?? {};
    seen.add(index);
    expect(actual, `${block.path}:${block.line + line}`).toEqual(expected);
    return actual;
  };
  const unreached = () =>
    assertions.filter((_, index) => !seen.has(index)).map(({ line }) => block.line + line);
  return { shows, unreached };
}

/** Sets the variables that a client of the SDK without options reads. */
function pointTo(url: string): void {
  const variables = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "nobody",
    AWS_SECRET_ACCESS_KEY: "nothing",
    AWS_ENDPOINT_URL_SSM: url,
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_CONFIG_FILE: "no-such-file",
    AWS_SHARED_CREDENTIALS_FILE: "no-such-file",
    AWS_EC2_METADATA_DISABLED: "true",
  };
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** Makes the file that a block shows in a new folder, and enters the folder. Returns a function that leaves it. */
function enterFolderOf(code: string): () => void {
  const [, name, comment] = SHOWN_FILE.exec(code) ?? [];
  if (name === undefined || comment === undefined) return () => {};
  const folder = mkdtempSync(join(tmpdir(), "block-"));
  writeFileSync(join(folder, name), comment.replace(/^\/\/ ?/gm, ""));
  const before = process.cwd();
  process.chdir(folder);
  return () => {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  };
}

async function sceneOf({ block, sceneNames }: BlockModule, fake: FakeSsm): Promise<object> {
  const pieces: Readonly<Record<string, (fake: FakeSsm) => unknown>> = {
    ...commonScene(fake),
    ...ownScene(block.place),
  };
  const values: [string, unknown][] = [];
  // One after the other: a piece may send a command.
  for (const name of sceneNames) values.push([name, await pieces[name]?.(fake)]);
  return Object.fromEntries(values);
}

async function requireFor({ script }: BlockModule, tests: TestsOfBlock) {
  const modules = new Map<string, object>();
  for (const [, name = ""] of script.matchAll(/\brequire\("([^"]+)"\)/g)) {
    const exports = tests.moduleOf(name) ?? (await load(name));
    // So that a default import is the module's default.
    modules.set(name, { ...exports, __esModule: true });
  }
  return (name: string) => modules.get(name);
}

function load(name: string): Promise<object> {
  // A block is resolved as if it stood in test/words.
  const path = name.startsWith(".") ? new URL(name, new URL("../words/", import.meta.url)) : name;
  return LOADED[name]?.() ?? import(/* @vite-ignore */ String(path));
}

/** The process, with nothing written to the terminal. */
function quietProcess(): object {
  const stdout = { write: () => true, isTTY: false, columns: 80 };
  return Object.create(process, { stdout: { value: stdout }, stderr: { value: stdout } });
}

// `npm run test:reproducible`: two copies of the repository, in folders of other lengths, built on other days, have to pack to
// the same bytes. Exits with 1 when they do not.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { filesIn } from "../support/files-in.ts";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
/** What is no part of a fresh clone, or not needed to build. */
const LEFT_OUT = new Set([".git", "node_modules", "dist", "coverage"]);
const DAYS = { today: 0, "some-hundred-days-later": 500 } as const;

interface Built {
  readonly day: string;
  readonly hash: string;
  /** The hash of each file of the tarball. */
  readonly files: ReadonlyMap<string, string>;
}

const root = await mkdtemp(join(tmpdir(), "reproducible-"));
try {
  const builds = await Promise.all(
    Object.entries(DAYS).map(([day, days]) => buildIn(join(root, day), { day, days })),
  );
  const [first, second] = builds;
  if (first === undefined || second === undefined) throw new Error("There are not two builds.");
  for (const { day, hash } of builds) console.log(`${hash}  ${day}`);
  const names = new Set([...first.files.keys(), ...second.files.keys()]);
  const odd = [...names].filter((name) => first.files.get(name) !== second.files.get(name));
  if (odd.length > 0) console.log(`Not the same in both: ${odd.sort().join(", ")}`);
  if (first.hash !== second.hash) process.exitCode = 1;
} finally {
  await rm(root, { recursive: true, force: true });
}

async function buildIn(
  folder: string,
  { day, days }: { readonly day: string; readonly days: number },
): Promise<Built> {
  await mkdir(folder);
  for (const name of await readdir(REPOSITORY)) {
    if (!LEFT_OUT.has(name))
      await cp(join(REPOSITORY, name), join(folder, name), { recursive: true });
  }
  await symlink(join(REPOSITORY, "node_modules"), join(folder, "node_modules"), "junction");
  const clock = fileURLToPath(new URL("shifted-clock.cjs", import.meta.url));
  const NODE_OPTIONS = `--require ${JSON.stringify(clock)}`;
  const env = { ...process.env, NODE_OPTIONS, SHIFTED_BY_DAYS: String(days) };
  await run("npm", ["run", "build"], { cwd: folder, env, maxBuffer: 16 * 1024 * 1024 });
  await run("npm", ["pack", "--ignore-scripts"], { cwd: folder, env });
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error(`npm packed nothing in ${folder}.`);
  await run("tar", ["-xzf", tarball], { cwd: folder });
  return {
    day,
    hash: await hashOf(join(folder, tarball)),
    files: await hashesIn(join(folder, "package")),
  };
}

async function hashesIn(folder: string): Promise<ReadonlyMap<string, string>> {
  const entries = filesIn(folder).map(
    async (path) => [path, await hashOf(join(folder, path))] as const,
  );
  return new Map(await Promise.all(entries));
}

async function hashOf(path: string): Promise<string> {
  return createHash("sha512")
    .update(await readFile(path))
    .digest("base64");
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { filesIn } from "../support/files-in.ts";
import { type Ended, runProgram } from "./run-program.ts";

const run = promisify(execFile);
const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));
/** Taken from this repository, so that no network is needed. */
const BORROWED = [
  ...["@aws-sdk", "@smithy", "@types", "typescript", "yaml", "fast-check"],
  ...["vitest", "jest", "@jest", "expect", "ts-jest", ".bin"],
];

/** Many times what a program of a test takes. */
const TOO_LONG = 180_000;

/** A project beside this repository that has the packed package installed, as users get it. */
export class PackedProject {
  /** Where it lies. */
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /**
   * Packs what is in `dist` and unpacks it into a new project, which `lacks` some of what projects have, and has the packages
   * of another `node_modules` before those of the repository.
   */
  static async create({
    lacks = [],
    packages,
  }: {
    readonly lacks?: readonly string[];
    readonly packages?: string | undefined;
  } = {}): Promise<PackedProject> {
    if (!existsSync(join(REPOSITORY, "dist"))) {
      throw new Error("There is no dist to pack. Run `npm run build` first.");
    }
    const folder = await mkdtemp(join(tmpdir(), "packed-project-"));
    const project = new PackedProject(folder);
    await mkdir(project.package, { recursive: true });
    const packing = ["pack", "--ignore-scripts", "--pack-destination", folder];
    await run("npm", packing, { cwd: REPOSITORY });
    const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
    await run("tar", ["-xzf", `${tarball}`, "-C", project.package, "--strip-components=1"], {
      cwd: folder,
    });
    const borrowed = BORROWED.filter((each) => !lacks.includes(each));
    if (packages === undefined) {
      for (const name of borrowed) {
        await project.link(join("node_modules", name), join(REPOSITORY, "node_modules", name));
      }
    } else {
      await project.#linkAll(packages, await readdir(packages));
      await project.#linkAll(join(REPOSITORY, "node_modules"), borrowed);
    }
    await project.write("package.json", JSON.stringify({ private: true, type: "module" }));
    return project;
  }

  /** Where the package is installed. */
  get package(): string {
    return join(this.folder, "node_modules", "ssm-run-command");
  }

  /** The packed files by their paths, hashes of the bundler as `*`, each once. */
  packedFiles(): readonly string[] {
    const paths = filesIn(this.package).map((path) => path.replace(/-[\w-]{8}(?=\.[dcj])/, "-*"));
    return [...new Set(paths)].sort();
  }

  /** Puts a file into the project. */
  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), text);
  }

  /** Puts a package from elsewhere into the project. */
  async link(path: string, to: string): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await symlink(to, join(this.folder, path), "junction");
  }

  /** Puts these packages and scopes into the project, those that it does not have yet. */
  async #linkAll(from: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
      const isScope = name.startsWith("@");
      const inScope = isScope ? await readdir(join(from, name)) : [];
      for (const each of isScope ? inScope.map((one) => join(name, one)) : [name]) {
        const path = join("node_modules", each);
        if (!existsSync(join(this.folder, path))) await this.link(path, join(from, each));
      }
    }
  }

  /** Copies a folder of the project. */
  async copy(from: string, to: string): Promise<void> {
    await cp(join(this.folder, from), join(this.folder, to), { recursive: true });
  }

  /** The text of a file of the project, or undefined when there is none. */
  async read(path: string): Promise<string | undefined> {
    const file = join(this.folder, path);
    return existsSync(file) ? readFile(file, "utf8") : undefined;
  }

  /** Runs the tests of a folder of the project, as its package.json says. */
  npmTest(folder: string, env: Readonly<Record<string, string>>): Promise<Ended> {
    return this.#run("npm", ["--silent", "--prefix", folder, "test"], { ...env, NO_COLOR: "1" });
  }

  /** Runs a script of the project, or one by its path, in a Node of its own. */
  node(script: string, ...args: readonly string[]): Promise<Ended> {
    return this.#run(process.execPath, [script, ...args]);
  }

  /** Runs a script of the project on another version of Node, which npx gets from the registry. */
  nodeOf(version: number, script: string): Promise<Ended> {
    return this.#run("npx", ["-y", "-p", `node@${version}`, "node", script]);
  }

  /** Checks the types of a folder of the project. */
  tsc(folder: string): Promise<Ended> {
    return this.#run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", folder]);
  }

  /** Removes it. */
  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #run(
    program: string,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): Promise<Ended> {
    // Not the runner's own NODE_OPTIONS and VITEST_* variables: a project of a user has none.
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", ...more };
    return runProgram(program, args, { cwd: this.folder, env, timeout: TOO_LONG });
  }
}

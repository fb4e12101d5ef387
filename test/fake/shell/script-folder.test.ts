import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { runsInShell } from "../../../src/fake/shell/runs-in-shell.ts";
import { refusesExecution, removeFolder } from "../../../src/fake/shell/script-folder.ts";
import { eachInFolder } from "../../support/temporary-folder.ts";
import { aRun, ranScript, resultOf, started } from "./a-script-run.ts";

let folder: string;

eachInFolder((made) => {
  folder = made;
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the folder of a run", () => {
  it.each([
    ["a script that ends", "true\n", {}],
    ["a script that fails", "false\n", {}],
    ["a shell that is missing", "true\n", { shell: "/no/such/shell" }],
    ["a script that has removed it", 'cd /; rm -r "$(dirname "$0")"\n', {}],
    ["a script that has filled it", "mkdir -p a/b; echo > a/b/c; chmod 0 a/b a\n", {}],
  ])("is gone after %s", async (_, script, options) => {
    await ranScript(script, { options: { ...options, folder } });
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is gone after a kill", async () => {
    const options = { folder };
    const script = started('echo > "$STARTED"; sleep 60\n', { folder, options });
    await script.abort();
    await script.result;
    expect(readdirSync(folder)).toEqual(["started"]);
  });

  it("is each script's own", async () => {
    const options = { folder };
    const [first, second] = [
      await resultOf("pwd\n", { options }),
      await resultOf("pwd\n", { options }),
    ];
    expect(first.stdout).not.toBe(second.stdout);
  });

  it("lies in the folder for temporary files", async () => {
    vi.stubEnv("TMPDIR", folder);
    const { stdout = "" } = await resultOf("pwd -P\n");
    expect(stdout.startsWith(`${folder}/ssm-run-command-`)).toBe(true);
  });

  it("lies in the folder of the options, which is made", async () => {
    const parent = join(folder, "not", "yet");
    const { stdout = "" } = await resultOf("pwd -P\n", { options: { folder: parent } });
    expect(stdout.startsWith(`${parent}/`)).toBe(true);
  });

  it("that cannot be made is the plugin's failure, with the agent's sentence and a warning", async () => {
    const parent = join(folder, "file");
    writeFileSync(parent, "");
    const { result, told } = await ranScript("true\n", { options: { folder: parent } });
    expect(result).toEqual({
      type: "notStarted",
      at: "preparation",
      reason: `failed to create orchestrationDir directory, ${parent}/i-0123456789abcdef0/document/orchestration/command-1/awsrunShellScript/step`,
    });
    expect(told.warnings).toEqual([
      `The folder of a script could not be made in ${parent}: file exists. Give runsInShell({ folder }) a folder that can be written to.`,
    ]);
  });

  it("that is still written to does not change the end, and is gone with what writes", async () => {
    const writer =
      "setsid sh -c 'while :; do mkdir -p a; echo > a/$((i += 1)); done' >/dev/null 2>&1 &\nsleep 0.05\n";
    const { result, told } = await ranScript(writer, { options: { folder } });
    expect(result).toMatchObject({ type: "exits", exitCode: 0 });
    await told.end();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("what goes wrong in runsInShell() itself", () => {
  it("is the plugin's failure, and is not thrown at the next call", async () => {
    const { run, told } = aRun("true\n");
    const broken = Object.defineProperty({ ...run }, "folder", { value: "\0" });
    expect(await runsInShell().run(broken)).toEqual({
      ...{ type: "notStarted", at: "preparation" },
      reason: expect.stringMatching(/^failed to create orchestrationDir directory, .*\0$/),
    });
    expect(told.warnings).toHaveLength(1);
  });
});

describe("a folder that lets no file be executed", () => {
  it("is known by its files", () => {
    const file = join(folder, "file");
    writeFileSync(file, "", { mode: 0o600 });
    expect(refusesExecution(file)).toBe(true);
    chmodSync(file, 0o700);
    expect(refusesExecution(file)).toBe(false);
  });
});

describe("a folder that is removed", () => {
  it("may hold read-only folders, as a cache of modules does", async () => {
    const cache = join(folder, "cache");
    const inside = join(cache, "module", "inside");
    mkdirSync(inside, { recursive: true });
    writeFileSync(join(inside, "file"), "");
    for (const path of [folder, cache, join(cache, "module"), inside]) chmodSync(path, 0o555);
    chmodSync(folder, 0o755);
    await asNobody([folder, cache, join(cache, "module"), inside], () => removeFolder(cache));
    expect(existsSync(cache)).toBe(false);
  });

  it("may hold links, which are not followed", async () => {
    const [cache, other] = [join(folder, "cache"), join(folder, "other")];
    mkdirSync(cache);
    mkdirSync(other, { mode: 0o500 });
    writeFileSync(join(folder, "kept"), "");
    symlinkSync(other, join(cache, "link"));
    chmodSync(cache, 0o555);
    await asNobody([folder, cache, other], () => removeFolder(cache));
    expect(readdirSync(folder).toSorted()).toEqual(["kept", "other"]);
  });
});

/** Does something with the rights of a user who is not root, to whom these files belong. */
async function asNobody(files: readonly string[], work: () => Promise<void>): Promise<void> {
  if (process.getuid?.() !== 0) return work();
  const nobody = 65_534;
  for (const file of files) chownSync(file, nobody, nobody);
  process.seteuid?.(nobody);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}

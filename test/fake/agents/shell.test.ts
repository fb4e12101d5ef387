import { spawn } from "node:child_process";
import { getEventListeners } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type PluginRun, succeeds } from "../../../src/fake/agents/behavior.ts";
import { runsInShell, type ShellOptions } from "../../../src/fake/agents/shell.ts";

const hasPowerShell =
  process.platform === "win32" || ["/usr/bin/pwsh", "/usr/local/bin/pwsh"].some(existsSync);

let folder: string;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "shell-test-")));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe("the result of a script", () => {
  it("exits with the code of the last command", async () => {
    expect(await resultOf("false\nsh -c 'exit 7'\n")).toMatchObject({ type: "exits", exitCode: 7 });
  });

  it("keeps standard output and standard error apart", async () => {
    expect(await resultOf("echo out; echo err >&2\n")).toEqual({
      type: "exits",
      exitCode: 0,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it("keeps a character whole that was cut between two writes", async () => {
    expect(await resultOf("printf '\\303'; sleep 0.03; printf '\\251'\n")).toMatchObject({
      stdout: "é",
    });
  });

  it("keeps output that is larger than a pipe holds", async () => {
    const { stdout = "" } = await resultOf("head -c 300000 /dev/zero | tr '\\0' x\n");
    expect(stdout).toHaveLength(300_000);
  });

  it("is 128 and the signal's number when somebody else killed it", async () => {
    expect(await resultOf("kill -TERM $$\n")).toMatchObject({ exitCode: 143 });
  });

  it("is code 1 with the reason when the shell is missing", async () => {
    const { exitCode, stderr } = await resultOf("true\n", { options: { shell: "/no/such/shell" } });
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^The shell \/no\/such\/shell could not be started in .+: spawn \/no\/such\/shell ENOENT\. /,
      ),
    ]);
  });

  it("is code 1 with the reason when the working directory is a file", async () => {
    const { exitCode, stderr } = await resultOf("true\n", { options: { cwd: "/dev/null" } });
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining("in /dev/null: spawn ENOTDIR")]);
  });

  it("is a success with one warning for plugins without a script", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
    const behavior = runsInShell();
    const plugin = { name: "install", action: "aws:configurePackage", inputs: {} };
    const run = { ...aRun(undefined), plugin };
    expect([await behavior.run(run), await behavior.run(run)]).toEqual([succeeds(), succeeds()]);
    expect(warn.mock.calls).toEqual([
      [
        'The plugin install (aws:configurePackage) of AWS-RunShellScript has no script that runsInShell() could run on i-0123456789abcdef0, so it succeeds, as with succeeds(). Say what else it does: byPlugin({ "install": fails() }, runsInShell()).',
      ],
    ]);
    warn.mockRestore();
  });

  it("is read as UTF-8, with U+FFFD for each byte that is none", async () => {
    const { stdout } = await resultOf("printf 'a\\377\\342\\202b\\303\\251'");
    expect(stdout).toBe("a\uFFFD\uFFFD\uFFFDbé");
  });
});

describe("PowerShell on a computer without it", () => {
  const resultOn = (platform: "Linux" | "MacOS" | "Windows") => {
    vi.stubEnv("PATH", folder);
    const run = aRun("Get-Date\n");
    const plugin = { name: "ps", action: "aws:runPowerShellScript", inputs: {} };
    return runsInShell().run({ ...run, plugin, node: { ...run.node, platform } });
  };

  it.skipIf(hasPowerShell).each([
    ["Linux", "/usr/bin/pwsh"],
    ["MacOS", "/usr/local/bin/pwsh"],
  ] as const)("does not start, as on a node with %s", async (platform, path) => {
    expect(await resultOn(platform)).toEqual({
      type: "notStarted",
      reason: `fork/exec ${path}: no such file or directory`,
    });
  });

  it.skipIf(hasPowerShell)("is missing for a node with Windows, which always has it", async () => {
    expect(await resultOn("Windows")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^The shell powershell\.exe could not be started in /),
    });
  });
});

describe("what a script sees", () => {
  it("runs under the shell that was asked for", async () => {
    // `cat` as a shell prints the script.
    expect(await resultOf("one\ntwo\n", { options: { shell: "cat" } })).toMatchObject({
      stdout: "one\ntwo\n",
    });
  });

  it("knows its command by SSM_COMMAND_ID", async () => {
    expect(await resultOf('echo "$SSM_COMMAND_ID"\n')).toMatchObject({ stdout: "command-1\n" });
  });

  it("sees nothing of this process but the stated variables", async () => {
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "hostile");
    vi.stubEnv("NODE_OPTIONS", "--require=/hostile.cjs");
    vi.stubEnv("LC_ALL", "C");
    const { stdout = "" } = await resultOf("env\n", { options: { shell: "/bin/sh" } });
    const names = stdout.split("\n").map((line) => line.split("=")[0]);
    const ofTheShell = ["PWD", "OLDPWD", "SHLVL", "_", ""];
    const passedOn = ["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "SSM_COMMAND_ID"];
    expect(names.filter((name = "") => ![...ofTheShell, ...passedOn].includes(name))).toEqual([]);
  });

  it.each(["PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR"])(
    "sees %s as it is here",
    async (name) => {
      const value = name === "PATH" ? `${process.env["PATH"]}:/planted` : folder;
      vi.stubEnv(name, value);
      expect(await resultOf(`echo "$${name}"\n`)).toMatchObject({ stdout: `${value}\n` });
    },
  );

  it("sees the variables that its step states, but not in place of the command's id", async () => {
    const inputs = { Environment: { STAGE: "x y", EMPTY: null, SSM_COMMAND_ID: "other" } };
    expect(
      await resultOf(`echo "$STAGE,\${EMPTY-unset},$SSM_COMMAND_ID"\n`, { inputs }),
    ).toMatchObject({
      stdout: "x y,,command-1\n",
    });
  });

  it("sees the variables of the options, which win", async () => {
    const options = { env: { STAGE: "prod", LANG: "eo" } };
    expect(await resultOf('echo "$STAGE $LANG"\n', { options })).toMatchObject({
      stdout: "prod eo\n",
    });
  });

  it("runs in the folder of the options", async () => {
    expect(await resultOf("pwd -P\n", { options: { cwd: folder } })).toMatchObject({
      stdout: `${folder}\n`,
    });
  });

  it("runs in the working directory of the command rather than in the folder of the options", async () => {
    const inputs = { workingDirectory: folder };
    expect(await resultOf("pwd -P\n", { options: { cwd: "/" }, inputs })).toMatchObject({
      stdout: `${folder}\n`,
    });
  });

  it("treats an empty working directory as none", async () => {
    const inputs = { workingDirectory: "" };
    expect(await resultOf("pwd -P\n", { options: { cwd: folder }, inputs })).toMatchObject({
      stdout: `${folder}\n`,
    });
  });
});

describe("the temporary folder", () => {
  it("is the script's own, and where it runs", async () => {
    const [first, second] = [await resultOf("pwd -P; ls\n"), await resultOf("pwd -P; ls\n")];
    expect(first.stdout).toMatch(/ssm-run-command-\w+\n_script\.sh\n$/);
    expect(second.stdout).not.toBe(first.stdout);
  });

  it.each([
    ["a script that ends", "true\n", {}],
    ["a script that fails", "false\n", {}],
    ["a shell that is missing", "true\n", { shell: "/no/such/shell" }],
  ])("is gone after %s", async (_, script, options) => {
    vi.stubEnv("TMPDIR", folder);
    await resultOf(script, { options });
    expect(leftIn(folder)).toEqual([]);
  });

  it("is gone after a kill", async () => {
    vi.stubEnv("TMPDIR", folder);
    const script = started('echo > "$STARTED"; sleep 60\n');
    await script.abort();
    await script.result;
    expect(leftIn(folder)).toEqual([]);
  });
});

describe("the end of a script", () => {
  it("comes with code 137 when the agent kills it, and keeps what was written until then", async () => {
    const script = started('echo before; echo > "$STARTED"; sleep 60; echo after\n');
    await script.abort();
    expect(await script.result).toEqual({
      type: "exits",
      exitCode: 137,
      stdout: "before\n",
      stderr: "",
    });
  });

  it("is the end of its grandchildren when the agent kills it", async () => {
    const script = started("sh -c 'sleep 60 & echo $! > \"$STARTED\"; wait'\n");
    const grandchild = await script.abort();
    await script.result;
    await vi.waitFor(() => expect(isRunning(grandchild)).toBe(false), PATIENTLY);
  });

  it.each([
    ["holds the output open", "sleep 60 &"],
    ["has closed the output", "sleep 60 > /dev/null 2>&1 &"],
  ])("is the end of a background child that %s", async (_, background) => {
    const script = started(`${background} echo $! > "$STARTED"; echo over\n`);
    expect(await script.result).toMatchObject({ exitCode: 0, stdout: "over\n" });
    const child = await script.mark();
    await vi.waitFor(() => expect(isRunning(child)).toBe(false), PATIENTLY);
  });

  it("leaves time to read what a background child writes shortly after", async () => {
    expect(await resultOf("(sleep 0.02; echo late) & echo early\n")).toMatchObject({
      stdout: "early\nlate\n",
    });
  });

  it("loses no output when this process is too busy to read it before time is up", async () => {
    const result = resultOf("sleep 0.25; echo written\n");
    // Another child makes Node notice the script's end before it reads the script's pipe, and leaves it no time to read it.
    const other = spawn("sleep", ["0.1"], { stdio: ["ignore", "pipe", "ignore"] });
    other.stdout.on("end", () => beBusy(300)).resume();
    other.on("exit", () => setImmediate(() => beBusy(150)));
    setTimeout(() => beBusy(80), 80);
    expect(await result).toMatchObject({ exitCode: 0, stdout: "written\n" });
  });

  it("is not held up by a child that left the group and holds the output open", async () => {
    const leave = `
      const sleep = ["sleep", ["60"], { detached: true, stdio: "inherit" }];
      const { pid } = require("node:child_process").spawn(...sleep);
      require("node:fs").writeFileSync(process.env.STARTED, pid + "\\n");
      process.exit();`;
    const script = started(`"$NODE" -e '${leave}'\n`);
    await script.result;
    const child = await script.mark();
    expect(isRunning(child)).toBe(true);
    process.kill(child);
  });

  it("leaves no listener on the signal", async () => {
    const { signal } = new AbortController();
    await resultOf("true\n", { signal });
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  it("comes before the shell is even looked for when the signal was aborted already", async () => {
    const given = { options: { shell: "/no/such/shell" }, signal: AbortSignal.abort() };
    expect(await resultOf("true\n", given)).toEqual({ type: "exits", exitCode: 137 });
  });
});

/** A busy machine may take its time to start a shell. */
const PATIENTLY = { interval: 5, timeout: 20_000 };

function beBusy(ms: number): void {
  const begun = performance.now();
  while (performance.now() - begun < ms);
}

interface Given {
  readonly options?: ShellOptions;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

function aRun(script: string | undefined, given: Given = {}): PluginRun {
  const { inputs = {}, signal = new AbortController().signal } = given;
  return {
    node: {
      instanceId: "i-0123456789abcdef0",
      platform: "Linux",
      platformName: "Amazon Linux",
      platformVersion: "2023",
      tags: {},
    },
    commandId: "command-1",
    documentName: "AWS-RunShellScript",
    plugin: { name: "aws:runShellScript", action: "aws:runShellScript", inputs },
    ...(script !== undefined && { script }),
    signal,
    attempt: 1,
    random: () => 0,
  };
}

async function resultOf(script: string, given: Given = {}) {
  const result = await runsInShell(given.options).run(aRun(script, given));
  if (result.type !== "exits") throw new Error(`A script cannot come to ${result.type}.`);
  return result;
}

/** A script under way that says how far it is by writing a line, such as a process id, to `$STARTED`. */
function started(script: string) {
  const controller = new AbortController();
  const file = join(folder, "started");
  const options = { env: { STARTED: file, NODE: process.execPath } };
  const result = resultOf(script, { options, signal: controller.signal });
  const mark = () =>
    vi.waitFor(() => {
      const line = readFileSync(file, "utf8");
      if (!line.endsWith("\n")) throw new Error("The script has not written its mark.");
      return Number(line);
    }, PATIENTLY);
  const abort = async () => {
    const marked = await mark();
    controller.abort();
    return marked;
  };
  return { result, mark, abort };
}

/** The temporary folders that are left in a folder. */
function leftIn(parent: string): readonly string[] {
  return readdirSync(parent).filter((name) => name !== "started");
}

/** Whether a process lives. One that is dead but not yet collected, which Linux calls `Z`, does not. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    return !existsSync(status) || !/^State:\s*Z/m.test(readFileSync(status, "utf8"));
  } catch {
    return false;
  }
}

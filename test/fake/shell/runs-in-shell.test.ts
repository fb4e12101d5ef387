import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { succeeds } from "../../../src/fake/agents/behavior.ts";
import { runsInShell, type ShellOptions } from "../../../src/fake/shell/runs-in-shell.ts";
import { eachInFolder } from "../../support/temporary-folder.ts";
import { aRun, ranScript, resultOf } from "./a-script-run.ts";

const hasPowerShell =
  process.platform === "win32" || ["/usr/bin/pwsh", "/usr/local/bin/pwsh"].some(existsSync);

let folder: string;

eachInFolder((made) => {
  folder = made;
});

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the result of a script", () => {
  it("exits with the code of the last command", async () => {
    expect(await resultOf("false\nsh -c 'exit 7'\n")).toMatchObject({ exitCode: 7 });
  });

  it("keeps standard output and standard error apart", async () => {
    expect(await resultOf("echo out; echo err >&2\n")).toEqual({
      ...{ type: "exits", exitCode: 0, stdout: "out\n", stderr: "err\n" },
    });
  });

  it("keeps a character whole that was cut between two writes", async () => {
    const script = "printf '\\303'; sleep 0.03; printf '\\251'\n";
    expect(await resultOf(script)).toMatchObject({ stdout: "é" });
  });

  it("is read as UTF-8, with U+FFFD for each byte that is none", async () => {
    const { stdout } = await resultOf("printf 'a\\377\\342\\202b\\303\\251'");
    expect(stdout).toBe("a\uFFFD\uFFFD\uFFFDbé");
  });

  it("keeps output that is larger than a pipe holds", async () => {
    const { stdout = "" } = await resultOf("head -c 300000 /dev/zero | tr '\\0' x\n");
    expect(stdout).toHaveLength(300_000);
  });

  it("finds an empty standard input", async () => {
    expect(await resultOf('read x; echo "[$x] $?"\n')).toMatchObject({ stdout: "[] 1\n" });
  });

  it("is a success with one warning for plugins without a script", async () => {
    const behavior = runsInShell();
    const { run, told } = aRun(undefined, { action: "aws:configurePackage" });
    expect([await behavior.run(run), await behavior.run(run)]).toEqual([succeeds(), succeeds()]);
    expect(told.warnings).toEqual([
      'The plugin step (aws:configurePackage) of AWS-RunShellScript has no script that runsInShell() could run on i-0123456789abcdef0, so it succeeds, as with succeeds(). Say what else it does: byPlugin({ "step": fails() }, runsInShell()).',
    ]);
  });
});

describe("a script is a program", () => {
  it.each([
    ["a shell with its options", "#!/bin/sh -e\nfalse\necho never\n", { exitCode: 1, stdout: "" }],
    ["another language", "#!/usr/bin/env node\nconsole.log(6 * 7)\n", { stdout: "42\n" }],
    [
      "a program that is missing",
      "#!/no/such/reader\n",
      { exitCode: 127, stderr: expect.stringMatching(/^sh: .*_script\.sh: /) },
    ],
  ])("whose first line names %s", async (_, script, expected) => {
    expect(await resultOf(script)).toMatchObject(expected);
  });

  it("that lies where an agent would put it, and runs there", async () => {
    const { stdout = "" } = await resultOf('echo "$0"; pwd -P; ls\n', { options: { folder } });
    const [file = "", at, ...files] = stdout.trimEnd().split("\n");
    const path = "i-0123456789abcdef0/document/orchestration/command-1/awsrunShellScript/step";
    expect(file.slice(folder.length)).toMatch(
      new RegExp(`^/ssm-run-command-\\w+/${path}/_script.sh$`),
    );
    expect([`${at}/_script.sh`, files]).toEqual([file, ["_script.sh"]]);
  });

  it("that may lie in a folder with characters that mean something to a shell", async () => {
    const odd = { folder: join(folder, "it's $HOME; `date` & more\n") };
    expect(await resultOf("echo ran\n", { options: odd })).toMatchObject({ stdout: "ran\n" });
  });

  it("that is executable, though files of this process are not", async () => {
    const mask = process.umask(0o077);
    try {
      expect(await resultOf("echo ran\n")).toMatchObject({ stdout: "ran\n" });
    } finally {
      process.umask(mask);
    }
  });
});

describe("what cannot be started fails as on a node", () => {
  const notStarted = (reason: string) => ({ type: "notStarted", reason });

  it.each<[string, ShellOptions, string]>([
    ["a shell", { shell: "/no/such/shell" }, "fork/exec /no/such/shell: no such file or directory"],
    [
      "a shell that no folder of the path has",
      { shell: "nosuchshell" },
      'exec: "nosuchshell": executable file not found in $PATH',
    ],
    [
      "a shell that is no program",
      { shell: "/etc/passwd" },
      "fork/exec /etc/passwd: permission denied",
    ],
    [
      "a folder",
      { shell: "/bin/sh", cwd: "/no/such" },
      "fork/exec /bin/sh: no such file or directory",
    ],
    [
      "a folder that is a file",
      { shell: "/bin/sh", cwd: "/dev/null" },
      "fork/exec /bin/sh: not a directory",
    ],
    [
      "an environment that is too large",
      { shell: "/bin/sh", env: { A: "x".repeat(3_000_000) } },
      "fork/exec /bin/sh: argument list too long",
    ],
  ])("%s", async (_, options, reason) => {
    const { result } = await ranScript("true\n", { options });
    expect(result).toEqual(notStarted(reason));
  });

  it("a folder with a character that no path can have", async () => {
    const given = { options: { shell: "/bin/sh" }, inputs: { workingDirectory: "/a\0" } };
    const { result } = await ranScript("true\n", given);
    expect(result).toEqual(notStarted("fork/exec /bin/sh: invalid argument"));
  });

  it("a shell, found by its name in PATH, is named with its path", async () => {
    vi.stubEnv("PATH", `${folder}:relative:/bin`);
    const { result } = await ranScript("true\n", { options: { cwd: "/no/such" } });
    expect(result).toEqual(notStarted("fork/exec /bin/sh: no such file or directory"));
  });

  it.skipIf(hasPowerShell).each([
    ["Linux", "fork/exec /usr/bin/pwsh: no such file or directory"],
    ["MacOS", "fork/exec /usr/local/bin/pwsh: no such file or directory"],
    ["Windows", 'exec: "powershell.exe": executable file not found in $PATH'],
  ] as const)("PowerShell for %s, on a computer without it", async (platform, reason) => {
    vi.stubEnv("PATH", folder);
    const { result } = await ranScript("Get-Date\n", {
      ...{ platform, action: "aws:runPowerShellScript" },
    });
    expect(result).toEqual(notStarted(reason));
  });
});

describe("what a script sees", () => {
  it("is started by the shell that was asked for", async () => {
    // `echo -c FILE` prints how it was started.
    const { stdout } = await resultOf("never\n", { options: { shell: "echo" } });
    expect(stdout).toMatch(/^-c (?:ulimit .*; )?\/.*\/_script\.sh\n$/);
  });

  it("is started by a bash in its POSIX mode, as by the sh of a node with Amazon Linux", async () => {
    const options = { shell: "/bin/bash" };
    const script = "[[ abc == a* ]] && echo pattern; shopt -qo posix && echo posix\n";
    expect(await resultOf(script, { options })).toMatchObject({ stdout: "pattern\nposix\n" });
  });

  it("has no open files but the three of every program", async () => {
    const script = "for fd in 3 4 5; do (true >&$fd) 2>/dev/null && echo $fd; done; true\n";
    expect(await resultOf(script)).toMatchObject({ exitCode: 0, stdout: "" });
  });

  it("sees a home of its own if it is PowerShell, which does not start without one", async () => {
    const pwsh = join(folder, "pwsh");
    writeFileSync(pwsh, '#!/bin/sh\necho "$HOME $*"\n', { mode: 0o700 });
    vi.stubEnv("HOME", "/root/of/the/developer");
    const given = { options: { shell: pwsh, folder }, action: "aws:runPowerShellScript" };
    const { stdout } = await resultOf("Get-Date\n", given);
    expect(stdout).toMatch(
      new RegExp(`^${folder}/ssm-run-command-\\w+ .* -File ${folder}/.*/_script\\.ps1\n$`),
    );
  });

  it("sees the variables of the options as they were when they were given", async () => {
    const env: Record<string, string> = { A: "before" };
    const behavior = runsInShell({ env });
    env["A"] = "after";
    const { run } = aRun('echo "$A"\n');
    expect(await behavior.run(run)).toMatchObject({ stdout: "before\n" });
  });

  it("sees the environment of this process where it is given, without what is undefined", async () => {
    vi.stubEnv("STAGE", "test");
    const options = { env: { ...process.env, MISSING: undefined } };
    expect(await resultOf('echo "$STAGE" $MISSING\n', { options })).toMatchObject({
      stdout: "test\n",
    });
    expect(() => runsInShell({ env: process.env })).not.toThrow();
  });

  it("sees nothing of this process but PATH", async () => {
    const private_ = ["HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "AWS_SECRET_ACCESS_KEY"];
    for (const name of [...private_, "NODE_OPTIONS"]) vi.stubEnv(name, folder);
    const environment = { SSM_COMMAND_ID: "command-1" };
    const { stdout = "" } = await resultOf("env\n", { environment });
    const names = stdout
      .trimEnd()
      .split("\n")
      .map((line) => line.split("=")[0]);
    const ofTheShell = ["PWD", "OLDPWD", "SHLVL", "_"];
    expect(names.filter((name = "") => !ofTheShell.includes(name)).sort()).toEqual([
      ...["PATH", "SSM_COMMAND_ID"],
    ]);
  });

  it("sees PATH as it is here", async () => {
    const path = `${process.env["PATH"]}:/planted`;
    vi.stubEnv("PATH", path);
    expect(await resultOf('echo "$PATH"\n')).toMatchObject({ stdout: `${path}\n` });
  });

  it("sees the variables of the agent and those of the options, which win", async () => {
    const given = { environment: { A: "agent", B: "agent" }, options: { env: { B: "b", C: "c" } } };
    expect(await resultOf('echo "$A $B $C"\n', given)).toMatchObject({ stdout: "agent b c\n" });
  });

  it("runs in the folder of the options", async () => {
    const options = { cwd: folder };
    expect(await resultOf("pwd -P\n", { options })).toMatchObject({ stdout: `${folder}\n` });
  });

  it.each([
    ["an absolute one, rather than the options'", "/usr", "/usr\n"],
    ["no relative one", "usr", "/\n"],
    ["no empty one", "", "/\n"],
  ])("runs in the working directory of the step: %s", async (_, workingDirectory, stdout) => {
    const given = { options: { cwd: "/" }, inputs: { workingDirectory } };
    expect(await resultOf("pwd\n", given)).toMatchObject({ stdout });
  });

  it("runs in the working directory of the step, whatever the case of its name", async () => {
    const inputs = { WorkingDirectory: "/usr" };
    expect(await resultOf("pwd\n", { inputs })).toMatchObject({ stdout: "/usr\n" });
  });
});

describe("an option", () => {
  const runs = (options: unknown) => () => runsInShell(options as ShellOptions);

  it("that does not exist is refused with the nearest one", () => {
    expect(runs({ keep: "1MiB" })).toThrow(
      new TypeError('runsInShell() has no option "keep". Did you mean keeps?'),
    );
  });

  it.each([
    [{ keeps: 16 }, "The option keeps of runsInShell() is 16. Give it bytes with their unit"],
    [{ keeps: "16" }, 'keeps of runsInShell() is "16"'],
    [{ keeps: "1GiB" }, 'such as "16MiB", at most "256MiB".'],
    [{ folder: "tmp" }, 'folder of runsInShell() is "tmp". Give it an absolute path.'],
    [{ env: { A: 1 } }, "The option env.A of runsInShell() is 1. Give it a string without NUL."],
    [{ env: { A: "\0" } }, "Give it a string without NUL."],
    [{ env: { "A=B": "" } }, 'env of runsInShell() is "A=B". Give it variables whose names'],
    [{ env: new Map([["A", "b"]]) }, "Give it an object whose values are strings."],
    [{ env: ["A"] }, "Give it an object whose values are strings."],
    ["sh", 'runsInShell() was given "sh". Give it an object of options, or nothing.'],
    [null, "runsInShell() was given null. Give it an object of options, or nothing."],
    [{ shell: "" }, 'shell of runsInShell() is "". Give it a path, or the name of a program.'],
  ])("of the wrong kind is refused: %j", (options, message) => {
    expect(runs(options)).toThrow(message);
  });

  it("may be undefined", () => {
    expect(runs({ shell: undefined, keeps: undefined })).not.toThrow();
  });
});

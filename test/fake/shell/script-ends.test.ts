import { spawn } from "node:child_process";
import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { leftAmong, markOf } from "../../../src/fake/shell/left-processes.ts";
import { processState } from "../../../src/fake/shell/process-table.ts";
import { eachInFolder } from "../../support/temporary-folder.ts";
import { isGone, isRunning, ranScript, resultOf, started } from "./a-script-run.ts";

let folder: string;

eachInFolder((made) => {
  folder = made;
});

describe("a script that a signal ends", () => {
  it.each([
    ["KILL", "killed"],
    ["SEGV", "segmentation fault"],
    ["TERM", "terminated"],
    ["PIPE", "broken pipe"],
    ["XCPU", "signal 24"],
  ])("shows %s as Go does where the shell has become the script", async (name, signal) => {
    // `exec` makes it so in every shell; some do it by themselves with the last command.
    const options = { shell: "/bin/bash" };
    const { result } = await ranScript(`ulimit -c 0; echo out; kill -${name} $$\n`, { options });
    expect(result).toEqual({ type: "killed", signal, stdout: "out\n", stderr: "" });
  });

  it("exits with 128 and the signal's number where a shell waits for it", async () => {
    expect(await resultOf("sh -c 'kill -TERM $$'; exit $?\n")).toMatchObject({ exitCode: 143 });
  });
});

describe("a script that the agent kills", () => {
  it("ends with code 137 and keeps what was written until then", async () => {
    const script = started('echo before; echo > "$STARTED"; sleep 60; echo after\n', { folder });
    await script.abort();
    expect(await script.result).toEqual({
      ...{ type: "exits", exitCode: 137, stdout: "before\n", stderr: "" },
    });
  });

  it("cannot resist", async () => {
    const script = started("trap '' TERM INT HUP; echo $$ > \"$STARTED\"; sleep 60\n", { folder });
    const pid = await script.abort();
    expect(await script.result).toMatchObject({ exitCode: 137 });
    await isGone(pid);
  });

  it("takes its grandchildren with it", async () => {
    const script = started("sh -c 'sleep 60 & echo $! > \"$STARTED\"; wait'\n", { folder });
    const grandchild = await script.abort();
    await script.result;
    await isGone(grandchild);
  });

  it("does not take a child that has a session of its own, which ends with the fake", async () => {
    const child = "setsid sh -c 'echo $$ > \"$STARTED\"; exec sleep 60' >/dev/null 2>&1 &";
    const script = started(`${child} sleep 60\n`, { folder });
    const pid = await script.abort();
    await script.result;
    expect(isRunning(pid)).toBe(true);
    await script.told.end();
    expect(isRunning(pid)).toBe(false);
  });

  it("is not held up by a child of another session that holds its output", async () => {
    const child = "setsid sh -c 'echo $$ > \"$STARTED\"; exec sleep 60' &";
    const script = started(`${child} sleep 60\n`, { folder });
    await script.abort();
    expect(await script.result).toMatchObject({ exitCode: 137 });
    await script.told.end();
  });

  it("ends before anything is looked for when that came before its start", async () => {
    const given = { options: { shell: "/no/such/shell" }, signal: AbortSignal.abort() };
    expect(await resultOf("true\n", given)).toEqual({ type: "exits", exitCode: 137 });
  });
});

describe("a child that a script leaves", () => {
  it("keeps the plugin open while it holds the output, all of which is read", async () => {
    const script = "(sleep 0.3; echo late; echo too >&2) & echo early\n";
    expect(await resultOf(script)).toEqual({
      ...{ type: "exits", exitCode: 0, stdout: "early\nlate\n", stderr: "too\n" },
    });
  });

  it.each([
    ["both streams", "sleep 60 &"],
    ["standard error alone", "sleep 60 > /dev/null &"],
  ])("keeps it open by %s until the agent kills both", async (_, child) => {
    const script = started(`echo over; ${child} echo $! > "$STARTED"\n`, { folder });
    const pid = await script.abort();
    expect(await script.result).toMatchObject({ exitCode: 137, stdout: "over\n" });
    await isGone(pid);
  });

  it.each([
    ["in the script's process group", 'sleep 60 > /dev/null 2>&1 & echo $! > "$STARTED"\n'],
    ["with nohup", 'nohup sleep 60 > /dev/null 2>&1 & echo $! > "$STARTED"\n'],
    [
      "in a session of its own",
      "setsid sh -c 'echo $$ > \"$STARTED\"; exec sleep 60' > /dev/null 2>&1 &\nsleep 0.1\n",
    ],
    [
      "orphaned twice, without any open file of its parent",
      `"$NODE" -e '
        const options = { detached: true, stdio: "ignore" };
        const { pid } = require("node:child_process").spawn("sleep", ["60"], options);
        require("node:fs").writeFileSync(process.env.STARTED, pid + "\\n");
        process.exit();'\n`,
    ],
    [
      "that has gone to another folder",
      "setsid sh -c 'cd /; echo $$ > \"$STARTED\"; exec sleep 60' > /dev/null 2>&1 &\nsleep 0.1\n",
    ],
    [
      "that has no environment",
      "env -i setsid sh -c 'cd /; echo $$ > '\"$STARTED\"'; exec sleep 60' >/dev/null 2>&1 &\nsleep 0.1\n",
    ],
    [
      "of a program that closes what it inherits, in another folder than the script's",
      `cd /; "$NODE" -e '
        const options = { detached: true, stdio: "ignore", cwd: "/usr", env: {} };
        const { pid } = require("node:child_process").spawn("/bin/sleep", ["60"], options);
        require("node:fs").writeFileSync(process.env.STARTED, pid + "\\n");
        process.exit();'\n`,
    ],
  ])("lives on without the output, and ends with the fake: %s", async (_, script) => {
    const { result, told, mark } = started(script, { folder });
    expect(await result).toMatchObject({ exitCode: 0 });
    const child = await mark();
    expect([isRunning(child), told.kept()]).toEqual([true, 1]);
    await told.end();
    expect(isRunning(child)).toBe(false);
  });

  it("is not looked for at the end of the fake when there was none", async () => {
    const { told } = await ranScript("true\n");
    expect(told.kept()).toBe(0);
  });
});

describe("the processes that are left of a run", () => {
  const mark = markOf("/tmp/ssm-run-command-none42");
  const own = processState(process.pid)!;
  const child = (startedAt: number) => ({
    ...{ pid: 1, isRunning: true, startedAt },
    ...{ group: process.pid, session: process.pid },
  });

  it("are those of its group and session, if they are younger than its shell", () => {
    const marks = { pid: process.pid, startedAt: own.startedAt, mark };
    const found = [own.startedAt - 1, own.startedAt + 1].map((at) => leftAmong([child(at)], marks));
    expect(found).toEqual([[], [1]]);
  });

  it("are none of another process that has the shell's id by now, and its group", () => {
    const marks = { pid: process.pid, startedAt: own.startedAt - 100, mark };
    expect(leftAmong([child(own.startedAt + 1)], marks)).toEqual([]);
  });

  it("have a mark that differs from folder to folder, and that every process can have", () => {
    const marks = ["aaaaaa", "aaaaab", "zzzzzz", "000000"].map((end) => markOf(`/tmp/x-${end}`));
    expect([new Set(marks).size, marks.every((each) => Number.isSafeInteger(each * 1024))]).toEqual(
      [4, true],
    );
  });
});

describe("the end of a script", () => {
  it("loses no output when this process is too busy to read it", async () => {
    const result = resultOf("sleep 0.25; echo written\n");
    // Another child makes Node notice the script's end before it reads the script's pipe, and leaves it no time to read it.
    const other = spawn("sleep", ["0.1"], { stdio: ["ignore", "pipe", "ignore"] });
    other.stdout.on("end", () => beBusy(300)).resume();
    other.on("exit", () => setImmediate(() => beBusy(150)));
    setTimeout(() => beBusy(80), 80);
    expect(await result).toMatchObject({ exitCode: 0, stdout: "written\n" });
  });

  it("leaves no listener on the signal and on the process", async () => {
    const { signal } = new AbortController();
    const before = ["exit", "SIGTERM", "SIGINT"].map((event) => process.listenerCount(event));
    await resultOf("true\n", { signal });
    const after = ["exit", "SIGTERM", "SIGINT"].map((event) => process.listenerCount(event));
    expect([getEventListeners(signal, "abort"), after]).toEqual([[], before]);
  });
});

function beBusy(ms: number): void {
  const begun = performance.now();
  while (performance.now() - begun < ms);
}

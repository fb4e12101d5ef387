import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { isGone, isRunning, markIn, PATIENTLY } from "./a-script-run.ts";

let built: string;
let program: string;

beforeAll(async () => {
  built = realpathSync(mkdtempSync(join(tmpdir(), "process-test-")));
  program = join(built, "program.cjs");
  const entry = new URL("a-fake-in-a-process.ts", import.meta.url).pathname;
  await build({ entryPoints: [entry], outfile: program, bundle: true, platform: "node" });
});

afterAll(() => {
  rmSync(built, { recursive: true });
});

interface Running {
  readonly host: ChildProcess;
  /** The signal that ended it, or its code. */
  readonly end: Promise<unknown>;
  /** The script, and the child that it leaves. */
  readonly pids: readonly number[];
  /** The folders of scripts that are there. */
  readonly folders: () => readonly string[];
}

/** A process in which a script runs, and leaves a child in a session of its own. */
function running(ending: string): Promise<Running> {
  const isBrief = ending === "ends by itself" || ending === "is reset";
  return started(ending, (folder) => [
    `setsid sh -c 'echo $$ > ${folder}/child; exec sleep 60' >/dev/null 2>&1 &`,
    `echo $$ > ${folder}/script`,
    isBrief ? `while [ ! -s ${folder}/child ]; do sleep 0.01; done` : "sleep 60",
  ]);
}

/** The program with a script, once its processes have said who they are. */
async function started(
  ending: string,
  scriptIn: (folder: string) => readonly string[],
  { pwsh }: { readonly pwsh?: string } = {},
): Promise<Running> {
  const folder = mkdtempSync(join(built, "run-"));
  const scripts = join(folder, "scripts");
  const args = [program, scriptIn(folder).join("\n"), ending, scripts];
  const host = spawn(process.execPath, pwsh === undefined ? args : [...args, pwsh]);
  const end = once(host, "exit").then(([code, signal]) => signal ?? code);
  await heard(host, "running");
  const pids = [await markIn(join(folder, "script")), await markIn(join(folder, "child"))];
  return { host, end, pids, folders: () => readdirSync(scripts) };
}

/** Waits until a process has said a word. */
async function heard(host: ChildProcess, word: string): Promise<void> {
  let said = "";
  const listen = (bytes: Buffer) => {
    said += bytes;
  };
  host.stdout?.on("data", listen);
  await vi.waitFor(() => expect(said).toContain(word), PATIENTLY);
  host.stdout?.off("data", listen);
}

/** Waits until the script has a guard, the second child of its process, which knows of it. */
async function guarded(host: ChildProcess): Promise<void> {
  await vi.waitFor(() => expect(childrenOf(host)).toHaveLength(2), PATIENTLY);
  await new Promise((resolve) => setTimeout(resolve, 200));
}

/** Kills a process, and waits until nothing of its script is there any more. */
async function leavesNothingWhenKilled({ host, end, pids, folders }: Running): Promise<void> {
  await guarded(host);
  host.kill("SIGKILL");
  await end;
  for (const pid of pids) await isGone(pid);
  await vi.waitFor(() => expect(folders()).toEqual([]), PATIENTLY);
}

function childrenOf({ pid }: ChildProcess): readonly string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
}

describe.concurrent("a process that ends while a script runs (real)", () => {
  it.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGQUIT"] as const)(
    "by %s leaves nothing when it is gone, and ends by that signal",
    async (signal) => {
      const { host, end, pids, folders } = await running("waits");
      host.kill(signal);
      expect(await end).toBe(signal);
      expect([pids.map(isRunning), folders()]).toEqual([[false, false], []]);
    },
  );

  it.each([
    ["exits", 4],
    ["throws", 1],
  ])("and %s leaves nothing when it is gone", async (ending, code) => {
    const { host, end, pids, folders } = await running(ending);
    host.stdin?.end("now\n");
    expect(await end).toBe(code);
    expect([pids.map(isRunning), folders()]).toEqual([[false, false], []]);
  });

  it("by SIGKILL leaves nothing a moment later", async () => {
    await leavesNothingWhenKilled(await running("waits"));
  });

  it("by SIGKILL leaves nothing of a PowerShell script, whose processes have no mark", async () => {
    const pwsh = join(built, "pwsh");
    // A shell that takes the last of its arguments for a script of its own.
    writeFileSync(pwsh, '#!/bin/sh\nfor last; do :; done; . "$last"\n', { mode: 0o700 });
    const scriptIn = (folder: string) => [
      `sh -c 'echo $$ > ${folder}/child; sleep 60' & echo $$ > ${folder}/script; wait`,
    ];
    await leavesNothingWhenKilled(await started("waits", scriptIn, { pwsh }));
  });

  it("goes on after a signal that its own code hears, and ends by the second", async () => {
    const { host, end, pids, folders } = await running("listens once");
    host.kill("SIGTERM");
    await heard(host, "heard");
    expect(pids.map(isRunning)).toEqual([true, true]);
    host.kill("SIGTERM");
    expect(await end).toBe("SIGTERM");
    expect([pids.map(isRunning), folders()]).toEqual([[false, false], []]);
  });

  it("by code of its own that hears the signal and exits leaves nothing", async () => {
    const { host, end, pids, folders } = await running("listens and exits");
    host.kill("SIGTERM");
    expect(await end).toBe(3);
    expect([pids.map(isRunning), folders()]).toEqual([[false, false], []]);
  });

  it("by code that ends it only when nobody else listens is ended as without scripts", async () => {
    const { host, end, pids } = await running("counts the listeners");
    await guarded(host);
    host.kill("SIGTERM");
    expect(await end).toBe("SIGTERM");
    for (const pid of pids) await isGone(pid);
  });
});

describe.concurrent("a process whose scripts have ended (real)", () => {
  it("ends by itself, and what they left ends with it", async () => {
    const { end, pids, folders } = await running("ends by itself");
    expect(await end).toBe(0);
    expect([pids.map(isRunning), folders()]).toEqual([[false, false], []]);
  });

  it("has nothing of them any more after a reset, no process and no listener", async () => {
    const { host, end, pids } = await running("is reset");
    expect(pids.map(isRunning)).toEqual([false, false]);
    const children = childrenOf(host);
    host.stdin?.end();
    expect([children, await end]).toEqual([[], 0]);
  });
});

import { existsSync, readFileSync } from "node:fs";
import { expect, vi } from "vitest";
import type { PluginRun } from "../../../src/fake/agents/behavior.ts";
import { runsInShell, type ShellOptions } from "../../../src/fake/shell/runs-in-shell.ts";

/** What a test says of a run. */
export interface Given {
  readonly options?: ShellOptions;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly platform?: PluginRun["node"]["platform"];
  readonly action?: string;
  readonly signal?: AbortSignal;
}

/** What a run has told, beside its result. */
export interface Told {
  readonly warnings: string[];
  readonly shown: { readonly stdout?: string; readonly stderr?: string }[];
  /** Ends the fake. */
  readonly end: () => Promise<void>;
  /** How much is to be done at the end of the fake. */
  readonly kept: () => number;
}

/** A run of a script, or of a plugin that has none, and what it tells. */
export function aRun(
  script: string | undefined,
  given: Given = {},
): { run: PluginRun; told: Told } {
  const { inputs = {}, environment = {}, platform = "Linux" } = given;
  const { action = "aws:runShellScript", signal = new AbortController().signal } = given;
  const atEnd = new Set<() => void | Promise<void>>();
  const told: Told = {
    warnings: [],
    shown: [],
    kept: () => atEnd.size,
    end: async () => {
      for (const cleanUp of atEnd) await cleanUp();
      atEnd.clear();
    },
  };
  const run: PluginRun = {
    node: {
      instanceId: "i-0123456789abcdef0",
      platform,
      platformName: "Amazon Linux",
      platformVersion: "2023",
      tags: {},
    },
    commandId: "command-1",
    documentName: "AWS-RunShellScript",
    plugin: { name: "step", action, inputs },
    ...(script !== undefined && { script }),
    environment,
    folder: "i-0123456789abcdef0/document/orchestration/command-1/awsrunShellScript/step",
    signal,
    attempt: 1,
    random: () => 0,
    showOutput: (soFar) => told.shown.push(soFar),
    warn: (sentence) => told.warnings.push(sentence),
    whenFakeEnds: (cleanUp) => {
      atEnd.add(cleanUp);
      return () => atEnd.delete(cleanUp);
    },
  };
  return { run, told };
}

/** The result of a script, and what its run has told. */
export async function ranScript(script: string, given: Given = {}) {
  const { run, told } = aRun(script, given);
  return { result: await runsInShell(given.options).run(run), told };
}

/** What a script that ends by itself comes to. */
export async function resultOf(script: string, given: Given = {}) {
  const { result } = await ranScript(script, given);
  if (result.type !== "exits") throw new Error(`It has come to ${result.type}.`);
  return result;
}

/** A script under way that says how far it is by writing a line, such as a process id, to `$STARTED`. */
export function started(script: string, { folder, ...given }: Given & { readonly folder: string }) {
  const controller = new AbortController();
  const file = `${folder}/started`;
  const env = { STARTED: file, NODE: process.execPath };
  const { run, told } = aRun(script, { ...given, signal: controller.signal });
  const result = Promise.resolve(runsInShell({ ...given.options, env }).run(run));
  const mark = () => markIn(file);
  const abort = async () => {
    const marked = await mark();
    controller.abort();
    return marked;
  };
  return { result, told, mark, abort };
}

/** A busy machine may take its time to start a shell. */
export const PATIENTLY = { interval: 5, timeout: 20_000 };

/** The number that a script writes to a file, once it is there. */
export function markIn(file: string): Promise<number> {
  return vi.waitFor(() => {
    const line = existsSync(file) ? readFileSync(file, "utf8") : "";
    if (!line.endsWith("\n")) throw new Error("The script has not written its mark.");
    return Number(line);
  }, PATIENTLY);
}

/** Waits until a process is gone. */
export async function isGone(pid: number): Promise<void> {
  await vi.waitFor(() => expect(isRunning(pid)).toBe(false), PATIENTLY);
}

/** Whether a process lives. One that is dead but not yet collected, which Linux calls `Z`, does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const status = `/proc/${pid}/status`;
    return !existsSync(status) || !/^State:\s*Z/m.test(readFileSync(status, "utf8"));
  } catch {
    return false;
  }
}

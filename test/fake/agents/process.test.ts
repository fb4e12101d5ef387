import { describe, expect, it } from "vitest";
import { fails, hangs, killed, reboots, succeeds } from "../../../src/fake/agents/behavior.ts";
import type { PluginResult } from "../../../src/fake/agents/plugin-result.ts";
import {
  killProcess,
  type ProcessEnd,
  rebootOf,
  reportOf,
  startProcess,
  writtenUntil,
} from "../../../src/fake/agents/process.ts";

const T0 = 1_000_000;
const start = (result: PluginResult, timeoutMs = 60_000) =>
  startProcess(result, { startedAt: T0, timeoutMs });

describe("a process from its start", () => {
  it.each<[fact: string, result: PluginResult, ends: [after: number | undefined, end: ProcessEnd]]>(
    [
      ["ends at once unless it takes its time", succeeds(), [0, "exit"]],
      ["ends after its time", fails({ after: "5s" }), [5_000, "exit"]],
      ["ends by itself exactly at its time-out", succeeds({ after: "60s" }), [60_000, "exit"]],
      ["is killed at its time-out", succeeds({ after: "61s" }), [60_000, "timeout"]],
      ["is killed at its time-out when it hangs", hangs(), [60_000, "timeout"]],
      ["takes its time to die", hangs({ killTakes: "3s" }), [63_000, "timeout"]],
      ["ends when it is killed from outside", killed({ after: "2s" }), [2_000, "exit"]],
      ["ends when it asks for a reboot", reboots({ after: "7s" }), [7_000, "exit"]],
      ["has no end when its agent never replies", { type: "neverReplies" }, [undefined, "exit"]],
    ],
  )("%s", (_, result, [after, end]) => {
    const process = start(result);
    const ends = process.endsAt === undefined ? undefined : process.endsAt - T0;
    expect([ends, process.end]).toEqual([after, end]);
  });
});

describe("a process that is cancelled", () => {
  it("ends then", () => {
    const process = killProcess(start(hangs()), T0 + 5_000);
    expect([process.endsAt, process.end]).toEqual([T0 + 5_000, "cancel"]);
  });

  it("takes its time to die", () => {
    const process = killProcess(start(hangs({ killTakes: "2s" })), T0 + 5_000);
    expect(process.endsAt).toBe(T0 + 7_000);
  });

  it("keeps its own end when it has ended by then", () => {
    const process = start(succeeds({ after: "5s" }));
    expect(killProcess(process, T0 + 5_000)).toBe(process);
  });

  it("has no end when its agent never replies", () => {
    const process = start({ type: "neverReplies" });
    expect(killProcess(process, T0)).toBe(process);
  });
});

/** What the agent reports about a process that ended by itself or was killed. */
function report(
  result: PluginResult,
  {
    platform = "Linux" as "Linux" | "Windows" | "MacOS",
    cancelledAfter = undefined as number | undefined,
    isCancelled = false,
    isScript = true,
    timeoutMs = 60_000,
  } = {},
) {
  const started = start(result, timeoutMs);
  const process =
    cancelledAfter === undefined ? started : killProcess(started, T0 + cancelledAfter);
  const { endsAt } = process;
  if (endsAt === undefined) throw new Error("It has no end.");
  return reportOf({ ...process, endsAt }, { platform, isScript, isCancelled });
}

describe("what the agent reports", () => {
  it("is Success for code 0", () => {
    expect(report(succeeds({ stdout: "out\n", stderr: "warning\n" }))).toEqual({
      detail: "Success",
      exitCode: 0,
      stdout: "out\n",
      stderr: "warning\n",
    });
  });

  it.each([
    ["fails", fails({ exitCode: 7, stderr: "no such package" }), 7],
    ["is killed", killed({ stderr: "no such package" }), -1],
    ["does not start", { type: "notStarted", reason: "no such package" } as const, 1],
    ["ends with the code of a kill", fails({ exitCode: 137, stderr: "no such package" }), 137],
  ])("has no suffix where a plugin without a script %s", (_, result, exitCode) => {
    expect(report(result, { isScript: false })).toEqual({
      detail: "Failed",
      exitCode,
      stdout: "",
      stderr: "no such package",
    });
  });

  it("is Failed with code 1 and the reason for a process that does not start", () => {
    const reason = "fork/exec /usr/bin/pwsh: no such file or directory";
    expect(report({ type: "notStarted", reason })).toEqual({
      detail: "Failed",
      exitCode: 1,
      stdout: "",
      stderr: `failed to run commands: ${reason}`,
    });
  });

  it("is Failed for another code, with a suffix that has no separator", () => {
    expect(report(fails({ exitCode: 7, stdout: "out", stderr: "bad" }))).toEqual({
      detail: "Failed",
      exitCode: 7,
      stdout: "out",
      stderr: "badfailed to run commands: exit status 7",
    });
  });

  it("has the suffix alone where nothing went to stderr", () => {
    expect(report(fails()).stderr).toBe("failed to run commands: exit status 1");
  });

  it.each([168, 169])("is Failed for code %s, which the flow reads later", (exitCode) => {
    expect(report(fails({ exitCode }))).toMatchObject({ detail: "Failed", exitCode });
  });

  it("is Cancelled when it was killed from outside while a cancel is pending", () => {
    expect(report(killed({ signal: "killed", stderr: "x\n" }), { isCancelled: true })).toEqual({
      ...{ detail: "Cancelled", exitCode: 137, stdout: "", stderr: "x\n" },
    });
  });

  it("is the reason alone where the agent could not even prepare a script", () => {
    const result = { type: "notStarted", at: "preparation", reason: "no space left" } as const;
    expect(report(result)).toMatchObject({
      detail: "Failed",
      exitCode: 1,
      stderr: "no space left",
    });
  });

  it("is Failed with code -1 when it was killed from outside", () => {
    expect(report(killed({ signal: "terminated", stderr: "x\n" }))).toEqual({
      detail: "Failed",
      exitCode: -1,
      stdout: "",
      stderr: "x\nfailed to run commands: signal: terminated",
    });
  });

  it.each([
    ["Linux", 137],
    ["MacOS", 137],
    ["Windows", -1],
  ] as const)("is ExecutionTimedOut on %s with code %s, without a suffix", (platform, exitCode) => {
    expect(report(hangs({ stdout: "out\n", stderr: "err\n" }), { platform })).toEqual({
      detail: "ExecutionTimedOut",
      exitCode,
      stdout: "out\n",
      stderr: "err\n",
    });
  });

  it.each([
    ["Linux", 137],
    ["Windows", -1],
  ] as const)("is Cancelled on %s with code %s, without a suffix", (platform, exitCode) => {
    const result = hangs({ stdout: "out\n" });
    expect(report(result, { platform, cancelledAfter: 5_000 })).toEqual({
      detail: "Cancelled",
      exitCode,
      stdout: "out\n",
      stderr: "",
    });
  });

  it.each([
    ["Linux", 137],
    ["Windows", -1],
  ] as const)(
    "is a time-out on %s for a script that exits with %s itself",
    (platform, exitCode) => {
      const { detail, stderr } = report(fails({ exitCode }), { platform });
      expect([detail, stderr]).toEqual(["ExecutionTimedOut", ""]);
    },
  );

  it("is Cancelled for a script that exits with 137 itself while a cancel is pending", () => {
    expect(report(fails({ exitCode: 137 }), { isCancelled: true }).detail).toBe("Cancelled");
  });

  it.each([
    ["137 on Windows", 137, "Windows"],
    ["-1 on Linux", -1, "Linux"],
    ["3010 on Linux", 3010, "Linux"],
    ["194 on Windows", 194, "Windows"],
  ] as const)("is Failed for %s, which means nothing there", (_, exitCode, platform) => {
    expect(report(fails({ exitCode }), { platform })).toMatchObject({ detail: "Failed", exitCode });
  });
});

describe("a reboot", () => {
  it.each([
    ["Linux", 194],
    ["MacOS", 194],
    ["Windows", 3010],
  ] as const)("is asked for on %s by code %s", (platform, exitCode) => {
    expect(rebootOf(start(fails({ exitCode })), platform)).toEqual({
      takesMs: 0,
      rerun: undefined,
    });
  });

  it.each([
    ["Windows", 194],
    ["Linux", 3010],
    ["Linux", 1],
  ] as const)("is not asked for on %s by code %s", (platform, exitCode) => {
    expect(rebootOf(start(fails({ exitCode })), platform)).toBeUndefined();
  });

  it("takes its time and has the result that it was given", () => {
    const then = succeeds({ stdout: "up\n" });
    expect(rebootOf(start(reboots({ takes: "90s", then })), "Linux")).toEqual({
      takesMs: 90_000,
      rerun: then,
    });
  });

  it("does not come when the process was killed before it asked", () => {
    const process = killProcess(start(reboots({ after: "10s" })), T0 + 5_000);
    expect(rebootOf(process, "Linux")).toBeUndefined();
  });

  it("does not come when the process ran into its time-out before it asked", () => {
    expect(rebootOf(start(reboots({ after: "61s" })), "Linux")).toBeUndefined();
  });
});

describe("what a process has written", () => {
  const WRITES = hangs({
    stdout: "start\n",
    writes: [
      { at: "20s", stdout: "third\n" },
      { at: "10s", stdout: "second\n", stderr: "warning\n" },
    ],
  });

  it.each([
    [0, { stdout: "start\n", stderr: "" }],
    [9_999, { stdout: "start\n", stderr: "" }],
    [10_000, { stdout: "start\nsecond\n", stderr: "warning\n" }],
    [20_000, { stdout: "start\nsecond\nthird\n", stderr: "warning\n" }],
  ])("after %s ms is what was due by then, in the order of time", (ms, written) => {
    expect(writtenUntil(ms, WRITES)).toEqual(written);
  });

  it("keeps writes of one instant in the order in which they were given", () => {
    const writes = ["a", "b", "c"].map((stdout) => ({ at: "1s", stdout }) as const);
    expect(writtenUntil(1_000, succeeds({ writes })).stdout).toBe("abc");
  });

  it("is nothing when its agent never replies", () => {
    expect(writtenUntil(1_000, { type: "neverReplies" })).toEqual({ stdout: "", stderr: "" });
  });

  it("is kept by a process that is cancelled", () => {
    expect(report(WRITES, { cancelledAfter: 15_000 })).toMatchObject({
      stdout: "start\nsecond\n",
      stderr: "warning\n",
    });
  });

  it("is kept by a process that runs into its time-out", () => {
    expect(report(WRITES, { timeoutMs: 15_000 }).stdout).toBe("start\nsecond\n");
  });

  it("goes on while a killed process dies", () => {
    const result = hangs({ killTakes: "10s", writes: [{ at: "20s", stdout: "caught it\n" }] });
    expect(report(result, { cancelledAfter: 15_000 }).stdout).toBe("caught it\n");
  });

  it("ends with a process that exits before a write is due", () => {
    const result = succeeds({ after: "5s", writes: [{ at: "10s", stdout: "late" }] });
    expect(report(result).stdout).toBe("");
  });
});

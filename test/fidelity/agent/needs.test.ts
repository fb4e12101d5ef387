import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Machine, thisMachine, unmetNeed } from "./needs.ts";

const machine: Machine = { hasProgram: (name) => name === "awk", shell: () => "dash" };

describe("a need", () => {
  it.each([
    [undefined, undefined],
    [["awk"], undefined],
    [["!pwsh", "awk", "sh=dash"], undefined],
    [["awk", "setsid"], "needs setsid, which this machine lacks"],
    [["!awk"], "needs a machine without awk, which this machine has"],
    [["sh=bash"], "needs a /bin/sh that is bash, and here it is dash"],
  ])("of %j is met, or says why it is not", (needs, why) => {
    expect(unmetNeed(needs, machine)).toBe(why);
  });

  it("of a shell is not met where /bin/sh does not exist", () => {
    const bare: Machine = { ...machine, shell: () => undefined };
    expect(unmetNeed(["sh=dash"], bare)).toBe(
      "needs a /bin/sh that is dash, and here it is missing",
    );
  });
});

describe("this machine", () => {
  it("has the programs that the folders of PATH hold, and no folder or plain file is one", () => {
    const folder = mkdtempSync(join(tmpdir(), "needs-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, "tool"), "");
    chmodSync(join(folder, "tool"), 0o755);
    writeFileSync(join(folder, "page"), "");
    chmodSync(join(folder, "page"), 0o644);
    mkdirSync(join(folder, "box"));
    const { hasProgram } = thisMachine(["/no/such/folder", "", folder].join(delimiter));
    expect(["tool", "page", "box", "other"].map(hasProgram)).toEqual([true, false, false, false]);
  });
});

import { describe, expect, it } from "vitest";
import type { Platform, SchemaVersion } from "../../../src/fake/documents/document-model.ts";
import type { ResolvedStep } from "../../../src/fake/documents/resolve-steps.ts";
import {
  afterStep,
  exitsWhenRefused,
  mergeReports,
  verdictOn,
} from "../../../src/fake/documents/step-flow.ts";
import { aDocument, aReport, aStep, equals } from "./a-document.ts";

const ON_WINDOWS = equals("platformType", "Windows");

interface Situation {
  readonly schemaVersion?: SchemaVersion;
  readonly platform?: Platform;
  readonly hasExited?: boolean;
  readonly values?: Readonly<Record<string, unknown>>;
}

/** The verdict on a step that is the only one of its document. */
function verdictOf(step: Partial<ResolvedStep>, situation: Situation = {}) {
  const { schemaVersion = "2.2", platform = "Linux", hasExited = false, values = {} } = situation;
  const flow = aDocument([aStep({ name: "X", ...step })], { schemaVersion, values });
  return verdictOn(0, { flow, platform, hasExited });
}

describe("whether a step runs", () => {
  it("runs a step that nothing speaks against", () => {
    expect(verdictOf({})).toEqual({ type: "run" });
  });

  it("skips every step after an exit", () => {
    expect(verdictOf({}, { hasExited: true })).toEqual({
      type: "skip",
      message:
        "Plugin with name aws:runShellScript and id X skipped due to prior step with an exit condition",
    });
  });

  it("runs a finallyStep after an exit when it is the last step", () => {
    expect(verdictOf({ isFinally: true }, { hasExited: true })).toEqual({ type: "run" });
  });

  it("ignores a finallyStep that is not the last step", () => {
    const flow = aDocument([aStep({ isFinally: true }), aStep({ name: "last" })]);
    const situation = { flow, platform: "Linux", hasExited: true } as const;
    expect(verdictOn(0, situation).type).toBe("skip");
  });

  it.each(["Linux", "MacOS", "Windows"] as const)("runs PowerShell on %s", (platform) => {
    expect(verdictOf({ action: "aws:runPowerShellScript" }, { platform })).toEqual({ type: "run" });
  });

  it.each([
    ["aws:psModule", "Linux"],
    ["aws:applications", "Linux"],
    ["aws:updateAgent", "Linux"],
    ["aws:runShellScript", "Windows"],
    ["aws:downloadContent", "MacOS"],
    ["aws:runDocument", "MacOS"],
  ] as const)("skips %s on %s, in schema 2.2", (action, platform) => {
    expect(verdictOf({ action }, { platform })).toEqual({
      type: "skip",
      message: `Step execution skipped due to unsupported plugin: ${action}. Step name: X`,
    });
  });

  it.each([
    ["1.2", "Linux", "aws:psModule not found"],
    ["2.0", "Linux", "aws:psModule not found"],
    ["2.0", "Windows", "aws:runShellScript not found"],
    ["2.0", "MacOS", "aws:psModule is not supported in current platform"],
    ["1.2", "MacOS", "aws:downloadContent is not supported in current platform"],
  ] as const)("fails in schema %s on %s: %s", (schemaVersion, platform, complaint) => {
    const [action = ""] = complaint.split(" ");
    expect(verdictOf({ action }, { schemaVersion, platform })).toEqual({
      type: "fail",
      message: `Plugin with name ${complaint}. Step name: X`,
    });
  });

  it.each([
    "aws:updateSsmAgent",
    "aws:runPowerShellScript",
    "aws:runShellScript",
    "aws:softwareInventory",
    "aws:refreshAssociation",
    "aws:configurePackage",
  ])("runs %s on MacOS", (action) => {
    expect(verdictOf({ action }, { platform: "MacOS" })).toEqual({ type: "run" });
  });

  it.each(["1.2", "2.0", "2.2"] as const)(
    "fails a plugin that the agent does not have, in schema %s",
    (schemaVersion) => {
      expect(verdictOf({ action: "aws:dance" }, { schemaVersion })).toEqual({
        type: "fail",
        message:
          "Plugin with name aws:dance is not supported by this version of ssm agent, please update to latest version. Step name: X",
      });
    },
  );

  it("skips an unsatisfied precondition", () => {
    expect(verdictOf({ preconditions: [ON_WINDOWS] })).toEqual({
      type: "skip",
      message: `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows]'. Step name: X`,
    });
  });

  it("fails a precondition that the agent does not understand", () => {
    const preconditions = [{ operator: "NumberEquals", operands: ["1", "1"] }];
    expect(verdictOf({ preconditions })).toEqual({
      type: "fail",
      message: `Unrecognized precondition(s): 'unrecognized operator: "NumberEquals"', please update agent to latest version. Step name: X`,
    });
  });

  it("skips, and names both, when one is unsatisfied and another not understood", () => {
    const preconditions = [ON_WINDOWS, { operator: "NumberEquals", operands: [] }];
    expect(verdictOf({ preconditions })).toEqual({
      type: "skip",
      message: `Step execution skipped due to unsatisfied preconditions: '"StringEquals": [platformType, Windows], unrecognized operator: "NumberEquals"'. Step name: X`,
    });
  });

  it("fails every precondition in schema 2.0", () => {
    const preconditions = [equals("platformType", "Linux")];
    expect(verdictOf({ preconditions }, { schemaVersion: "2.0" })).toEqual({
      type: "fail",
      message:
        "Precondition is not supported for document schema version prior to 2.2. Step name: X",
    });
  });
});

describe("the order of the questions", () => {
  it("asks for a prior exit before the plugin", () => {
    const { type } = verdictOf({ action: "aws:dance" }, { hasExited: true });
    expect(type).toBe("skip");
  });

  it("asks for the platform before the precondition", () => {
    const verdict = verdictOf({ action: "aws:psModule", preconditions: [ON_WINDOWS] });
    expect(verdict).toMatchObject({ message: expect.stringContaining("unsupported plugin") });
  });

  it("asks whether the plugin is known only where the preconditions hold", () => {
    const verdict = verdictOf({ action: "aws:dance", preconditions: [ON_WINDOWS] });
    expect(verdict).toMatchObject({ type: "skip" });
  });

  it("asks for the precondition of a finallyStep, too", () => {
    const step = { isFinally: true, preconditions: [ON_WINDOWS] };
    expect(verdictOf(step, { hasExited: true })).toMatchObject({
      message: expect.stringContaining("unsatisfied"),
    });
  });
});

describe("what a step's end means", () => {
  const FAILED = aReport({ detail: "Failed", exitCode: 2, stdout: "out", stderr: "err" });

  it("goes on after a success", () => {
    expect(afterStep(aStep(), aReport())).toEqual({ report: aReport(), exits: false });
  });

  it("goes on after a plain failure", () => {
    expect(afterStep(aStep(), FAILED)).toEqual({ report: FAILED, exits: false });
  });

  it("goes on after a time-out", () => {
    const report = aReport({ detail: "ExecutionTimedOut", exitCode: 137 });
    expect(afterStep(aStep(), report)).toEqual({ report, exits: false });
  });

  it("is a success of code 168 that ends the document and has no stderr", () => {
    const report = aReport({ detail: "Failed", exitCode: 168, stdout: "out", stderr: "err" });
    expect(afterStep(aStep(), report)).toEqual({
      exits: true,
      report: {
        detail: "Success",
        exitCode: 168,
        stdout:
          "out\nStep exited with code 168. Therefore, marking step as succeeded. Further document steps will be skipped.",
        stderr: "",
        merged: { stdout: "out", stderr: "" },
      },
    });
  });

  it("is a failure of code 169 that ends the document and says so in both streams", () => {
    const report = aReport({ detail: "Failed", exitCode: 169, stdout: "out", stderr: "err" });
    const text =
      "\nStep exited with code 169. Therefore, marking step as Failed. Further document steps will be skipped.";
    expect(afterStep(aStep(), report)).toEqual({
      exits: true,
      report: {
        detail: "Failed",
        exitCode: 169,
        stdout: `out${text}`,
        stderr: `err${text}`,
        merged: { stdout: "out", stderr: "err" },
      },
    });
  });

  it("puts code 168 before onFailure", () => {
    const report = aReport({ detail: "Failed", exitCode: 168 });
    expect(afterStep(aStep({ onFailure: "exit" }), report).report.detail).toBe("Success");
  });

  it("exits with onFailure: exit and says so in both streams", () => {
    const text =
      "\nStep was found to have onFailure property. Further document steps will be skipped.";
    expect(afterStep(aStep({ onFailure: "exit" }), FAILED)).toEqual({
      exits: true,
      report: {
        detail: "Failed",
        exitCode: 2,
        stdout: `out${text}`,
        stderr: `err${text}`,
        merged: { stdout: "out", stderr: "err" },
      },
    });
  });

  it("turns into a success of code 168 with onFailure: successAndExit", () => {
    const text =
      "\nStep was found to have onFailure property. Further document steps will be skipped.";
    expect(afterStep(aStep({ onFailure: "successAndExit" }), FAILED)).toEqual({
      exits: true,
      report: {
        detail: "Success",
        exitCode: 168,
        stdout: `out${text}`,
        stderr: `err${text}`,
        merged: { stdout: "out", stderr: "err" },
      },
    });
  });

  it.each(["ExecutionTimedOut", "Cancelled", "Success"] as const)(
    "does not trigger onFailure when it is %s",
    (detail) => {
      const report = aReport({ detail, exitCode: detail === "Success" ? 0 : 137 });
      expect(afterStep(aStep({ onFailure: "exit" }), report)).toEqual({ report, exits: false });
    },
  );

  it("exits with onSuccess: exit, without a word", () => {
    const report = aReport({ stdout: "out" });
    expect(afterStep(aStep({ onSuccess: "exit" }), report)).toEqual({ report, exits: true });
  });

  it("does not trigger onSuccess when it failed", () => {
    expect(afterStep(aStep({ onSuccess: "exit" }), FAILED).exits).toBe(false);
  });

  it.each([
    ["exit", true],
    ["successAndExit", false],
    [undefined, false],
  ] as const)("of a refused step with onFailure %s exits: %s", (onFailure, exits) => {
    expect(exitsWhenRefused({ onFailure })).toBe(exits);
  });
});

describe("several processes of one plugin", () => {
  const mergedDetail = (...details: readonly ReturnType<typeof aReport>["detail"][]) =>
    mergeReports(details.map((detail) => aReport({ detail }))).detail;

  it.each([
    ["Failed over Success", ["Failed", "Success"], "Failed"],
    ["Cancelled over Failed", ["Failed", "Cancelled"], "Cancelled"],
    ["ExecutionTimedOut over Cancelled", ["ExecutionTimedOut", "Cancelled"], "ExecutionTimedOut"],
    ["ExecutionTimedOut over all", ["Success", "ExecutionTimedOut", "Failed"], "ExecutionTimedOut"],
  ] as const)("rank %s", (_, details, worst) => {
    expect(mergedDetail(...details)).toBe(worst);
  });

  it("have the first exit code that is not 0", () => {
    const reports = [0, 7, 3].map((exitCode) => aReport({ exitCode }));
    expect(mergeReports(reports).exitCode).toBe(7);
  });

  it("have their streams joined by newlines", () => {
    const reports = [aReport({ stdout: "a", stderr: "e" }), aReport({ stdout: "b", stderr: "f" })];
    expect(mergeReports(reports)).toMatchObject({ stdout: "a\nb", stderr: "e\nf" });
  });

  it("have no newline before the first that wrote anything", () => {
    const reports = ["", "b", "", "d"].map((stdout) => aReport({ stdout }));
    expect(mergeReports(reports)).toMatchObject({ stdout: "b\n\nd", stderr: "" });
  });

  it("are left as they are when there is one", () => {
    const only = aReport({ stdout: "a" });
    expect(mergeReports([only])).toBe(only);
  });

  it("are a success when there is none", () => {
    expect(mergeReports([])).toEqual(aReport());
  });
});

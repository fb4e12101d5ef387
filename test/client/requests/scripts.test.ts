import { describe, expect, it } from "vitest";
import { runPowerShellScript, runShellScript } from "../../../src/client/requests/scripts.ts";

describe("runShellScript", () => {
  it("names AWS's document and sends the script as it is, as one element", () => {
    expect(runShellScript("set -e\necho 'a  b'\n")).toEqual({
      DocumentName: "AWS-RunShellScript",
      Parameters: { commands: ["set -e\necho 'a  b'\n"] },
    });
  });

  it("sends lines as elements, of an array of its own", () => {
    const lines = ["set -e", "", "uptime"];
    const { commands } = runShellScript(lines).Parameters;
    expect(commands).toEqual(lines);
    expect(commands).not.toBe(lines);
  });

  it("sends the execution time-out in seconds", () => {
    const { Parameters } = runShellScript("uptime", { executionTimeout: "10m" });
    expect(Parameters["executionTimeout"]).toEqual(["600"]);
  });

  it("sends the working directory", () => {
    const { Parameters } = runShellScript("uptime", { workingDirectory: "/srv/app" });
    expect(Parameters["workingDirectory"]).toEqual(["/srv/app"]);
  });

  it.each(["5s", "2d", "90000ms"] as const)(
    "takes %s as execution time-out",
    (executionTimeout) => {
      expect(() => runShellScript("uptime", { executionTimeout })).not.toThrow();
    },
  );

  it.each(["4s", "4999ms", "172801s", "10.5s", "0s"] as const)(
    "refuses %s, which the agent would replace by an hour",
    (executionTimeout) => {
      expect(() => runShellScript("uptime", { executionTimeout })).toThrow(
        new RangeError(
          `executionTimeout is "${executionTimeout}", which the agent would replace by an hour. Give it whole seconds from "5s" to "172800s".`,
        ),
      );
    },
  );

  it("refuses a time-out without a unit with the sentence of all durations", () => {
    expect(() => runShellScript("uptime", { executionTimeout: "90" as never })).toThrow(
      /^executionTimeout is "90", which is not a duration\./,
    );
  });

  it.each([
    ["an empty text", ""],
    ["a string of blanks", " \n\t"],
    ["no lines", []],
    ["empty lines", ["", " "]],
  ])("refuses %s", (_, script) => {
    expect(() => runShellScript(script)).toThrow(
      new RangeError("The script is empty. Give runShellScript at least one line."),
    );
  });
});

describe("runPowerShellScript", () => {
  it("names AWS's document and sends the script as it is, as one element", () => {
    expect(runPowerShellScript("Get-Date\r\nGet-Host")).toEqual({
      DocumentName: "AWS-RunPowerShellScript",
      Parameters: { commands: ["Get-Date\r\nGet-Host"] },
    });
  });

  it("sends time-out and folder", () => {
    const request = runPowerShellScript("Get-Date", {
      executionTimeout: "2m",
      workingDirectory: "C:\\app",
    });
    expect(request.Parameters).toEqual({
      commands: ["Get-Date"],
      executionTimeout: ["120"],
      workingDirectory: ["C:\\app"],
    });
  });

  it("refuses an empty script by its own name", () => {
    expect(() => runPowerShellScript("")).toThrow(
      new RangeError("The script is empty. Give runPowerShellScript at least one line."),
    );
  });
});

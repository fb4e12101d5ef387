import { expect, it } from "vitest";
import { runPowerShellScript } from "../../../src/client/requests/run-power-shell-script.ts";

it("names AWS's document and sends the text as it is, as one element", () => {
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
    new RangeError(
      "The script is empty, so the nodes would have nothing to run. Give runPowerShellScript at least one line.",
    ),
  );
});

import { describe, expect, it } from "vitest";
import {
  checkInputs,
  enforcedExecutionSeconds,
  readId,
} from "../../../src/fake/documents/plugin-checks.ts";

/** What the agent writes to standard error instead of running a plugin with these inputs; undefined when it runs it. */
function refusalOf(action: string, inputs: unknown): string | undefined {
  const checked = checkInputs(action, inputs);
  return checked.ok ? undefined : checked.stderr;
}

// What lies outside of the agent's bounds becomes an hour [agent-plugin-util]; what Go reads as a number [agent-cases].
describe("the agent enforces", () => {
  it.each([
    [5, "5"],
    [7, 7],
    [172_800, "172800"],
    [3600, "4"],
    [3600, 4.9],
    [3600, "172801"],
    [3600, undefined],
    [3600, null],
    [3600, ""],
    [3600, "soon"],
    [3600, "0"],
    [3600, "-5"],
  ])("%i s for %o", (seconds, stated) => {
    expect(enforcedExecutionSeconds(stated)).toBe(seconds);
  });

  it.each([
    [1000, "1e3"],
    [1000, "1_000"],
    [7, "007"],
    [7, "+7"],
    [7, "7."],
    [7, "7.9"],
    [7, 7.9],
    [172_800, 172_800.9],
    [16, "0x10p0"],
    [24, "0x1.8p4"],
  ])("%i s for %o, which Go reads as a number", (seconds, stated) => {
    expect(enforcedExecutionSeconds(stated)).toBe(seconds);
  });

  it.each([
    " 7",
    "7 ",
    "7s",
    "1,000",
    "_7",
    "7_",
    "1__0",
    "0x10",
    "0xp4",
    "0b111",
    "Infinity",
    "NaN",
  ])("an hour for %o, in which Go reads no number of seconds", (stated) => {
    expect(enforcedExecutionSeconds(stated)).toBe(3600);
  });

  it.each([[["7"]], [{ seconds: 7 }], [true]])("an hour for %j, which is no number", (stated) => {
    expect(enforcedExecutionSeconds(stated)).toBe(3600);
  });
});

describe("the inputs of a script are refused", () => {
  it.each(["aws:runShellScript", "aws:runPowerShellScript"])(
    "in the same words by %s",
    (action) => {
      expect(refusalOf(action, { runCommand: "echo hi" })).toBe(
        "Invalid format in plugin properties map[runCommand:echo hi];\nerror json: cannot unmarshal string into Go struct field RunScriptPluginInput.RunCommand of type []string",
      );
    },
  );

  it("when they are none", () => {
    expect(refusalOf("aws:runShellScript", "echo hi")).toBe(
      "Invalid format in plugin properties echo hi;\nerror json: cannot unmarshal string into Go value of type runscript.RunScriptPluginInput",
    );
  });

  it.each([
    ["a time-out", { runCommand: ["true"], timeoutSeconds: [7] }],
    ["a member that the plugin does not know", { runCommand: ["true"], retries: 3 }],
    ["no script at all", {}],
    ["a null", { runCommand: null, workingDirectory: null }],
  ])("not for %s", (_, inputs) => {
    expect(refusalOf("aws:runShellScript", inputs)).toBeUndefined();
  });
});

// Messages: [agent-cases] and, for what no case shows, the source of each plugin.
describe("the inputs of a plugin that runs no script are refused", () => {
  it.each([
    [
      "aws:runDocument",
      {},
      "invalid input: Document Type must be specified to either by SSMDocument or LocalPath.",
    ],
    [
      "aws:runDocument",
      { documentType: "S3" },
      "invalid input: Document type specified in invalid",
    ],
    [
      "aws:runDocument",
      { documentType: "SSMDocument" },
      "invalid input: Document Path must be provided",
    ],
    ["aws:downloadContent", { sourceInfo: "{}" }, "invalid input: SourceType must be specified"],
    [
      "aws:downloadContent",
      { sourceType: "FTP", sourceInfo: "{}" },
      "invalid input: Unsupported source type",
    ],
    [
      "aws:downloadContent",
      { sourceType: "S3", sourceInfo: "" },
      "invalid input: SourceInfo must be specified",
    ],
    ["aws:configurePackage", { action: "Install" }, "invalid input: empty name field\n"],
    [
      "aws:configurePackage",
      { name: "x", source: "https://example.com" },
      "invalid input: source parameter is not supported in this version\n",
    ],
    [
      "aws:configureDocker",
      { action: "Restart" },
      "configure Action is set to unsupported value: Restart",
    ],
    [
      "aws:runDockerAction",
      { runCommand: ["echo hi"] },
      "Docker Action is set to unsupported value: ",
    ],
    ["aws:runDockerAction", { action: "Run" }, "Action Run requires parameter image"],
    [
      "aws:runDockerAction",
      { action: "Exec", container: "web" },
      "Action Exec requires parameter cmd",
    ],
    [
      "aws:runDockerAction",
      { action: "Inspect" },
      "Action Inspect requires parameter container or image",
    ],
    [
      "aws:runDockerAction",
      { action: "Run", image: "nginx:latest" },
      "Validation error, Invalid image value, only [a-zA-Z0-9_-] are allowed",
    ],
    [
      "aws:runDockerAction",
      { action: "Restart", volume: ["/data", "*"] },
      "Validation error, Invalid volume",
    ],
    [
      "aws:runDockerAction",
      { action: "Exec", container: "web", cmd: "ls; rm" },
      "Validation error, Invalid command value",
    ],
    [
      "aws:runDockerAction",
      { action: "toString" },
      "Docker Action is set to unsupported value: toString",
    ],
  ])("%s with %j", (action, inputs, stderr) => {
    expect(refusalOf(action, inputs)).toBe(stderr);
  });

  it.each([
    ["aws:runDocument", { documentType: "LocalPath", documentPath: "a.json" }],
    ["aws:downloadContent", { sourceType: "HTTP", sourceInfo: {} }],
    ["aws:configurePackage", { name: "AmazonCloudWatchAgent", action: "Install" }],
    ["aws:configureDocker", { action: "Install" }],
    ["aws:runDockerAction", { action: "Inspect", image: "web" }],
    ["aws:runDockerAction", { action: "Ps" }],
    ["aws:updateSsmAgent", {}],
    ["aws:domainJoin", { directoryId: "d-1234567890", directoryName: "corp.example.com" }],
    ["aws:softwareInventory", "nothing to read"],
  ])("not %s with %j", (action, inputs) => {
    expect(refusalOf(action, inputs)).toBeUndefined();
  });

  it.each([
    [{}, "directoryId"],
    [{ directoryId: "d-1234567890" }, "directoryName"],
  ])("by aws:domainJoin with %j, which says so in standard output, too", (inputs, missing) => {
    expect(checkInputs("aws:domainJoin", inputs)).toEqual({
      ok: false,
      stdout: "Domain join failed.",
      stderr: `Failed to build domain join command because : ${missing} is required`,
    });
  });

  it("in their own words when they have another shape", () => {
    expect(refusalOf("aws:downloadContent", { sourceType: ["S3"] })).toBe(
      "invalid format in plugin properties map[sourceType:[S3]]; \nerror json: cannot unmarshal array into Go struct field DownloadContentPlugin.sourceType of type string",
    );
  });
});

describe("the id of a property of schema 1.2", () => {
  it("has to be a string", () => {
    expect(readId({ id: 7 })).toEqual({
      ok: false,
      stderr:
        "Invalid format in plugin properties map[id:7];\nerror json: cannot unmarshal number into Go struct field .ID of type string",
    });
  });

  it.each([{}, { id: null }, undefined])("may be missing: %j", (value) => {
    expect(readId(value)).toEqual({ ok: true, id: "" });
  });

  it.each([{ id: "a" }, { ID: "a" }, { Id: "a", runCommand: 7 }])("is found in %j", (value) => {
    expect(readId(value)).toEqual({ ok: true, id: "a" });
  });
});

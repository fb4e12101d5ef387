import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import {
  refusedParameters,
  type SuppliedParameters,
} from "../../../src/fake/documents/parameters.ts";
import { wellKnownDocuments } from "../../../src/fake/documents/well-known.ts";

/** What each document takes at the least, and with everything that it declares. */
const REQUESTS: Readonly<
  Record<string, { readonly least: SuppliedParameters; readonly most: SuppliedParameters }>
> = {
  "AWS-RunShellScript": {
    least: { commands: ["uptime"] },
    most: { commands: ["a", "b"], workingDirectory: ["/tmp"], executionTimeout: ["172800"] },
  },
  "AWS-RunPowerShellScript": {
    least: { commands: ["Get-Date"] },
    most: { commands: ["a", "b"], workingDirectory: ["C:\\"], executionTimeout: ["1"] },
  },
  "AWS-UpdateSSMAgent": { least: {}, most: { version: ["3.3.0.0"], allowDowngrade: ["true"] } },
  "AWS-ConfigureAWSPackage": {
    least: { action: ["Install"], name: ["AmazonCloudWatchAgent"] },
    most: {
      action: ["Uninstall"],
      name: ["AmazonCloudWatchAgent"],
      version: ["1.2"],
      installationType: ["In-place update"],
      additionalArguments: ['{"a":"b"}'],
    },
  },
  "AWS-RunRemoteScript": {
    least: { sourceType: ["S3"] },
    most: {
      sourceType: ["GitHub"],
      sourceInfo: ['{"path":"https://s3.amazonaws.com/bucket/script.sh"}'],
      commandLine: ["script.sh"],
      workingDirectory: ["/tmp"],
      executionTimeout: ["60"],
    },
  },
  "AWS-RunPatchBaseline": {
    least: { Operation: ["Scan"] },
    most: {
      Operation: ["Install"],
      AssociationId: ["a"],
      SnapshotId: ["8f8d5b7a-3b1e-4e6f-9a43-f4d0d5a1c2b3"],
      InstallOverrideList: ["s3://bucket/list.yaml"],
      BaselineOverride: ["s3://bucket/override.json"],
      RebootOption: ["NoReboot"],
    },
  },
};

const DOCUMENTS = Object.fromEntries(
  wellKnownDocuments().map((each) => [each.name, each.document]),
);
const NAMES = Object.keys(DOCUMENTS);

describe("AWS's documents", () => {
  it("are the six of the README", () => {
    expect(NAMES).toEqual(Object.keys(REQUESTS));
  });

  it.each(NAMES)("take the least that %s needs", (name) => {
    expect(refusedParameters(DOCUMENTS[name]!, REQUESTS[name]!.least)).toBeUndefined();
  });

  it.each(NAMES)("take all that %s declares", (name) => {
    const { most } = REQUESTS[name]!;
    expect([refusedParameters(DOCUMENTS[name]!, most), Object.keys(most).toSorted()]).toEqual([
      undefined,
      Object.keys(DOCUMENTS[name]!.parameters).toSorted(),
    ]);
  });

  const required = NAMES.flatMap((name) =>
    Object.keys(REQUESTS[name]!.least).map((parameter) => [name, parameter] as const),
  );
  it.each(required)("refuse %s without %s", (name, parameter) => {
    const { [parameter]: _, ...rest } = REQUESTS[name]!.least;
    expect(refusedParameters(DOCUMENTS[name]!, rest)).toBeDefined();
  });

  it.each<[name: string, wrong: SuppliedParameters]>([
    ["AWS-RunShellScript", { commands: [] }],
    ["AWS-RunShellScript", { executionTimeout: ["0"] }],
    ["AWS-RunShellScript", { executionTimeout: ["172801"] }],
    ["AWS-RunShellScript", { executionTimeout: ["5s"] }],
    ["AWS-RunShellScript", { workingDirectory: ["x".repeat(4_097)] }],
    ["AWS-UpdateSSMAgent", { allowDowngrade: ["yes"] }],
    ["AWS-ConfigureAWSPackage", { action: ["install"] }],
    ["AWS-ConfigureAWSPackage", { name: ["two words"] }],
    ["AWS-ConfigureAWSPackage", { installationType: ["Reinstall"] }],
    ["AWS-RunRemoteScript", { sourceType: ["Git"] }],
    ["AWS-RunRemoteScript", { executionTimeout: ["99999"] }],
    ["AWS-RunPatchBaseline", { SnapshotId: ["1"] }],
    ["AWS-RunPatchBaseline", { InstallOverrideList: ["list.yaml"] }],
    ["AWS-RunPatchBaseline", { Operation: ["Uninstall"] }],
    ["AWS-RunPatchBaseline", { RebootOption: ["Never"] }],
  ])("refuse %s with %j", (name, wrong) => {
    const supplied = { ...REQUESTS[name]!.least, ...wrong };
    expect(refusedParameters(DOCUMENTS[name]!, supplied)).toBeDefined();
  });
});

/** The plugins that a node of a platform reports, and what is in their Output. */
async function reported(name: string, platform: "Linux" | "Windows" | "MacOS") {
  const fake = new FakeSsm({ latency: "instant", nodes: [{ platform }] });
  const [node] = fake.nodes.list();
  const { least } = REQUESTS[name]!;
  const Parameters = Object.fromEntries(
    Object.entries(least).map(([key, value]) => [key, [...value]]),
  );
  const InstanceIds = [node!.instanceId];
  await fake.sendCommand({ DocumentName: name, InstanceIds, Parameters });
  const { CommandInvocations } = await fake.listCommandInvocations({ Details: true });
  return CommandInvocations![0]!.CommandPlugins!.map(
    ({ Name, Status, Output }) => `${Name} ${Status}${Output === "" ? "" : " skipped"}`,
  );
}

describe("the plugins that a node reports", () => {
  const ON_LINUX: Readonly<Record<string, readonly string[]>> = {
    "AWS-RunShellScript": ["aws:runShellScript Success"],
    "AWS-RunPowerShellScript": ["aws:runPowerShellScript Success"],
    "AWS-UpdateSSMAgent": ["createUpdateFolder Success skipped", "awsupdateSsmAgent Success"],
    "AWS-ConfigureAWSPackage": ["createDownloadFolder Success skipped", "configurePackage Success"],
    "AWS-RunRemoteScript": [
      "downloadContent Success",
      "runPowerShellScript Success skipped",
      "runShellScript Success",
    ],
    "AWS-RunPatchBaseline": [
      "PatchWindows Success skipped",
      "PatchLinux Success",
      "PatchMacOS Success skipped",
    ],
  };
  const ON_WINDOWS: Readonly<Record<string, readonly string[]>> = {
    "AWS-RunPowerShellScript": ["aws:runPowerShellScript Success"],
    "AWS-UpdateSSMAgent": ["createUpdateFolder Success", "awsupdateSsmAgent Success"],
    "AWS-ConfigureAWSPackage": ["createDownloadFolder Success", "configurePackage Success"],
    "AWS-RunRemoteScript": [
      "downloadContent Success",
      "runPowerShellScript Success",
      "runShellScript Success skipped",
    ],
    "AWS-RunPatchBaseline": [
      "PatchWindows Success",
      "PatchLinux Success skipped",
      "PatchMacOS Success skipped",
    ],
  };

  it.each(Object.entries(ON_LINUX))("on Linux, of %s", async (name, plugins) => {
    expect(await reported(name, "Linux")).toEqual(plugins);
  });

  it.each(Object.entries(ON_WINDOWS))("on Windows, of %s", async (name, plugins) => {
    expect(await reported(name, "Windows")).toEqual(plugins);
  });

  it("on MacOS, of AWS-RunPatchBaseline", async () => {
    expect(await reported("AWS-RunPatchBaseline", "MacOS")).toEqual([
      "PatchWindows Success skipped",
      "PatchLinux Success skipped",
      "PatchMacOS Success",
    ]);
  });

  it.each([
    ["AWS-RunShellScript", "Windows"],
    ["AWS-RunPowerShellScript", "MacOS"],
  ] as const)("are none: %s is refused for %s", async (name, platform) => {
    await expect(reported(name, platform)).rejects.toThrow(
      `Cannot perform operation for instance id i-00000000000000001 of platform type ${platform}`,
    );
  });
});

import type { DocumentModel, ParameterSpec, Platform } from "./document-model.ts";
import { parseDocument } from "./parse-document.ts";

/** A document of AWS that every account has. */
export interface WellKnownDocument {
  readonly name: string;
  /**
   * What GetDocument shows of it: AWS's steps, names, parameters and conditions, without its descriptions. Scripts of more
   * than a line are shortened to one.
   */
  readonly content: object;
  readonly document: DocumentModel;
  /** The hash of AWS's own content, where it is known. */
  readonly hash: string | undefined;
}

/** Whole seconds from 1 to 172,800, as AWS's documents write it [rec-2026-09-27-documents]. */
const TWO_DAYS = "([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)";
/** Whole seconds from 1 to 28,800, and what else this pattern lets pass [rec-2022-aws-documents]. */
const EIGHT_HOURS =
  "([1-9][0-9]{0,3})|(1[0-9]{1,4})|(2[0-7][0-9]{1,3})|(28[0-7][0-9]{1,2})|(28800)";
/** The ARN or the name of a package [rec-2022-aws-documents]. */
const PACKAGE_NAME =
  "^arn:[a-z0-9][-.a-z0-9]{0,62}:[a-z0-9][-.a-z0-9]{0,62}:([a-z0-9][-.a-z0-9]{0,62})?:([a-z0-9][-.a-z0-9]{0,62})?:(package|document)\\/[a-zA-Z0-9/:.\\-_]{1,128}$|^[a-zA-Z0-9/:.\\-_]{1,128}$";
const SNAPSHOT_ID =
  "(^$)|^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
const LIST_ADDRESS = "(^$)|^https://([^/]+)/(.*?([^/]+))$|^s3://([^/]+)/(.*?([^/]+))$";

const optionalText: ParameterSpec = { type: "String", default: "" };
const workingDirectory: ParameterSpec = { type: "String", default: "", maxChars: 4096 };

/** The inputs of a step that runs a script, in schemas 1.2 and 2.x alike. */
const SCRIPT_INPUTS = {
  workingDirectory: "{{ workingDirectory }}",
  timeoutSeconds: "{{ executionTimeout }}",
} as const;

function timeout(allowedPattern: string): ParameterSpec {
  return { type: "String", default: "3600", allowedPattern };
}

function oneOf(allowedValues: readonly string[], byDefault?: string): ParameterSpec {
  return {
    type: "String",
    ...(byDefault === undefined ? {} : { default: byDefault }),
    allowedValues,
  };
}

function on(platform: Platform) {
  return { precondition: { StringEquals: ["platformType", platform] } };
}

/** A document of schema 1.2 with one script; its property has an id [rec-2026-09-27-managed-execution]. */
function scriptDocument(action: string): object {
  return {
    schemaVersion: "1.2",
    parameters: {
      commands: { type: "StringList", minItems: 1 },
      workingDirectory,
      executionTimeout: timeout(TWO_DAYS),
    },
    runtimeConfig: {
      [action]: {
        properties: [{ id: `0.${action}`, runCommand: "{{ commands }}", ...SCRIPT_INPUTS }],
      },
    },
  };
}

/** Before it installs anything, AWS makes a folder, on Windows alone. */
function folderStep(name: string) {
  const inputs = { runCommand: ["New-Item -ItemType directory -Path $env:Temp\\AmazonSSM -Force"] };
  return { action: "aws:runPowerShellScript", name, ...on("Windows"), inputs };
}

function patchStep(name: string, platform: Platform) {
  const action = platform === "Windows" ? "aws:runPowerShellScript" : "aws:runShellScript";
  const inputs = { timeoutSeconds: 7200, runCommand: ["patch --operation {{ Operation }}"] };
  return { ...on(platform), action, name, inputs };
}

/**
 * By name. Shapes: [rec-2026-09-27-documents] (the scripts) and [rec-2022-aws-documents]. `AssociationId` of
 * AWS-RunPatchBaseline is newer than those.
 */
const CONTENTS: Readonly<Record<string, object>> = {
  "AWS-RunShellScript": scriptDocument("aws:runShellScript"),
  "AWS-RunPowerShellScript": scriptDocument("aws:runPowerShellScript"),
  "AWS-UpdateSSMAgent": {
    schemaVersion: "2.2",
    parameters: {
      version: optionalText,
      allowDowngrade: oneOf(["true", "false"], "false"),
    },
    mainSteps: [
      folderStep("createUpdateFolder"),
      {
        action: "aws:updateSsmAgent",
        name: "awsupdateSsmAgent",
        inputs: {
          agentName: "amazon-ssm-agent",
          targetVersion: "{{ version }}",
          allowDowngrade: "{{ allowDowngrade }}",
        },
      },
    ],
  },
  "AWS-ConfigureAWSPackage": {
    schemaVersion: "2.2",
    parameters: {
      action: oneOf(["Install", "Uninstall"]),
      installationType: oneOf(
        ["Uninstall and reinstall", "In-place update"],
        "Uninstall and reinstall",
      ),
      name: { type: "String", allowedPattern: PACKAGE_NAME },
      version: optionalText,
      additionalArguments: { type: "StringMap", default: {}, maxChars: 4096 },
    },
    mainSteps: [
      folderStep("createDownloadFolder"),
      {
        action: "aws:configurePackage",
        name: "configurePackage",
        inputs: {
          name: "{{ name }}",
          action: "{{ action }}",
          installationType: "{{ installationType }}",
          version: "{{ version }}",
          additionalArguments: "{{ additionalArguments }}",
        },
      },
    ],
  },
  "AWS-RunRemoteScript": {
    schemaVersion: "2.2",
    parameters: {
      sourceType: oneOf(["GitHub", "S3"]),
      sourceInfo: { type: "StringMap", default: {} },
      commandLine: optionalText,
      workingDirectory,
      executionTimeout: timeout(EIGHT_HOURS),
    },
    mainSteps: [
      {
        action: "aws:downloadContent",
        name: "downloadContent",
        inputs: {
          sourceType: "{{ sourceType }}",
          sourceInfo: "{{ sourceInfo }}",
          destinationPath: "{{ workingDirectory }}",
        },
      },
      {
        ...on("Windows"),
        action: "aws:runPowerShellScript",
        name: "runPowerShellScript",
        inputs: { runCommand: [" {{ commandLine }}"], ...SCRIPT_INPUTS },
      },
      {
        ...on("Linux"),
        action: "aws:runShellScript",
        name: "runShellScript",
        inputs: { runCommand: [" {{ commandLine }} "], ...SCRIPT_INPUTS },
      },
    ],
  },
  "AWS-RunPatchBaseline": {
    schemaVersion: "2.2",
    parameters: {
      Operation: oneOf(["Scan", "Install"]),
      AssociationId: optionalText,
      SnapshotId: { ...optionalText, allowedPattern: SNAPSHOT_ID },
      InstallOverrideList: { ...optionalText, allowedPattern: LIST_ADDRESS },
      BaselineOverride: { ...optionalText, allowedPattern: LIST_ADDRESS },
      RebootOption: oneOf(["RebootIfNeeded", "NoReboot"], "RebootIfNeeded"),
    },
    mainSteps: [
      patchStep("PatchWindows", "Windows"),
      patchStep("PatchLinux", "Linux"),
      patchStep("PatchMacOS", "MacOS"),
    ],
  },
};

/** The first [rec-2026-09-27-documents], the second from DescribeDocument in a public note of 2024-03-01. */
const HASHES: Readonly<Record<string, string>> = {
  "AWS-RunShellScript": "99749de5e62f71e5ebe9a55c2321e2c394796afe7208cff048696541e6f6771e",
  "AWS-RunPowerShellScript": "2142e42a19e0955cc09e43600bf2e633df1917b69d2be9693737dfd62e0fdf61",
};

/** Where AWS lists other platforms than it works out of such a document: DescribeDocument in the same note. */
const LISTED_PLATFORMS: Readonly<Record<string, readonly Platform[]>> = {
  "AWS-RunPowerShellScript": ["Windows", "Linux"],
};

/** The documents of AWS that the fake has. */
export function wellKnownDocuments(): readonly WellKnownDocument[] {
  return Object.entries(CONTENTS).map(([name, content]) => {
    const parsed = parseDocument(content);
    if (!parsed.ok) throw new Error(`${name} is broken: ${parsed.message}`);
    const platforms = LISTED_PLATFORMS[name] ?? parsed.document.platforms;
    return { name, content, document: { ...parsed.document, platforms }, hash: HASHES[name] };
  });
}

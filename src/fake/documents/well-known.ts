import type { DocumentModel, ParameterSpec, Platform } from "./document-model.ts";
import { parseDocument } from "./parse-document.ts";

/** A document of AWS that every account has. */
export interface WellKnownDocument {
  readonly name: string;
  /**
   * What GetDocument shows of it: AWS's steps, names, parameters and conditions; of the two that run scripts also the
   * descriptions, which DescribeDocument shows. Scripts of more than a line are shortened to one.
   */
  readonly content: object;
  readonly document: DocumentModel;
  /** The hash of AWS's own content, where it is known. */
  readonly hash: string | undefined;
  /** Its bytes in what an agent is sent: AWS's where they are known, else those of `content`. */
  readonly payloadBytes: number;
  /** When AWS made it, in milliseconds since 1970. */
  readonly createdAt: number;
  /** Its categories in words, such as "Script Execution". */
  readonly categories: readonly string[];
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

/** How AWS describes a document that runs a script: all that differs between the two. */
interface ScriptWords {
  readonly description: string;
  readonly commands: string;
  readonly completed: string;
}

/** A document of schema 1.2 with one script; its property has an id [rec-2026-09-27-managed-execution]. */
function scriptDocument(action: string, words: ScriptWords): object {
  return {
    schemaVersion: "1.2",
    description: words.description,
    parameters: {
      commands: { type: "StringList", description: words.commands, minItems: 1 },
      workingDirectory: {
        ...workingDirectory,
        description: "(Optional) The path to the working directory on your instance.",
      },
      executionTimeout: {
        ...timeout(TWO_DAYS),
        description: `(Optional) The time in seconds for a command to ${words.completed} before it is considered to have failed. Default is 3600 (1 hour). Maximum is 172800 (48 hours).`,
      },
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
 * By name. Shapes: [rec-2026-09-27-documents] (the scripts) and [rec-2022-aws-documents]; descriptions of the scripts
 * [rec-2024-describe-document]. `AssociationId` of AWS-RunPatchBaseline is newer than those.
 */
const CONTENTS: Readonly<Record<string, object>> = {
  "AWS-RunShellScript": scriptDocument("aws:runShellScript", {
    description: "Run a shell script or specify the commands to run.",
    commands: "(Required) Specify a shell script or a command to run.",
    completed: "complete",
  }),
  "AWS-RunPowerShellScript": scriptDocument("aws:runPowerShellScript", {
    description: "Run a PowerShell script or specify the paths to scripts to run.",
    commands:
      "(Required) Specify the commands to run or the paths to existing scripts on the instance.",
    completed: "be completed",
  }),
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

/** What AWS shows of a document beside its content. */
interface Shown {
  readonly hash: string;
  /** The bytes of AWS's content without blanks. The first follows from the sizes that [rec-2026-09-27-admission] has. */
  readonly payloadBytes: number;
  readonly createdAt: string;
  /** Where AWS lists other platforms than it works out of such a document. */
  readonly platforms?: readonly Platform[];
}

/** The hash of the first [rec-2026-09-27-documents]; all else [rec-2024-describe-document]. */
const SHOWN: Readonly<Record<string, Shown>> = {
  "AWS-RunShellScript": {
    hash: "99749de5e62f71e5ebe9a55c2321e2c394796afe7208cff048696541e6f6771e",
    payloadBytes: 917,
    createdAt: "2017-08-30T21:33:44.432Z",
  },
  "AWS-RunPowerShellScript": {
    hash: "2142e42a19e0955cc09e43600bf2e633df1917b69d2be9693737dfd62e0fdf61",
    payloadBytes: 978,
    createdAt: "2017-08-30T21:34:35.400Z",
    platforms: ["Windows", "Linux"],
  },
};

/** When the other documents were made (our decision). */
const LONG_AGO = "2017-01-01T00:00:00Z";

/** [rec-2026-09-27-documents] of AWS-RunShellScript; that the other one has the same, and the rest none: our decision. */
const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  "AWS-RunShellScript": ["Script Execution"],
  "AWS-RunPowerShellScript": ["Script Execution"],
};

/** The documents of AWS that the fake has. */
export function wellKnownDocuments(): readonly WellKnownDocument[] {
  return Object.entries(CONTENTS).map(([name, content]) => {
    const parsed = parseDocument(content);
    if (!parsed.ok) throw new Error(`${name} is broken: ${parsed.message}`);
    const { hash, payloadBytes, createdAt = LONG_AGO, platforms } = SHOWN[name] ?? {};
    return {
      name,
      content,
      document: { ...parsed.document, platforms: platforms ?? parsed.document.platforms },
      hash,
      payloadBytes: payloadBytes ?? JSON.stringify(content).length,
      createdAt: Date.parse(createdAt),
      categories: CATEGORIES[name] ?? [],
    };
  });
}

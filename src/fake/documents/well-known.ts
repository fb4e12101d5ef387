import { outputFolderOf, platformsOfAll } from "./actions.ts";
import type { DocumentModel, ParameterSpec, PluginInputs, Step } from "./document-model.ts";

/** Whole seconds from 1 to 172,800, as AWS's documents write it [rec-2026-09-27-documents]. */
const EXECUTION_TIMEOUT =
  "([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)";

const executionTimeout: ParameterSpec = {
  type: "String",
  default: "3600",
  allowedPattern: EXECUTION_TIMEOUT,
};
const optionalText: ParameterSpec = { type: "String", default: "" };
const workingDirectory: ParameterSpec = { type: "String", default: "", maxChars: 4096 };

/** The inputs of a step that runs a script, in schemas 1.2 and 2.x alike. */
const SCRIPT_INPUTS: PluginInputs = {
  workingDirectory: "{{ workingDirectory }}",
  timeoutSeconds: "{{ executionTimeout }}",
};

/**
 * By name, the documents of AWS that every account has: enough of each to take the parameters that AWS takes and to report
 * the plugins that AWS reports. Shapes: [rec-2026-09-27-documents] (the scripts) and [rec-2022-aws-documents]. The inputs
 * of the others' steps are shortened, since only the behavior of a node reads them.
 */
export const WELL_KNOWN_DOCUMENTS: Readonly<Record<string, DocumentModel>> = {
  "AWS-RunShellScript": scriptDocument("aws:runShellScript"),
  "AWS-RunPowerShellScript": scriptDocument("aws:runPowerShellScript"),
  "AWS-UpdateSSMAgent": oldDocument({
    action: "aws:updateSsmAgent",
    parameters: {
      version: optionalText,
      allowDowngrade: { type: "String", default: "false", allowedValues: ["true", "false"] },
    },
    inputs: { targetVersion: "{{ version }}", allowDowngrade: "{{ allowDowngrade }}" },
  }),
  "AWS-ConfigureAWSPackage": newDocument({
    parameters: {
      action: { type: "String", allowedValues: ["Install", "Uninstall"] },
      name: { type: "String" },
      version: optionalText,
      installationType: {
        type: "String",
        default: "Uninstall and reinstall",
        allowedValues: ["Uninstall and reinstall", "In-place update"],
      },
      additionalArguments: { type: "String", default: "{}" },
    },
    steps: [
      step("configurePackage", "aws:configurePackage", {
        inputs: { name: "{{ name }}", action: "{{ action }}", version: "{{ version }}" },
      }),
    ],
  }),
  "AWS-RunRemoteScript": newDocument({
    parameters: {
      sourceType: { type: "String", allowedValues: ["GitHub", "S3"] },
      sourceInfo: { type: "StringMap", default: {} },
      commandLine: optionalText,
      workingDirectory,
      executionTimeout,
    },
    steps: [
      step("downloadContent", "aws:downloadContent", {
        inputs: { sourceType: "{{ sourceType }}", sourceInfo: "{{ sourceInfo }}" },
      }),
      step("runPowerShellScript", "aws:runPowerShellScript", {
        on: ["Windows"],
        inputs: { ...SCRIPT_INPUTS, runCommand: ["{{ commandLine }}"] },
      }),
      step("runShellScript", "aws:runShellScript", {
        on: ["Linux"],
        inputs: { ...SCRIPT_INPUTS, runCommand: ["{{ commandLine }}"] },
      }),
    ],
  }),
  "AWS-RunPatchBaseline": newDocument({
    parameters: {
      Operation: { type: "String", allowedValues: ["Scan", "Install"] },
      AssociationId: optionalText,
      SnapshotId: optionalText,
      InstallOverrideList: optionalText,
      BaselineOverride: optionalText,
      RebootOption: {
        type: "String",
        default: "RebootIfNeeded",
        allowedValues: ["RebootIfNeeded", "NoReboot"],
      },
    },
    steps: [
      step("PatchWindows", "aws:runPowerShellScript", { on: ["Windows"], inputs: patchInputs() }),
      step("PatchLinux", "aws:runShellScript", { on: ["Linux"], inputs: patchInputs() }),
      step("PatchMacOS", "aws:runShellScript", { on: ["MacOS"], inputs: patchInputs() }),
    ],
  }),
};

/** The hash of such a document, where it is known [rec-2026-09-27-documents]. */
export const WELL_KNOWN_HASHES: Readonly<Record<string, string>> = {
  "AWS-RunShellScript": "99749de5e62f71e5ebe9a55c2321e2c394796afe7208cff048696541e6f6771e",
};

function scriptDocument(action: string): DocumentModel {
  return oldDocument({
    action,
    parameters: {
      commands: { type: "StringList", minItems: 1 },
      workingDirectory,
      executionTimeout,
    },
    inputs: { ...SCRIPT_INPUTS, runCommand: "{{ commands }}" },
  });
}

/** A document of schema 1.2 with one plugin, which is named after its action. */
function oldDocument({
  action,
  parameters,
  inputs,
}: Pick<DocumentModel, "parameters"> & {
  readonly action: string;
  readonly inputs: PluginInputs;
}): DocumentModel {
  return {
    schemaVersion: "1.2",
    platforms: platformsOfAll([action]),
    parameters,
    steps: [
      { ...step(action, action, { inputs }), outputFolder: outputFolderOf(action, `0.${action}`) },
    ],
  };
}

/** A document of schema 2.2. */
function newDocument({
  parameters,
  steps,
}: Pick<DocumentModel, "parameters" | "steps">): DocumentModel {
  const platforms = platformsOfAll(steps.map(({ action }) => action));
  return { schemaVersion: "2.2", platforms, parameters, steps };
}

function step(
  name: string,
  action: string,
  { inputs, on = [] }: { readonly inputs: PluginInputs; readonly on?: readonly string[] },
): Step {
  return {
    name,
    action,
    processes: [inputs],
    outputFolder: outputFolderOf(action, name),
    preconditions: on.map((platform) => ({
      operator: "StringEquals",
      operands: ["platformType", platform],
    })),
    onFailure: undefined,
    onSuccess: undefined,
    isEnd: false,
    isFinally: false,
  };
}

function patchInputs(): PluginInputs {
  return { timeoutSeconds: 7200, runCommand: ["patch --operation {{ Operation }}"] };
}

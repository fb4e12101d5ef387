import type { DocumentModel, ParameterSpec, Platform } from "./document-model.ts";

/** Whole seconds from 1 to 172,800, as AWS's documents write it (recorded 2026-09). */
const EXECUTION_TIMEOUT =
  "([1-9][0-9]{0,4})|(1[0-6][0-9]{4})|(17[0-1][0-9]{3})|(172[0-7][0-9]{2})|(172800)";

const SCRIPT_PARAMETERS: Readonly<Record<string, ParameterSpec>> = {
  commands: { type: "StringList", minItems: 1 },
  workingDirectory: { type: "String", default: "", maxChars: 4096 },
  executionTimeout: { type: "String", default: "3600", allowedPattern: EXECUTION_TIMEOUT },
};

/** The documents of AWS that every account has, by name. Shapes recorded 2026-09 and documented. */
export const WELL_KNOWN_DOCUMENTS: Readonly<Record<string, DocumentModel>> = {
  "AWS-RunShellScript": scriptDocument({
    name: "AWS-RunShellScript",
    action: "aws:runShellScript",
    platforms: ["Linux", "MacOS"],
  }),
  "AWS-RunPowerShellScript": scriptDocument({
    name: "AWS-RunPowerShellScript",
    action: "aws:runPowerShellScript",
    platforms: ["Windows"],
  }),
  "AWS-UpdateSSMAgent": {
    name: "AWS-UpdateSSMAgent",
    platforms: ["Linux", "Windows", "MacOS"],
    parameters: {
      version: { type: "String", default: "" },
      allowDowngrade: { type: "String", default: "false", allowedValues: ["true", "false"] },
    },
    steps: [
      {
        name: "aws:updateSsmAgent",
        action: "aws:updateSsmAgent",
        outputFolder: "awsupdateSsmAgent/0.awsupdateSsmAgent",
        inputs: { targetVersion: "{{ version }}", allowDowngrade: "{{ allowDowngrade }}" },
      },
    ],
  },
};

/** Schema 1.2: one plugin, named after its action. */
function scriptDocument({
  name,
  action,
  platforms,
}: {
  readonly name: string;
  readonly action: string;
  readonly platforms: readonly Platform[];
}): DocumentModel {
  return {
    name,
    platforms,
    parameters: SCRIPT_PARAMETERS,
    steps: [
      {
        name: action,
        action,
        outputFolder: `${withoutColons(action)}/0.${withoutColons(action)}`,
        inputs: {
          runCommand: "{{ commands }}",
          workingDirectory: "{{ workingDirectory }}",
          timeoutSeconds: "{{ executionTimeout }}",
        },
      },
    ],
  };
}

function withoutColons(name: string): string {
  return name.replaceAll(":", "");
}

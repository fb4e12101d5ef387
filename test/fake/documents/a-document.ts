import type { DocumentModel, Precondition } from "../../../src/fake/documents/document-model.ts";
import { type ParsedDocument, parseDocument } from "../../../src/fake/documents/parse-document.ts";
import type { ResolvedDocument, ResolvedStep } from "../../../src/fake/documents/resolve-steps.ts";
import type { StepReport } from "../../../src/fake/documents/step-flow.ts";

/** A step with a shell script as the agent runs it, and nothing else stated. */
export function aStep(more: Partial<ResolvedStep> = {}): ResolvedStep {
  const { name = "step", action = "aws:runShellScript" } = more;
  return {
    name,
    action,
    processes: [],
    outputFolder: `awsrunShellScript/${name}`,
    preconditions: [],
    onFailure: undefined,
    onSuccess: undefined,
    isFinally: false,
    ...more,
  };
}

/** A document of schema 2.2 of these steps. */
export function aDocument(
  steps: readonly ResolvedStep[],
  more: Partial<ResolvedDocument> = {},
): ResolvedDocument {
  const platforms = ["Linux", "Windows", "MacOS"] as const;
  return {
    ...{ schemaVersion: "2.2", platforms, name: undefined, values: {}, steps, trace: undefined },
    ...more,
  };
}

/** `StringEquals` with these operands. */
export function equals(...operands: readonly string[]): Precondition {
  return { operator: "StringEquals", operands };
}

/** How a process has ended: by default with success. */
export function aReport(more: Partial<StepReport> = {}): StepReport {
  return { detail: "Success", exitCode: 0, stdout: "", stderr: "", ...more };
}

/** The least content of schema 2.2, as an author writes it. */
export function content(more: object = {}): object {
  return { schemaVersion: "2.2", mainSteps: [scriptStep()], ...more };
}

/** A step as an author writes it. */
export function scriptStep(more: object = {}): object {
  return {
    name: "run",
    action: "aws:runShellScript",
    inputs: { runCommand: ["true"] },
    ...more,
  };
}

/** The model of content that is valid. */
export function modelOf(given: unknown): DocumentModel {
  const parsed: ParsedDocument = parseDocument(given);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.document;
}

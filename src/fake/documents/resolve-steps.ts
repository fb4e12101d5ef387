import type { CountedTimeout } from "../../domain/timeouts.ts";
import { enforcedExecutionSeconds } from "../../domain/timeouts.ts";
import type { DocumentModel, Step } from "./document-model.ts";
import { type SuppliedParameters, soleParameter, substituteParameters } from "./parameters.ts";

/** A step as the agent runs it: parameters put in, script made, time-out settled. */
export interface ResolvedStep extends Step {
  /** What the agent writes to a file and runs, of the steps that run a script. */
  readonly script: string | undefined;
  /** After how long the agent kills it. Milliseconds. */
  readonly timeoutMs: number;
}

/** The steps of a document with the parameters of a request. */
export function resolveSteps(
  document: DocumentModel,
  supplied: SuppliedParameters,
): readonly ResolvedStep[] {
  return document.steps.map((step) => {
    const inputs = substituteParameters(step.inputs, document, supplied);
    return {
      ...step,
      inputs,
      script: scriptOf(inputs["runCommand"]),
      timeoutMs: enforcedExecutionSeconds(scalar(inputs["timeoutSeconds"])) * 1_000,
    };
  });
}

/**
 * The time-outs as they count into `ExpiresAfter`: a parameter counts only when the request supplies it; the document's
 * default does not (recorded 2026-09).
 */
export function countedTimeouts(
  document: DocumentModel,
  supplied: SuppliedParameters,
): readonly CountedTimeout[] {
  return document.steps.map(({ inputs }) => {
    const stated = scalar(inputs["timeoutSeconds"]);
    if (stated === undefined) return { type: "none" };
    const parameter = soleParameter(stated);
    if (parameter === undefined) return { type: "stated", value: stated };
    const value = supplied[parameter]?.[0];
    return value === undefined ? { type: "omitted" } : { type: "stated", value };
  });
}

/** The lines of `runCommand`, joined by newlines and ended by one (the agent's source). */
function scriptOf(runCommand: unknown): string | undefined {
  const lines = typeof runCommand === "string" ? [runCommand] : runCommand;
  return Array.isArray(lines) ? `${lines.flat().join("\n")}\n` : undefined;
}

function scalar(value: unknown): string | number | undefined {
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

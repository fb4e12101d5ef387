import { type CountedTimeout, enforcedExecutionSeconds } from "../../domain/timeouts.ts";
import type { DocumentModel, PluginInputs, Step } from "./document-model.ts";
import {
  type ParameterValues,
  type SuppliedParameters,
  soleParameter,
  substitute,
} from "./parameters.ts";
import { resolveSsm, type SsmLookup } from "./ssm-references.ts";

/** A process of a step as the agent starts it: parameters put in, script made, time-out settled. */
export interface ResolvedProcess {
  readonly inputs: PluginInputs;
  /** What the agent writes to a file and runs; undefined for plugins that run no script. */
  readonly script: string | undefined;
  /** After how many milliseconds the agent kills it. */
  readonly timeoutMs: number;
}

/** A step as the agent runs it. */
export interface ResolvedStep extends Omit<Step, "processes"> {
  readonly processes: readonly ResolvedProcess[];
}

/** The steps of a document with values for its parameters. */
export function resolveSteps(
  document: DocumentModel,
  { values, lookup }: { readonly values: ParameterValues; readonly lookup: SsmLookup },
): readonly ResolvedStep[] {
  return document.steps.map((step) => ({
    ...step,
    processes: step.processes.map((process) => {
      // Parameter Store comes last, since the request's values may refer to it. An object goes in, so an object comes out.
      const inputs = resolveSsm(substitute(process, values), lookup) as PluginInputs;
      const seconds = enforcedExecutionSeconds(scalar(inputs["timeoutSeconds"]));
      return { inputs, script: scriptOf(inputs["runCommand"]), timeoutMs: seconds * 1_000 };
    }),
  }));
}

/**
 * The time-outs as they count into `ExpiresAfter`: a parameter counts only when the request supplies it, the document's
 * default does not; of schema 1.2 the first property object alone counts [rec-2026-09-27-expiry].
 */
export function countedTimeouts(
  document: DocumentModel,
  supplied: SuppliedParameters,
): readonly CountedTimeout[] {
  return document.steps.map(({ processes: [first] }) => {
    const stated = scalar(first?.["timeoutSeconds"]);
    if (stated === undefined) return { type: "none" };
    const parameter = soleParameter(stated);
    if (parameter === undefined) return { type: "stated", value: stated };
    const value = Object.hasOwn(supplied, parameter) ? supplied[parameter]?.[0] : undefined;
    return value === undefined ? { type: "omitted" } : { type: "stated", value };
  });
}

/**
 * The lines of `runCommand`, joined by newlines and ended by one [agent-plugin-util]; a list in the list is flattened (our
 * decision).
 */
function scriptOf(runCommand: unknown): string | undefined {
  const lines = typeof runCommand === "string" ? [runCommand] : runCommand;
  return Array.isArray(lines) ? `${lines.flat().join("\n")}\n` : undefined;
}

function scalar(value: unknown): string | number | undefined {
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

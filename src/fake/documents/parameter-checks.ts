import type { ParameterSpec } from "./document-model.ts";
import { goJson, goText, isObject } from "./go-values.ts";
import type { ParameterValues } from "./parameters.ts";
import { allSteps, type StepsDraft } from "./patterns/automaton.ts";
import { compileGoPattern, type GoPattern } from "./patterns/re2.ts";

/** Compiles a pattern as Go does. */
export type PatternCompiler = (pattern: string) => GoPattern;

/**
 * What the agent objects to the values of a document's parameters, defaults included; it then fails the whole document. It
 * checks each `allowedPattern` as Go reads it, anywhere in the value, and nothing else [agent-allowed-pattern]
 * [agent-cases].
 */
export function complaintAboutParameters(
  parameters: Readonly<Record<string, ParameterSpec>>,
  values: ParameterValues,
  compile: PatternCompiler = compileGoPattern,
): string | undefined {
  const steps = allSteps();
  const complaints = Object.entries(parameters).flatMap(([name, spec]) => {
    const complaint = complaintAboutOne(spec, values[name], { compile, steps });
    return complaint === undefined
      ? []
      : `error thrown in 'AllowedRegexParamValidator' while validating parameter /${name}/: ${complaint}`;
  });
  return complaints.length === 0
    ? undefined
    : `all errors during param validation errors: ${complaints.join("\n")}`;
}

function complaintAboutOne(
  { type, allowedPattern = "" }: ParameterSpec,
  value: unknown,
  { compile, steps }: { readonly compile: PatternCompiler; readonly steps: StepsDraft },
): string | undefined {
  if (allowedPattern === "") return undefined;
  const pattern = compile(allowedPattern);
  if (!pattern.ok) {
    return `encountered error while compiling allowed pattern - internal error: ${pattern.error}`;
  }
  const misfit = (found: unknown) =>
    `parameter value /${goText(found)}/ does not match the allowed pattern /${allowedPattern}/`;
  const fits = (found: unknown) =>
    pattern.matches(typeof found === "string" ? found : goJson(found), steps);
  if (typeof value === "string" || isObject(value)) {
    return fits(value) ? undefined : misfit(value);
  }
  if (Array.isArray(value)) {
    const index = value.findIndex((item) => !fits(item));
    return index === -1 ? undefined : misfit(value[index]);
  }
  return `invalid parameter type ${type} with parameter value ${goText(value)}`;
}

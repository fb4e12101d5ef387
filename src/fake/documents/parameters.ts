import type { DocumentModel, ParameterSpec } from "./document-model.ts";
import { goJson, isObject, withValues } from "./go-values.ts";
import { allSteps, type StepsDraft } from "./patterns/automaton.ts";
import { type ServicePattern, servicePattern } from "./patterns/service-pattern.ts";
import { referencedSsm } from "./ssm-references.ts";

/** What a request supplies: every value is a list of strings; all types but the lists take exactly one. */
export type SuppliedParameters = Readonly<Record<string, readonly string[]>>;

/** The values that stand for `{{ name }}`, by name. */
export type ParameterValues = Readonly<Record<string, unknown>>;

type Declaring = Pick<DocumentModel, "parameters">;

/**
 * Why a document does not take these parameters, or undefined: each has to be declared, none missing, each within what the
 * document allows. The sentence names parameters and rules, and never a value, which may be a secret.
 */
export function refusedParameters(
  { parameters }: Declaring,
  supplied: SuppliedParameters,
  compile: (allowedPattern: string) => ServicePattern | undefined = servicePattern,
): string | undefined {
  const steps = allSteps();
  const stranger = Object.keys(supplied).find((name) => !Object.hasOwn(parameters, name));
  if (stranger !== undefined) {
    const names = Object.keys(parameters).join(", ");
    return `The document declares no parameter "${stranger}". It declares ${names === "" ? "none" : names}.`;
  }
  for (const [name, spec] of Object.entries(parameters)) {
    const value = own(supplied, name);
    if (value === undefined) {
      if (spec.default !== undefined) continue;
      return `The parameter "${name}" is missing, and has no default.`;
    }
    const broken = brokenRule(value, spec, {
      fits: spec.allowedPattern === undefined ? undefined : compile(spec.allowedPattern),
      steps,
    });
    if (broken !== undefined) return `The parameter "${name}" ${broken}.`;
  }
  return undefined;
}

/** The values of all parameters of a document: supplied, or by default. */
export function parameterValues(
  document: Declaring,
  supplied: SuppliedParameters,
): ParameterValues {
  return Object.fromEntries(
    Object.entries(document.parameters).map(([name, spec]) => {
      const value = own(supplied, name);
      return [name, value === undefined ? (spec.default ?? null) : suppliedValue(value, spec)];
    }),
  );
}

/**
 * A value with the parameters put in for `{{ name }}`. A string that is only a placeholder becomes the parameter's value
 * itself, so that a list stays a list; inside a longer string a value stands as text, what is no string as Go's JSON
 * [agent-cases], and `$$` in it becomes `$`. There is one pass: a value that was put in is not searched again. The keys of
 * objects stay as they are. Source: [agent-parameters].
 */
export function substitute(value: unknown, values: ParameterValues): unknown {
  if (typeof value === "string") {
    const sole = soleParameter(value);
    return sole !== undefined && Object.hasOwn(values, sole)
      ? values[sole]
      : substituteText(value, values);
  }
  if (Array.isArray(value)) return value.map((item) => substitute(item, values));
  return isObject(value) ? withValues(value, (held) => substitute(held, values)) : value;
}

/** A string as an operand of a condition: as `substitute` has it if that is a string, else as text. */
export function substituteOperand(text: string, values: ParameterValues): string {
  const put = substitute(text, values);
  return typeof put === "string" ? put : substituteText(text, values);
}

/** A string with values put in for `{{ name }}`. */
export function substituteText(text: string, values: ParameterValues): string {
  return text.replace(PLACEHOLDER, (found, name: string) => {
    return Object.hasOwn(values, name) ? asText(values[name]).replaceAll("$$", "$") : found;
  });
}

/** The longest text of a parameter that no document can repeat so often that it counts. */
const SHORT = 500;

/** How many characters `substitute` would put in for all references in a value; 0 if the parameters are short. */
export function charactersPutIn(value: unknown, values: ParameterValues): number {
  const lengths = new Map(
    Object.entries(values).map(([name, held]) => [name, asText(held).length] as const),
  );
  if ([...lengths.values()].every((length) => length <= SHORT)) return 0;
  return referencedParameters(value).reduce((sum, name) => sum + (lengths.get(name) ?? 0), 0);
}

/** The name of the parameter, if the value is a string that is only `{{ name }}`. */
export function soleParameter(text: unknown): string | undefined {
  return typeof text === "string" ? SOLE_PLACEHOLDER.exec(text)?.[1] : undefined;
}

/** The names of all parameters that stand anywhere in a value. */
export function referencedParameters(value: unknown): readonly string[] {
  const text = JSON.stringify(value) ?? "";
  return [...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
}

/** What Go takes for white space in a pattern, which is less than JavaScript does. */
const PLACEHOLDER = /\{\{[\t\n\f\r ]*([a-zA-Z0-9]+)[\t\n\f\r ]*\}\}/g;
/** Nothing stands around it, not even spaces [agent-parameters]. */
const SOLE_PLACEHOLDER = /^\{\{[\t\n\f\r ]*([a-zA-Z0-9]+)[\t\n\f\r ]*\}\}$/;

/** What a string must look like for a type; the service checks no more of it than this (our decision). */
const TEXT_OF_TYPE: Readonly<Partial<Record<ParameterSpec["type"], RegExp>>> = {
  Boolean: /^(?:true|false)$/i,
  Integer: /^[+-]?\d+$/,
};

/** What a value does not do that the document demands: the end of a sentence. */
function brokenRule(
  value: readonly string[],
  spec: ParameterSpec,
  { fits, steps }: { readonly fits: ServicePattern | undefined; readonly steps: StepsDraft },
): string | undefined {
  const { minItems = 0, maxItems = Infinity, minChars = 0, maxChars = Infinity } = spec;
  const { type, allowedValues } = spec;
  const { length } = value;
  if (!isList(spec) && length !== 1) {
    return `has ${length} values, and ${type === "Integer" ? "an" : "a"} ${type} takes one`;
  }
  if (length < minItems) return `has ${length} values, fewer than its minItems, ${minItems}`;
  if (length > maxItems) return `has ${length} values, more than its maxItems, ${maxItems}`;
  const allowed = allowedValues === undefined ? undefined : new Set(allowedValues);
  for (const text of value) {
    if (text.length < minChars) return `is shorter than its minChars, ${minChars}`;
    if (text.length > maxChars) return `is longer than its maxChars, ${maxChars}`;
    if (allowed?.has(text) === false) return "is none of its allowedValues";
    if (TEXT_OF_TYPE[type]?.test(text) === false) return `is no ${type}`;
    // What a reference stands for is known on the node alone, where it is checked (our decision).
    if (fits !== undefined && referencedSsm(text).length === 0 && !fits(text, steps)) {
      return "does not fit its allowedPattern";
    }
  }
  return undefined;
}

function isList({ type }: ParameterSpec): boolean {
  return type === "StringList" || type === "MapList";
}

function suppliedValue(value: readonly string[], spec: ParameterSpec): unknown {
  return isList(spec) ? value : (value[0] ?? "");
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : goJson(value);
}

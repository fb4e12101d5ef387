import type { DocumentModel, ParameterSpec, PluginInputs } from "./document-model.ts";

/** What a request supplies: every value is a list of strings; all types but the lists take exactly one. */
export type SuppliedParameters = Readonly<Record<string, readonly string[]>>;

/** The values that stand for `{{ name }}`, by name. */
export type ParameterValues = Readonly<Record<string, unknown>>;

type Declaring = Pick<DocumentModel, "parameters">;

/** Whether the document takes these parameters: each declared, none missing, each within what it allows. */
export function acceptsParameters(document: Declaring, supplied: SuppliedParameters): boolean {
  const isDeclared = (name: string) => Object.hasOwn(document.parameters, name);
  return (
    Object.keys(supplied).every(isDeclared) &&
    Object.entries(document.parameters).every(([name, spec]) => {
      const value = own(supplied, name);
      return value === undefined ? spec.default !== undefined : isAllowed(value, spec);
    })
  );
}

/** The values of all parameters of a document: supplied, or by default. */
export function parameterValues(
  document: Declaring,
  supplied: SuppliedParameters,
): ParameterValues {
  return Object.fromEntries(
    Object.entries(document.parameters).map(([name, spec]) => {
      const value = own(supplied, name);
      return [name, value === undefined ? (spec.default ?? "") : suppliedValue(value, spec)];
    }),
  );
}

/**
 * Inputs with values put in for `{{ name }}`. A string that is only a placeholder becomes the value itself, so that a list
 * stays a list; inside a longer string a value stands as text, a list as JSON, and `$$` in it becomes `$`. There is one
 * pass: a value that was put in is not searched again. Source: [agent-parameters].
 */
export function substitute(inputs: PluginInputs, values: ParameterValues): PluginInputs {
  // An object goes in, so an object comes out.
  return substituteIn(inputs, values) as PluginInputs;
}

/** A string with values put in for `{{ name }}`. */
export function substituteText(text: string, values: ParameterValues): string {
  return text.replace(PLACEHOLDER, (found, name: string) => {
    const value = own(values, name);
    return value === undefined ? found : asText(value).replaceAll("$$", "$");
  });
}

/** The name of the parameter, if the value is a string that is only `{{ name }}`. */
export function soleParameter(text: unknown): string | undefined {
  return typeof text === "string" ? SOLE_PLACEHOLDER.exec(text)?.[1] : undefined;
}

/**
 * An `allowedPattern`, which has to fit the whole value ([guide-document-elements]; that it must fit the whole is our
 * decision, after AWS's own patterns). JavaScript reads most of them as they are; an `(?i)` at the beginning becomes a
 * flag.
 *
 * @throws SyntaxError for a string that is not a pattern.
 */
export function patternOf(allowedPattern: string): RegExp {
  const [, ignoresCase, rest = allowedPattern] = /^(\(\?i\))(.*)$/s.exec(allowedPattern) ?? [];
  return new RegExp(`^(?:${rest})$`, ignoresCase === undefined ? "" : "i");
}

/** The names of all parameters that stand anywhere in a value. */
export function referencedParameters(value: unknown): readonly string[] {
  const text = JSON.stringify(value) ?? "";
  return [...text.matchAll(PLACEHOLDER)].map(([, name = ""]) => name);
}

const PLACEHOLDER = /\{\{\s*([a-zA-Z0-9]+)\s*\}\}/g;
/** Nothing stands around it, not even spaces [agent-parameters]. */
const SOLE_PLACEHOLDER = /^\{\{\s*([a-zA-Z0-9]+)\s*\}\}$/;

/** What a string must look like for a type; the service checks no more of it than this (our decision). */
const TEXT_OF_TYPE: Readonly<Partial<Record<ParameterSpec["type"], RegExp>>> = {
  Boolean: /^(?:true|false)$/i,
  Integer: /^[+-]?\d+$/,
};

function isAllowed(value: readonly string[], spec: ParameterSpec): boolean {
  const { minItems = 0, maxItems = Infinity, minChars = 0, maxChars = Infinity } = spec;
  if (!isList(spec) && value.length !== 1) return false;
  if (value.length < minItems || value.length > maxItems) return false;
  const pattern = spec.allowedPattern === undefined ? undefined : patternOf(spec.allowedPattern);
  return value.every(
    (text) =>
      text.length >= minChars &&
      text.length <= maxChars &&
      (spec.allowedValues === undefined || spec.allowedValues.includes(text)) &&
      (TEXT_OF_TYPE[spec.type]?.test(text) ?? true) &&
      (pattern?.test(text) ?? true),
  );
}

function isList({ type }: ParameterSpec): boolean {
  return type === "StringList" || type === "MapList";
}

function suppliedValue(value: readonly string[], spec: ParameterSpec): unknown {
  return isList(spec) ? value : (value[0] ?? "");
}

function substituteIn(node: unknown, values: ParameterValues): unknown {
  if (typeof node === "string") {
    const sole = soleParameter(node);
    const whole = sole === undefined ? undefined : own(values, sole);
    return whole ?? substituteText(node, values);
  }
  if (Array.isArray(node)) return node.map((item) => substituteIn(item, values));
  if (typeof node === "object" && node !== null) {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, substituteIn(value, values)]),
    );
  }
  return node;
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

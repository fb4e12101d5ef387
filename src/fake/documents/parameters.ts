import type { DocumentModel, ParameterSpec, PluginInputs } from "./document-model.ts";

/** What a request supplies: every value is a list of texts; a `String` takes exactly one. */
export type SuppliedParameters = Readonly<Record<string, readonly string[]>>;

type ParameterValue = string | readonly string[];
type ParameterValues = Readonly<Record<string, ParameterValue>>;

/** Whether the document takes these parameters: each declared, none missing, each within what it allows. */
export function acceptsParameters(document: DocumentModel, supplied: SuppliedParameters): boolean {
  const isDeclared = (name: string) => Object.hasOwn(document.parameters, name);
  return (
    Object.keys(supplied).every(isDeclared) &&
    Object.entries(document.parameters).every(([name, spec]) => {
      const value = Object.hasOwn(supplied, name) ? supplied[name] : undefined;
      return value === undefined ? spec.default !== undefined : isAllowed(value, spec);
    })
  );
}

/**
 * The inputs with the parameters put in. A text that is only `{{ name }}` becomes the value itself, so that a list stays a
 * list; inside a longer text a value stands as text, a list as JSON. One pass: what is put in is not looked at again.
 * Source: the agent's parameter code.
 */
export function substituteParameters(
  inputs: PluginInputs,
  document: DocumentModel,
  supplied: SuppliedParameters,
): PluginInputs {
  const values = Object.fromEntries(
    Object.entries(document.parameters).map(([name, spec]) => {
      const value = Object.hasOwn(supplied, name) ? supplied[name] : undefined;
      return [name, value === undefined ? (spec.default ?? "") : suppliedValue(value, spec)];
    }),
  );
  // An object goes in, so an object comes out.
  return substitute(inputs, values) as PluginInputs;
}

/** The name of the parameter that a text consists of, if it is only `{{ name }}`. */
export function soleParameter(text: unknown): string | undefined {
  return typeof text === "string"
    ? /^\s*\{\{\s*([a-zA-Z0-9]+)\s*\}\}\s*$/.exec(text)?.[1]
    : undefined;
}

function isAllowed(value: readonly string[], spec: ParameterSpec): boolean {
  if (spec.type === "String" && value.length !== 1) return false;
  if (spec.minItems !== undefined && value.length < spec.minItems) return false;
  return value.every(
    (text) =>
      (spec.allowedValues === undefined || spec.allowedValues.includes(text)) &&
      (spec.maxChars === undefined || text.length <= spec.maxChars) &&
      (spec.allowedPattern === undefined || new RegExp(`^(?:${spec.allowedPattern})$`).test(text)),
  );
}

function suppliedValue(value: readonly string[], { type }: ParameterSpec): ParameterValue {
  return type === "String" ? (value[0] ?? "") : value;
}

function substitute(node: unknown, values: ParameterValues): unknown {
  if (typeof node === "string") {
    const sole = soleParameter(node);
    const whole = sole === undefined ? undefined : lookUp(values, sole);
    return (
      whole ?? node.replace(PLACEHOLDER, (found, name) => textOf(lookUp(values, name)) ?? found)
    );
  }
  if (Array.isArray(node)) return node.map((item) => substitute(item, values));
  if (typeof node === "object" && node !== null) {
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, substitute(value, values)]),
    );
  }
  return node;
}

const PLACEHOLDER = /\{\{\s*([a-zA-Z0-9]+)\s*\}\}/g;

function lookUp(values: ParameterValues, name: string): ParameterValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function textOf(value: ParameterValue | undefined): string | undefined {
  return typeof value === "object" ? JSON.stringify(value) : value;
}

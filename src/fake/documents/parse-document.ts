import { isPlugin, outputFolderOf, platformsOfAll } from "./actions.ts";
import type {
  DocumentModel,
  ParameterSpec,
  ParameterType,
  PluginInputs,
  Precondition,
  SchemaVersion,
  Step,
} from "./document-model.ts";
import { isObject } from "./go-values.ts";
import { referencedParameters } from "./parameters.ts";
import { compileGoPattern } from "./re2.ts";
import { servicePattern } from "./service-pattern.ts";

/** A document, or what is wrong with its content. */
export type ParsedDocument =
  | { readonly ok: true; readonly document: DocumentModel }
  | { readonly ok: false; readonly message: string };

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside this file when content is refused; it never leaves the file. */
class BrokenDocument extends Error {}

const PARAMETER_TYPES: readonly ParameterType[] = [
  "String",
  "StringList",
  "Boolean",
  "Integer",
  "StringMap",
  "MapList",
];

/**
 * A document of schema 1.2, 2.0 or 2.2 from its parsed content. The messages `Parameter "X" is not declared.` and
 * `Unknown plugin name: X` are AWS's [report-undeclared-parameter] [report-unknown-plugin]; the others are ours.
 */
export function parseDocument(content: unknown): ParsedDocument {
  try {
    return { ok: true, document: read(content) };
  } catch (error) {
    if (error instanceof BrokenDocument) return { ok: false, message: error.message };
    throw error;
  }
}

function read(content: unknown): DocumentModel {
  const fields = object(content, "The document");
  const schemaVersion = readSchemaVersion(fields["schemaVersion"]);
  const parameters = readParameters(fields["parameters"] ?? {});
  const steps = schemaVersion === "1.2" ? readRuntimeConfig(fields) : readMainSteps(fields);
  for (const { action } of steps) {
    if (!isPlugin(action)) throw broken(`Unknown plugin name: ${action}`);
  }
  const conditions = steps.map(({ preconditions }) => preconditions);
  const referenced = referencedParameters([steps.map(({ properties }) => properties), conditions]);
  const undeclared = referenced.find((name) => !Object.hasOwn(parameters, name));
  if (undeclared !== undefined) throw broken(`Parameter "${undeclared}" is not declared.`);
  const platforms = platformsOfAll(steps.map(({ action }) => action));
  return { schemaVersion, platforms, parameters, steps };
}

function readSchemaVersion(value: unknown): SchemaVersion {
  if (value === "1.2" || value === "2.0" || value === "2.2") return value;
  throw broken(
    `schemaVersion is ${shown(value)}. A Command document has the schemaVersion "1.2", "2.0" or "2.2", as a string.`,
  );
}

function readParameters(value: unknown): Readonly<Record<string, ParameterSpec>> {
  const entries = Object.entries(object(value, "parameters"));
  return Object.fromEntries(entries.map(([name, spec]) => [name, readParameter(name, spec)]));
}

function readParameter(name: string, value: unknown): ParameterSpec {
  const what = `Parameter "${name}"`;
  if (!/^[a-zA-Z0-9]+$/.test(name)) {
    throw broken(`${what} has a name with other characters than letters and digits.`);
  }
  const fields = object(value, what);
  const type = PARAMETER_TYPES.find((known) => known === fields["type"]);
  if (type === undefined) {
    throw broken(
      `${what} has the type ${shown(fields["type"])}. Use one of ${PARAMETER_TYPES.join(", ")}.`,
    );
  }
  const { allowedValues, allowedPattern } = fields;
  const limits: Record<string, number> = {};
  for (const limit of ["minItems", "maxItems", "minChars", "maxChars"]) {
    const given = fields[limit];
    if (given === undefined) continue;
    // A number, or a string that holds one (our decision).
    const isNumber = typeof given === "number" || (typeof given === "string" && given !== "");
    if (!isNumber || !Number.isInteger(Number(given))) {
      throw broken(`${what} has the ${limit} ${shown(given)}. Write a whole number.`);
    }
    limits[limit] = Number(given);
  }
  return {
    type,
    ...limits,
    ...(fields["default"] === undefined ? {} : { default: fields["default"] }),
    ...(allowedValues === undefined
      ? {}
      : { allowedValues: strings(allowedValues, `allowedValues of ${what}`) }),
    ...(allowedPattern === undefined ? {} : { allowedPattern: pattern(allowedPattern, what) }),
    ...(fields["interpolationType"] === "ENV_VAR" ? { isVariable: true } : {}),
  };
}

/** Schema 1.2: a map from actions to properties. It has no preconditions: what stands there is ignored. */
function readRuntimeConfig(fields: Fields): readonly Step[] {
  const config = Object.entries(object(fields["runtimeConfig"], "runtimeConfig"));
  if (config.length === 0) throw broken("runtimeConfig names no plugin.");
  return config.map(([action, value]) => {
    const what = `Plugin "${action}"`;
    const { properties } = object(value, what);
    if (properties === undefined) throw broken(`${what} has no properties.`);
    const [first] = Array.isArray(properties) ? properties : [properties];
    const id = isObject(first) ? first["id"] : undefined;
    return {
      name: action,
      action,
      properties,
      outputFolder: outputFolderOf(action, String(id ?? `0.${action}`)),
      preconditions: [],
    };
  });
}

/** Schema 2.x: a list of named steps. */
function readMainSteps(fields: Fields): readonly Step[] {
  const list = fields["mainSteps"];
  if (!Array.isArray(list) || list.length === 0) {
    throw broken("mainSteps is missing or empty. Give it a list of steps.");
  }
  const steps = list.map((each, index) => readStep(object(each, `Step ${index + 1}`), index));
  const names = steps.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw broken(`Two steps have the name "${twice}".`);
  return steps;
}

function readStep(fields: Fields, index: number): Step {
  const { action, name, inputs } = fields;
  if (typeof name !== "string" || name === "") throw broken(`Step ${index + 1} has no name.`);
  const what = `Step "${name}"`;
  if (typeof action !== "string") throw broken(`${what} has no action.`);
  return {
    name,
    action,
    properties: object(inputs ?? {}, `inputs of ${what}`),
    outputFolder: outputFolderOf(action, name),
    preconditions: readPreconditions(fields["precondition"], what),
  };
}

function readPreconditions(value: unknown, what: string): readonly Precondition[] {
  const entries = Object.entries(object(value ?? {}, `precondition of ${what}`));
  return entries.map(([operator, operands]) => ({
    operator,
    operands: strings(operands, `${operator} of ${what}`),
  }));
}

function object(value: unknown, what: string): PluginInputs {
  // Its values are checked where they are used.
  if (isObject(value)) return value;
  throw broken(`${what} is ${shown(value)}, and has to be an object.`);
}

function strings(value: unknown, what: string): readonly string[] {
  if (!Array.isArray(value)) throw broken(`${what} is ${shown(value)}, and has to be a list.`);
  return value.map(String);
}

function pattern(value: unknown, what: string): string {
  const text = String(value);
  // Java and Go read patterns differently; one that neither of them reads is none (our decision).
  if (servicePattern(text) !== undefined || compileGoPattern(text).ok) return text;
  throw broken(
    `${what} has the allowedPattern ${shown(value)}, which is not a regular expression.`,
  );
}

function broken(message: string): BrokenDocument {
  return new BrokenDocument(message);
}

function shown(value: unknown): string {
  return value === undefined ? "missing" : JSON.stringify(value);
}

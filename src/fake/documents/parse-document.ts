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
import { allSteps, type StepsDraft } from "./patterns/automaton.ts";
import { compileGoPattern } from "./patterns/re2.ts";
import { servicePattern } from "./patterns/service-pattern.ts";
import { referencedSsm } from "./ssm-references.ts";

/** A document, or what is wrong with its content; `parameter` is the one whose place in the text belongs to the message. */
export type ParsedDocument =
  | { readonly ok: true; readonly document: DocumentModel }
  | { readonly ok: false; readonly message: string; readonly parameter?: string };

type Fields = Readonly<Record<string, unknown>>;

/** Thrown inside this file when content is refused; it never leaves the file. */
class BrokenDocument extends Error {
  readonly parameter: string | undefined;

  constructor(message: string, parameter?: string) {
    super(message);
    this.parameter = parameter;
  }
}

const PARAMETER_TYPES: readonly ParameterType[] = [
  "String",
  "StringList",
  "Boolean",
  "Integer",
  "StringMap",
  "MapList",
];

/**
 * A document of schema 1.2, 2.0 or 2.2 from its parsed content. What a step holds beside its known members is accepted, as
 * by AWS. Messages of AWS: [rec-2026-10-01-schemas] [rec-2026-09-27-documents] [report-undeclared-parameter]
 * [report-unknown-plugin], and second-hand [report-document-content]; the others say that they are ours. The order in which
 * mistakes are found is our decision.
 */
export function parseDocument(content: unknown): ParsedDocument {
  try {
    return { ok: true, document: read(content) };
  } catch (error) {
    if (!(error instanceof BrokenDocument)) throw error;
    const { message, parameter } = error;
    return { ok: false, message, ...(parameter === undefined ? {} : { parameter }) };
  }
}

function read(content: unknown): DocumentModel {
  const fields = object(content, "The document");
  const schemaVersion = readSchemaVersion(fields["schemaVersion"]);
  const [body, other] = BODIES[schemaVersion];
  if (Object.hasOwn(fields, other)) throw broken(`Unknown property "${other}".`);
  if (!hasContent(fields[body])) throw broken(`Missing "${body}" in the document.`);
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

/** The member that has the steps, and the one that has them in other schemas. */
const BODIES = {
  "1.2": ["runtimeConfig", "mainSteps"],
  "2.0": ["mainSteps", "runtimeConfig"],
  "2.2": ["mainSteps", "runtimeConfig"],
} as const satisfies Record<SchemaVersion, readonly [string, string]>;

function hasContent(value: unknown): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== "object" || Object.keys(value).length > 0;
}

function readSchemaVersion(value: unknown): SchemaVersion {
  if (value === "1.2" || value === "2.0" || value === "2.2") return value;
  throw broken(
    `schemaVersion is ${shown(value)}. A Command document has the schemaVersion "1.2", "2.0" or "2.2", as a string.`,
  );
}

function readParameters(value: unknown): Readonly<Record<string, ParameterSpec>> {
  const entries = Object.entries(object(value, "parameters"));
  const steps = allSteps();
  return Object.fromEntries(
    entries.map(([name, spec]) => [name, readParameter(name, spec, steps)]),
  );
}

function readParameter(name: string, value: unknown, steps: StepsDraft): ParameterSpec {
  const what = `Parameter "${name}"`;
  if (!/^[a-zA-Z0-9]+$/.test(name)) {
    throw broken(`Parameter name "${name}" is not alpha-numeric.`);
  }
  const fields = object(value, what);
  const given = fields["type"];
  if (given === undefined || given === null) {
    throw new BrokenDocument('Missing "type" in parameter definition.', name);
  }
  const type = PARAMETER_TYPES.find((known) => known === given);
  if (type === undefined) {
    throw new BrokenDocument(`Parameter type: ${cut(asText(given))} is invalid.`, name);
  }
  const byDefault = fields["default"] ?? undefined;
  if (byDefault !== undefined && !DEFAULTS[type](byDefault)) {
    const message = `Wrong default value for a "${type}" parameters, got "${cut(asText(byDefault))}".`;
    throw new BrokenDocument(message, name);
  }
  const { allowedValues, allowedPattern } = fields;
  const limits: Record<string, number> = {};
  for (const limit of ["minItems", "maxItems", "minChars", "maxChars"]) {
    const stated = fields[limit];
    if (stated === undefined) continue;
    // A number, or a string that holds one (our decision).
    const isNumber = typeof stated === "number" || (typeof stated === "string" && stated !== "");
    if (!isNumber || !Number.isInteger(Number(stated))) {
      throw broken(`${what} has the ${limit} ${shown(stated)}. Write a whole number.`);
    }
    limits[limit] = Number(stated);
  }
  const spec: ParameterSpec = {
    type,
    ...limits,
    ...(byDefault === undefined ? {} : { default: byDefault }),
    ...(allowedValues === undefined
      ? {}
      : { allowedValues: strings(allowedValues, `allowedValues of ${what}`) }),
    ...(allowedPattern === undefined ? {} : { allowedPattern: pattern(allowedPattern, what) }),
    ...(fields["interpolationType"] === "ENV_VAR" ? { isVariable: true } : {}),
  };
  // The service refuses this; its words are not known [rec-2026-10-01-schemas].
  if (fitsPattern(spec, steps)) return spec;
  throw broken(`The default of ${what} does not fit its allowedPattern ${shown(allowedPattern)}.`);
}

/**
 * Whether a default is one for a parameter of this type. `null` is no default [rec-2026-10-01-schemas]. A StringList needs a
 * list [rec-2026-09-27-documents]; the rest second-hand [report-document-content].
 */
const DEFAULTS: Readonly<Record<ParameterType, (value: unknown) => boolean>> = {
  String: () => true,
  StringList: (value) => Array.isArray(value),
  Boolean: (value) => typeof value === "boolean",
  Integer: (value) =>
    typeof value === "number" || (typeof value === "string" && /^-?\d+$/.test(value)),
  StringMap: () => true,
  MapList: () => true,
};

/** Whether the default of a parameter, or each item of it, fits its own pattern. */
function fitsPattern(
  { allowedPattern, default: byDefault }: ParameterSpec,
  steps: StepsDraft,
): boolean {
  const fits = allowedPattern === undefined ? undefined : servicePattern(allowedPattern);
  if (fits === undefined || byDefault === undefined) return true;
  // What a reference to Parameter Store stands for is known on the node alone (our decision).
  return [byDefault]
    .flat()
    .every(
      (item) => typeof item !== "string" || referencedSsm(item).length > 0 || fits(item, steps),
    );
}

/** Schema 1.2: a map from actions to properties. It has no preconditions: what stands there is ignored. */
function readRuntimeConfig(fields: Fields): readonly Step[] {
  const config = Object.entries(object(fields["runtimeConfig"], "runtimeConfig"));
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
      outputFolder: outputFolderOf(action, asText(id ?? `0.${action}`)),
      preconditions: [],
    };
  });
}

/** Schema 2.x: a list of named steps. */
function readMainSteps(fields: Fields): readonly Step[] {
  const list = fields["mainSteps"];
  if (!Array.isArray(list)) {
    throw broken(`mainSteps is ${shown(list)}, and has to be a list.`);
  }
  const steps = list.map((each, index) =>
    readStep(object(each, `Step ${index + 1}`), fields["schemaVersion"]),
  );
  if (new Set(steps.map(({ name }) => name)).size < steps.length) {
    throw broken("Duplicate step names found in mainSteps of the document.");
  }
  return steps;
}

function readStep(fields: Fields, schemaVersion: unknown): Step {
  const { action, name, inputs } = fields;
  if (typeof name !== "string" || name === "") throw broken('Missing "name" in step detail.');
  const what = `Step "${name}"`;
  if (typeof action !== "string") throw broken('Missing "action" in step detail.');
  if (schemaVersion === "2.0" && Object.hasOwn(fields, "precondition")) {
    throw broken(
      `Unrecognized field "precondition". Precondition is supported only for Command and Policy document types and for schema version 2.2 or higher. Step name: ${name}`,
    );
  }
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
  return value.map(asText);
}

function pattern(value: unknown, what: string): string {
  const text = asText(value);
  // Java and Go read patterns differently; one that neither of them reads is none (our decision).
  if (servicePattern(text) !== undefined || compileGoPattern(text).ok) return text;
  throw broken(
    `${what} has the allowedPattern ${shown(value)}, which is not a regular expression.`,
  );
}

function broken(message: string): BrokenDocument {
  return new BrokenDocument(message);
}

/** The most characters of a value that a message shows. */
const MOST_CHARACTERS = 10_000;

function shown(value: unknown): string {
  return value === undefined ? "missing" : cut(JSON.stringify(value));
}

/** A value as text: JSON of what is no string, since an object of the content need not have a `toString`. */
function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function cut(text: string): string {
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

import type { CountedTimeout } from "../../domain/timeouts.ts";
import { scriptFolderOf } from "./actions.ts";
import { type ChildReferences, childRequest, preparationRefusal } from "./child-document.ts";
import type { DocumentModel, PluginInputs, Step } from "./document-model.ts";
import { goJson, isObject } from "./go-values.ts";
import { complaintAboutParameters, type PatternCompiler } from "./parameter-checks.ts";
import {
  charactersPutIn,
  type ParameterValues,
  type SuppliedParameters,
  soleParameter,
  substitute,
} from "./parameters.ts";
import { checkInputs, enforcedExecutionSeconds, readId } from "./plugin-checks.ts";
import { resolveSsm, type SsmLookup } from "./ssm-references.ts";

/** A process of a step as the agent starts it: parameters put in, script made, time-out settled. */
export interface ResolvedProcess {
  readonly inputs: PluginInputs;
  /** Where its output lies below the plugin's; processes of one folder append to the same files [agent-cases]. */
  readonly folder: string;
  /** What the agent writes to a file and runs; undefined for plugins that run no script. */
  readonly script: string | undefined;
  /** Where the agent puts the script: the folder of the plugin and that of the step, below that of the command. */
  readonly scriptFolder: string;
  /** The variables that the script finds in its environment beside those that every script does. */
  readonly environment: Readonly<Record<string, string>>;
  /** After how many milliseconds the agent kills it. */
  readonly timeoutMs: number;
  /**
   * The output of a process that the agent does not start because of its inputs: it fails with code 1. It lies in the
   * output files as well, unless the agent could not even read the id, which names their folder [agent-run-plugins].
   */
  readonly refusal:
    | { readonly stdout: string; readonly stderr: string; readonly isFiled: boolean }
    | undefined;
  /** The document that it runs instead of anything else. */
  readonly child: ResolvedDocument | undefined;
}

/** What the inputs of a step say about the steps behind it, as the agent reads it [agent-run-plugins]. */
export interface StepFlow {
  readonly onFailure: "exit" | "successAndExit" | undefined;
  readonly onSuccess: "exit" | undefined;
  /** It runs whatever happened before, if it is the last step. */
  readonly isFinally: boolean;
}

/** A step as the agent runs it. */
export interface ResolvedStep extends Omit<Step, "properties">, StepFlow {
  readonly processes: readonly ResolvedProcess[];
}

/** A document as the agent runs it. */
export interface ResolvedDocument extends Pick<DocumentModel, "schemaVersion" | "platforms"> {
  /** The name by which a step runs it; undefined for the document of the command itself. */
  readonly name: string | undefined;
  readonly steps: readonly ResolvedStep[];
  readonly values: ParameterValues;
  /** Why the agent fails the whole document, if it does; it then runs no step. */
  readonly trace: string | undefined;
}

/** What a document refers to. */
export interface References extends ChildReferences {
  readonly lookup: SsmLookup;
  /** Compiles an `allowedPattern`. It may keep what it has compiled: that takes longer than all else about a document. */
  readonly compile: PatternCompiler;
}

/** A document with values for its parameters. */
export function resolveDocument(
  document: DocumentModel,
  values: ParameterValues,
  references: References,
): ResolvedDocument {
  let children = 0;
  let steps = 0;
  const mayRun = (child: DocumentModel) => {
    steps += child.steps.length;
    return children++ < MOST_CHILDREN && steps <= MOST_CHILD_STEPS;
  };
  const place = { ...references, level: 0, mayRun };
  return resolveAt(place, { name: undefined, document, values });
}

/**
 * The time-outs as they count into `ExpiresAfter`: a parameter counts only when the request supplies it, the document's
 * default does not; of schema 1.2 the first property object alone counts [rec-2026-09-27-expiry].
 */
export function countedTimeouts(
  document: DocumentModel,
  supplied: SuppliedParameters,
): readonly CountedTimeout[] {
  return document.steps.map(({ properties }) => {
    const [first] = listOf(properties);
    const stated = scalar(isObject(first) ? first["timeoutSeconds"] : undefined);
    if (stated === undefined) return { type: "none" };
    const parameter = soleParameter(stated);
    if (parameter === undefined) return { type: "stated", value: stated };
    const value = Object.hasOwn(supplied, parameter) ? supplied[parameter]?.[0] : undefined;
    return value === undefined ? { type: "omitted" } : { type: "stated", value };
  });
}

/** The most documents that one command runs within its own (our decision: a document that runs itself must end). */
const MOST_CHILDREN = 100;
/** The most steps that these documents have together (our decision, for the same reason). */
const MOST_CHILD_STEPS = 500;

/**
 * The most characters that a document may have when its parameters have been put in (our decision: 64 KB of references to a
 * value of 97 KB would be a gigabyte).
 */
const MOST_CHARACTERS = 10_000_000;

/** Where a document is resolved: `level` documents run the one that is at hand. */
interface Place extends References {
  readonly level: number;
  /** Whether this document may run within the first, too. */
  readonly mayRun: (child: DocumentModel) => boolean;
}

interface Given extends Pick<ResolvedDocument, "name" | "values"> {
  readonly document: DocumentModel;
}

function resolveAt(place: Place, { name, document, values }: Given): ResolvedDocument {
  const { schemaVersion, platforms, parameters, steps } = document;
  const failed = (trace: string): ResolvedDocument => ({
    ...{ schemaVersion, platforms, name, values, trace },
    steps: steps.map((step) => ({ ...step, ...NO_FLOW, processes: [] })),
  });
  const known = resolveSsm(values, place.lookup);
  if (!known.ok) return failed(known.trace);
  // An object goes in, so an object comes out.
  const complaint = complaintAboutParameters(
    parameters,
    known.value as ParameterValues,
    place.compile,
  );
  if (complaint !== undefined) return failed(complaint);
  const characters = charactersPutIn(
    steps.map(({ properties }) => properties),
    values,
  );
  if (characters > MOST_CHARACTERS) {
    return failed(
      `FakeSsm writes out at most ${MOST_CHARACTERS} characters of parameters, and the document refers to ${characters}.`,
    );
  }
  // Objects go in, so objects come out.
  const variables = variablesOf(document, known.value as ParameterValues);
  const resolved: ResolvedStep[] = [];
  for (const step of steps) {
    // Parameter Store comes last, since the request's values may refer to it.
    const properties = resolveSsm(substitute(step.properties, values), place.lookup);
    if (!properties.ok) return failed(properties.trace);
    resolved.push(
      resolveStep(step, { schemaVersion, properties: properties.value, variables, place }),
    );
  }
  return { schemaVersion, platforms, name, steps: resolved, values, trace: undefined };
}

interface Resolving extends Pick<DocumentModel, "schemaVersion"> {
  readonly properties: unknown;
  readonly variables: ResolvedProcess["environment"];
  readonly place: Place;
}

function resolveStep(step: Step, resolving: Resolving): ResolvedStep {
  const { name, action, outputFolder, preconditions } = step;
  const { properties } = resolving;
  return {
    ...{ name, action, outputFolder, preconditions },
    ...(isObject(properties) ? flowIn(properties) : NO_FLOW),
    processes: listOf(properties).map((each) => resolveProcess(step, each, resolving)),
  };
}

function resolveProcess(step: Step, value: unknown, resolving: Resolving): ResolvedProcess {
  const { name, action } = step;
  const { schemaVersion, properties, variables, place } = resolving;
  const inputs = isObject(value) ? value : {};
  const checked = checkInputs(action, value);
  const fields = checked.ok ? checked.fields : {};
  const seconds = enforcedExecutionSeconds(fields["TimeoutSeconds"] ?? inputs["timeoutSeconds"]);
  const script = scriptOf(action, fields);
  const stated = fields["Environment"];
  // What the agent has read are strings.
  const environment = isObject(stated)
    ? { ...(stated as Readonly<Record<string, string>>), ...variables }
    : variables;
  const process = { inputs, script, environment, timeoutMs: seconds * 1_000 };
  const read = schemaVersion === "1.2" ? readId(value) : ({ ok: true, id: name } as const);
  const scriptFolder = scriptFolderOf(action, read.ok ? read.id : name);
  if (!read.ok) {
    // Among several entries, a line break follows [agent-run-plugins].
    const end = Array.isArray(properties) ? "\n" : "";
    const refusal = { stdout: "", stderr: read.stderr + end, isFiled: false };
    return { ...process, scriptFolder, folder: "", refusal, child: undefined };
  }
  const { document: child, refusal: why } = resolveChild(action, fields, place);
  const refusal = checked.ok ? refusedWith(why) : refusedWith(checked.stderr, checked.stdout);
  return { ...process, scriptFolder, folder: read.id, refusal, child };
}

/**
 * The variables that hold parameters of a document with `interpolationType: ENV_VAR`, in schema 2.2 [guide-document-syntax]
 * [guide-schema-features]. A value that is no string is its JSON (our decision: nothing says how a list looks there).
 */
function variablesOf(
  { schemaVersion, parameters }: Pick<DocumentModel, "schemaVersion" | "parameters">,
  values: ParameterValues,
): ResolvedProcess["environment"] {
  const names = Object.keys(parameters).filter((name) => parameters[name]?.isVariable);
  if (names.length === 0 || schemaVersion !== "2.2") return NO_VARIABLES;
  return Object.fromEntries(
    names.map((name) => {
      const value = values[name];
      return [`SSM_${name}`, typeof value === "string" ? value : goJson(value)];
    }),
  );
}

const NO_VARIABLES: ResolvedProcess["environment"] = {};

function refusedWith(stderr: string | undefined, stdout = ""): ResolvedProcess["refusal"] {
  return stderr === undefined ? undefined : { stdout, stderr, isFiled: true };
}

function resolveChild(
  action: string,
  fields: PluginInputs,
  place: Place,
): { readonly document?: ResolvedDocument; readonly refusal?: string } {
  if (action !== "aws:runDocument") return {};
  const child = { ...place, level: place.level + 1 };
  const request = childRequest(fields, child);
  if (request === undefined || "refusal" in request) return request ?? {};
  if (!place.mayRun(request.document)) {
    const most = `${MOST_CHILDREN} documents with ${MOST_CHILD_STEPS} steps`;
    return { refusal: `FakeSsm runs at most ${most} within a command.` };
  }
  const document = resolveAt(child, request);
  return document.trace === undefined
    ? { document }
    : { refusal: preparationRefusal(document.trace) };
}

function listOf(properties: unknown): readonly unknown[] {
  return Array.isArray(properties) ? properties : [properties];
}

/** Strings and booleans count, with the values that the agent knows; it ignores all others. */
function flowIn(inputs: PluginInputs): StepFlow {
  const { onFailure, onSuccess, finallyStep } = inputs;
  return {
    onFailure: onFailure === "exit" || onFailure === "successAndExit" ? onFailure : undefined,
    onSuccess: onSuccess === "exit" ? onSuccess : undefined,
    isFinally: finallyStep === true || finallyStep === "true",
  };
}

const NO_FLOW: StepFlow = { onFailure: undefined, onSuccess: undefined, isFinally: false };

/** The lines of `runCommand`, joined by newlines and ended by one [agent-plugin-util]; none are an empty script. */
function scriptOf(action: string, fields: PluginInputs): string | undefined {
  switch (action) {
    case "aws:runShellScript":
    case "aws:runPowerShellScript":
      return scriptOfLines(fields["RunCommand"]);
    case "aws:psModule":
      return scriptOfLines([fields["runCommand"]].flat(Infinity));
  }
  return undefined;
}

function scriptOfLines(lines: unknown): string {
  const all = Array.isArray(lines) ? lines : [];
  return `${all.filter((line) => typeof line === "string").join("\n")}\n`;
}

function scalar(value: unknown): string | number | undefined {
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

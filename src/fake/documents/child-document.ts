import type { DocumentModel } from "./document-model.ts";
import { isObject } from "./go-values.ts";
import { isDeeperThan, MOST_LEVELS as MOST_NESTED_LEVELS } from "./nesting.ts";
import { type ParameterValues, parameterValues } from "./parameters.ts";

/** A document by its name, its ARN, or one of them with a version; undefined if that cannot be known. */
export type DocumentNamed = (path: string) => DocumentModel | MissingDocument | undefined;

/** A document that GetDocument does not return, by the name and the message of the service's error. */
export interface MissingDocument {
  readonly error: string;
}

/** Reads YAML. */
export type YamlReader = (
  text: string,
) => { readonly value: unknown } | { readonly problem: string };

/** What a step of `aws:runDocument` refers to. */
export interface ChildReferences {
  readonly documentNamed: DocumentNamed;
  /** For parameters of such a document that are written in YAML. */
  readonly readYaml: YamlReader;
}

/** How deep documents may run documents [agent-run-document]. */
const MOST_LEVELS = 3;

/** What a step of `aws:runDocument` runs, or why it fails; undefined when its node's behavior decides. */
export type ChildRequest =
  | {
      readonly name: string;
      readonly document: DocumentModel;
      readonly values: ParameterValues;
    }
  | { readonly refusal: string }
  | undefined;

/**
 * The document that a step runs, with the values of its parameters.
 *
 * Our decision: the behavior decides where the document is a file on the node, or one that the fake does not have and AWS
 * may have. The messages: [agent-run-document], but for what parsers say, and without the request id that follows an error of
 * the service.
 */
export function childRequest(
  { documentType, documentPath, documentParameters }: Readonly<Record<string, unknown>>,
  { level, documentNamed, readYaml }: ChildReferences & { readonly level: number },
): ChildRequest {
  if (documentType !== "SSMDocument" || typeof documentPath !== "string") return undefined;
  if (level > MOST_LEVELS) {
    return {
      refusal: `Maximum depth for document execution exceeded. Maximum depth permitted - ${MOST_LEVELS} and current depth - ${level}`,
    };
  }
  const document = documentNamed(documentPath);
  if (document === undefined) return undefined;
  if ("error" in document) {
    // The agent goes on after the error, with the file that it has not made.
    const next = preparationRefusal("open : no such file or directory");
    return { refusal: document.error + next };
  }
  const supplied = suppliedIn(documentParameters, readYaml);
  if ("refusal" in supplied) return supplied;
  const values = { ...parameterValues(document, {}), ...supplied.values };
  return { name: documentPath, document, values };
}

/** How the step says that the document which it runs fails as a whole [agent-run-document]. */
export function preparationRefusal(trace: string): string {
  return `There was an error while preparing documents - ${trace}`;
}

function suppliedIn(
  parameters: unknown,
  readYaml: YamlReader,
): { readonly values: ParameterValues } | { readonly refusal: string } {
  if (parameters === undefined || parameters === null) return { values: {} };
  if (isObject(parameters)) return { values: parameters };
  if (typeof parameters === "string") return suppliedAsText(parameters, readYaml);
  return { refusal: preparationRefusal("parameter type specified to run document is unknown") };
}

/** Text is JSON, else YAML; nothing in it is no parameter. */
function suppliedAsText(
  text: string,
  readYaml: YamlReader,
): { readonly values: ParameterValues } | { readonly refusal: string } {
  const json = objectIn(readJson(text));
  if ("values" in json) return json;
  const yaml = objectIn(readYaml(text));
  if ("values" in yaml) return yaml;
  return {
    refusal: preparationRefusal(
      `Unmarshalling document parameters failed. Please make sure the parameters are specified in the right formatJSON format error - ${json.problem}, YAML format error - ${yaml.problem}.`,
    ),
  };
}

function objectIn(
  read: ReturnType<YamlReader>,
): { readonly values: ParameterValues } | { readonly problem: string } {
  if ("problem" in read) return read;
  if (read.value === null || read.value === undefined) return { values: {} };
  // YAML may hold itself, by an alias inside its anchor.
  if (isDeeperThan(MOST_NESTED_LEVELS, read.value)) {
    return { problem: `it is nested deeper than ${MOST_NESTED_LEVELS} levels` };
  }
  return isObject(read.value) ? { values: read.value } : { problem: "it holds no object" };
}

function readJson(text: string): ReturnType<YamlReader> {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

import type { DocumentModel } from "./document-model.ts";
import { isObject } from "./go-values.ts";
import type { ParameterValues } from "./parameters.ts";

/** A document by its name, its ARN, or one of them with a version; `"missing"` if AWS has none of that name. */
export type DocumentNamed = (name: string) => DocumentModel | "missing" | undefined;

/** How deep documents may run documents [agent-run-document]. */
const MOST_LEVELS = 3;

/** What a step of `aws:runDocument` runs, or why it fails; undefined when its node's behavior decides. */
export type ChildRequest =
  | { readonly document: DocumentModel; readonly values: ParameterValues }
  | { readonly refusal: string }
  | undefined;

/**
 * The document that a step runs, with the values of its parameters.
 *
 * Our decision: the behavior decides where the document is a file on the node, where it is one of AWS's that the fake does
 * not have, and where its parameters are YAML. The messages: [agent-run-document], but for that of a missing document.
 */
export function childRequest(
  { documentType, documentPath, documentParameters }: Readonly<Record<string, unknown>>,
  { level, documentNamed }: { readonly level: number; readonly documentNamed: DocumentNamed },
): ChildRequest {
  if (documentType !== "SSMDocument" || typeof documentPath !== "string") return undefined;
  if (level > MOST_LEVELS) {
    return {
      refusal: `Maximum depth for document execution exceeded. Maximum depth permitted - ${MOST_LEVELS} and current depth - ${level}`,
    };
  }
  const document = documentNamed(documentPath);
  if (document === undefined) return undefined;
  if (document === "missing") {
    return { refusal: `InvalidDocument: Document with name ${documentPath} does not exist.` };
  }
  const supplied = suppliedIn(documentParameters);
  if (supplied === undefined || "refusal" in supplied) return supplied;
  const declared = Object.entries(document.parameters);
  const defaults = Object.fromEntries(declared.map(([name, spec]) => [name, spec.default ?? null]));
  return { document, values: { ...defaults, ...supplied.values } };
}

/** How the step says that the document which it runs fails as a whole [agent-run-document]. */
export function preparationRefusal(trace: string): string {
  return `There was an error while preparing documents - ${trace}`;
}

function suppliedIn(
  parameters: unknown,
): { readonly values: ParameterValues } | { readonly refusal: string } | undefined {
  if (parameters === undefined || parameters === null) return { values: {} };
  if (isObject(parameters)) return { values: parameters };
  if (typeof parameters !== "string") {
    return {
      refusal: preparationRefusal("parameter type specified to run document is unknown"),
    };
  }
  try {
    const read: unknown = JSON.parse(parameters);
    return isObject(read) ? { values: read } : undefined;
  } catch {
    return undefined;
  }
}

import { type Answer, answered, refused } from "../../domain/refusal.ts";
import type { DocumentModel } from "../documents/document-model.ts";
import { parseDocument } from "../documents/parse-document.ts";
import { WELL_KNOWN_DOCUMENTS, WELL_KNOWN_HASHES } from "../documents/well-known.ts";

/** One version of a document. */
export interface DocumentVersion {
  readonly version: number;
  readonly document: DocumentModel;
  /** The size of the content in bytes. */
  readonly size: number;
  /** SHA-256 of the content, in hex; undefined where it is not known. */
  readonly hash: string | undefined;
}

/** The most bytes that a document may have. */
const MOST_DOCUMENT_BYTES = 64 * 1024;

/** The documents of the account and those that are shared with it, by name or ARN, with their versions. */
export class DocumentStore {
  readonly #documents = new Map<string, DocumentVersion[]>();
  readonly #defaults = new Map<string, number>();

  /** Adds a document, or a version of one that is there; the first version stays the default one. */
  async add(name: string, content: unknown): Promise<Answer<DocumentVersion>> {
    if (!DOCUMENT_NAME.test(name)) {
      return refused(
        "ValidationException",
        `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9_\\-.:/]{3,128}$`,
      );
    }
    const text = typeof content === "string" ? content : JSON.stringify(content);
    const bytes = new TextEncoder().encode(text);
    if (bytes.byteLength > MOST_DOCUMENT_BYTES) {
      return refused("MaxDocumentSizeExceeded", "The size of the document exceeds the 64KB limit.");
    }
    const parsed = typeof content === "string" ? await readText(content) : { value: content };
    if ("problem" in parsed) return refused("InvalidDocumentContent", parsed.problem);
    const result = parseDocument(parsed.value);
    if (!result.ok) return refused("InvalidDocumentContent", result.message);
    const hash = await sha256(bytes);
    const versions = this.#documents.get(name) ?? [];
    const version: DocumentVersion = {
      version: versions.length + 1,
      document: result.document,
      size: bytes.byteLength,
      hash,
    };
    this.#documents.set(name, [...versions, version]);
    return answered(version);
  }

  /** Makes a version the one that `$DEFAULT` means. Answers whether there is such a version. */
  setDefault(name: string, version: number): boolean {
    if (this.#documents.get(name)?.[version - 1] === undefined) return false;
    this.#defaults.set(name, version);
    return true;
  }

  /** The version that a request means, or why there is none. Neither refusal has a message (recorded 2026-09). */
  resolve(
    name: string,
    { version = "$DEFAULT", hash }: { readonly version?: string; readonly hash?: string },
  ): Answer<DocumentVersion> {
    const own = this.#documents.get(name) ?? this.#documents.get(localName(name));
    const versions = own ?? wellKnown(localName(name));
    if (versions === undefined) return refused("InvalidDocument");
    const wanted =
      version === "$LATEST"
        ? versions.length
        : version === "$DEFAULT"
          ? (this.#defaults.get(localName(name)) ?? 1)
          : Number(version);
    const found = versions[wanted - 1];
    if (found === undefined) return refused("InvalidDocumentVersion");
    // A hash that does not fit the content is InvalidDocument (inferred).
    const isOther = hash !== undefined && found.hash !== undefined && hash !== found.hash;
    return isOther ? refused("InvalidDocument") : answered(found);
  }

  clear(): void {
    this.#documents.clear();
    this.#defaults.clear();
  }
}

const DOCUMENT_NAME = /^[a-zA-Z0-9_\-.:/]{3,128}$/;

function wellKnown(name: string): readonly DocumentVersion[] | undefined {
  const document = Object.hasOwn(WELL_KNOWN_DOCUMENTS, name)
    ? WELL_KNOWN_DOCUMENTS[name]
    : undefined;
  if (document === undefined) return undefined;
  return [{ version: 1, document, size: 0, hash: WELL_KNOWN_HASHES[name] }];
}

/** The name in the ARN of a document; another text is a name already. */
function localName(name: string): string {
  return name.startsWith("arn:") ? (name.split(":document/")[1] ?? name) : name;
}

/** JSON or YAML. The parser of YAML is loaded when the first text comes that is not JSON. */
async function readText(
  text: string,
): Promise<{ readonly value: unknown } | { readonly problem: string }> {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const { parse } = await import("yaml");
    try {
      // Aliases are bounded by the parser, which refuses those that would explode.
      return { value: parse(text) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

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

/** Where the account stands: the ARNs of its documents name both. */
export interface DocumentHome {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** The most bytes that a document may have. */
const MOST_DOCUMENT_BYTES = 64 * 1024;

/**
 * The documents of the account and those that are shared with it, with their versions. Those of other accounts go by their
 * ARN; those of this account and of AWS by their name, and their ARN means the same.
 */
export class DocumentStore {
  readonly #home: DocumentHome;
  readonly #documents = new Map<string, readonly DocumentVersion[]>();
  readonly #defaults = new Map<string, number>();

  constructor(home: DocumentHome) {
    this.#home = home;
  }

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
    // An object is read from its text, too: what its owner does with it later changes nothing here.
    const parsed = await readText(text);
    if ("problem" in parsed) return refused("InvalidDocumentContent", parsed.problem);
    const result = parseDocument(parsed.value);
    if (!result.ok) return refused("InvalidDocumentContent", result.message);
    const hash = await sha256(bytes);
    const key = this.#keyOf(name);
    const versions = this.#documents.get(key) ?? [];
    const version: DocumentVersion = {
      version: versions.length + 1,
      document: result.document,
      size: bytes.byteLength,
      hash,
    };
    this.#documents.set(key, [...versions, version]);
    return answered(version);
  }

  /** Makes a version the one that `$DEFAULT` means. Answers whether there is such a version. */
  setDefault(name: string, version: number): boolean {
    const key = this.#keyOf(name);
    if (this.#documents.get(key)?.[version - 1] === undefined) return false;
    this.#defaults.set(key, version);
    return true;
  }

  /** The version that a request means, or why there is none. Neither refusal has a message (recorded 2026-09). */
  resolve(
    name: string,
    { version = "$DEFAULT", hash }: { readonly version?: string; readonly hash?: string },
  ): Answer<DocumentVersion> {
    const key = this.#keyOf(name);
    const versions = this.#documents.get(key) ?? wellKnown(key);
    if (versions === undefined) return refused("InvalidDocument");
    const wanted =
      version === "$LATEST"
        ? versions.length
        : version === "$DEFAULT"
          ? (this.#defaults.get(key) ?? 1)
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

  /** What a document is kept under: the ARNs of AWS's documents name no account. */
  #keyOf(name: string): string {
    const [, region, accountId = "", localName] = DOCUMENT_ARN.exec(name) ?? [];
    if (localName === undefined) return name;
    const isOurs = region === this.#home.region && ["", this.#home.accountId].includes(accountId);
    return isOurs ? localName : name;
  }
}

const DOCUMENT_NAME = /^[a-zA-Z0-9_\-.:/]{3,128}$/;
const DOCUMENT_ARN = /^arn:[\w-]+:ssm:([\w-]*):(\d*):document\/(.+)$/;

function wellKnown(name: string): readonly DocumentVersion[] | undefined {
  const document = Object.hasOwn(WELL_KNOWN_DOCUMENTS, name)
    ? WELL_KNOWN_DOCUMENTS[name]
    : undefined;
  if (document === undefined) return undefined;
  return [{ version: 1, document, size: 0, hash: WELL_KNOWN_HASHES[name] }];
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
      // Aliases are bounded by the parser, which refuses those that would explode. Its warnings are not ours to print.
      return { value: parse(text, { logLevel: "error" }) };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

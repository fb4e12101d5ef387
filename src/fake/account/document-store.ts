import { DOCUMENT_NAME_OR_ARN } from "../../domain/patterns.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { DocumentModel } from "../documents/document-model.ts";
import { WELL_KNOWN_DOCUMENTS, WELL_KNOWN_HASHES } from "../documents/well-known.ts";
import { ok, type Result, refuse } from "../result.ts";
import {
  type DocumentContent,
  documentOf,
  readContent,
  type WrittenContent,
} from "./document-content.ts";
import { changedTags, type TagChanges, type Tags } from "./tags.ts";

/** What the author of a version may say about it. */
export interface VersionDetails {
  readonly versionName?: string | undefined;
  readonly displayName?: string | undefined;
  readonly targetType?: string | undefined;
}

/** One version of a document. */
export interface DocumentVersion extends VersionDetails {
  readonly version: number;
  readonly document: DocumentModel;
  /** What its author wrote; of AWS's documents the fake keeps the model alone. */
  readonly written: WrittenContent | undefined;
  /** The size of the content in bytes. */
  readonly size: number;
  /** SHA-256 of the content, in hex; undefined where it is not known. */
  readonly hash: string | undefined;
  readonly createdAt: EpochMs;
}

/** A document with its versions. */
export interface StoredDocument {
  /** Its name; the ARN of one that another account shares. */
  readonly name: string;
  /** The account that it belongs to, or `Amazon`. */
  readonly owner: string;
  /** Its place among all documents that there ever were. */
  readonly ordinal: number;
  /** Oldest first; never empty. */
  readonly versions: readonly DocumentVersion[];
  /** The number of the version that `$DEFAULT` means. */
  readonly defaultVersion: number;
  /** The number of the newest version that there ever was: numbers are not given twice (our decision). */
  readonly lastVersion: number;
  readonly tags: Tags;
}

/** Where the account stands: the ARNs of its documents name both. */
export interface DocumentHome {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** What a request says of the version that it means. */
export interface VersionChoice {
  /** `$DEFAULT`, `$LATEST` or a number. @default "$DEFAULT", or any when a name is given */
  readonly version?: string | undefined;
  readonly versionName?: string | undefined;
}

/** Owner of the documents that every account has. */
export const AMAZON = "Amazon";

/** Names that no account can give to a document of its own (AWS's page of CreateDocument). */
const RESERVED_NAME = /^(?:aws|amazon|amzn)/i;

/** When AWS's documents were made: long ago, whatever the clock says (our decision). */
const LONG_AGO: EpochMs = Date.UTC(2017, 0, 1);

/**
 * The documents of the account and those that are shared with it, with their versions. Those of other accounts go by their
 * ARN; those of this account and of AWS by their name, and their ARN means the same.
 */
export class DocumentStore {
  readonly #home: DocumentHome;
  readonly #now: () => EpochMs;
  readonly #documents = new Map<string, StoredDocument>();
  #made = 0;

  constructor(home: DocumentHome, now: () => EpochMs = () => LONG_AGO) {
    this.#home = home;
    this.#now = now;
  }

  /** Adds a document, or a version of one that is there; the first version stays the default one. */
  async add(name: string, content: unknown): Promise<Result<DocumentVersion>> {
    if (!DOCUMENT_NAME.test(name)) {
      return refuse(
        "ValidationException",
        `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ${DOCUMENT_NAME_OR_ARN}`,
      );
    }
    // An object is read from its text, too: what its owner does with it later changes nothing here.
    const text = typeof content === "string" ? content : JSON.stringify(content);
    const written = await readContent(text);
    if (!written.ok) return written;
    const made = await documentOf(written.value);
    return made.ok ? ok(this.put(name, made.value)) : made;
  }

  /** Adds content that was read as a document, or as a version of one that is there. */
  put(name: string, content: DocumentContent, details: VersionDetails = {}): DocumentVersion {
    const key = this.#keyOf(name);
    const there = this.#documents.get(key);
    const number = (there?.lastVersion ?? 0) + 1;
    const version = { ...content, ...details, version: number, createdAt: this.#now() };
    this.#documents.set(
      key,
      there === undefined
        ? {
            name: key,
            owner: this.#ownerOf(key),
            ordinal: AWS_DOCUMENTS.length + this.#made++,
            versions: [version],
            defaultVersion: 1,
            lastVersion: 1,
            tags: {},
          }
        : { ...there, versions: [...there.versions, version], lastVersion: number },
    );
    return version;
  }

  /** Makes a version the one that `$DEFAULT` means. Answers whether there is such a version. */
  setDefault(name: string, version: number): boolean {
    const document = this.#documents.get(this.#keyOf(name));
    if (document?.versions.some((each) => each.version === version) !== true) return false;
    this.#documents.set(document.name, { ...document, defaultVersion: version });
    return true;
  }

  /** The document of this name or ARN; one that was added stands before AWS's. */
  get(name: string): StoredDocument | undefined {
    const key = this.#keyOf(name);
    return this.#documents.get(key) ?? AWS_DOCUMENTS.find((document) => document.name === key);
  }

  /** The document of this name, if it is one of this account's own. */
  own(name: string): StoredDocument | undefined {
    const document = this.get(name);
    return document?.owner === this.#home.accountId ? document : undefined;
  }

  /** All documents: AWS's, then the others in the order in which they were made. */
  list(): readonly StoredDocument[] {
    const unchanged = AWS_DOCUMENTS.filter(({ name }) => !this.#documents.has(name));
    return [...unchanged, ...this.#documents.values()];
  }

  /** The version that a request of SendCommand means, or why there is none. Neither refusal has a message (recorded 2026-09). */
  resolve(
    name: string,
    { version = "$DEFAULT", hash }: { readonly version?: string; readonly hash?: string },
  ): Result<DocumentVersion> {
    const document = this.get(name);
    if (document === undefined) return refuse("InvalidDocument");
    const found = versionOf(document, { version });
    if (found === undefined) return refuse("InvalidDocumentVersion");
    // A hash that does not fit the content is InvalidDocument (inferred).
    const isOther = hash !== undefined && found.hash !== undefined && hash !== found.hash;
    return isOther ? refuse("InvalidDocument") : ok(found);
  }

  /** Adds tags, replaces their values, or takes those away that are undefined. */
  tag(name: string, changes: TagChanges): void {
    const document = this.#documents.get(this.#keyOf(name));
    if (document === undefined) return;
    const tags = changedTags(document.tags, changes);
    this.#documents.set(document.name, { ...document, tags });
  }

  /** Takes a document away, or one version of it that is not its only one. */
  delete({ name, versions }: StoredDocument, version?: DocumentVersion): void {
    const document = this.#documents.get(name);
    if (document === undefined) return;
    const rest = version === undefined ? [] : versions.filter((each) => each !== version);
    if (rest.length === 0) this.#documents.delete(name);
    else this.#documents.set(name, { ...document, versions: rest });
  }

  clear(): void {
    this.#documents.clear();
    this.#made = 0;
  }

  /** A name that only AWS can give stands for a document of AWS, whoever added it. */
  #ownerOf(key: string): string {
    const [, , accountId, localName] = DOCUMENT_ARN.exec(key) ?? [];
    if (RESERVED_NAME.test(localName ?? key)) return AMAZON;
    return accountId === undefined || accountId === "" ? this.#home.accountId : accountId;
  }

  /** What a document is kept under: the ARNs of AWS's documents name no account. */
  #keyOf(name: string): string {
    const [, region, accountId = "", localName] = DOCUMENT_ARN.exec(name) ?? [];
    if (localName === undefined) return name;
    const isOurs = region === this.#home.region && ["", this.#home.accountId].includes(accountId);
    return isOurs ? localName : name;
  }
}

/** Whether no account can give this name to a document. */
export function isReservedName(name: string): boolean {
  return RESERVED_NAME.test(name);
}

/** The version of a document that was made last. */
export function latestOf({ versions }: StoredDocument): DocumentVersion | undefined {
  return versions.at(-1);
}

/** The version that a request means, by number, by name or by both. */
export function versionOf(
  document: StoredDocument,
  { version, versionName }: VersionChoice,
): DocumentVersion | undefined {
  const wanted = version ?? (versionName === undefined ? "$DEFAULT" : undefined);
  const named = document.versions.filter(
    (each) => versionName === undefined || each.versionName === versionName,
  );
  return wanted === undefined
    ? named[0]
    : named.find((each) => each.version === numberOf(document, wanted));
}

function numberOf(document: StoredDocument, version: string): number {
  if (version === "$DEFAULT") return document.defaultVersion;
  if (version === "$LATEST") return latestOf(document)?.version ?? 0;
  return Number(version);
}

const DOCUMENT_NAME = new RegExp(DOCUMENT_NAME_OR_ARN);
const DOCUMENT_ARN = /^arn:[\w-]+:ssm:([\w-]*):(\d*):document\/(.+)$/;

const AWS_DOCUMENTS: readonly StoredDocument[] = Object.entries(WELL_KNOWN_DOCUMENTS).map(
  ([name, document], ordinal) => ({
    name,
    owner: AMAZON,
    ordinal,
    versions: [
      {
        version: 1,
        document,
        written: undefined,
        size: 0,
        hash: WELL_KNOWN_HASHES[name],
        createdAt: LONG_AGO,
      },
    ],
    defaultVersion: 1,
    lastVersion: 1,
    tags: {},
  }),
);

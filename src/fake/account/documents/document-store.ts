import { isReservedName } from "../../../domain/arns.ts";
import { nearestName } from "../../../domain/nearest-name.ts";
import { partitionOf } from "../../../domain/partition.ts";
import { DOCUMENT_NAME_OR_ARN } from "../../../domain/patterns.ts";
import type { EpochMs } from "../../../time/clock.ts";
import type { MissingDocument, YamlReader } from "../../documents/child-document.ts";
import type { DocumentModel } from "../../documents/document-model.ts";
import { compileGoPattern, type GoPattern } from "../../documents/patterns/re2.ts";
import { type ServicePattern, servicePattern } from "../../documents/patterns/service-pattern.ts";
import { wellKnownDocuments } from "../../documents/well-known.ts";
import { ok, type Result, refuse } from "../../result.ts";
import { changedTags, type TagChanges, type Tags } from "../tags.ts";
import { readDocumentArn } from "./document-arn.ts";
import {
  type DocumentContent,
  documentOf,
  readContent,
  type WrittenContent,
} from "./document-content.ts";

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
  /** What its author wrote; of AWS's documents, what the fake runs of them. */
  readonly written: WrittenContent;
  /** Its bytes in what an agent is sent, as JSON without blanks, in ASCII. */
  readonly payloadBytes: number;
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
  /** Its place among all documents that were ever made, deleted ones included. */
  readonly ordinal: number;
  /** Oldest first; never empty. */
  readonly versions: readonly DocumentVersion[];
  /** The number of the version that `$DEFAULT` means. */
  readonly defaultVersion: number;
  /** The number of the newest version that was ever made: no number is given twice (our decision). */
  readonly lastVersion: number;
  readonly tags: Tags;
  /** The categories that AWS gave it; nobody else can give any. */
  readonly categories?: readonly string[];
  /** With whom it is shared: the version that each account may use, by its id or {@link EVERYONE}. */
  readonly sharedWith: Readonly<Record<string, string>>;
}

/** The region and the account, which the ARNs of its documents name. */
export interface DocumentHome {
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
}

/** Which version a request means. */
export interface VersionChoice {
  /** `$DEFAULT`, `$LATEST` or a number. @default "$DEFAULT", or any version if `versionName` is given */
  readonly version?: string | undefined;
  readonly versionName?: string | undefined;
}

/** The owner of the documents that every account has. */
export const AMAZON = "Amazon";

/** The id under which a document is shared with all accounts. */
export const EVERYONE = "all";

/** When documents are made if there is no clock, as in tests of the store alone. */
const LONG_AGO: EpochMs = Date.UTC(2017, 0, 1);

/**
 * The documents of the account and those that are shared with it, with their versions. Documents of other accounts are kept
 * under their ARN. Those of this account and of AWS are kept under their name, and their ARN means the same document.
 */
export class DocumentStore {
  readonly #home: DocumentHome;
  readonly #now: () => EpochMs;
  readonly #documents = new Map<string, StoredDocument>();
  #made = 0;
  #readYaml: YamlReader | undefined;
  readonly #warnedOf = new Set<string>();
  /** The patterns of documents that were sent, compiled: else every send would compile them again. */
  readonly #compiled = new Map<string, GoPattern>();
  readonly #servicePatterns = new Map<string, ServicePattern | undefined>();

  constructor(home: DocumentHome, now: () => EpochMs = () => LONG_AGO) {
    this.#home = home;
    this.#now = now;
  }

  /** Adds a document, or a new version of one that exists; the first version stays the default. */
  async add(name: string, content: unknown): Promise<Result<DocumentVersion>> {
    if (!DOCUMENT_NAME.test(name)) {
      return refuse(
        "ValidationException",
        `1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ${DOCUMENT_NAME_OR_ARN}`,
      );
    }
    // An object becomes text first, so that later changes to it change nothing here.
    const text = typeof content === "string" ? content : asJson(name, content);
    const written = await readContent(text);
    if (!written.ok) return written;
    const made = await documentOf(written.value);
    return made.ok ? ok(this.put(name, made.value)) : made;
  }

  /** Adds content that was read: as a document, or as a new version of one that exists. */
  put(name: string, content: DocumentContent, details: VersionDetails = {}): DocumentVersion {
    const key = this.#keyOf(name);
    const there = this.#documents.get(key);
    const number = (there?.lastVersion ?? 0) + 1;
    const { readYaml, ...held } = content;
    this.#readYaml ??= readYaml;
    const version = { ...held, ...details, version: number, createdAt: this.#now() };
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
            sharedWith: {},
          }
        : { ...there, versions: [...there.versions, version], lastVersion: number },
    );
    return version;
  }

  /** Makes a version the one that `$DEFAULT` means. Returns whether that version exists. */
  setDefault(name: string, version: number): boolean {
    const document = this.#documents.get(this.#keyOf(name));
    if (document?.versions.some((each) => each.version === version) !== true) return false;
    this.#documents.set(document.name, { ...document, defaultVersion: version });
    return true;
  }

  /** The document with this name or ARN; one that was added hides AWS's of the same name. */
  get(name: string): StoredDocument | undefined {
    const key = this.#keyOf(name);
    return this.#documents.get(key) ?? AWS_DOCUMENTS.find((document) => document.name === key);
  }

  /** The document with this name, if this account owns it. */
  own(name: string): StoredDocument | undefined {
    const document = this.get(name);
    return document?.owner === this.#home.accountId ? document : undefined;
  }

  /** All documents: AWS's, then the others in the order in which they were made. */
  list(): readonly StoredDocument[] {
    const unchanged = AWS_DOCUMENTS.filter(({ name }) => !this.#documents.has(name));
    return [...unchanged, ...this.#documents.values()];
  }

  /** The version that a request of SendCommand means, or its refusal, which has no message [rec-2026-09-27-admission]. */
  resolve(
    name: string,
    { version = "$DEFAULT", hash }: { readonly version?: string; readonly hash?: string },
  ): Result<DocumentVersion> {
    const document = this.get(name);
    if (document === undefined) return refuse("InvalidDocument", undefined, this.whyUnknown(name));
    const found = versionOf(document, { version });
    if (found === undefined) {
      const why = `The document ${name} has no version ${version}. It has ${numbersOf(document)}.`;
      return refuse("InvalidDocumentVersion", undefined, why);
    }
    // A hash that does not fit the content is InvalidDocument (our decision).
    if (hash === undefined || found.hash === undefined || hash === found.hash) return ok(found);
    const why = `The DocumentHash does not fit. Version ${found.version} of ${name} has the hash ${found.hash}.`;
    return refuse("InvalidDocument", undefined, why);
  }

  /** Why a name means no document here, and what to do. */
  whyUnknown(name: string): string {
    return unknownDocument(name, [...this.#documents.keys()]).why;
  }

  /**
   * The document that another one runs, by its name, its ARN, or one of them with a version; undefined for a name that only
   * AWS can give, since AWS may have it.
   */
  child(path: string): DocumentModel | MissingDocument | undefined {
    const [, version] = path.slice(path.lastIndexOf("/") + 1).split(":");
    const name = version === undefined ? path : path.slice(0, -version.length - 1);
    const document = this.get(name);
    if (document === undefined) {
      const { why, mayExist } = unknownDocument(name, [...this.#documents.keys()]);
      const now = " Until then, the step does what the node's behavior says.";
      this.#warnOnce(name, mayExist ? why + now : why);
      const error = `InvalidDocument: Document with name ${name} does not exist.`;
      return mayExist ? undefined : { error };
    }
    const latest = latestOf(document)?.version;
    return (
      versionOf(document, { version: version || "$DEFAULT" })?.document ?? {
        error: `InvalidDocumentVersion: Document version: ${version} is invalid, latest version is ${latest}`,
      }
    );
  }

  /** Reads YAML. Only for the parameters of documents that others run: adding one of these has loaded the parser. */
  readYaml(text: string): ReturnType<YamlReader> {
    if (this.#readYaml === undefined) throw new Error("No document that runs others was added.");
    return this.#readYaml(text);
  }

  /** An `allowedPattern` of a document as the agent reads it. */
  compile(pattern: string): GoPattern {
    const known = this.#compiled.get(pattern);
    if (known !== undefined) return known;
    const made = compileGoPattern(pattern);
    this.#compiled.set(pattern, made);
    return made;
  }

  /** An `allowedPattern` of a document as the service reads it. */
  compileForService(pattern: string): ServicePattern | undefined {
    if (this.#servicePatterns.has(pattern)) return this.#servicePatterns.get(pattern);
    const made = servicePattern(pattern);
    this.#servicePatterns.set(pattern, made);
    return made;
  }

  /** Says once on the console why a step finds no document, since no call is refused because of it. */
  #warnOnce(name: string, why: string): void {
    if (this.#warnedOf.has(name)) return;
    this.#warnedOf.add(name);
    console.warn(why);
  }

  /** Adds tags, replaces their values, or removes those that are undefined. */
  tag(name: string, changes: TagChanges): void {
    const document = this.#documents.get(this.#keyOf(name));
    if (document === undefined) return;
    const tags = changedTags(document.tags, changes);
    this.#documents.set(document.name, { ...document, tags });
  }

  /** Shares a document with these accounts, and with no others. */
  share({ name }: StoredDocument, sharedWith: StoredDocument["sharedWith"]): void {
    const document = this.#documents.get(name);
    if (document !== undefined) this.#documents.set(name, { ...document, sharedWith });
  }

  /** Removes a document, or one of its versions. With its only version, the document is gone. */
  delete({ name, versions }: StoredDocument, version?: DocumentVersion): void {
    const document = this.#documents.get(name);
    if (document === undefined) return;
    const rest = version === undefined ? [] : versions.filter((each) => each !== version);
    if (rest.length === 0) this.#documents.delete(name);
    else this.#documents.set(name, { ...document, versions: rest });
  }

  clear(): void {
    this.#documents.clear();
    this.#warnedOf.clear();
    this.#compiled.clear();
    this.#servicePatterns.clear();
    this.#made = 0;
  }

  /** The owner of a document. One with a name that only AWS can give counts as AWS's, even if a test added it. */
  #ownerOf(key: string): string {
    const { accountId = "", name = key } = readDocumentArn(key) ?? {};
    if (isReservedName(name)) return AMAZON;
    return accountId === "" ? this.#home.accountId : accountId;
  }

  /** The key of a document: its name, or the ARN of one of another account. The ARNs of AWS's documents name no account. */
  #keyOf(name: string): string {
    const arn = readDocumentArn(name);
    if (arn === undefined) return name;
    const { region, accountId } = this.#home;
    const isHere = arn.region === region && arn.partition === partitionOf(region);
    const isOurs = isHere && ["", accountId].includes(arn.accountId);
    return isOurs ? arn.name : name;
  }
}

/** Why a name means no document here, and whether AWS may have one of that name. */
interface UnknownDocument {
  readonly why: string;
  readonly mayExist: boolean;
}

function unknownDocument(name: string, own: readonly string[]): UnknownDocument {
  const { name: localName } = readDocumentArn(name) ?? { name };
  const names = AWS_DOCUMENTS.map((document) => document.name);
  if (names.includes(localName)) {
    const why = `FakeSsm knows ${localName} by its name and by its ARN in the region of the fake.`;
    return { why, mayExist: false };
  }
  const nearest = nearestName(localName, [...names, ...own]);
  if (nearest !== undefined) {
    const why = `FakeSsm has no document ${localName}. The nearest is ${nearest}.`;
    return { why, mayExist: false };
  }
  const isReserved = isReservedName(localName);
  const cure = isReserved
    ? "Add its content, as GetDocument of AWS returns it"
    : "Add it, or create it";
  const why = `FakeSsm has no document ${localName}${isReserved ? " of AWS" : ""}. ${cure}: await fake.documents.add(${JSON.stringify(localName)}, content).`;
  return { why, mayExist: isReserved };
}

/** The version of a document that was made last. */
export function latestOf({ versions }: StoredDocument): DocumentVersion | undefined {
  return versions.at(-1);
}

/** The numbers of its versions, for a sentence. */
export function numbersOf({ versions }: StoredDocument): string {
  const numbers = versions.slice(-20).map(({ version }) => version);
  return `${versions.length > 20 ? "…, " : ""}${numbers.join(", ")}`;
}

/** The version that a request means, by its number, its name or both. */
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

const AWS_DOCUMENTS: readonly StoredDocument[] = wellKnownDocuments().map(
  ({ name, content, document, hash, payloadBytes, createdAt, categories }, ordinal) => {
    const written = {
      format: "JSON",
      text: JSON.stringify(content, null, 2),
      value: content,
    } as const;
    return {
      name,
      owner: AMAZON,
      ordinal,
      versions: [{ version: 1, document, written, payloadBytes, hash, createdAt }],
      defaultVersion: 1,
      lastVersion: 1,
      tags: {},
      categories,
      sharedWith: {},
    };
  },
);

/** Content as JSON; of JavaScript callers, an object may be one that JSON cannot hold. */
function asJson(name: string, content: unknown): string {
  try {
    return JSON.stringify(content);
  } catch (cause) {
    const message = `The content of the document ${name} cannot be written as JSON. Give it text, or an object of plain data.`;
    throw new TypeError(message, { cause });
  }
}

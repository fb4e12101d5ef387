import type { UpdateDocumentRequest, UpdateDocumentResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { documentOf } from "../../account/document-content.ts";
import { latestOf, versionOf } from "../../account/document-store.ts";
import { ok, type Refusal } from "../../result.ts";
import { describedVersion, documentContent, documentName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { readWritten, refuseSchema } from "./create-document.ts";
import { toDescription } from "./views.ts";

/** As the service printed it (2023): its model does not know the two words in the middle. */
const UPDATED_VERSION = {
  type: "string",
  pattern: "([$]LATEST|[$]DEFAULT|[$]APPROVED|[$]PENDING_REVIEW|^[1-9][0-9]*$)",
} as const;

/** Versions that a document can have (documented). */
const MOST_VERSIONS = 1_000;

/**
 * UpdateDocument: one more version; the default version stays what it is. The answer says Updating (documented), and the version
 * can be used at once. A request has to mean the latest version; one that names none means the default one (inferred).
 */
export const updateDocument = ssmOperation<UpdateDocumentRequest, UpdateDocumentResult>(
  {
    ...describedVersion,
    Content: documentContent,
    Name: { ...documentName, required: true },
    DocumentVersion: UPDATED_VERSION,
  },
  async (request, { account }) => {
    const { Name, VersionName, DisplayName, TargetType } = request;
    const before = refuseUpdate(request, account);
    if (before !== undefined) return { ok: false, refusal: before };
    const written = await readWritten(request);
    if (!written.ok) return written;
    const schema = refuseSchema(written.value, "Command");
    if (schema !== undefined) return { ok: false, refusal: schema };
    const content = await documentOf(written.value);
    if (!content.ok) return content;
    // Other calls may have come while the content was read.
    const { document, hash } = content.value;
    const after =
      refuseUpdate(request, account) ??
      refuseOldSchema(document.schemaVersion) ??
      refuseSame(hash, { Name, account });
    if (after !== undefined) return { ok: false, refusal: after };
    const { documents } = account;
    const last = documents.get(Name)?.versions.at(-1);
    const version = documents.put(Name, content.value, {
      versionName: VersionName,
      // Documented for the first; inferred for the second.
      displayName: DisplayName ?? last?.displayName,
      targetType: TargetType ?? last?.targetType,
    });
    const stored = documents.get(Name);
    return ok({ DocumentDescription: stored && toDescription(stored, version, "Updating") });
  },
);

/** What can be told without the content. No text came for a document that there is not (2020); the others are AWS's. */
function refuseUpdate(
  { Name = "", DocumentVersion, VersionName }: UpdateDocumentRequest,
  { documents }: Account,
): Refusal | undefined {
  const document = documents.own(Name);
  if (document === undefined) return { name: "InvalidDocument" };
  const latest = latestOf(document);
  if (latest === undefined || versionOf(document, { version: DocumentVersion }) !== latest) {
    return {
      name: "InvalidDocumentVersion",
      message: `Version provided for document ${Name} is not latest. Please provide the latest version to update document ${Name}`,
    };
  }
  if (document.versions.length >= MOST_VERSIONS) {
    return {
      name: "DocumentVersionLimitExceeded",
      message:
        "The document has too many versions. Delete one or more document versions and try again.",
    };
  }
  if (VersionName !== undefined && versionOf(document, { versionName: VersionName })) {
    return {
      name: "DuplicateDocumentVersionName",
      message:
        "The version name has already been used in this document. Specify a different version name, and then try again.",
    };
  }
  return refuseOldSchema(latest.document.schemaVersion);
}

/** A document of schema 1.2 keeps its one version (user guide; the error's name was seen 2020, the text is ours). */
function refuseOldSchema(schemaVersion: string): Refusal | undefined {
  if (schemaVersion !== "1.2") return undefined;
  const message = "Documents of schema version 1.2 cannot be updated.";
  return { name: "InvalidDocumentSchemaVersion", message };
}

/** The same content as the latest version (as a client that handles it has found, 2017); the text is documented. */
function refuseSame(
  hash: string,
  { Name, account }: { readonly Name: string; readonly account: Account },
): Refusal | undefined {
  const document = account.documents.get(Name);
  if (document === undefined || latestOf(document)?.hash !== hash) return undefined;
  return {
    name: "DuplicateDocumentContent",
    message:
      "The content of the association document matches another document. Change the content of the document and try again.",
  };
}

import type { UpdateDocumentRequest, UpdateDocumentResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { documentOf } from "../../account/documents/document-content.ts";
import { latestOf, versionOf } from "../../account/documents/document-store.ts";
import { ok, type Refusal } from "../../result.ts";
import { describedVersion, documentContent, documentName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { readWritten, refuseSchema } from "./create-document.ts";
import { toDescription } from "./views.ts";

/** The pattern of [api-ssm-model] with two more words, `$APPROVED` and `$PENDING_REVIEW` (our decision). */
const UPDATED_VERSION = {
  type: "string",
  pattern: "([$]LATEST|[$]DEFAULT|[$]APPROVED|[$]PENDING_REVIEW|^[1-9][0-9]*$)",
} as const;

/** The most versions that a document can have [report-duplicate-content]. */
const MOST_VERSIONS = 1_000;

/**
 * UpdateDocument: adds a version; the default version stays what it is. The answer says Updating [api-update-document], and
 * the version can be used at once. A request has to name the latest version, by its number or as `$LATEST`
 * [rec-2026-09-27-documents].
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
      refuseSame(request, { hash, account });
    if (after !== undefined) return { ok: false, refusal: after };
    const { documents } = account;
    const last = documents.get(Name)?.versions.at(-1);
    const version = documents.put(Name, content.value, {
      versionName: VersionName,
      // That the display name is kept: [api-update-document]. That the target type is kept is our decision.
      displayName: DisplayName ?? last?.displayName,
      targetType: TargetType ?? last?.targetType,
    });
    const stored = documents.get(Name);
    return ok({ DocumentDescription: stored && toDescription(stored, version, "Updating") });
  },
);

/**
 * Refusals that do not depend on the content. The messages about versions and their names are AWS's
 * [rec-2026-09-27-documents] [report-not-latest]; the one about a document that does not exist is our decision, and the one
 * about too many versions is that of [api-update-document].
 */
function refuseUpdate(
  { Name = "", DocumentVersion = "", VersionName }: UpdateDocumentRequest,
  { documents }: Account,
): Refusal | undefined {
  const document = documents.own(Name);
  if (document === undefined) {
    return { name: "InvalidDocument", message: `Document with name ${Name} does not exist.` };
  }
  if (!/^(?:\$LATEST|\d+)$/.test(DocumentVersion)) {
    return {
      name: "InvalidDocumentVersion",
      message: "Document version for UpdateDocument must be number or $LATEST",
    };
  }
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
      message: `Document version name ${VersionName} has already been used for another version of this document`,
    };
  }
  return refuseOldSchema(latest.document.schemaVersion);
}

/** A document of schema 1.2 keeps its one version, and no other becomes one [rec-2026-10-01-schemas]. */
function refuseOldSchema(schemaVersion: string): Refusal | undefined {
  if (schemaVersion !== "1.2") return undefined;
  const message = "Update is not allowed for documentType: Command, schemaVersion: 1.2";
  return { name: "InvalidDocumentSchemaVersion", message };
}

/**
 * Refuses what changes nothing [rec-2026-09-27-documents]. Another name for the version, another display name or target type
 * is a change (our decision).
 */
function refuseSame(
  { Name = "", VersionName, DisplayName, TargetType }: UpdateDocumentRequest,
  { hash, account }: { readonly hash: string; readonly account: Account },
): Refusal | undefined {
  const document = account.documents.get(Name);
  const latest = document && latestOf(document);
  if (latest?.hash !== hash) return undefined;
  const { displayName, targetType } = latest;
  const isDescribedAnew =
    (DisplayName !== undefined && DisplayName !== displayName) ||
    (TargetType !== undefined && TargetType !== targetType);
  if (VersionName !== undefined || isDescribedAnew) return undefined;
  return {
    name: "DuplicateDocumentContent",
    message: `Document to be updated with name ${Name} has the same metadata and content as document version provided in request`,
  };
}

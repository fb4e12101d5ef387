import type { UpdateDocumentRequest, UpdateDocumentResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { documentOf } from "../../account/document-content.ts";
import { latestOf, versionOf } from "../../account/document-store.ts";
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
 * the version can be used at once. A request has to mean the latest version; one that names none means the default version
 * (our decision).
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
      // That the display name is kept: [api-update-document]. That the target type is kept is our decision.
      displayName: DisplayName ?? last?.displayName,
      targetType: TargetType ?? last?.targetType,
    });
    const stored = documents.get(Name);
    return ok({ DocumentDescription: stored && toDescription(stored, version, "Updating") });
  },
);

/**
 * Refusals that do not depend on the content. That a document that does not exist gets no message is our decision; the
 * message about versions is AWS's [report-not-latest], the others are those of [api-update-document].
 */
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

/**
 * A document of schema 1.2 keeps its one version ([guide-document-schemas]; the error's name [report-schema-update], the
 * message is ours).
 */
function refuseOldSchema(schemaVersion: string): Refusal | undefined {
  if (schemaVersion !== "1.2") return undefined;
  const message = "Documents of schema version 1.2 cannot be updated.";
  return { name: "InvalidDocumentSchemaVersion", message };
}

/**
 * Refuses the content that the latest version has already [report-duplicate-content]; the message is that of
 * [api-update-document].
 */
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

import type { DeleteDocumentRequest, DeleteDocumentResult } from "@aws-sdk/client-ssm";
import { versionOf } from "../../account/documents/document-store.ts";
import { ok, refuse } from "../../result.ts";
import { documentName, documentVersion, flag, versionName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";

/**
 * DeleteDocument: deletes a document of this account, or one version of it, but not the default one. Commands that were
 * sent go on. The message about a document that this account does not have is AWS's [rec-2026-09-27-documents]; that a version
 * that does not exist is InvalidDocument too, and its message, are our decision ([api-ssm-model] names no other error that
 * fits). A document that is shared has to be unshared first [guide-document-sharing]; the message is the sentence of
 * [api-delete-document], and that a single version can be deleted all the same is our decision. No document of the fake is
 * associated, so none needs `Force`.
 */
export const deleteDocument = ssmOperation<DeleteDocumentRequest, DeleteDocumentResult>(
  {
    Name: { ...documentName, required: true },
    DocumentVersion: documentVersion,
    VersionName: versionName,
    Force: flag,
  },
  ({ Name, DocumentVersion, VersionName }, { account }) => {
    const { documents } = account;
    const document = documents.own(Name);
    if (document === undefined) {
      return refuse("InvalidDocument", `Document ${Name} does not exist in your account`);
    }
    if (DocumentVersion === undefined && VersionName === undefined) {
      if (Object.keys(document.sharedWith).length > 0) {
        return refuse(
          "InvalidDocumentOperation",
          "You attempted to delete a document while it is still shared. You must stop sharing the document before you can delete it.",
        );
      }
      documents.delete(document);
      return ok({});
    }
    const version = versionOf(document, { version: DocumentVersion, versionName: VersionName });
    if (version === undefined) {
      const asked = DocumentVersion ?? VersionName;
      return refuse(
        "InvalidDocument",
        `Document with name ${Name} with version ${asked} does not exist.`,
      );
    }
    if (version.version === document.defaultVersion) {
      // Name and message are AWS's [report-default-version] [rec-2026-09-27-documents].
      return refuse(
        "InvalidDocumentOperation",
        "Default version of the document can't be deleted.",
      );
    }
    documents.delete(document, version);
    return ok({});
  },
);

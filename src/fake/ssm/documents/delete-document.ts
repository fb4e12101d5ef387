import type { DeleteDocumentRequest, DeleteDocumentResult } from "@aws-sdk/client-ssm";
import { versionOf } from "../../account/document-store.ts";
import { ok, refuse } from "../../result.ts";
import { documentName, documentVersion, flag, versionName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";

/**
 * DeleteDocument: a document of this account, or a version of it that is not the default one. Commands that were sent run on. A
 * document that is not this account's, and a version that there is not, are InvalidDocument (inferred: its model names no other
 * error that fits). No document of the fake is associated or shared, and none needs `Force`.
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
    if (document === undefined) return refuse("InvalidDocument");
    if (DocumentVersion === undefined && VersionName === undefined) {
      documents.delete(document);
      return ok({});
    }
    const version = versionOf(document, { version: DocumentVersion, versionName: VersionName });
    if (version === undefined) return refuse("InvalidDocument");
    if (version.version === document.defaultVersion) {
      // The text was seen (2021); that it comes with this name is inferred.
      return refuse(
        "InvalidDocumentOperation",
        "Default version of the document can't be deleted.",
      );
    }
    documents.delete(document, version);
    return ok({});
  },
);

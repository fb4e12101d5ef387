import type { DeleteDocumentRequest, DeleteDocumentResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { versionOf } from "../../account/document-store.ts";
import { type Answer, answered, refused } from "../../result.ts";

/**
 * DeleteDocument: a document of this account, or a version of it that is not the default one. Commands that were sent run on. A
 * document that is not this account's, and a version that there is not, are InvalidDocument (inferred: its model names no other
 * error that fits). No document of the fake is associated or shared, and none needs `Force`.
 */
export function deleteDocument(
  { Name = "", DocumentVersion, VersionName }: DeleteDocumentRequest,
  { account }: { readonly account: Account },
): Answer<DeleteDocumentResult> {
  const { documents } = account;
  const document = documents.own(Name);
  if (document === undefined) return refused("InvalidDocument");
  if (DocumentVersion === undefined && VersionName === undefined) {
    documents.delete(document);
    return answered({});
  }
  const version = versionOf(document, { version: DocumentVersion, versionName: VersionName });
  if (version === undefined) return refused("InvalidDocument");
  if (version.version === document.defaultVersion) {
    // The text was seen (2021); that it comes with this name is inferred.
    return refused("InvalidDocumentOperation", "Default version of the document can't be deleted.");
  }
  documents.delete(document, version);
  return answered({});
}

import type { Account } from "../../account/account.ts";
import type { StoredDocument } from "../../account/documents/document-store.ts";
import { ok, type Result, refuse } from "../../result.ts";
import { documentName } from "../members.ts";

/** Members that DescribeDocumentPermission and ModifyDocumentPermission share. `Share` is the only type of permission. */
export const permission = {
  Name: { ...documentName, required: true },
  PermissionType: { type: "string", oneOf: ["Share"], required: true },
} as const;

/**
 * A document whose permissions this account may see and change: only its owner may [guide-document-sharing]. Any other
 * document is InvalidDocument, with the message of one that does not exist (our decision).
 */
export function ownDocument(
  name: string,
  { documents }: Pick<Account, "documents">,
): Result<StoredDocument> {
  const document = documents.own(name);
  return document === undefined
    ? refuse("InvalidDocument", `Document with name ${name} does not exist.`)
    : ok(document);
}

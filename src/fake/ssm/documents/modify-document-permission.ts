import type {
  ModifyDocumentPermissionRequest,
  ModifyDocumentPermissionResponse,
} from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { EVERYONE, type StoredDocument } from "../../account/documents/document-store.ts";
import { ok, type Refusal, refuse } from "../../result.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { ownDocument, permission } from "./shared-document.ts";

const accountIds = {
  type: "list",
  max: 20,
  of: { type: "string", pattern: "(?i)all|[0-9]{12}" },
} as const;

/** How many accounts a document can be shared with, and how many documents with everyone [guide-document-sharing]. */
const MOST_ACCOUNTS = 1_000;
const MOST_PUBLIC = 5;

/**
 * ModifyDocumentPermission: shares a document of this account, or stops that. An id that is added and removed is removed
 * [api-modify-permission]. The version that is shared is `$DEFAULT` if none is named, and `All` comes back as `all`
 * [cli-document-permission]; an account that had the document already gets the version of the later request (our decision).
 * A type of permission other than `Share` breaks a constraint like any other wrong word, so InvalidPermissionType never
 * occurs (our decision).
 *
 * Order of the checks after those of the request's shape (our decision): no account, document, both kinds of sharing, limits.
 */
export const modifyDocumentPermission = ssmOperation<
  ModifyDocumentPermissionRequest,
  ModifyDocumentPermissionResponse
>(
  {
    ...permission,
    AccountIdsToAdd: accountIds,
    AccountIdsToRemove: accountIds,
    SharedDocumentVersion: { type: "string", max: 8, pattern: "([$]LATEST|[$]DEFAULT|[$]ALL)" },
  },
  (request, { account }) => {
    const { Name, AccountIdsToAdd = [], AccountIdsToRemove = [] } = request;
    if (AccountIdsToAdd.length + AccountIdsToRemove.length === 0) {
      // Name and message are AWS's [report-share-nobody].
      return refuse(
        "InvalidParameterException",
        "Either AccountIdsToAdd or AccountIdsToRemove must be specified for API operation",
      );
    }
    const document = ownDocument(Name, account);
    if (!document.ok) return document;
    const sharedWith = changedShares(document.value, request);
    const refusal = refuseShares(sharedWith, { document: document.value, account });
    if (refusal !== undefined) return { ok: false, refusal };
    account.documents.share(document.value, sharedWith);
    return ok({});
  },
);

function changedShares(
  { sharedWith }: StoredDocument,
  {
    AccountIdsToAdd = [],
    AccountIdsToRemove = [],
    SharedDocumentVersion = "$DEFAULT",
  }: ModifyDocumentPermissionRequest,
): StoredDocument["sharedWith"] {
  const added = AccountIdsToAdd.map((id) => [id.toLowerCase(), SharedDocumentVersion] as const);
  const removed = new Set(AccountIdsToRemove.map((id) => id.toLowerCase()));
  const shares = [...Object.entries(sharedWith), ...added];
  return Object.fromEntries(shares.filter(([id]) => !removed.has(id)));
}

/**
 * A document cannot be shared with everyone and with single accounts at once [guide-document-sharing]; how AWS refuses that
 * is not known, so error and message are our decision. The message about limits is the sentence of [api-modify-permission].
 */
function refuseShares(
  sharedWith: StoredDocument["sharedWith"],
  { document, account }: { readonly document: StoredDocument; readonly account: Account },
): Refusal | undefined {
  const accounts = Object.keys(sharedWith).length;
  const isPublic = EVERYONE in sharedWith;
  if (isPublic && accounts > 1) {
    const message = `Document with name ${document.name} cannot be shared publicly and privately at the same time.`;
    return { name: "ValidationException", message };
  }
  const others = account.documents
    .list()
    .filter(({ name, sharedWith: theirs }) => name !== document.name && EVERYONE in theirs);
  const isTooMuch = accounts > MOST_ACCOUNTS || (isPublic && others.length >= MOST_PUBLIC);
  if (!isTooMuch) return undefined;
  return {
    name: "DocumentPermissionLimit",
    message: "The document can't be shared with more Amazon Web Services accounts.",
  };
}

import type { DescribeDocumentRequest, DescribeDocumentResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import {
  type DocumentVersion,
  type StoredDocument,
  versionOf,
} from "../../account/document-store.ts";
import { ok, type Result, refuse } from "../../result.ts";
import { documentNameOrArn, documentVersion, versionName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { toDescription } from "./views.ts";

/** DescribeDocument: one version of a document, without its content. */
export const describeDocument = ssmOperation<DescribeDocumentRequest, DescribeDocumentResult>(
  {
    Name: { ...documentNameOrArn, required: true },
    DocumentVersion: documentVersion,
    VersionName: versionName,
  },
  (request, { account }) => {
    const found = findVersion(request, account);
    if (!found.ok) return found;
    const { document, version } = found.value;
    return ok({ Document: toDescription(document, version) });
  },
);

/**
 * The version that a request of DescribeDocument or GetDocument means. The message about a document that does not exist is
 * AWS's [rec-2026-09-27-documents]; that a version that does not exist gets the same message, with the version, is our
 * decision.
 */
export function findVersion(
  { Name = "", DocumentVersion, VersionName }: DescribeDocumentRequest,
  { documents }: Pick<Account, "documents">,
): Result<{ readonly document: StoredDocument; readonly version: DocumentVersion }> {
  const asked = DocumentVersion ?? VersionName;
  const which = asked === undefined ? Name : `${Name} with version ${asked}`;
  const message = `Document with name ${which} does not exist.`;
  const document = documents.get(Name);
  if (document === undefined) return refuse("InvalidDocument", message);
  const version = versionOf(document, { version: DocumentVersion, versionName: VersionName });
  return version === undefined
    ? refuse("InvalidDocumentVersion", message)
    : ok({ document, version });
}

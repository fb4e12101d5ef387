import type { DescribeDocumentRequest, DescribeDocumentResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import {
  type DocumentVersion,
  latestOf,
  type StoredDocument,
  versionOf,
} from "../../account/documents/document-store.ts";
import { ok, type Result, refuse } from "../../result.ts";
import { documentNameOrArn, documentVersion, versionName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { toFullDescription } from "./views.ts";

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
    return ok({ Document: toFullDescription(document, version) });
  },
);

/**
 * The version that a request of DescribeDocument or GetDocument means. The messages are AWS's [rec-2026-09-27-documents];
 * the one about the name of a version is our decision.
 */
export function findVersion(
  { Name = "", DocumentVersion, VersionName }: DescribeDocumentRequest,
  { documents }: Pick<Account, "documents">,
): Result<{ readonly document: StoredDocument; readonly version: DocumentVersion }> {
  const document = documents.get(Name);
  if (document === undefined) {
    const message = `Document with name ${Name} does not exist.`;
    return refuse("InvalidDocument", message, documents.whyUnknown(Name));
  }
  const version = versionOf(document, { version: DocumentVersion, versionName: VersionName });
  if (version !== undefined) return ok({ document, version });
  const latest = latestOf(document)?.version;
  const message =
    VersionName === undefined
      ? `Document version: ${DocumentVersion} is invalid, latest version is ${latest}`
      : `Document with name ${Name} with version ${VersionName} does not exist.`;
  return refuse("InvalidDocumentVersion", message);
}

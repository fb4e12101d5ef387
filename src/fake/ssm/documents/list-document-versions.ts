import type {
  DocumentVersionInfo,
  ListDocumentVersionsRequest,
  ListDocumentVersionsResult,
} from "@aws-sdk/client-ssm";
import { MAX_PAGE_SIZE } from "../../../domain/limits.ts";
import type { DocumentVersion, StoredDocument } from "../../account/documents/document-store.ts";
import { cursorBefore, nextToken } from "../../calls/page-token.ts";
import { takePage, walk } from "../../calls/paging.ts";
import { ok } from "../../result.ts";
import { documentNameOrArn, pageSize, text } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { findVersion } from "./describe-document.ts";

/**
 * ListDocumentVersions: the versions of a document, newest first [rec-2026-09-27-documents], up to 50 on a page
 * [api-list-document-versions]. That pages are that long by default, and that a document which does not exist gets the
 * message of DescribeDocument, are our decision. A version that is made or deleted between two pages moves no other.
 */
export const listDocumentVersions = ssmOperation<
  ListDocumentVersionsRequest,
  ListDocumentVersionsResult
>(
  {
    Name: { ...documentNameOrArn, required: true },
    MaxResults: pageSize(1, 50),
    NextToken: text,
  },
  ({ Name, MaxResults = MAX_PAGE_SIZE, NextToken }, { account }) => {
    const found = findVersion({ Name }, account);
    if (!found.ok) return found;
    const { document } = found.value;
    const question = JSON.stringify(["ListDocumentVersions", document.name]);
    const cursor = cursorBefore(NextToken, { question, first: [document.lastVersion + 1] });
    if (!cursor.ok) return cursor;
    const [before = 0] = cursor.value;
    const left = walk(document.versions, {
      backward: true,
      where: ({ version }) => version < before,
    });
    const { page, more } = takePage(left, {
      limit: MaxResults,
      token: NextToken,
      pages: account.pages,
    });
    const last = page.at(-1);
    return ok({
      DocumentVersions: page.map((version) => toVersionInfo(document, version)),
      ...nextToken(last && [last.version], { more, question }),
    });
  },
);

function toVersionInfo(
  { name, defaultVersion }: StoredDocument,
  { version, versionName, displayName, createdAt, written }: DocumentVersion,
): DocumentVersionInfo {
  return {
    Name: name,
    DisplayName: displayName,
    DocumentVersion: String(version),
    VersionName: versionName,
    CreatedDate: new Date(createdAt),
    IsDefaultVersion: version === defaultVersion,
    DocumentFormat: written.format,
    Status: "Active",
  };
}

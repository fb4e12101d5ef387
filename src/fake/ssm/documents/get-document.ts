import type { GetDocumentRequest, GetDocumentResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { contentAs } from "../../account/document-content.ts";
import { type Answer, answered, refused } from "../../result.ts";
import { findVersion } from "./describe-document.ts";
import { writtenOf } from "./views.ts";

/**
 * GetDocument: the content of one version, in JSON unless YAML is asked for (documented). In the format of its author it is
 * his text; of AWS's documents it is what the fake runs of them.
 */
export async function getDocument(
  request: GetDocumentRequest,
  { account }: { readonly account: Account },
): Promise<Answer<GetDocumentResult>> {
  const { DocumentFormat = "JSON" } = request;
  const found = findVersion(request, account);
  if (!found.ok) return found;
  // The words were seen for JSON and a document that cannot be shown in it.
  if (DocumentFormat !== "JSON" && DocumentFormat !== "YAML") {
    return refused("ValidationException", `Invalid document format ${DocumentFormat}`);
  }
  const { document, version } = found.answer;
  const Content = await contentAs(writtenOf(version), DocumentFormat);
  return answered({
    Name: document.name,
    CreatedDate: new Date(version.createdAt),
    DisplayName: version.displayName,
    VersionName: version.versionName,
    DocumentVersion: String(version.version),
    Status: "Active",
    Content,
    DocumentType: "Command",
    DocumentFormat,
  });
}

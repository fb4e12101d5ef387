import type { GetDocumentRequest, GetDocumentResult } from "@aws-sdk/client-ssm";
import { contentAs } from "../../account/documents/document-content.ts";
import { ok, refuse } from "../../result.ts";
import { documentFormat, documentNameOrArn, documentVersion, versionName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { findVersion } from "./describe-document.ts";

/**
 * GetDocument: the content of one version, in JSON unless YAML is asked for [api-get-document]. In the format in which it
 * was written it comes back unchanged, in the other one as AWS writes it; AWS's own documents show what the fake runs of
 * them.
 */
export const getDocument = ssmOperation<GetDocumentRequest, GetDocumentResult>(
  {
    Name: { ...documentNameOrArn, required: true },
    DocumentVersion: documentVersion,
    VersionName: versionName,
    DocumentFormat: documentFormat,
  },
  (request, { account }) => {
    const { DocumentFormat = "JSON" } = request;
    const found = findVersion(request, account);
    if (!found.ok) return found;
    // AWS's message; it came for JSON and a document that cannot be shown in it [report-document-format].
    if (DocumentFormat !== "JSON" && DocumentFormat !== "YAML") {
      return refuse("ValidationException", `Invalid document format ${DocumentFormat}`);
    }
    const { document, version } = found.value;
    const Content = contentAs(version.written, DocumentFormat);
    return ok({
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
  },
);

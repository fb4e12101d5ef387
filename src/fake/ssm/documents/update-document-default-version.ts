import type {
  UpdateDocumentDefaultVersionRequest,
  UpdateDocumentDefaultVersionResult,
} from "@aws-sdk/client-ssm";
import { versionOf } from "../../account/document-store.ts";
import { ok, refuse } from "../../result.ts";
import { documentName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";

/**
 * UpdateDocumentDefaultVersion: sets what `$DEFAULT` means from now on. Its refusals have no message, since AWS's are not
 * known.
 */
export const updateDocumentDefaultVersion = ssmOperation<
  UpdateDocumentDefaultVersionRequest,
  UpdateDocumentDefaultVersionResult
>(
  {
    Name: { ...documentName, required: true },
    DocumentVersion: { type: "string", pattern: "(^[1-9][0-9]*$)", required: true },
  },
  ({ Name, DocumentVersion }, { account }) => {
    const document = account.documents.own(Name);
    if (document === undefined) return refuse("InvalidDocument");
    const version = versionOf(document, { version: DocumentVersion });
    if (version === undefined) return refuse("InvalidDocumentVersion");
    account.documents.setDefault(Name, version.version);
    return ok({
      Description: {
        Name: document.name,
        DefaultVersion: String(version.version),
        DefaultVersionName: version.versionName,
      },
    });
  },
);

import type {
  UpdateDocumentDefaultVersionRequest,
  UpdateDocumentDefaultVersionResult,
} from "@aws-sdk/client-ssm";
import { versionOf } from "../../account/documents/document-store.ts";
import { ok, refuse } from "../../result.ts";
import { documentName } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";

/**
 * UpdateDocumentDefaultVersion: sets what `$DEFAULT` means from now on. The message about a version is AWS's
 * [rec-2026-09-27-documents], the other one is our decision.
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
    if (document === undefined) {
      return refuse("InvalidDocument", `Document with name ${Name} does not exist.`);
    }
    const version = versionOf(document, { version: DocumentVersion });
    if (version === undefined) {
      return refuse(
        "InvalidDocumentVersion",
        `Document with name ${Name} with version ${DocumentVersion} does not exist.`,
      );
    }
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

import type {
  UpdateDocumentDefaultVersionRequest,
  UpdateDocumentDefaultVersionResult,
} from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { versionOf } from "../../account/document-store.ts";
import { type Answer, answered, refused } from "../../result.ts";

/** UpdateDocumentDefaultVersion: what `$DEFAULT` means from now on. The texts of its refusals are not known. */
export function updateDocumentDefaultVersion(
  { Name = "", DocumentVersion = "" }: UpdateDocumentDefaultVersionRequest,
  { account }: { readonly account: Account },
): Answer<UpdateDocumentDefaultVersionResult> {
  const document = account.documents.own(Name);
  if (document === undefined) return refused("InvalidDocument");
  const version = versionOf(document, { version: DocumentVersion });
  if (version === undefined) return refused("InvalidDocumentVersion");
  account.documents.setDefault(Name, version.version);
  return answered({
    Description: {
      Name: document.name,
      DefaultVersion: String(version.version),
      DefaultVersionName: version.versionName,
    },
  });
}

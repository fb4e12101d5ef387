import type {
  DocumentDescription,
  DocumentIdentifier,
  DocumentParameter,
  DocumentStatus,
} from "@aws-sdk/client-ssm";
import {
  type DocumentVersion,
  latestOf,
  type StoredDocument,
} from "../../account/documents/document-store.ts";
import { toTags } from "../../account/tags.ts";
import { describedParameters, descriptionIn } from "../../documents/written-document.ts";

/** A version as DescribeDocument shows it: as the others do, and with categories [rec-2026-09-27-documents]. */
export function toFullDescription(
  stored: StoredDocument,
  version: DocumentVersion,
): DocumentDescription {
  const { categories = [] } = stored;
  return {
    ...toDescription(stored, version),
    Category: [...categories],
    CategoryEnum: categories.map((words) => words.replaceAll(" ", "")),
  };
}

/** A version as CreateDocument and UpdateDocument show it. */
export function toDescription(
  stored: StoredDocument,
  version: DocumentVersion,
  Status: DocumentStatus = "Active",
): DocumentDescription {
  const { hash, written, document } = version;
  return {
    ...toIdentifier(stored, version),
    ...(hash === undefined ? {} : { Hash: hash, HashType: "Sha256" }),
    Status,
    Description: descriptionIn(written.value),
    Parameters: describedParameters(document.parameters, written.value)?.map(
      ({ name, type, description, defaultValue }) => ({
        Name: name,
        // The service shows every type that a document may declare; its model [api-ssm-model] names two.
        Type: type as DocumentParameter["Type"],
        Description: description,
        DefaultValue: defaultValue,
      }),
    ),
    LatestVersion: String(latestOf(stored)?.version),
    DefaultVersion: String(stored.defaultVersion),
  };
}

/** A document as ListDocuments shows it. */
export function toIdentifier(stored: StoredDocument, version: DocumentVersion): DocumentIdentifier {
  const { name, owner, tags } = stored;
  const { document, displayName, versionName, targetType } = version;
  return {
    Name: name,
    DisplayName: displayName,
    VersionName: versionName,
    Owner: owner,
    CreatedDate: new Date(version.createdAt),
    PlatformTypes: [...document.platforms],
    DocumentVersion: String(version.version),
    DocumentType: "Command",
    SchemaVersion: document.schemaVersion,
    DocumentFormat: version.written.format,
    TargetType: targetType,
    Tags: toTags(tags),
  };
}

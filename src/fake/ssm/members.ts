import { DOCUMENT_NAME, DOCUMENT_NAME_OR_ARN, NODE_ID } from "../../domain/patterns.ts";

/**
 * Members that several operations of Systems Manager share, from [api-ssm-model], with the few bounds that only the
 * service's answers show: the form of a command's id [rec-2026-09-27-control-edges] and the length of a node's id
 * [report-list-elements].
 */

export const text = { type: "string" } as const;
export const flag = { type: "boolean" } as const;

export const commandId = {
  type: "string",
  min: 36,
  max: 36,
  pattern: "^[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$",
} as const;

export const instanceId = {
  type: "string",
  min: 10,
  max: 20,
  pattern: NODE_ID,
} as const;

export const instanceIds = { type: "list", min: 0, max: 50, of: instanceId } as const;

/** The size of a page. A refusal does not show it [rec-2026-09-27-control-edges]. */
export function pageSize(min: number, max: number) {
  return { type: "integer", min, max, hidden: true } as const;
}

/**
 * The members of ListCommands and ListCommandInvocations. Keys and values of filters are checked later: a wrong key is
 * InvalidFilterKey.
 */
export const commandListing = {
  CommandId: commandId,
  InstanceId: instanceId,
  MaxResults: pageSize(1, 50),
  NextToken: text,
  Filters: {
    type: "list",
    min: 1,
    max: 5,
    hidden: true,
    of: {
      type: "structure",
      members: {
        key: { ...text, required: true },
        value: { type: "string", min: 1, max: 128, required: true },
      },
    },
  },
} as const;

/** The name of a document of this account. Where any document may be named, an ARN is taken as well. */
export const documentName = { type: "string", pattern: DOCUMENT_NAME } as const;
export const documentNameOrArn = { type: "string", pattern: DOCUMENT_NAME_OR_ARN } as const;
export const documentVersion = {
  type: "string",
  pattern: "([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)",
} as const;
export const versionName = { type: "string", pattern: "^[a-zA-Z0-9_\\-.]{1,128}$" } as const;
export const documentFormat = { type: "string", oneOf: ["YAML", "JSON", "TEXT"] } as const;
export const documentContent = { type: "string", min: 1, required: true } as const;

/** Members by which CreateDocument and UpdateDocument describe the new version. */
export const describedVersion = {
  DisplayName: { type: "string", max: 1_024, pattern: "^[\\w\\.\\-\\:\\/ ]*$" },
  VersionName: versionName,
  DocumentFormat: documentFormat,
  TargetType: { type: "string", max: 200, pattern: "^\\/[\\w\\.\\-\\:\\/]*$" },
  Attachments: {
    type: "list",
    min: 0,
    max: 20,
    of: {
      type: "structure",
      name: "AttachmentsSource",
      members: {
        Key: { type: "string", oneOf: ["SourceUrl", "S3FileUrl", "AttachmentReference"] },
        Values: { type: "list", min: 1, max: 1, of: { type: "string", min: 1, max: 1_024 } },
        Name: documentName,
      },
    },
  },
} as const;

const TAG_TEXT = "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$";
export const tagKey = { type: "string", min: 1, max: 128, pattern: TAG_TEXT } as const;
export const tags = {
  type: "list",
  max: 1_000,
  of: {
    type: "structure",
    name: "Tag",
    members: {
      Key: { ...tagKey, required: true },
      Value: { type: "string", min: 0, max: 256, pattern: TAG_TEXT, required: true },
    },
  },
} as const;

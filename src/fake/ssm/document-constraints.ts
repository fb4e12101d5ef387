import type { Members } from "../calls/check-request.ts";

const text = { type: "string" } as const;

const name = { type: "string", pattern: "^[a-zA-Z0-9_\\-.]{3,128}$", required: true } as const;
const nameOrArn = { ...name, pattern: "^[a-zA-Z0-9_\\-.:/]{3,128}$" } as const;
const content = { type: "string", min: 1, required: true } as const;
const version = { type: "string", pattern: "([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)" } as const;
/** As the service printed it (2023): its model does not know the two words in the middle. */
const updatedVersion = {
  type: "string",
  pattern: "([$]LATEST|[$]DEFAULT|[$]APPROVED|[$]PENDING_REVIEW|^[1-9][0-9]*$)",
} as const;
const versionName = { type: "string", pattern: "^[a-zA-Z0-9_\\-.]{1,128}$" } as const;
const format = { type: "string", oneOf: ["YAML", "JSON", "TEXT"] } as const;

/** What every version of a document can say of itself. */
const described = {
  DisplayName: { type: "string", max: 1_024, pattern: "^[\\w\\.\\-\\:\\/ ]*$" },
  VersionName: versionName,
  DocumentFormat: format,
  TargetType: { type: "string", max: 200, pattern: "^\\/[\\w\\.\\-\\:\\/]*$" },
  Attachments: {
    type: "list",
    min: 0,
    max: 20,
    of: {
      type: "structure",
      members: {
        Key: { type: "string", oneOf: ["SourceUrl", "S3FileUrl", "AttachmentReference"] },
        Values: { type: "list", min: 1, max: 1, of: { type: "string", min: 1, max: 1_024 } },
        Name: { type: "string", pattern: "^[a-zA-Z0-9_\\-.]{3,128}$" },
      },
    },
  },
} as const;

const TAG_TEXT = "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$";
const tagKey = { type: "string", min: 1, max: 128, pattern: TAG_TEXT } as const;
const tags = {
  type: "list",
  max: 1_000,
  of: {
    type: "structure",
    members: {
      Key: { ...tagKey, required: true },
      Value: { type: "string", min: 0, max: 256, pattern: TAG_TEXT, required: true },
    },
  },
} as const;

const resource = {
  ResourceType: {
    type: "string",
    oneOf: [
      "Document",
      "ManagedInstance",
      "MaintenanceWindow",
      "Parameter",
      "PatchBaseline",
      "OpsItem",
      "OpsMetadata",
      "Automation",
      "Association",
      "CloudConnector",
    ],
    required: true,
  },
  ResourceId: { ...text, required: true },
} as const;

/** The constraints of the operations on documents and tags. */
export const DOCUMENT_CONSTRAINTS = {
  ListDocuments: {
    DocumentFilterList: {
      type: "list",
      min: 1,
      of: {
        type: "structure",
        members: {
          key: {
            type: "string",
            oneOf: ["Name", "Owner", "PlatformTypes", "DocumentType"],
            required: true,
          },
          value: { type: "string", min: 1, required: true },
        },
      },
    },
    Filters: {
      type: "list",
      min: 0,
      max: 6,
      of: {
        type: "structure",
        members: {
          Key: { type: "string", min: 1, max: 128 },
          Values: { type: "list", of: { type: "string", min: 1, max: 256 } },
        },
      },
    },
    MaxResults: { type: "integer", min: 1, max: 50 },
    NextToken: text,
  },
  DescribeDocument: { Name: nameOrArn, DocumentVersion: version, VersionName: versionName },
  GetDocument: {
    Name: nameOrArn,
    DocumentVersion: version,
    VersionName: versionName,
    DocumentFormat: format,
  },
  CreateDocument: {
    ...described,
    Content: content,
    Name: name,
    DocumentType: {
      type: "string",
      oneOf: [
        "Command",
        "Policy",
        "Automation",
        "Session",
        "Package",
        "ApplicationConfiguration",
        "ApplicationConfigurationSchema",
        "DeploymentStrategy",
        "ChangeCalendar",
        "Automation.ChangeTemplate",
        "ProblemAnalysis",
        "ProblemAnalysisTemplate",
        "CloudFormation",
        "ConformancePackTemplate",
        "QuickSetup",
        "ManualApprovalPolicy",
        "AutoApprovalPolicy",
      ],
    },
    Requires: {
      type: "list",
      min: 1,
      of: {
        type: "structure",
        members: {
          Name: nameOrArn,
          Version: version,
          RequireType: { type: "string", max: 128, pattern: "^[a-zA-Z0-9_\\-.]{1,128}$" },
          VersionName: versionName,
        },
      },
    },
    Tags: tags,
  },
  UpdateDocument: { ...described, Content: content, Name: name, DocumentVersion: updatedVersion },
  UpdateDocumentDefaultVersion: {
    Name: name,
    DocumentVersion: { type: "string", pattern: "(^[1-9][0-9]*$)", required: true },
  },
  DeleteDocument: {
    Name: name,
    DocumentVersion: version,
    VersionName: versionName,
    Force: { type: "boolean" },
  },
  AddTagsToResource: { ...resource, Tags: { ...tags, required: true } },
  RemoveTagsFromResource: {
    ...resource,
    TagKeys: { type: "list", of: tagKey, required: true },
  },
  ListTagsForResource: resource,
} as const satisfies Record<string, Members>;

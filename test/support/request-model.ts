import type { SsmOperation } from "../../src/fake/calls/operation-name.ts";
import type { MembersByPath } from "./sdk-members.ts";

/** The bounds of a member: of a string's length, of a list's length, or of a number. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly oneOf?: readonly string[];
}

const INSTANCE_ID = "(^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)";
const commandId = { CommandId: { min: 36, max: 36 } };
const instanceIds = {
  InstanceIds: { min: 0, max: 50 },
  "InstanceIds[]": { pattern: INSTANCE_ID },
};
const listing = {
  ...commandId,
  InstanceId: { pattern: INSTANCE_ID },
  MaxResults: { min: 1, max: 50 },
  Filters: { min: 1, max: 5 },
  "Filters[].key": {
    oneOf: ["InvokedAfter", "InvokedBefore", "Status", "ExecutionStage", "DocumentName"],
  },
  "Filters[].value": { min: 1, max: 128 },
};

const DOCUMENT_NAME = { pattern: "^[a-zA-Z0-9_\\-.]{3,128}$" };
const DOCUMENT_ARN = { pattern: "^[a-zA-Z0-9_\\-.:/]{3,128}$" };
const DOCUMENT_VERSION = { pattern: "([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)" };
const VERSION_NAME = { pattern: "^[a-zA-Z0-9_\\-.]{1,128}$" };
const DOCUMENT_FORMAT = { oneOf: ["YAML", "JSON", "TEXT"] };
const chosenVersion = {
  Name: DOCUMENT_ARN,
  DocumentVersion: DOCUMENT_VERSION,
  VersionName: VERSION_NAME,
};
const writtenDocument = {
  Content: { min: 1 },
  Name: DOCUMENT_NAME,
  DisplayName: { max: 1_024, pattern: "^[\\w\\.\\-\\:\\/ ]*$" },
  VersionName: VERSION_NAME,
  DocumentFormat: DOCUMENT_FORMAT,
  TargetType: { max: 200, pattern: "^\\/[\\w\\.\\-\\:\\/]*$" },
  Attachments: { min: 0, max: 20 },
  "Attachments[].Key": { oneOf: ["SourceUrl", "S3FileUrl", "AttachmentReference"] },
  "Attachments[].Values": { min: 1, max: 1 },
  "Attachments[].Values[]": { min: 1, max: 1_024 },
  "Attachments[].Name": DOCUMENT_NAME,
};
const accountIds = (member: string) => ({
  [member]: { max: 20 },
  [`${member}[]`]: { pattern: "(?i)all|[0-9]{12}" },
});
const permission = { Name: DOCUMENT_NAME, PermissionType: { oneOf: ["Share"] } };
const PARAMETER_NAME = { min: 1, max: 2_048 };
const TAG_TEXT = "^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$";
const tags = {
  Tags: { max: 1_000 },
  "Tags[].Key": { min: 1, max: 128, pattern: TAG_TEXT },
  "Tags[].Value": { min: 0, max: 256, pattern: TAG_TEXT },
};
const taggedResource = {
  ResourceType: {
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
  },
};

/**
 * The limits of every member of a request that has some. Source: [api-ssm-model]. They are written down apart from the
 * fake's own tables, so that a mistake in one of the two shows.
 */
export const REQUEST_MODEL: Readonly<Record<SsmOperation, MembersByPath<Limits>>> = {
  SendCommand: {
    ...instanceIds,
    Targets: { min: 0, max: 5 },
    "Targets[].Key": {
      min: 1,
      max: 163,
      pattern:
        "^[\\p{L}\\p{Z}\\p{N}_.:/=\\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name",
    },
    "Targets[].Values": { min: 0, max: 50 },
    DocumentName: { pattern: "^[a-zA-Z0-9_\\-.:/]{3,128}$" },
    DocumentVersion: { pattern: "([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)" },
    DocumentHash: { max: 256 },
    DocumentHashType: { oneOf: ["Sha256", "Sha1"] },
    TimeoutSeconds: { min: 30, max: 2_592_000 },
    Comment: { max: 100 },
    OutputS3Region: { min: 3, max: 20 },
    OutputS3BucketName: { min: 3, max: 63 },
    OutputS3KeyPrefix: { max: 500 },
    MaxConcurrency: { min: 1, max: 7, pattern: "^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$" },
    MaxErrors: { min: 1, max: 7, pattern: "^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$" },
    "NotificationConfig.NotificationEvents[]": {
      oneOf: ["All", "InProgress", "Success", "TimedOut", "Cancelled", "Failed"],
    },
    "NotificationConfig.NotificationType": { oneOf: ["Command", "Invocation"] },
    "CloudWatchOutputConfig.CloudWatchLogGroupName": { min: 1, max: 512 },
    "AlarmConfiguration.Alarms": { min: 1, max: 1 },
    "AlarmConfiguration.Alarms[].Name": { min: 1, max: 255, pattern: "^(?!\\s*$).+" },
  },
  CancelCommand: { ...commandId, ...instanceIds },
  GetCommandInvocation: {
    ...commandId,
    InstanceId: { pattern: INSTANCE_ID },
    PluginName: { min: 4 },
  },
  ListCommands: listing,
  ListCommandInvocations: listing,
  DescribeInstanceInformation: {
    InstanceInformationFilterList: { min: 0 },
    "InstanceInformationFilterList[].key": {
      oneOf: [
        "InstanceIds",
        "AgentVersion",
        "PingStatus",
        "PlatformTypes",
        "ActivationIds",
        "IamRole",
        "ResourceType",
        "AssociationStatus",
      ],
    },
    "InstanceInformationFilterList[].valueSet": { min: 1, max: 100 },
    "InstanceInformationFilterList[].valueSet[]": { min: 1 },
    Filters: { min: 0 },
    "Filters[].Key": { min: 1 },
    "Filters[].Values": { min: 1, max: 100 },
    "Filters[].Values[]": { min: 1 },
    MaxResults: { min: 5, max: 50 },
  },
  GetConnectionStatus: { Target: { min: 1, max: 400 } },
  ListDocuments: {
    DocumentFilterList: { min: 1 },
    "DocumentFilterList[].key": { oneOf: ["Name", "Owner", "PlatformTypes", "DocumentType"] },
    "DocumentFilterList[].value": { min: 1 },
    Filters: { min: 0, max: 6 },
    "Filters[].Key": { min: 1, max: 128 },
    "Filters[].Values[]": { min: 1, max: 256 },
    MaxResults: { min: 1, max: 50 },
  },
  DescribeDocument: chosenVersion,
  GetDocument: { ...chosenVersion, DocumentFormat: DOCUMENT_FORMAT },
  ListDocumentVersions: { Name: DOCUMENT_ARN, MaxResults: { min: 1, max: 50 } },
  CreateDocument: {
    ...writtenDocument,
    DocumentType: {
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
    Requires: { min: 1 },
    "Requires[].Name": DOCUMENT_ARN,
    "Requires[].Version": DOCUMENT_VERSION,
    "Requires[].RequireType": { max: 128, pattern: "^[a-zA-Z0-9_\\-.]{1,128}$" },
    "Requires[].VersionName": VERSION_NAME,
    ...tags,
  },
  UpdateDocument: { ...writtenDocument, DocumentVersion: DOCUMENT_VERSION },
  UpdateDocumentDefaultVersion: {
    Name: DOCUMENT_NAME,
    DocumentVersion: { pattern: "(^[1-9][0-9]*$)" },
  },
  DeleteDocument: {
    Name: DOCUMENT_NAME,
    DocumentVersion: DOCUMENT_VERSION,
    VersionName: VERSION_NAME,
  },
  DescribeDocumentPermission: { ...permission, MaxResults: { min: 1, max: 200 } },
  ModifyDocumentPermission: {
    ...permission,
    ...accountIds("AccountIdsToAdd"),
    ...accountIds("AccountIdsToRemove"),
    SharedDocumentVersion: { max: 8, pattern: "([$]LATEST|[$]DEFAULT|[$]ALL)" },
  },
  AddTagsToResource: { ...taggedResource, ...tags },
  RemoveTagsFromResource: {
    ...taggedResource,
    "TagKeys[]": { min: 1, max: 128, pattern: TAG_TEXT },
  },
  ListTagsForResource: taggedResource,
  GetParameter: { Name: PARAMETER_NAME },
  GetParameters: { Names: { min: 1, max: 10 }, "Names[]": PARAMETER_NAME },
};

const UUID = {
  pattern: "^[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$",
};
const ID_LENGTH = { min: 10, max: 20 };
/** Checked by the operation, whose refusal is InvalidFilterKey and not ValidationException. */
const ANY_TEXT = { oneOf: undefined };

/** Limits that change others; one that is undefined is taken away. */
export type ChangedLimits = { readonly [L in keyof Limits]?: Limits[L] | undefined };

/**
 * Where the fake differs from [api-ssm-model] on purpose: bounds that only the service's answers show
 * [rec-2026-09-27-control-edges] [report-list-elements], and the versions that UpdateDocument takes (our decision).
 */
export const BEYOND_MODEL: Readonly<Partial<Record<SsmOperation, MembersByPath<ChangedLimits>>>> = {
  SendCommand: { "InstanceIds[]": ID_LENGTH, Comment: { pattern: "^.{0,100}$" } },
  CancelCommand: { CommandId: UUID, "InstanceIds[]": ID_LENGTH },
  GetCommandInvocation: { CommandId: UUID, InstanceId: ID_LENGTH },
  ListCommands: { CommandId: UUID, InstanceId: ID_LENGTH, "Filters[].key": ANY_TEXT },
  ListCommandInvocations: { CommandId: UUID, InstanceId: ID_LENGTH, "Filters[].key": ANY_TEXT },
  RemoveTagsFromResource: { TagKeys: { max: 1_000 } },
  ListDocuments: { DocumentFilterList: { max: 50 }, "Filters[].Values": { max: 1_000 } },
  DescribeInstanceInformation: {
    InstanceInformationFilterList: { max: 50 },
    Filters: { max: 50 },
    // [rec-2026-09-27-empty-value]
    "Filters[].Values[]": { max: 100_000, pattern: "^.{1,100000}$" },
  },
  UpdateDocument: {
    DocumentVersion: {
      pattern: "([$]LATEST|[$]DEFAULT|[$]APPROVED|[$]PENDING_REVIEW|^[1-9][0-9]*$)",
    },
  },
};

import {
  type Boundary,
  type Bounds,
  bound,
  each,
  form,
  largest,
  list,
  longest,
  NULL,
  shortest,
  smallest,
  words,
  x,
} from "./boundary.ts";

type Boundaries = Readonly<Record<string, Boundary>>;

const NODE = "mi-0123456789abcdef0";

/** The members that every request about documents and tags needs. */
export const LEAST_OF_DOCUMENTS = {
  ListDocuments: {},
  DescribeDocument: { Name: "App" },
  GetDocument: { Name: "App" },
  ListDocumentVersions: { Name: "App" },
  CreateDocument: { Name: "App", Content: "{}" },
  UpdateDocument: { Name: "App", Content: "{}" },
  UpdateDocumentDefaultVersion: { Name: "App", DocumentVersion: "1" },
  DeleteDocument: { Name: "App" },
  DescribeDocumentPermission: { Name: "App", PermissionType: "Share" },
  ModifyDocumentPermission: { Name: "App", PermissionType: "Share" },
  AddTagsToResource: { ResourceType: "ManagedInstance", ResourceId: NODE, Tags: [] },
  RemoveTagsFromResource: { ResourceType: "ManagedInstance", ResourceId: NODE, TagKeys: [] },
  ListTagsForResource: { ResourceType: "ManagedInstance", ResourceId: NODE },
} as const;

const NAME = form("^[a-zA-Z0-9_\\-.]{3,128}$");
const ARN = form("^[a-zA-Z0-9_\\-.:/]{3,128}$");
const VERSION = form("([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)");
const UPDATED = form("([$]LATEST|[$]DEFAULT|[$]APPROVED|[$]PENDING_REVIEW|^[1-9][0-9]*$)");
const NUMBER = form("(^[1-9][0-9]*$)");
const VERSION_NAME = form("^[a-zA-Z0-9_\\-.]{1,128}$");
const DISPLAY_NAME = form("^[\\w\\.\\-\\:\\/ ]*$");
const TARGET_TYPE = form("^\\/[\\w\\.\\-\\:\\/]*$");
const TAG_TEXT = form("^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)$");
const TAG_KEY = each(longest(128), shortest(1), TAG_TEXT);

const name: Boundaries = {
  Name: bound("name", (Name) => ({ Name }), {
    pattern: ["a.b", "a:b", NAME],
    required: ["App", undefined, NULL],
  }),
};
const nameOrArn: Boundaries = {
  Name: bound("name", (Name) => ({ Name }), {
    pattern: ["a:/", "a b", ARN],
    required: ["App", undefined, NULL],
  }),
};
const versionName: Boundaries = {
  VersionName: bound("versionName", (VersionName) => ({ VersionName }), {
    pattern: ["1.0-rc_1", "1.0 rc", VERSION_NAME],
  }),
};
const version: Boundaries = {
  DocumentVersion: bound("documentVersion", (DocumentVersion) => ({ DocumentVersion }), {
    pattern: ["$LATEST", "$NEWEST", VERSION],
  }),
};
const format: Boundaries = {
  DocumentFormat: bound("documentFormat", (DocumentFormat) => ({ DocumentFormat }), {
    oneOf: ["TEXT", "text", words("YAML", "JSON", "TEXT")],
  }),
};

const anAttachment = (member: object) => ({ Attachments: [member] });
const written: Boundaries = {
  ...name,
  ...versionName,
  ...format,
  Content: bound("content", (Content) => ({ Content }), {
    min: ["x", "", shortest(1)],
    required: ["x", undefined, NULL],
  }),
  DisplayName: bound("displayName", (DisplayName) => ({ DisplayName }), {
    max: [x(1_024), x(1_025), longest(1_024)],
    pattern: ["a b:c/d.e-f", "a,b", DISPLAY_NAME],
  }),
  TargetType: bound("targetType", (TargetType) => ({ TargetType }), {
    max: [`/${x(199)}`, `/${x(200)}`, longest(200)],
    pattern: ["/AWS::EC2::Instance", "AWS::EC2::Instance", TARGET_TYPE],
  }),
  Attachments: bound("attachments", (Attachments) => ({ Attachments }), {
    max: [list(20, {}), list(21, {}), longest(20)],
  }),
  "Attachments[].Key": bound("attachments.1.member.key", (Key) => anAttachment({ Key }), {
    oneOf: ["S3FileUrl", "Url", words("SourceUrl", "S3FileUrl", "AttachmentReference")],
  }),
  "Attachments[].Values": bound(
    "attachments.1.member.values",
    (Values) => anAttachment({ Values }),
    { min: [["x"], [], shortest(1)], max: [["x"], ["x", "x"], longest(1)] },
  ),
  "Attachments[].Values[]": bound(
    "attachments.1.member.values",
    (value) => anAttachment({ Values: [value] }),
    {
      min: ["x", "", each(longest(1_024), shortest(1))],
      max: [x(1_024), x(1_025), each(longest(1_024), shortest(1))],
    },
  ),
  "Attachments[].Name": bound("attachments.1.member.name", (Name) => anAttachment({ Name }), {
    pattern: ["a.b", "a:b", NAME],
  }),
};

const aTag = (member: object) => ({ Tags: [{ Key: "k", Value: "v", ...member }] });
const tags: Boundaries = {
  Tags: bound("tags", (Tags) => ({ Tags }), {
    max: [
      list(1_000, { Key: "k", Value: "v" }),
      list(1_001, { Key: "k", Value: "v" }),
      longest(1_000),
    ],
  }),
  "Tags[].Key": bound("tags.1.member.key", (Key) => aTag({ Key }), {
    min: ["k", "", shortest(1)],
    max: [x(128), x(129), longest(128)],
    pattern: ["Größe+@", "a*b", TAG_TEXT],
    required: ["k", undefined, NULL],
  }),
  "Tags[].Value": bound("tags.1.member.value", (Value) => aTag({ Value }), {
    max: [x(256), x(257), longest(256)],
    pattern: ["", "a*b", TAG_TEXT],
    required: ["", undefined, NULL],
  }),
};

const TYPES = [
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
];
const resource: Boundaries = {
  ResourceType: bound("resourceType", (ResourceType) => ({ ResourceType }), {
    oneOf: ["Document", "Instance", words(...TYPES)],
    required: ["Document", undefined, NULL],
  }),
  ResourceId: bound("resourceId", (ResourceId) => ({ ResourceId }), {
    required: ["", undefined, NULL],
  }),
};

const DOCUMENT_TYPES = [
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
];
const OLD_FILTER = { key: "Name", value: "x" };
const aFilter = (member: object) => ({ Filters: [member] });
const anOldFilter = (member: object) => ({
  DocumentFilterList: [{ key: "Name", value: "x", ...member }],
});
const pages = (most: number): Boundaries => ({
  MaxResults: bound("maxResults", (MaxResults) => ({ MaxResults }), {
    min: [1, 0, smallest(1)],
    max: [most, most + 1, largest(most)],
  }),
});
const permission: Boundaries = {
  ...name,
  PermissionType: bound("permissionType", (PermissionType) => ({ PermissionType }), {
    oneOf: ["Share", "share", words("Share")],
    required: ["Share", undefined, NULL],
  }),
};
const ACCOUNT = "210987654321";
const ACCOUNT_ID = each(form("(?i)all|[0-9]{12}"));
const accountIds = (member: "AccountIdsToAdd" | "AccountIdsToRemove", at: string): Boundaries => ({
  [member]: bound(at, (ids) => ({ [member]: ids }), {
    max: [list(20, ACCOUNT), list(21, ACCOUNT), longest(20)],
  }),
  [`${member}[]`]: bound(at, (id) => ({ [member]: [ACCOUNT, id] }), {
    pattern: ["All", "21098765432", ACCOUNT_ID],
  }),
});
const SHARED_VERSION = form("([$]LATEST|[$]DEFAULT|[$]ALL)");
const required = (limits: Bounds): Bounds => ({ ...limits, required: [[], undefined, NULL] });
const aRequirement = (member: object) => ({ Requires: [{ Name: "App", ...member }] });

/** The boundary of every limit of the operations on documents and tags. */
export const DOCUMENT_BOUNDARIES = {
  ListDocuments: {
    DocumentFilterList: bound(
      "documentFilterList",
      (DocumentFilterList) => ({ DocumentFilterList }),
      {
        min: [[OLD_FILTER], [], shortest(1)],
        max: [list(50, OLD_FILTER), list(51, OLD_FILTER), longest(50)],
      },
    ),
    "DocumentFilterList[].key": bound(
      "documentFilterList.1.member.key",
      (key) => anOldFilter({ key }),
      {
        oneOf: ["Owner", "owner", words("Name", "Owner", "PlatformTypes", "DocumentType")],
        required: ["Owner", undefined, NULL],
      },
    ),
    "DocumentFilterList[].value": bound(
      "documentFilterList.1.member.value",
      (value) => anOldFilter({ value }),
      { min: ["x", "", shortest(1)], required: ["x", undefined, NULL] },
    ),
    Filters: bound("filters", (Filters) => ({ Filters }), {
      max: [list(6, {}), list(7, {}), longest(6)],
    }),
    "Filters[].Key": bound("filters.1.member.key", (Key) => aFilter({ Key }), {
      min: ["x", "", shortest(1)],
      max: [x(128), x(129), longest(128)],
    }),
    "Filters[].Values": bound("filters.1.member.values", (Values) => aFilter({ Values }), {
      max: [list(1_000, "x"), list(1_001, "x"), longest(1_000)],
    }),
    "Filters[].Values[]": bound(
      "filters.1.member.values",
      (value) => aFilter({ Values: [value] }),
      {
        min: ["x", "", each(longest(256), shortest(1))],
        max: [x(256), x(257), each(longest(256), shortest(1))],
      },
    ),
    ...pages(50),
  },
  DescribeDocument: { ...nameOrArn, ...version, ...versionName },
  GetDocument: { ...nameOrArn, ...version, ...versionName, ...format },
  ListDocumentVersions: { ...nameOrArn, ...pages(50) },
  CreateDocument: {
    ...written,
    ...tags,
    DocumentType: bound("documentType", (DocumentType) => ({ DocumentType }), {
      oneOf: ["Automation.ChangeTemplate", "ChangeTemplate", words(...DOCUMENT_TYPES)],
    }),
    Requires: bound("requires", (Requires) => ({ Requires }), {
      min: [[{ Name: "App" }], [], shortest(1)],
    }),
    "Requires[].Name": bound("requires.1.member.name", (Name) => aRequirement({ Name }), {
      pattern: ["a:/", "a b", ARN],
      required: ["App", undefined, NULL],
    }),
    "Requires[].Version": bound(
      "requires.1.member.version",
      (Version) => aRequirement({ Version }),
      {
        pattern: ["1", "0", VERSION],
      },
    ),
    "Requires[].RequireType": bound(
      "requires.1.member.requireType",
      (RequireType) => aRequirement({ RequireType }),
      {
        max: [x(128), x(129), longest(128), VERSION_NAME],
        pattern: ["a.b", "a b", VERSION_NAME],
      },
    ),
    "Requires[].VersionName": bound(
      "requires.1.member.versionName",
      (VersionName) => aRequirement({ VersionName }),
      { pattern: ["1.0", "1 0", VERSION_NAME] },
    ),
  },
  UpdateDocument: {
    ...written,
    DocumentVersion: bound("documentVersion", (DocumentVersion) => ({ DocumentVersion }), {
      pattern: ["$PENDING_REVIEW", "$NEWEST", UPDATED],
    }),
  },
  UpdateDocumentDefaultVersion: {
    ...name,
    DocumentVersion: bound("documentVersion", (DocumentVersion) => ({ DocumentVersion }), {
      pattern: ["10", "$LATEST", NUMBER],
      required: ["1", undefined, NULL],
    }),
  },
  DeleteDocument: { ...name, ...version, ...versionName },
  DescribeDocumentPermission: { ...permission, ...pages(200) },
  ModifyDocumentPermission: {
    ...permission,
    ...accountIds("AccountIdsToAdd", "accountIdsToAdd"),
    ...accountIds("AccountIdsToRemove", "accountIdsToRemove"),
    SharedDocumentVersion: bound(
      "sharedDocumentVersion",
      (SharedDocumentVersion) => ({ SharedDocumentVersion }),
      {
        max: ["$DEFAULT", "$DEFAULTS", longest(8), SHARED_VERSION],
        pattern: ["$ALL", "1", SHARED_VERSION],
      },
    ),
  },
  AddTagsToResource: {
    ...resource,
    ...tags,
    Tags: bound("tags", (Tags) => ({ Tags }), required(tags["Tags"]?.limits ?? {})),
  },
  RemoveTagsFromResource: {
    ...resource,
    TagKeys: bound(
      "tagKeys",
      (TagKeys) => ({ TagKeys }),
      required({ max: [list(1_000, "k"), list(1_001, "k"), longest(1_000)] }),
    ),
    "TagKeys[]": bound("tagKeys", (key) => ({ TagKeys: ["k", key] }), {
      min: ["k", "", TAG_KEY],
      max: [x(128), x(129), TAG_KEY],
      pattern: ["Größe", "a*b", TAG_KEY],
    }),
  },
  ListTagsForResource: resource,
} satisfies Readonly<Record<string, Boundaries>>;

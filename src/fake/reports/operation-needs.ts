import {
  type ArnHome,
  bucketArn,
  documentArn,
  logGroupArns,
  nodeArn,
  parameterArn,
} from "../../domain/arns.ts";
import { arnOf } from "../../domain/partition.ts";
import type { OperationName } from "../calls/operation-name.ts";

/** The ARNs of what a call is about. It needs no permission for what its input does not name: it is refused without. */
type ArnsOf = (input: unknown, home: ArnHome) => readonly string[];

/** An action, and the resources that a call needs it for. */
type Need = readonly [action: string, arnsOf: ArnsOf];

/** Operations for which IAM knows no resource. */
const everything: ArnsOf = () => ["*"];

const document: ArnsOf = (input, home) =>
  [...textsIn(input, "DocumentName"), ...textsIn(input, "Name")].map((name) =>
    documentArn(name, home),
  );

const node: ArnsOf = (input, home) => textsIn(input, "Target").map((id) => nodeArn(id, home));

const parameters: ArnsOf = (input, home) =>
  [...textsIn(input, "Name"), ...textsIn(input, "Names")].map((name) =>
    // A version or a label is no part of the resource.
    name.startsWith("arn:") ? name : parameterArn(name.trim().replace(/:.*/, ""), home),
  );

const tagged: ArnsOf = (input, home) => {
  const [type = ""] = textsIn(input, "ResourceType");
  return textsIn(input, "ResourceId").map((id) => taggedArn(type, id, home));
};

const logGroup: ArnsOf = (input, home) =>
  [...textsIn(input, "logGroupName"), ...textsIn(input, "logGroupIdentifier")].flatMap((name) =>
    logGroupArns(name.replace(/^arn:.*:log-group:([^:]*).*/, "$1"), home),
  );

const bucket: ArnsOf = (input, { region }) =>
  textsIn(input, "Bucket").map((name) => bucketArn(name, region));

/** Keys of output begin with what the request says, and go on with the command's id, which is another one next time. */
const object: ArnsOf = (input, home) => {
  const keys = textsIn(input, "Key").map((key) => key.replace(COMMAND_ID_AND_REST, "*"));
  return bucket(input, home).flatMap((arn) => keys.map((key) => `${arn}/${key}`));
};

const COMMAND_ID_AND_REST = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\/.*$/;

/**
 * What each operation needs. The actions of calls that the client makes are those of `callerPolicy()`: a test compares them.
 * Sources: [iam-actions-ssm], [iam-actions-logs], [iam-actions-s3].
 */
export const OPERATION_NEEDS = {
  SendCommand: ["ssm:SendCommand", document],
  CancelCommand: ["ssm:CancelCommand", everything],
  GetCommandInvocation: ["ssm:GetCommandInvocation", everything],
  ListCommands: ["ssm:ListCommands", everything],
  ListCommandInvocations: ["ssm:ListCommandInvocations", everything],
  DescribeInstanceInformation: ["ssm:DescribeInstanceInformation", everything],
  GetConnectionStatus: ["ssm:GetConnectionStatus", node],
  ListDocuments: ["ssm:ListDocuments", everything],
  DescribeDocument: ["ssm:DescribeDocument", document],
  GetDocument: ["ssm:GetDocument", document],
  ListDocumentVersions: ["ssm:ListDocumentVersions", document],
  CreateDocument: ["ssm:CreateDocument", document],
  UpdateDocument: ["ssm:UpdateDocument", document],
  UpdateDocumentDefaultVersion: ["ssm:UpdateDocumentDefaultVersion", document],
  DeleteDocument: ["ssm:DeleteDocument", document],
  DescribeDocumentPermission: ["ssm:DescribeDocumentPermission", document],
  ModifyDocumentPermission: ["ssm:ModifyDocumentPermission", document],
  AddTagsToResource: ["ssm:AddTagsToResource", tagged],
  RemoveTagsFromResource: ["ssm:RemoveTagsFromResource", tagged],
  ListTagsForResource: ["ssm:ListTagsForResource", tagged],
  GetParameter: ["ssm:GetParameter", parameters],
  GetParameters: ["ssm:GetParameters", parameters],
  CreateLogGroup: ["logs:CreateLogGroup", logGroup],
  // It looks at all groups and then filters.
  DescribeLogGroups: ["logs:DescribeLogGroups", everything],
  DescribeLogStreams: ["logs:DescribeLogStreams", logGroup],
  FilterLogEvents: ["logs:FilterLogEvents", logGroup],
  GetLogEvents: ["logs:GetLogEvents", logGroup],
  PutRetentionPolicy: ["logs:PutRetentionPolicy", logGroup],
  GetObject: ["s3:GetObject", object],
  HeadObject: ["s3:GetObject", object],
  HeadBucket: ["s3:ListBucket", bucket],
  ListObjects: ["s3:ListBucket", bucket],
  ListObjectsV2: ["s3:ListBucket", bucket],
} as const satisfies Readonly<Record<OperationName, Need>>;

/** How the ARN of what has tags begins, by its type, where that is not a document, a node or a parameter [iam-actions-ssm]. */
const TAGGED: Readonly<Record<string, string>> = {
  MaintenanceWindow: "maintenancewindow",
  PatchBaseline: "patchbaseline",
  OpsItem: "opsitem",
  OpsMetadata: "opsmetadata",
  Automation: "automation-execution",
  Association: "association",
  CloudConnector: "cloud-connector",
};

function taggedArn(type: string, id: string, home: ArnHome): string {
  if (id.startsWith("arn:")) return id;
  if (type === "Document") return documentArn(id, home);
  if (type === "ManagedInstance") return nodeArn(id, home);
  if (type === "Parameter") return parameterArn(id, home);
  return arnOf("ssm", { ...home, resource: `${TAGGED[type] ?? "*"}/${id}` });
}

/** Strings that are not empty in the input of a call, which may not have been checked: of a member, or the items of one that is a list. */
export function textsIn(input: unknown, name: string): readonly string[] {
  const held: unknown = Reflect.get(Object(input), name);
  const all: readonly unknown[] = Array.isArray(held) ? held : [held];
  return all.filter((each): each is string => typeof each === "string" && each !== "");
}

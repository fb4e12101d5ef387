import type { CreateDocumentRequest, CreateDocumentResult } from "@aws-sdk/client-ssm";
import { isReservedName } from "../../../domain/arns.ts";
import type { Account } from "../../account/account.ts";
import {
  type DocumentContent,
  documentOf,
  readContent,
  type WrittenContent,
} from "../../account/documents/document-content.ts";
import { type Tags, tagRecord } from "../../account/tags.ts";
import { ok, type Refusal, type Result, refuse } from "../../result.ts";
import {
  describedVersion,
  documentContent,
  documentName,
  documentNameOrArn,
  documentVersion,
  tags,
  versionName,
} from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { MOST_TAGS, TOO_MANY_TAGS } from "../tags/tagged-resources.ts";
import { toDescription } from "./views.ts";

/** The types of documents, in the order in which [api-ssm-model] lists them. */
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
] as const;

/** The most documents of its own that an account can have [api-create-document]. */
const MOST_DOCUMENTS = 500;

/** The schemas of all types of documents. */
const SCHEMAS: readonly unknown[] = ["0.3", "1.0", "1.2", "2.0", "2.2"];
const COMMAND_SCHEMAS: readonly unknown[] = ["1.2", "2.0", "2.2"];

/**
 * CreateDocument: creates version 1, which is the default one. The answer says Creating [api-create-document], and the
 * document can be used at once. The fake keeps only documents of type Command, and ignores `Attachments` and `Requires`,
 * which other types need.
 *
 * Order of the checks after those of the request's shape (our decision): name, type, content, schema, limit, tags.
 */
export const createDocument = ssmOperation<CreateDocumentRequest, CreateDocumentResult>(
  {
    ...describedVersion,
    Content: documentContent,
    Name: { ...documentName, required: true },
    DocumentType: { type: "string", oneOf: DOCUMENT_TYPES },
    Requires: {
      type: "list",
      min: 1,
      of: {
        type: "structure",
        name: "DocumentRequires",
        members: {
          Name: { ...documentNameOrArn, required: true },
          Version: documentVersion,
          RequireType: { ...versionName, max: 128 },
          VersionName: versionName,
        },
      },
    },
    Tags: tags,
  },
  async (request, { account }) => {
    const { Name, DocumentType, Tags = [] } = request;
    const before = refuseName(Name, account) ?? refuseType(DocumentType);
    if (before !== undefined) return { ok: false, refusal: before };
    const written = await readWritten(request);
    if (!written.ok) return written;
    const schema = refuseSchema(written.value, DocumentType);
    if (schema !== undefined) return { ok: false, refusal: schema };
    const content = await documentOf(written.value);
    if (!content.ok) return content;
    // Other calls may have come while the content was read.
    const after = refuseName(Name, account) ?? refuseNumber(account);
    if (after !== undefined) return { ok: false, refusal: after };
    const given = tagRecord(Tags);
    if (Object.keys(given).length > MOST_TAGS) return { ok: false, refusal: TOO_MANY_TAGS };
    return ok({
      DocumentDescription: create(request, { account, tags: given, content: content.value }),
    });
  },
);

/** Reads the content of a request, in the format that the request names. */
export async function readWritten({
  Content = "",
  DocumentFormat = "JSON",
}: Pick<CreateDocumentRequest, "Content" | "DocumentFormat">): Promise<Result<WrittenContent>> {
  if (DocumentFormat === "JSON" || DocumentFormat === "YAML") {
    return readContent(Content, DocumentFormat);
  }
  return refuse("ValidationException", `Invalid document format ${DocumentFormat}`);
}

/** AWS's messages: the first [report-schema-invalid], the third [report-type-required]; the second is our decision. */
export function refuseSchema(
  { value }: WrittenContent,
  DocumentType: CreateDocumentRequest["DocumentType"],
): Refusal | undefined {
  const isObject = typeof value === "object" && value !== null && "schemaVersion" in value;
  if (!isObject) return undefined; // the parser of documents says what is missing
  const { schemaVersion } = value;
  if (!SCHEMAS.includes(schemaVersion)) {
    const shown = typeof schemaVersion === "string" ? schemaVersion : JSON.stringify(schemaVersion);
    const message = `Document schema version is invalid. Value: ${shown.slice(0, 200)}`;
    return { name: "InvalidDocumentContent", message };
  }
  if (!COMMAND_SCHEMAS.includes(schemaVersion)) {
    const message = `${schemaVersion} is not a valid schema version for Command document type`;
    return { name: "InvalidDocumentSchemaVersion", message };
  }
  if (DocumentType === undefined && schemaVersion !== "1.2") {
    const message = `Document type is required for schema version ${schemaVersion}`;
    return { name: "InvalidDocumentSchemaVersion", message };
  }
  return undefined;
}

/** AWS's messages: about a reserved name second-hand [report-document-name], about one that is taken [report-document-exists]. */
function refuseName(name: string, { documents }: Account): Refusal | undefined {
  if (isReservedName(name)) {
    return {
      name: "ValidationException",
      message: `Invalid document name ${name}`,
      why: "Names that begin with aws, amazon or amzn are reserved for AWS.",
    };
  }
  if (documents.get(name) === undefined) return undefined;
  const message = `Document with same name ${name} already exists`;
  return { name: "DocumentAlreadyExists", message };
}

function refuseType(type: CreateDocumentRequest["DocumentType"]): Refusal | undefined {
  if (type === undefined || type === "Command") return undefined;
  const message = `FakeSsm keeps documents of the type Command only, and was given one of the type ${type}.`;
  return { name: "ValidationException", message };
}

function refuseNumber({ documents, accountId }: Account): Refusal | undefined {
  const own = documents.list().filter(({ owner }) => owner === accountId);
  if (own.length < MOST_DOCUMENTS) return undefined;
  const message = `You can have at most ${MOST_DOCUMENTS} active SSM documents.`;
  return { name: "DocumentLimitExceeded", message };
}

function create(
  { Name = "", VersionName, DisplayName, TargetType }: CreateDocumentRequest,
  {
    account,
    tags,
    content,
  }: {
    readonly account: Account;
    readonly tags: Tags;
    readonly content: DocumentContent;
  },
): CreateDocumentResult["DocumentDescription"] {
  const { documents } = account;
  const version = documents.put(Name, content, {
    versionName: VersionName,
    displayName: DisplayName,
    targetType: TargetType,
  });
  documents.tag(Name, tags);
  const document = documents.get(Name);
  return document && toDescription(document, version, "Creating");
}

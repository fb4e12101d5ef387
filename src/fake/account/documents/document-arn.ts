import { arnOf } from "../../../domain/partition.ts";
import type { DocumentHome } from "./document-store.ts";

/** Names that no account can give to a document of its own [api-create-document]. */
const RESERVED_NAME = /^(?:aws|amazon|amzn)/i;

const DOCUMENT_ARN = /^arn:([\w-]+):ssm:([\w-]*):(\d*):document\/(.+)$/;

/** The parts of an ARN of a document. */
export interface DocumentArn {
  readonly partition: string;
  readonly region: string;
  /** Empty for documents of AWS. */
  readonly accountId: string;
  readonly name: string;
}

/** The parts of a document's ARN; undefined if it is none. */
export function readDocumentArn(arn: string): DocumentArn | undefined {
  const [, partition = "", region = "", accountId = "", name] = DOCUMENT_ARN.exec(arn) ?? [];
  return name === undefined ? undefined : { partition, region, accountId, name };
}

/** Whether this name is reserved for AWS. */
export function isReservedName(name: string): boolean {
  return RESERVED_NAME.test(name);
}

/** The ARN of a document that is named by its name or its ARN; that of a document of AWS names no account. */
export function documentArn(name: string, { region, accountId }: DocumentHome): string {
  if (name.startsWith("arn:")) return name;
  const owner = isReservedName(name) ? "" : accountId;
  return arnOf("ssm", { region, accountId: owner, resource: `document/${name}` });
}

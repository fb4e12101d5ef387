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

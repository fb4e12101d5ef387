import { arnOf, partitionOf } from "./partition.ts";

/** The region and the account of an ARN. Each may be a pattern, such as `*`. */
export interface ArnHome {
  readonly region: string;
  readonly accountId: string;
}

/** Names that no account can give to a document of its own [api-create-document]. */
const RESERVED_NAME = /^(?:aws|amazon|amzn)/i;

/** Whether this name is reserved for AWS. */
export function isReservedName(name: string): boolean {
  return RESERVED_NAME.test(name);
}

/** The ARN of a document that is named by its name or its ARN; that of a document of AWS names no account. */
export function documentArn(name: string, { region, accountId }: ArnHome): string {
  if (name.startsWith("arn:")) return name;
  const owner = isReservedName(name) ? "" : accountId;
  return arnOf("ssm", { region, accountId: owner, resource: `document/${name}` });
}

/** Whether an id is that of a hybrid node, which is registered by an activation and is not an EC2 instance. */
export function isHybridNode(instanceId: string): boolean {
  return instanceId.startsWith("mi-");
}

/** The ARN of a node: of an EC2 instance, or of a managed instance for hybrid nodes (`mi-`). */
export function nodeArn(instanceId: string, home: ArnHome): string {
  return isHybridNode(instanceId)
    ? arnOf("ssm", { ...home, resource: `managed-instance/${instanceId}` })
    : arnOf("ec2", { ...home, resource: `instance/${instanceId}` });
}

/** The ARNs of all nodes. */
export function allNodeArns(home: ArnHome): readonly string[] {
  return [nodeArn("*", home), arnOf("ssm", { ...home, resource: "managed-instance/*" })];
}

/** The ARN of a parameter, in which the slash that its name may begin with is not doubled. */
export function parameterArn(name: string, { region, accountId }: ArnHome): string {
  return arnOf("ssm", { region, accountId, resource: `parameter/${name.replace(/^\//, "")}` });
}

/** The ARNs of a log group, and of its streams, which for IAM are `<group>:*`. */
export function logGroupArns(name: string, home: ArnHome): readonly string[] {
  const group = arnOf("logs", { ...home, resource: `log-group:${name}` });
  return [group, `${group}:*`];
}

/** The ARN of a bucket, or of an object `<bucket>/<key>`: it names neither region nor account. */
export function bucketArn(name: string, region: string): string {
  return `arn:${partitionOf(region)}:s3:::${name}`;
}

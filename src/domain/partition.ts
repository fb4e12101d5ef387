/**
 * The partitions of AWS beside `aws`, by how the names of their regions begin. Source: [aws-sdk-partitions].
 */
const PARTITIONS = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["eusc-", "aws-eusc"],
  ["us-iso-", "aws-iso"],
  ["us-isob-", "aws-iso-b"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-isof-", "aws-iso-f"],
] as const;

/**
 * The partition of a region: the second part of an ARN. A pattern such as `cn-*` or `us-gov*` has that of the regions that it
 * fits; `*` and what AWS does not have are in `aws` (our decision).
 */
export function partitionOf(region: string): string {
  const name = region.replace(/\*.*/, "-");
  return PARTITIONS.find(([prefix]) => name.startsWith(prefix))?.[1] ?? "aws";
}

/** The ARN of a resource of an account in a region. */
export function arnOf(
  service: string,
  {
    region,
    accountId,
    resource,
  }: { readonly region: string; readonly accountId: string; readonly resource: string },
): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;
}

import { arnOf } from "../../domain/partition.ts";
import { isHybridNode } from "../../domain/patterns.ts";
import type { Account } from "./account.ts";

/** The ARN of a node: of an EC2 instance, or of a managed instance for hybrid nodes (`mi-`). */
export function nodeArn(
  instanceId: string,
  { region, accountId }: Pick<Account, "region" | "accountId">,
): string {
  const home = { region, accountId };
  return isHybridNode(instanceId)
    ? arnOf("ssm", { ...home, resource: `managed-instance/${instanceId}` })
    : arnOf("ec2", { ...home, resource: `instance/${instanceId}` });
}

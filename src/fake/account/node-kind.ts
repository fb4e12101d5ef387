import { isHybridNode } from "../../domain/patterns.ts";
import type { Account } from "./account.ts";

/** The ARN of a node: of an EC2 instance, or of a managed instance for hybrid nodes (`mi-`). */
export function nodeArn(
  instanceId: string,
  { region, accountId }: Pick<Account, "region" | "accountId">,
): string {
  return isHybridNode(instanceId)
    ? `arn:aws:ssm:${region}:${accountId}:managed-instance/${instanceId}`
    : `arn:aws:ec2:${region}:${accountId}:instance/${instanceId}`;
}

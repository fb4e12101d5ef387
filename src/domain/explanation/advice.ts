import type { DecidingRule } from "./rules.ts";

// No templates: a bundler keeps a table that has some, even if nobody uses it.

/** What to do next, by the kind of a cause. */
export const ADVICE_BY_KIND = {
  failed:
    "GetCommandInvocation (ssm:GetCommandInvocation) has all that it wrote, or CloudWatch Logs or S3.",
  executionTimedOut:
    "Raise executionTimeout, or find out what it waited for: GetCommandInvocation (ssm:GetCommandInvocation).",
  deliveryTimedOut:
    "The service does not tell whether the script ran, or still will. DescribeInstanceInformation (ssm:DescribeInstanceInformation) tells whether the node is heard of; TimeoutSeconds gives it more time.",
  undeliverable:
    "DescribeInstanceInformation (ssm:DescribeInstanceInformation) tells whether the node is heard of; its role needs the policy AmazonSSMManagedInstanceCore.",
  cancelled:
    "The service does not tell who cancelled it, nor whether it had begun: look for CancelCommand in CloudTrail (cloudtrail:LookupEvents).",
  terminated:
    "It was not sent to these nodes any more, because of others. Mend those, then send it to these.",
  invalidPlatform:
    "The document is for other platforms: DescribeDocument (ssm:DescribeDocument) lists its PlatformTypes.",
  accessDenied:
    "The service does not tell what was missing. Targets of a resource group need resource-groups:ListGroupResources and tag:GetResources.",
  noTargets:
    "Check tags, group and region: DescribeInstanceInformation (ssm:DescribeInstanceInformation) with a filter tag:NAME lists what matches.",
  limitExceeded:
    "Too many invocations were open. Wait until some have ended: ListCommands (ssm:ListCommands) with ExecutionStage Executing. Or have the quota raised (servicequotas:RequestServiceQuotaIncrease).",
  incomplete: "ListCommandInvocations (ssm:ListCommandInvocations) tells where.",
  unrecognized:
    "The service does not tell, in words that this version knows. Update ssm-run-command.",
  pending: "It waits for its turn: MaxConcurrency.",
  inProgress: "It is running. CancelCommand (ssm:CancelCommand) stops it.",
  delayed:
    "The node does not answer yet. DescribeInstanceInformation (ssm:DescribeInstanceInformation) tells whether it is heard of.",
  cancelling: "The agent was told to stop.",
  running: "No open invocation is listed yet. Look again.",
  unknown:
    "Check the id, the region and the account (ssm:ListCommands). It is not shown for a moment after the send, nor after 30 days.",
} as const satisfies Readonly<Record<string, string>>;

/** What to do next, by the rule that decided, where that says more than the kind. */
const ADVICE_BY_RULE: Partial<Record<DecidingRule, string>> = {
  alarm:
    "The service does not tell whether the script ran: an alarm ends invocations, and their processes go on. DescribeAlarms (cloudwatch:DescribeAlarms) tells its state.",
};

/** What to do next about nodes. Of a command that failed, without a node that can be named, it is where to look. */
export function adviceFor(
  kind: string,
  { rule, isNamed }: { readonly rule: DecidingRule; readonly isNamed: boolean },
): string {
  const isStopped = kind === "terminated" || !isNamed;
  const byRule = isStopped ? ADVICE_BY_RULE[rule] : undefined;
  if (byRule !== undefined) return byRule;
  const byKind: Readonly<Record<string, string>> = ADVICE_BY_KIND;
  if (!isNamed && kind === "failed") return ADVICE_BY_KIND.incomplete;
  return byKind[kind] ?? ADVICE_BY_KIND.unrecognized;
}

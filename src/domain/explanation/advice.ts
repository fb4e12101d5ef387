import type { DecidingRule } from "./rules.ts";

/** How the advice begins of all that DescribeInstanceInformation helps with. */
const LOOK_AT_NODES =
  "DescribeInstanceInformation (ssm:DescribeInstanceInformation) shows whether the agent of a node is heard of";

/** What to do next, by the kind of a cause. */
export const ADVICE_BY_KIND = {
  failed:
    "Read all that it wrote: GetCommandInvocation (ssm:GetCommandInvocation), or CloudWatch Logs or S3 if the output went there.",
  executionTimedOut:
    "Give the step more time (its parameter executionTimeout), or find out what it waited for: GetCommandInvocation (ssm:GetCommandInvocation) has what it wrote.",
  deliveryTimedOut: `The service does not tell whether the script ran: it may have begun, or still begin, on a node that did not reply in time. ${LOOK_AT_NODES}. Give it more time with TimeoutSeconds.`,
  undeliverable: `The node could not be reached at all. ${LOOK_AT_NODES}; its role needs what the policy AmazonSSMManagedInstanceCore allows.`,
  cancelled:
    "The service does not tell who cancelled it: CloudTrail has the call of CancelCommand (cloudtrail:LookupEvents).",
  terminated:
    "It was not sent to these nodes any more, because of what happened on others. Mend that first, then send the command to these nodes.",
  invalidPlatform:
    "The document is not for the platform of these nodes: DescribeDocument (ssm:DescribeDocument) lists its PlatformTypes.",
  accessDenied:
    "The service had no access, and does not tell what was missing. For a resource group, the caller needs resource-groups:ListGroupResources and tag:GetResources.",
  noTargets:
    "Check tags, resource group and region: DescribeInstanceInformation (ssm:DescribeInstanceInformation) with a filter such as tag:Role lists the nodes that match.",
  limitExceeded:
    "The account had too many open invocations. Wait until some have ended: ListCommands (ssm:ListCommands) with the filter ExecutionStage Executing lists their commands. Or have the quota raised: servicequotas:RequestServiceQuotaIncrease.",
  incomplete:
    'Read where: ListCommandInvocations (ssm:ListCommandInvocations), or wait with invocations: "unsuccessful".',
  unrecognized:
    "The service does not tell, in words that this version knows. Look at Status and StatusDetails, and update ssm-run-command.",
  pending: "These nodes wait for their turn: MaxConcurrency says how many run at once.",
  inProgress: "The script is running. Wait for it, or stop it: CancelCommand (ssm:CancelCommand).",
  delayed: `These nodes do not answer yet; the invocation ends as DeliveryTimedOut if they do not before the command expires. ${LOOK_AT_NODES}.`,
  cancelling: "The agent was told to stop. Wait until it has.",
  running: "No open invocation is listed. Look again later.",
  unknown:
    "Check the id, the region and the account that ListCommands (ssm:ListCommands) asks. A command that was sent a moment ago may not be visible yet; the service forgets it after 30 days.",
} as const satisfies Readonly<Record<string, string>>;

/** What to do next, by the rule that decided, where that says more than the kind. */
const ADVICE_BY_RULE: Partial<Record<DecidingRule, string>> = {
  alarm:
    "An alarm stopped the command: DescribeAlarms (cloudwatch:DescribeAlarms) shows its state. Send the command again to these nodes when it is OK.",
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

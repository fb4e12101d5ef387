import type { IamStatement } from "./iam-policy.ts";

/**
 * The actions of the calls that this package makes, in alphabetical order. Those of CloudWatch Logs are about a log group,
 * SendCommand about a document and nodes; for the others IAM knows no resource [iam-actions-ssm] [iam-actions-logs].
 */
export const CALLER_ACTIONS = [
  "ssm:CancelCommand",
  "ssm:DescribeInstanceInformation",
  "ssm:GetCommandInvocation",
  "ssm:ListCommandInvocations",
  "ssm:ListCommands",
  "ssm:SendCommand",
  "logs:DescribeLogStreams",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
] as const;

/**
 * The name of a call of this package.
 *
 * @inline
 */
export type CallerCall = CallOf<(typeof CALLER_ACTIONS)[number]>;

type CallOf<Action> = Action extends `${string}:${infer Call}` ? Call : never;

/** The call whose action this is. */
export function callOf(action: string): string {
  return action.replace(/.*:/, "");
}

/** A target, as far as it names a tag. */
export interface TagTarget {
  readonly Key?: string | undefined;
  readonly Values?: readonly string[] | undefined;
}

/** The condition that a node has the tags that targets name [guide-run-command-tags]. */
export function tagsCondition(
  targets: readonly TagTarget[],
): NonNullable<IamStatement["Condition"]> {
  const tags = targets.map(({ Key = "", Values = [] }) => [
    Key.replace("tag:", "ssm:resourceTag/"),
    Values,
  ]);
  return { StringLike: Object.fromEntries(tags) };
}

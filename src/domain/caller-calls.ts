import type { IamStatement } from "./iam-policy.ts";
import { notTaken } from "./in-message.ts";

/**
 * The actions of the calls that this package makes, by what IAM asks of them [iam-actions-ssm] [iam-actions-logs]; each list
 * in alphabetical order.
 */
export const CALLER_ACTIONS = {
  /** About no resource: what `send` and `waitForTerminal` do not call. */
  aside: ["ssm:CancelCommand", "ssm:DescribeInstanceInformation"],
  /** About no resource: what `waitForTerminal` calls. */
  wait: ["ssm:GetCommandInvocation", "ssm:ListCommandInvocations", "ssm:ListCommands"],
  /** About a document and nodes. */
  send: ["ssm:SendCommand"],
  /** About a log group. */
  logs: ["logs:DescribeLogStreams", "logs:FilterLogEvents", "logs:GetLogEvents"],
} as const;

/**
 * The name of a call of this package.
 *
 * @inline
 */
export type CallerCall = CallOf<(typeof CALLER_ACTIONS)[keyof typeof CALLER_ACTIONS][number]>;

type CallOf<Action> = Action extends `${string}:${infer Call}` ? Call : never;

/** The call whose action this is. */
export function callOf(action: string): string {
  return action.replace(/.*:/, "");
}

/**
 * Refuses empty strings and lists, which would make an ARN that fits nothing or a statement about nothing, and what is no string.
 *
 * @throws TypeError that names the option.
 */
export function checkStrings(options: object, place: string): void {
  for (const [name, given] of Object.entries(options)) {
    const strings: readonly unknown[] = [given].flat();
    const isFit = strings[0] && strings.every((each) => each && typeof each === "string");
    if (given === undefined || isFit) continue;
    throw notTaken(given, `${name} of ${place}`, "at least one string that is not empty");
  }
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

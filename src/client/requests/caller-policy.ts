import { allNodeArns, documentArn, logGroupArns, nodeArn } from "../../domain/arns.ts";
import {
  CALLER_ACTIONS,
  type CallerCall,
  callOf,
  checkStrings,
  tagsCondition,
} from "../../domain/caller-calls.ts";
import type { IamPolicy, IamStatement } from "../../domain/iam-policy.ts";
import { notTaken } from "../../domain/in-message.ts";
import { checkOptions, isPlainObject, type OptionTable } from "../../domain/options.ts";
import { defaultLogGroupName } from "../../domain/output-names.ts";
import { targetsOf } from "./tag-targets.ts";

/**
 * What the caller does.
 *
 * @inline
 */
export type CallerPolicyOptions = {
  /**
   * The document that is sent, or several: by name, by ARN, or a pattern with `*`. In ARNs, AWS's own (names that begin with
   * `AWS` or `Amazon`) belong to no account. @default "*", which is every document, those of AWS only while accountId is "*"
   */
  readonly document?: string | readonly string[] | undefined;
  /**
   * The tags of the nodes, as for `tagTargets`: a node must have all of them, each with one of its values, which may be
   * patterns with `*`. @default every node
   */
  readonly tags?: Readonly<Record<string, string | readonly string[]>> | undefined;
  /** The ids of nodes, `i-…` or `mi-…`, beside those with the tags. @default every node */
  readonly instanceIds?: readonly string[] | undefined;
  /**
   * The operations that are called: CancelCommand, DescribeInstanceInformation, GetCommandInvocation, ListCommandInvocations,
   * ListCommands, SendCommand; DescribeLogStreams, FilterLogEvents, GetLogEvents. @default what `send` and `waitForTerminal` call:
   * SendCommand, ListCommands, ListCommandInvocations, GetCommandInvocation
   */
  readonly calls?: readonly CallerCall[] | undefined;
  /** The region to limit it to, or a pattern such as `us-gov-*`. @default "*" */
  readonly region?: string | undefined;
  /** The account to limit it to. @default "*" */
  readonly accountId?: string | undefined;
  /** The log group that is read, or a pattern with `*`. @default what `defaultLogGroupName` returns for the document */
  readonly logGroupName?: string | undefined;
};

const PLACE = "callerPolicy()";

/** The options of `callerPolicy()`. */
export const CALLER_POLICY_OPTIONS = {
  document: "any",
  tags: "any",
  instanceIds: "a list",
  calls: "a list",
  region: "a string",
  accountId: "a string",
  logGroupName: "a string",
} as const satisfies OptionTable<CallerPolicyOptions>;

/**
 * The least IAM policy for a list of calls, for the role of the *caller*: what nodes need is `AmazonSSMManagedInstanceCore`,
 * and {@link nodeLogsPolicy} for their logs. `fake.callerPolicy()` makes it from the calls that a test has made.
 *
 * SendCommand needs the document, and apart from it the nodes: a condition on tags would deny a document, which lacks them
 * [guide-run-command-tags]. Operations that know no resource have `*` [iam-actions-ssm]. The region decides the partition of
 * the ARNs, as in {@link nodeLogsPolicy}.
 *
 * `CancelCommand` is what `cancel()` and `onAbort: "cancel"` call, `DescribeInstanceInformation` `waitUntilManaged` and
 * `diagnoseNodes`; output in CloudWatch Logs is read with `DescribeLogStreams`, `GetLogEvents` and `FilterLogEvents`. Not in it: what
 * reading from a bucket needs (`s3:GetObject`, `s3:ListBucket`), and `iam:PassRole` for a `ServiceRoleArn`; `fake.callerPolicy()` has
 * both.
 *
 * @param options - What is sent where, and which calls are made.
 * @throws TypeError for an operation that is not among these; the message suggests the nearest name. For an empty
 *   list or string, which would make a policy that permits nothing, and for what is no string, too.
 * @throws RangeError for `tags` without a tag, or with a tag without a value.
 *
 * @example
 * ```ts
 * const calls = ["SendCommand", "ListCommands", "ListCommandInvocations"] as const;
 * const { Statement } = callerPolicy({ document: "AWS-RunShellScript", tags: { Role: "web" }, calls, region: "eu-west-1" });
 * Statement[0]?.Resource; //=> ["arn:aws:ssm:eu-west-1::document/AWS-RunShellScript"]
 * Statement[1]?.Resource; //=> ["arn:aws:ec2:eu-west-1:*:instance/*", "arn:aws:ssm:eu-west-1:*:managed-instance/*"]
 * Statement[1]?.Condition; //=> { StringLike: { "ssm:resourceTag/Role": ["web"] } }
 * Statement[2]; //=> { Effect: "Allow", Action: ["ssm:ListCommandInvocations", "ssm:ListCommands"], Resource: "*" }
 * ```
 */
export function callerPolicy(options: CallerPolicyOptions = {}): IamPolicy {
  checkOptions(options, CALLER_POLICY_OPTIONS, PLACE);
  const { tags, ...texts } = options;
  checkStrings(texts, PLACE);
  if (
    tags !== undefined &&
    !(
      isPlainObject(tags) &&
      Object.values(tags)
        .flat()
        .every((each) => typeof each === "string")
    )
  ) {
    throw notTaken(tags, `tags of ${PLACE}`, 'tags, such as { Role: "web" }');
  }
  const { aside, wait, send, logs } = CALLER_ACTIONS;
  const names = Object.values(CALLER_ACTIONS).flat().map(callOf);
  const { document = "*", instanceIds, region = "*", accountId = "*" } = texts;
  const calls: readonly string[] = texts.calls ?? [...send, ...wait].map(callOf);
  for (const each of calls) checkOptions({ calls: each }, { calls: names }, PLACE);
  const home = { region, accountId };
  const documents = [document].flat();
  const groups = [texts.logGroupName ?? documents.map(defaultLogGroupName)].flat();
  const nodes = allNodeArns(home);
  const named = instanceIds?.map((id) => nodeArn(id, home)) ?? (tags ? [] : nodes);
  const allow = (
    actions: readonly string[],
    arns: readonly string[],
    rest?: Partial<IamStatement>,
  ) => ({
    Effect: "Allow" as const,
    Action: actions.filter((each) => calls.includes(callOf(each))),
    Resource: [...new Set(arns)].sort(),
    ...rest,
  });
  const Statement = [
    allow(send, [...documents.map((each) => documentArn(each, home)), ...named]),
    allow(tags ? send : [], nodes, tags && { Condition: tagsCondition(targetsOf(tags, PLACE)) }),
    allow([...aside, ...wait], [], { Resource: "*" }),
    allow(
      logs,
      groups.flatMap((group) => logGroupArns(group, home)),
    ),
  ];
  return {
    Version: "2012-10-17",
    Statement: Statement.filter(({ Action }) => Action[0]),
  };
}

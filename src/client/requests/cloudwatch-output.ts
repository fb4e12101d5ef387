import type { CloudWatchOutputConfig } from "@aws-sdk/client-ssm";
import { logGroupArns } from "../../domain/arns.ts";
import type { IamPolicy } from "../../domain/iam-policy.ts";
import { LOG_GROUP_NAME } from "../../domain/limits.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";

/**
 * The `CloudWatchOutputConfig` of a request whose output goes to CloudWatch Logs. The agents write all of it there, without
 * the limits of the API.
 *
 * @param logGroupName - The log group. Without it each agent takes what {@link defaultLogGroupName} returns for the
 *   document.
 * @throws RangeError for a name that CloudWatch Logs would refuse (1 to 512 of `a-zA-Z0-9_-/.#` [logs-service-model]). With
 *   such a name the agent would write nothing and report no error, and the command would go on [agent-logs-publisher].
 *
 * @example
 * ```ts
 * cloudWatchOutput("/deploys/web"); //=> { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: "/deploys/web" }
 * ```
 */
export function cloudWatchOutput(logGroupName?: string): CloudWatchOutputConfig {
  if (logGroupName === undefined) return { CloudWatchOutputEnabled: true };
  if (!LOG_GROUP_NAME.test(logGroupName)) {
    throw new RangeError(
      `${JSON.stringify(logGroupName)} is not a name that CloudWatch Logs takes for a log group. Use 1 to 512 letters, digits and the characters _ - / . #.`,
    );
  }
  return { CloudWatchOutputEnabled: true, CloudWatchLogGroupName: logGroupName };
}

/**
 * Where nodes may write their logs.
 *
 * @inline
 */
export type NodeLogsOptions = {
  /** The log group, or a pattern with `*`. @default "/aws/ssm/*", which covers the agent's own names */
  readonly logGroupName?: string | undefined;
  /** The region to limit it to, or a pattern such as `us-gov-*`. @default "*" */
  readonly region?: string | undefined;
  /** The account to limit it to. @default "*" */
  readonly accountId?: string | undefined;
};

/** The options of `nodeLogsPolicy()`. */
export const NODE_LOGS_OPTIONS = {
  logGroupName: "a string",
  region: "a string",
  accountId: "a string",
} as const satisfies OptionTable<NodeLogsOptions>;

/**
 * The IAM policy that the role of a *node* needs so that its agent can write output to CloudWatch Logs; the caller of
 * SendCommand does not need it. Without it the command goes on and the logs stay empty.
 *
 * Source: [guide-cloudwatch-output]. The region decides the partition of the ARNs, such as `aws-cn`; without one it is
 * `aws` (our decision).
 *
 * @param options - The log group, region and account to limit it to.
 *
 * @example
 * ```ts
 * nodeLogsPolicy({ logGroupName: "/deploys/web", region: "eu-west-1" }).Statement[1]?.Resource;
 * //=> ["arn:aws:logs:eu-west-1:*:log-group:/deploys/web", "arn:aws:logs:eu-west-1:*:log-group:/deploys/web:*"]
 * nodeLogsPolicy({ region: "cn-north-1" }).Statement[1]?.Resource[0];
 * //=> "arn:aws-cn:logs:cn-north-1:*:log-group:/aws/ssm/*"
 * ```
 */
export function nodeLogsPolicy(options: NodeLogsOptions = {}): IamPolicy {
  checkOptions(options, NODE_LOGS_OPTIONS, "nodeLogsPolicy()");
  const { logGroupName = "/aws/ssm/*", region = "*", accountId = "*" } = options;
  return {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: "*" },
      {
        Effect: "Allow",
        Action: [
          "logs:CreateLogGroup",
          "logs:CreateLogStream",
          "logs:DescribeLogStreams",
          "logs:PutLogEvents",
        ],
        Resource: logGroupArns(logGroupName, { region, accountId }),
      },
    ],
  };
}

import { clientConfig, type FakeClientConfig } from "./adapters/sdk/client-config.ts";
import type { WireRequest, WireResponse } from "./adapters/wire.ts";
import type { Region } from "./region.ts";

/**
 * Options of {@link FakeLogs.clientConfig}.
 *
 * @inline
 */
export interface LogsClientOptions {
  /** Attempts in all that a client makes of a call. @default 3 */
  maxAttempts?: number;
}

/**
 * The fake's CloudWatch Logs: what the agents wrote, readable by a real `CloudWatchLogsClient`.
 *
 * It answers GetLogEvents, FilterLogEvents, DescribeLogGroups and DescribeLogStreams, and CreateLogGroup and
 * PutRetentionPolicy for nodes that may write to a log group and not make it.
 *
 * @example
 * ```ts
 * await sent.waitForTerminal();
 * const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
 * const { logGroups } = await logs.send(new DescribeLogGroupsCommand({}));
 * logGroups?.map(({ logGroupName }) => logGroupName); //=> ["/aws/ssm/AWS-RunShellScript"]
 * ```
 */
export interface FakeLogs {
  /** Answers a request of AWS JSON 1.1 (`Logs_20140328.*`): the seam for adapters of your own. */
  readonly answer: (request: WireRequest) => Promise<WireResponse>;
  /**
   * Configuration for a `CloudWatchLogsClient` of `@aws-sdk/client-cloudwatch-logs` that reads from the fake. Hermetic: no
   * network, no files, no environment. (The client is yours to make, so that this package does not need that one.)
   *
   * @example
   * ```ts
   * const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
   * ```
   */
  clientConfig(options?: LogsClientOptions): FakeClientConfig;
  /**
   * All that was written to a stream, or undefined when there is no such stream.
   *
   * @example
   * ```ts
   * const { stdout } = logStreamNames({ commandId, instanceId, pluginName: "aws:runShellScript" });
   * fake.logs.text("/aws/ssm/AWS-RunShellScript", stdout); //=> "deployed"
   * ```
   */
  text(group: string, stream: string): string | undefined;
}

/** The CloudWatch Logs of a fake, over those of its region. */
export function fakeLogs(
  { account, runDue, wire: answer }: Region,
  random: () => number,
): FakeLogs {
  const { region, clock } = account;
  return {
    answer: answer.logs,
    clientConfig: ({ maxAttempts } = {}) =>
      clientConfig({ service: "logs", region, clock, random, answer: answer.logs, maxAttempts }),
    text: (group, stream) => {
      runDue();
      return account.logs.text(group, stream);
    },
  };
}

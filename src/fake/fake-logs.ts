import { checkOptions, type OptionTable } from "../domain/options.ts";
import { clientConfig, type FakeClientConfig } from "./adapters/sdk/client-config.ts";
import type { WireRequest, WireResponse } from "./adapters/wire.ts";
import type { Region } from "./region.ts";

/**
 * Options of {@link FakeLogs.clientConfig}.
 *
 * @inline
 */
export type LogsClientOptions = {
  /** How often the client tries a call, the first time included. @default 3 */
  maxAttempts?: number | undefined;
};

/** The options of `fake.logs.clientConfig()`. */
export const LOGS_CLIENT_OPTIONS = {
  maxAttempts: "any",
} as const satisfies OptionTable<LogsClientOptions>;

/**
 * The fake's CloudWatch Logs: what the agents wrote, readable by a real `CloudWatchLogsClient`.
 *
 * It answers GetLogEvents, FilterLogEvents, DescribeLogGroups and DescribeLogStreams. It also answers CreateLogGroup and
 * PutRetentionPolicy, for nodes that may write to a log group but not make one.
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
  /** Answers a request of AWS JSON 1.1 (`Logs_20140328.*`): the way in for adapters of your own. */
  readonly answer: (request: WireRequest) => Promise<WireResponse>;
  /**
   * Configuration for a `CloudWatchLogsClient` of `@aws-sdk/client-cloudwatch-logs` that reads from the fake. It stays
   * inside the process: no network, no files, no environment variables. (You make the client, so that this package does not depend on
   * that one.)
   *
   * @example
   * ```ts
   * const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
   * ```
   */
  clientConfig(options?: LogsClientOptions): FakeClientConfig;
  /**
   * All that was written to a stream, or undefined if the stream does not exist.
   *
   * @example
   * ```ts
   * const { stdout } = logStreamNames({ commandId, instanceId, pluginName: "aws:runShellScript" });
   * fake.logs.text("/aws/ssm/AWS-RunShellScript", stdout); //=> "deployed"
   * ```
   */
  text(group: string, stream: string): string | undefined;
}

/** The CloudWatch Logs of a fake, on top of those of its region. */
export function fakeLogs({ account, runDue, wire }: Region, random: () => number): FakeLogs {
  const { region, clock } = account;
  return {
    answer: wire.logs,
    clientConfig: (options = {}) => {
      checkOptions(options, LOGS_CLIENT_OPTIONS, "fake.logs.clientConfig()");
      const { maxAttempts } = options;
      return clientConfig({
        ...{ service: "logs", region, clock, random, maxAttempts },
        answer: wire.logs,
      });
    },
    text: (group, stream) => {
      runDue();
      return account.logs.text(group, stream);
    },
  };
}

import { answerAwsJson } from "./adapters/aws-json.ts";
import { type HermeticConfig, hermeticConfig } from "./adapters/hermetic-config.ts";
import { LogService } from "./logs/log-service.ts";
import type { Account } from "./service/account.ts";

/** Options of {@link FakeLogs.clientConfig}. */
export interface LogsClientOptions {
  /** Attempts in all that a client makes of a call. @default 3 */
  maxAttempts?: number;
}

/** What {@link FakeLogs} stands on. */
export interface LogsBehind {
  readonly account: Account;
  /** Runs what is due, so that a reader sees what has been written by now. */
  readonly settle: () => Promise<void>;
  readonly runDue: () => void;
  readonly requestId: () => string;
  readonly random: () => number;
}

/**
 * The fake's CloudWatch Logs: what the agents wrote, readable by a real `CloudWatchLogsClient`.
 *
 * It answers GetLogEvents, FilterLogEvents, DescribeLogGroups and DescribeLogStreams.
 */
export class FakeLogs {
  readonly #behind: LogsBehind;
  readonly #service: LogService;

  /** @internal */
  constructor(behind: LogsBehind) {
    const { logs: store, region, accountId } = behind.account;
    this.#behind = behind;
    this.#service = new LogService({ store, region, accountId });
  }

  /**
   * Configuration for a `CloudWatchLogsClient` of `@aws-sdk/client-cloudwatch-logs` that reads from the fake. Hermetic: no
   * network, no files, no environment. (The client is yours to make, so that this package does not need that one.)
   *
   * @example
   * ```ts
   * const logs = new CloudWatchLogsClient(fake.logs.clientConfig());
   * ```
   */
  clientConfig({ maxAttempts }: LogsClientOptions = {}): HermeticConfig {
    const { account, settle, requestId, random } = this.#behind;
    const service = {
      target: "Logs_20140328",
      requestId,
      call: async (operation: string, input: unknown) => {
        await settle();
        return this.#service.call(operation, input);
      },
    };
    return hermeticConfig({
      service: "logs",
      region: account.region,
      clock: account.clock,
      random,
      answer: (request) => answerAwsJson(request, service),
      maxAttempts,
    });
  }

  /**
   * All that was written to a stream, or undefined when there is no such stream.
   *
   * @example
   * ```ts
   * const { stdout } = logStreamNames({ commandId, instanceId, pluginName: "aws:runShellScript" });
   * fake.logs.text("/aws/ssm/AWS-RunShellScript", stdout); //=> "deployed\n"
   * ```
   */
  text(group: string, stream: string): string | undefined {
    this.#behind.runDue();
    return this.#behind.account.logs.text(group, stream);
  }
}

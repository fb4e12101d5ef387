import type { Account } from "./account/account.ts";
import { answerAwsJson } from "./adapters/aws-json.ts";
import { type HermeticConfig, hermeticConfig } from "./adapters/sdk/client-config.ts";
import type { WireRequest, WireResponse } from "./adapters/wire.ts";
import { LogService } from "./logs/logs-service.ts";

/**
 * Options of {@link FakeLogs.clientConfig}.
 *
 * @example
 * ```ts
 * const logs = new CloudWatchLogsClient(fake.logs.clientConfig({ maxAttempts: 1 }));
 * await logs.config.maxAttempts(); //=> 1
 * ```
 */
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
export class FakeLogs {
  /** Answers a request of AWS JSON 1.1 (`Logs_20140328.*`): the seam for adapters of your own. */
  readonly answer: (request: WireRequest) => Promise<WireResponse>;
  readonly #behind: LogsBehind;

  /** @internal */
  constructor(behind: LogsBehind) {
    const { logs: store, region, accountId, clock } = behind.account;
    const service = new LogService({ store, region, accountId, now: () => clock.now() });
    this.#behind = behind;
    this.answer = (request) =>
      answerAwsJson(request, {
        target: "Logs_20140328",
        requestId: behind.requestId,
        // PutRetentionPolicy's page promises an empty body; the model gives neither an output.
        withoutOutput: ["CreateLogGroup", "PutRetentionPolicy"],
        call: async (operation, input) => {
          await behind.settle();
          return service.call(operation, input);
        },
      });
  }

  /** @internal Where it stands. */
  get place(): { readonly region: string; readonly accountId: string } {
    const { region, accountId } = this.#behind.account;
    return { region, accountId };
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
    const { account, random } = this.#behind;
    return hermeticConfig({
      service: "logs",
      region: account.region,
      clock: account.clock,
      random,
      answer: this.answer,
      maxAttempts,
    });
  }

  /**
   * All that was written to a stream, or undefined when there is no such stream.
   *
   * @example
   * ```ts
   * const { stdout } = logStreamNames({ commandId, instanceId, pluginName: "aws:runShellScript" });
   * fake.logs.text("/aws/ssm/AWS-RunShellScript", stdout); //=> "deployed"
   * ```
   */
  text(group: string, stream: string): string | undefined {
    this.#behind.runDue();
    return this.#behind.account.logs.text(group, stream);
  }
}

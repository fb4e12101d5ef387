import { callOperation, type Operation } from "../calls/operation.ts";
import { LOGS_OPERATIONS, type LogsOperation } from "../calls/operation-name.ts";
import { type Result, refuse } from "../result.ts";
import type { LogAccount } from "./log-account.ts";
import { LOGS_DIALECT } from "./logs-operation.ts";
import { createLogGroup } from "./operations/create-log-group.ts";
import { describeLogGroups } from "./operations/describe-log-groups.ts";
import { describeLogStreams } from "./operations/describe-log-streams.ts";
import { filterLogEvents } from "./operations/filter-log-events.ts";
import { getLogEvents } from "./operations/get-log-events.ts";
import { putRetentionPolicy } from "./operations/put-retention-policy.ts";

/** The operations of CloudWatch Logs that the fake answers. */
const LOGS_TABLE: Readonly<Record<LogsOperation, Operation<LogAccount>>> = {
  CreateLogGroup: createLogGroup,
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  PutRetentionPolicy: putRetentionPolicy,
};

/**
 * CloudWatch Logs for those who read: answers calls about what the agents have written to the store.
 *
 * @example
 * ```ts
 * const logs = new LogService({ store, region: "us-east-1", accountId: "123456789012", now: () => clock.now() });
 * await logs.call("DescribeLogGroups", {}); //=> { ok: true, value: { logGroups: [] } }
 * ```
 */
export class LogService {
  readonly #account: LogAccount;

  /** @param account - The store, the region and account that stand in ARNs, and the time. */
  constructor(account: LogAccount) {
    this.#account = account;
  }

  /**
   * Answers a call, or refuses it. Members are named as on the wire (`logGroupName`); times are milliseconds since 1970.
   *
   * @param operation - Such as `GetLogEvents`. One that `LOGS_OPERATIONS` does not name is refused with
   *   `UnknownOperationException` and a sentence of ours: AWS knows the operation, so that no message of AWS's fits.
   * @param input - The request as parsed JSON; it is checked here.
   */
  async call(operation: string, input: unknown): Promise<Result<unknown>> {
    const name = LOGS_OPERATIONS.find((each) => each === operation);
    if (name === undefined) {
      const answered = LOGS_OPERATIONS.join(", ");
      return refuse(
        "UnknownOperationException",
        `The fake's CloudWatch Logs does not answer ${operation.slice(0, 100)}. It answers ${answered}.`,
      );
    }
    return callOperation(LOGS_TABLE[name], {
      input,
      context: this.#account,
      dialect: LOGS_DIALECT,
    });
  }
}

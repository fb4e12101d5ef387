import { type Answer, refused } from "../result.ts";
import type { LogAccount } from "./log-account.ts";
import { createLogGroup } from "./operations/create-log-group.ts";
import { describeLogGroups } from "./operations/describe-log-groups.ts";
import { describeLogStreams } from "./operations/describe-log-streams.ts";
import { filterLogEvents } from "./operations/filter-log-events.ts";
import { getLogEvents } from "./operations/get-log-events.ts";
import { putRetentionPolicy } from "./operations/put-retention-policy.ts";

const OPERATIONS = {
  CreateLogGroup: createLogGroup,
  DescribeLogGroups: describeLogGroups,
  DescribeLogStreams: describeLogStreams,
  FilterLogEvents: filterLogEvents,
  GetLogEvents: getLogEvents,
  PutRetentionPolicy: putRetentionPolicy,
} as const satisfies Record<string, (account: LogAccount, input: unknown) => Answer<unknown>>;

/** An operation of CloudWatch Logs that the fake answers. */
export type LogOperation = keyof typeof OPERATIONS;

/** The operations of CloudWatch Logs that the fake answers, by name. */
// Object.keys of a literal gives the keys that its type has.
export const LOG_OPERATIONS = Object.keys(OPERATIONS) as readonly LogOperation[];

/**
 * CloudWatch Logs for those who read: answers calls over a store that the agents write to.
 *
 * @example
 * ```ts
 * const logs = new LogService({ store, region: "us-east-1", accountId: "123456789012", now: () => clock.now() });
 * logs.call("DescribeLogGroups", {}); //=> { ok: true, answer: { logGroups: [] } }
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
   * @param operation - Such as `GetLogEvents`. One that is not answered is refused with `UnknownOperationException`,
   *   without a message, as seen of CloudWatch Logs; {@link LOG_OPERATIONS} names those that are.
   * @param input - The request as parsed JSON; it is checked here.
   */
  call(operation: string, input: unknown): Answer<unknown> {
    if (!isLogOperation(operation)) return refused("UnknownOperationException");
    return OPERATIONS[operation](this.#account, input);
  }
}

function isLogOperation(operation: string): operation is LogOperation {
  return Object.hasOwn(OPERATIONS, operation);
}

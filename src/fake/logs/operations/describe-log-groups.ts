import type { DescribeLogGroupsRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { EpochMs } from "../../../time/clock.ts";
import { compareText, firstIndex } from "../../calls/ordered.ts";
import { takePage, walk } from "../../calls/paging.ts";
import { ok, refuse } from "../../result.ts";
import { refusedToken } from "../event-cursor.ts";
import {
  GROUP_CLASS,
  GROUP_MEMBERS,
  groupArn,
  type LogAccount,
  NEXT_TOKEN,
  nameFromIdentifier,
} from "../log-account.ts";
import type { LogGroup } from "../log-group.ts";
import { logsOperation } from "../logs-operation.ts";

/** The answer of DescribeLogGroups. */
export interface DescribeLogGroupsResponse {
  readonly logGroups: readonly ShownLogGroup[];
  readonly nextToken?: string;
}

/** A log group as DescribeLogGroups shows it; with `logGroupNamePattern` it has only the first three members. */
export interface ShownLogGroup {
  readonly logGroupName: string;
  readonly creationTime: EpochMs;
  /** With `:*` at the end. */
  readonly arn: string;
  readonly logGroupArn?: string;
  readonly logGroupClass?: "STANDARD";
  readonly metricFilterCount?: 0;
  readonly storedBytes?: number;
  /** Absent when events are kept for ever. */
  readonly retentionInDays?: number;
}

/** The token of an empty first page. */
const BEGINNING = ":";

/**
 * One page of the log groups, by name: all of them, those with a prefix, those with a part in their name, or those of a
 * list.
 *
 * - Every group is of class STANDARD, and there are no linked accounts: `accountIdentifiers` and `includeLinkedAccounts`
 *   are ignored.
 * - A token is the name of the last group of its page, or of an empty first page one that no group can have. AWS's was the name of a group, too [logs-seen-token-2019].
 */
export const describeLogGroups = logsOperation<DescribeLogGroupsRequest, DescribeLogGroupsResponse>(
  {
    accountIdentifiers: { type: "list", of: { type: "string" } },
    logGroupNamePrefix: GROUP_MEMBERS.logGroupName,
    logGroupNamePattern: { type: "string", min: 0, max: 512, pattern: "[.\\-_/#A-Za-z0-9]*" },
    logGroupIdentifiers: { type: "list", min: 1, max: 50, of: { type: "string" } },
    logGroupClass: GROUP_CLASS,
    nextToken: NEXT_TOKEN,
    limit: { type: "integer", min: 1, max: 50 },
    includeLinkedAccounts: { type: "boolean" },
  },
  (request, account) => {
    const { logGroupNamePrefix, logGroupNamePattern, logGroupIdentifiers } = request;
    const { logGroupClass = "STANDARD", nextToken, limit = 50 } = request;
    if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
      return refuse(
        "InvalidParameterException",
        "Specify either logGroupNamePrefix or logGroupNamePattern, and not both.",
      );
    }
    const after = nextToken === BEGINNING ? undefined : nextToken;
    if (after !== undefined && account.store.group(after) === undefined) return refusedToken();

    const groups = account.store.groups();
    const named =
      logGroupIdentifiers &&
      new Set(logGroupIdentifiers.map((id) => nameFromIdentifier(account, id)));
    const isAsked = ({ name }: LogGroup) =>
      logGroupClass === "STANDARD" &&
      name.startsWith(logGroupNamePrefix ?? "") &&
      name.includes(logGroupNamePattern ?? "") &&
      (named?.has(name) ?? true);
    const from =
      after === undefined ? 0 : firstIndex(groups, ({ name }) => compareText(name, after) > 0);
    const { page, more } = takePage(walk(groups, { from, where: isAsked }), {
      ...{ limit, token: nextToken, pages: account.pages },
    });
    return ok({
      logGroups: page.map((group) =>
        logGroupNamePattern === undefined ? full(account, group) : brief(account, group),
      ),
      ...(more && { nextToken: page.at(-1)?.name ?? BEGINNING }),
    });
  },
);

function brief(account: LogAccount, { name, createdAt }: LogGroup): ShownLogGroup {
  return { logGroupName: name, creationTime: createdAt, arn: `${groupArn(account, name)}:*` };
}

function full(account: LogAccount, group: LogGroup): ShownLogGroup {
  return {
    ...brief(account, group),
    logGroupArn: groupArn(account, group.name),
    logGroupClass: "STANDARD",
    metricFilterCount: 0,
    storedBytes: group.storedBytes,
    ...(group.retentionInDays !== undefined && { retentionInDays: group.retentionInDays }),
  };
}

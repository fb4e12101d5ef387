import type { EpochMs } from "../../time/clock.ts";
import { ok, type Result, refuse } from "../result.ts";
import type { LogGroup, LogStream } from "./log-group.ts";
import type { LogStore } from "./log-store.ts";

/** The account whose logs are read: what is stored, and what its ARNs say. */
export interface LogAccount {
  readonly store: LogStore;
  /** Such as `us-east-1`. */
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** The time at which groups are made that nobody has written to. */
  readonly now: () => EpochMs;
}

/** The two members by which a request may say which log group it means. Source: the service model. */
export const GROUP_MEMBERS = {
  logGroupName: { type: "string", min: 1, max: 512, pattern: "[.\\-_/#A-Za-z0-9]+" },
  logGroupIdentifier: { type: "string", min: 1, max: 2048, pattern: "[\\w#+=/:,.@-]*" },
} as const;

/** A member that names a log stream, or the beginning of such names. Source: the service model. */
export const STREAM_NAME = { type: "string", min: 1, max: 512, pattern: "[^:*]*" } as const;

/** The member that says where a listing goes on. Source: the service model. */
export const NEXT_TOKEN = { type: "string", min: 1 } as const;

/** The member by which a request may say of which class a log group is. Source: the service model. */
export const GROUP_CLASS = {
  type: "string",
  oneOf: ["STANDARD", "INFREQUENT_ACCESS", "ESSENTIALS", "DELIVERY"],
} as const;

/** The ARN of a log group, without the `:*` that its older form has at the end. */
export function groupArn({ region, accountId }: LogAccount, group: string): string {
  return `arn:aws:logs:${region}:${accountId}:log-group:${group}`;
}

/**
 * The log group that a request means, by name or by identifier, which is a name or an ARN. One of the two has to be
 * there, and not both (AWS's page; the texts of that refusal are ours). The ARN of another account or region leads nowhere.
 */
export function findGroup(
  account: LogAccount,
  request: {
    readonly logGroupName?: string | undefined;
    readonly logGroupIdentifier?: string | undefined;
  },
): Result<LogGroup> {
  const { logGroupName, logGroupIdentifier } = request;
  if ((logGroupName === undefined) === (logGroupIdentifier === undefined)) {
    return refuse(
      "InvalidParameterException",
      "Specify either logGroupName or logGroupIdentifier, and not both.",
    );
  }
  const name = logGroupName ?? nameFromIdentifier(account, logGroupIdentifier ?? "");
  const group = account.store.group(name);
  if (group !== undefined) return ok(group);
  return refuse("ResourceNotFoundException", "The specified log group does not exist.");
}

/** The name in an identifier: an ARN of this account without what comes before the name, anything else as it is. */
export function nameFromIdentifier(account: LogAccount, identifier: string): string {
  const prefix = groupArn(account, "");
  return identifier.startsWith(prefix) ? identifier.slice(prefix.length) : identifier;
}

/** The stream of that name, or the refusal that AWS gives (seen on GetLogEvents and FilterLogEvents). */
export function findStream(group: LogGroup, name: string): Result<LogStream> {
  const stream = group.stream(name);
  if (stream !== undefined) return ok(stream);
  return refuse("ResourceNotFoundException", "The specified log stream does not exist.");
}

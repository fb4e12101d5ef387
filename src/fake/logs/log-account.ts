import { arnOf } from "../../domain/partition.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Pages } from "../calls/paging.ts";
import { ok, type Result, refuse } from "../result.ts";
import type { LogGroup, LogStream } from "./log-group.ts";
import type { LogStore } from "./log-store.ts";

/** The account whose logs are read: what is stored, and what its ARNs contain. */
export interface LogAccount {
  readonly store: LogStore;
  /** Such as `us-east-1`. */
  readonly region: string;
  /** Twelve digits. */
  readonly accountId: string;
  /** The present time, at which a group is created that a caller asks for, and by which tokens grow old. */
  readonly now: () => EpochMs;
  /** How small its pages are. @default as long as requests ask */
  readonly pages?: Pages;
}

/** The two members by which a request may name its log group. Source: [logs-service-model]. */
export const GROUP_MEMBERS = {
  logGroupName: { type: "string", min: 1, max: 512, pattern: "[.\\-_/#A-Za-z0-9]+" },
  logGroupIdentifier: { type: "string", min: 1, max: 2048, pattern: "[\\w#+=/:,.@-]*" },
} as const;

/** A member that names a log stream, or the beginning of such names. Source: [logs-service-model]. */
export const STREAM_NAME = { type: "string", min: 1, max: 512, pattern: "[^:*]*" } as const;

/** The member that says where a listing continues. Source: [logs-service-model]. */
export const NEXT_TOKEN = { type: "string", min: 1 } as const;

/** The member by which a request may name the class of a log group. Source: [logs-service-model]. */
export const GROUP_CLASS = {
  type: "string",
  oneOf: ["STANDARD", "INFREQUENT_ACCESS", "ESSENTIALS", "DELIVERY"],
} as const;

/** The ARN of a log group, without the `:*` at the end of its older form. */
export function groupArn({ region, accountId }: LogAccount, group: string): string {
  return arnOf("logs", { region, accountId, resource: `log-group:${group}` });
}

/**
 * The log group that a request means, by name or by identifier, which is a name or an ARN. Exactly one of the two has to be
 * given ([logs-get-events]; the message of that refusal is ours). No group has the ARN of another account or region.
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

/** The name in an identifier: of an ARN of this account what follows the prefix, of anything else all of it. */
export function nameFromIdentifier(account: LogAccount, identifier: string): string {
  const prefix = groupArn(account, "");
  return identifier.startsWith(prefix) ? identifier.slice(prefix.length) : identifier;
}

/** The stream of that name, or the refusal that AWS gives [logs-seen-stream-2022] [logs-seen-filter-2022]. */
export function findStream(group: LogGroup, name: string): Result<LogStream> {
  const stream = group.stream(name);
  if (stream !== undefined) return ok(stream);
  return refuse("ResourceNotFoundException", "The specified log stream does not exist.");
}

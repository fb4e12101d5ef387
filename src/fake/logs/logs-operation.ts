import type { CheckedRequest, Constraint, MembersOf } from "../calls/constraint.ts";
import { type Operation, operation } from "../calls/operation.ts";
import type { Dialect } from "../calls/request.ts";
import type { Result } from "../result.ts";
import type { LogAccount } from "./log-account.ts";

/** An operation of CloudWatch Logs. */
export function logsOperation<Request extends object, Output extends object>(
  members: MembersOf<Request>,
  handle: (request: CheckedRequest<Request>, account: LogAccount) => Result<Output>,
): Operation<LogAccount, Output> {
  return operation(members, handle);
}

/**
 * How CloudWatch Logs words what is wrong with a request: members as they are named, values shown
 * [logs-seen-violation-2021]. The messages about wrong JSON types are those of other services of AWS that speak the same
 * protocol [report-wrong-json-type].
 */
export const LOGS_DIALECT: Dialect = {
  invalid: "InvalidParameterException",
  named: (member) => member,
  ofWrongType: (value, { type }: Constraint) => {
    if (type === "list") return "Expected list or null";
    if (Array.isArray(value)) return "Start of list found where not expected";
    if (typeof value === "object" && value !== null) {
      return "Start of structure or map found where not expected.";
    }
    if (type === "map" || type === "structure") return undefined;
    const kind = typeof value === "boolean" ? String(value) : typeof value;
    const wanted = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
    return `${kind.toUpperCase()}_VALUE can not be converted to ${/^[AEIOU]/.test(wanted) ? "an" : "a"} ${wanted}`;
  },
};

import type { Account } from "../account/account.ts";
import type { CheckedRequest, MembersOf } from "../calls/constraint.ts";
import { type Operation, operation } from "../calls/operation.ts";
import type { Dialect } from "../calls/request.ts";
import type { Result } from "../result.ts";
import type { CommandRunner } from "../runtime/command-runner.ts";

/** What the operations of Systems Manager work on. */
export interface SsmContext {
  readonly account: Account;
  readonly runner: CommandRunner;
}

/** An operation of Systems Manager. */
export function ssmOperation<Request extends object, Output extends object>(
  members: MembersOf<Request>,
  handle: (
    request: CheckedRequest<Request>,
    context: SsmContext,
  ) => Result<Output> | Promise<Result<Output>>,
): Operation<SsmContext, Output> {
  return operation(members, handle);
}

/**
 * How Systems Manager words what is wrong with a request: paths are in lowerCamelCase; values are shown
 * [rec-2026-09-27-admission] [rec-2026-10-01-alarm-requests], but not those of filters and sizes of pages
 * [rec-2026-09-27-control-edges] and not `Parameters`, which [api-ssm-model] marks as sensitive; a wrong JSON type gets no
 * message.
 */
export const SSM_DIALECT: Dialect = {
  invalid: "ValidationException",
  named: (member) => member.charAt(0).toLowerCase() + member.slice(1),
  ofWrongType: () => undefined,
};

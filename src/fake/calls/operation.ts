import type { Refusal, Result } from "../result.ts";
import type { CheckedRequest, Members, MembersOf } from "./constraint.ts";
import { type Dialect, readRequest } from "./request.ts";

/**
 * An operation of a service: what a request may hold, and how it is answered. `Context` is shared by all operations of the
 * service.
 */
export interface Operation<Context, Output = unknown> {
  readonly members: Members;
  /** @param request - As `members` describes it. */
  readonly handle: (
    request: Readonly<Record<string, unknown>>,
    context: Context,
  ) => Result<Output> | Promise<Result<Output>>;
}

/**
 * An operation as one value. Its table needs a row for every member of the SDK's request type. Its function gets a request
 * of that type, whose required members are present.
 */
export function operation<Request extends object, Output extends object, Context>(
  members: MembersOf<Request>,
  handle: (
    request: CheckedRequest<Request>,
    context: Context,
  ) => Result<Output> | Promise<Result<Output>>,
): Operation<Context, Output> {
  return {
    // MembersOf requires a row for each member, and a row is a Constraint.
    members: members as unknown as Members,
    // The request was read by the table that MembersOf makes of its type.
    handle: (request, context) => handle(request as CheckedRequest<Request>, context),
  };
}

/** The input of a call, and what the service reads and answers it with. */
export interface OperationCall<Context> {
  readonly input: unknown;
  readonly context: Context;
  readonly dialect: Dialect;
  /** The refusal of a request that the caller may not make. @default every caller may make every request */
  readonly authorize?: (request: Readonly<Record<string, unknown>>) => Refusal | undefined;
}

/** Checks a request as its service does, and answers it if it is valid and allowed, which are checked in this order (our decision). */
export function callOperation<Context, Output>(
  { members, handle }: Operation<Context, Output>,
  { input, context, dialect, authorize }: OperationCall<Context>,
): Result<Output> | Promise<Result<Output>> {
  const request = readRequest(input, members, dialect);
  if (!request.ok) return request;
  const refusal = authorize?.(request.value);
  return refusal === undefined ? handle(request.value, context) : { ok: false, refusal };
}

import type { Result } from "../result.ts";
import type { CheckedRequest, Members, MembersOf } from "./constraint.ts";
import { type Dialect, readRequest } from "./request.ts";

/** An operation of a service: what a request may hold, and what comes of it. `Context` is what all of a service stand on. */
export interface Operation<Context, Output = unknown> {
  readonly members: Members;
  /** @param request - As `members` describes it. */
  readonly handle: (
    request: Readonly<Record<string, unknown>>,
    context: Context,
  ) => Result<Output> | Promise<Result<Output>>;
}

/**
 * An operation as one value. Its table of members has to have every member of the SDK's request type, and its handler gets
 * the request as that type has it, what is required being there.
 */
export function operation<Request extends object, Output extends object, Context>(
  members: MembersOf<Request>,
  answer: (
    request: CheckedRequest<Request>,
    context: Context,
  ) => Result<Output> | Promise<Result<Output>>,
): Operation<Context, Output> {
  return {
    // MembersOf asks for a row per member, and a row is a Constraint.
    members: members as unknown as Members,
    // The request was read by the table that MembersOf makes of its type.
    handle: (request, context) => answer(request as CheckedRequest<Request>, context),
  };
}

/** What is called, of whom. */
export interface OperationCall<Context> {
  readonly input: unknown;
  readonly context: Context;
  readonly dialect: Dialect;
}

/** Checks a request as its service does, and answers it. */
export function callOperation<Context, Output>(
  { members, handle: answer }: Operation<Context, Output>,
  { input, context, dialect }: OperationCall<Context>,
): Result<Output> | Promise<Result<Output>> {
  const request = readRequest(input, members, dialect);
  return request.ok ? answer(request.value, context) : request;
}

import { checkOptions, type OptionTable } from "../../../domain/options.ts";
import {
  CALL_OPTIONS,
  type CallOptions,
  RUN_COMMAND_OPERATIONS,
  type RunCommandMethods,
} from "../../../domain/run-command-api.ts";
import { forgivingReset } from "../../calls/call-time.ts";
import type { Members } from "../../calls/constraint.ts";
import type { SsmOperation } from "../../calls/operation-name.ts";
import type { Call } from "../../calls/pipeline.ts";
import { unlessAborted } from "../aborted.ts";
import { toException } from "./exceptions.ts";
import { nearestJson } from "./nearest-json.ts";

/** What the object API needs of the fake. */
export interface ObjectService {
  readonly call: Call;
  readonly requestId: () => string;
  /** What the request of an operation may have. */
  readonly membersOf: (operation: SsmOperation) => Members;
}

/**
 * The operations as plain functions, none of which needs a `this`. The input is copied as the JSON that the SDK would send,
 * the answer is copied with real dates, and refusals are thrown as the SDK's own exceptions. Nothing is shared with the
 * caller.
 */
export function objectApi(service: ObjectService): RunCommandMethods {
  const methods = Object.entries(RUN_COMMAND_OPERATIONS).map(([method, operation]) => [
    method,
    (input: object, options?: CallOptions) =>
      forgivingReset(callOf(service, { operation, input, options })),
  ]);
  // The list has every method of the API, and each operation of the service returns its own output.
  return Object.fromEntries(methods) as RunCommandMethods;
}

/** The options of a call that the SDK's own clients take. */
const SDK_CALL_OPTIONS = {
  ...CALL_OPTIONS,
  requestTimeout: "any",
} as const satisfies OptionTable<CallOptions & { readonly requestTimeout: number }>;

async function callOf(
  { call, requestId, membersOf }: ObjectService,
  {
    operation,
    input,
    options,
  }: {
    readonly operation: SsmOperation;
    readonly input: object;
    readonly options: CallOptions | undefined;
  },
): Promise<object> {
  checkOptions(options, SDK_CALL_OPTIONS, `${operation}`);
  const sent = nearestJson(input, membersOf(operation)) ?? {};
  const result = await unlessAborted(options?.abortSignal, () => call(operation, sent));
  // The error of reading a body that was cut.
  if (result.ok === "broken") throw new SyntaxError("Unexpected end of JSON input");
  if (!result.ok) throw toException(result.refusal, requestId());
  const $metadata = {
    httpStatusCode: 200,
    requestId: requestId(),
    attempts: 1,
    totalRetryDelay: 0,
  };
  // An operation returns a structure, and a handler of the test an object.
  return { ...structuredClone(result.value as object), $metadata };
}

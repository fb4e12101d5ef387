import type * as ssm from "@aws-sdk/client-ssm";
import type { Refusal } from "../../result.ts";
import { ssmModule } from "../sdk/ssm-module.ts";

/** The message that the SDK gives an error for which the service sends none. */
const NO_MESSAGE = "UnknownError";

type ExceptionClass = new (options: {
  message: string;
  $metadata: ssm.SSMServiceException["$metadata"];
}) => ssm.SSMServiceException;

/**
 * A refusal as the SDK would throw it: as its own class if it has one, otherwise as an SSMServiceException of that name.
 * The classes are looked up by name, because older SDKs lack some (`ValidationException` before 2025), and an import of a
 * missing one would fail. What the author of the test can do about it is the cause.
 */
export function toException({ why, ...refusal }: Refusal, requestId: string): Error {
  const exception = exceptionOf(refusal, requestId);
  if (why !== undefined) exception.cause = new Error(why);
  return exception;
}

function exceptionOf({ name, message = NO_MESSAGE }: Refusal, requestId: string): Error {
  const $metadata = {
    httpStatusCode: name === "InternalServerError" ? 500 : 400,
    requestId,
    attempts: 1,
    totalRetryDelay: 0,
  };
  const found = classNamed(name);
  if (found !== undefined) return new found({ message, $metadata });
  const { SSMServiceException } = ssmModule();
  return new SSMServiceException({ name, $fault: "client", message, $metadata });
}

function classNamed(name: string): ExceptionClass | undefined {
  const module = ssmModule();
  const found = Object.hasOwn(module, name) ? Reflect.get(module, name) : undefined;
  const isException =
    typeof found === "function" && found.prototype instanceof module.SSMServiceException;
  // Every subclass of SSMServiceException in the SDK has this constructor.
  return isException ? (found as ExceptionClass) : undefined;
}

import * as ssm from "@aws-sdk/client-ssm";
import type { Refusal } from "../../result.ts";

/** What a text of an error is when the service sends none; the SDK's word for it. */
const NO_MESSAGE = "UnknownError";

type ExceptionClass = new (options: {
  message: string;
  $metadata: ssm.SSMServiceException["$metadata"];
}) => ssm.SSMServiceException;

/**
 * A refusal as the SDK would throw it: its own class where it has one, otherwise an SSMServiceException of that name. The
 * classes are looked up, because older SDKs lack some (`ValidationException` before 2025) and naming one would not link.
 */
export function toException({ name, message = NO_MESSAGE }: Refusal, requestId: string): Error {
  const $metadata = {
    httpStatusCode: name === "InternalServerError" ? 500 : 400,
    requestId,
    attempts: 1,
    totalRetryDelay: 0,
  };
  const found = classNamed(name);
  if (found !== undefined) return new found({ message, $metadata });
  return new ssm.SSMServiceException({ name, $fault: "client", message, $metadata });
}

function classNamed(name: string): ExceptionClass | undefined {
  const found = Object.hasOwn(ssm, name) ? Reflect.get(ssm, name) : undefined;
  const isException =
    typeof found === "function" && found.prototype instanceof ssm.SSMServiceException;
  // Every subclass of SSMServiceException in the SDK is constructed so.
  return isException ? (found as ExceptionClass) : undefined;
}

import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { TIMEOUT_SECONDS } from "../../domain/limits.ts";
import { countedExecutionSeconds } from "../../domain/timeouts.ts";

/**
 * The seconds after which the service gives a command up, counted as `ExpiresAfter - RequestedDateTime`: the time for
 * delivery (`TimeoutSeconds`) *plus* the time for execution.
 *
 * - Execution counts `Parameters.executionTimeout`, and 3600 when it is not given; the document's own default is ignored
 *   (recorded 2026-09). So a document that is not known here counts 3600.
 * - A document with several steps counts their sum: give `stepTimeouts`. A step without a usable number counts 3600.
 *
 * @param request - The request, or those two members of it.
 * @param options - `stepTimeouts`: the `timeoutSeconds` of each step that has one, in seconds.
 *
 * @example
 * ```ts
 * totalTimeoutSeconds({ ...runShellScript("uptime", { executionTimeout: "60s" }), TimeoutSeconds: 30 }); //=> 90
 * ```
 */
export function totalTimeoutSeconds(
  request: Pick<SendCommandCommandInput, "TimeoutSeconds" | "Parameters">,
  {
    stepTimeouts = [],
  }: {
    /** The `timeoutSeconds` of each step that has one. @default one step, that of `Parameters.executionTimeout` */
    readonly stepTimeouts?: readonly number[];
  } = {},
): number {
  const delivery = request.TimeoutSeconds ?? TIMEOUT_SECONDS.byDefault;
  const steps =
    stepTimeouts.length > 0 ? stepTimeouts : [request.Parameters?.["executionTimeout"]?.[0]];
  return steps.reduce<number>((total, step) => total + countedExecutionSeconds(step), delivery);
}

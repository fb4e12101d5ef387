import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { TIMEOUT_SECONDS } from "../../domain/limits.ts";
import { checkOptions, type OptionTable } from "../../domain/options.ts";
import { countedExecutionSeconds } from "../../domain/timeouts.ts";

/**
 * Which steps a document has.
 *
 * @inline
 */
export type TotalTimeoutOptions = {
  /** The `timeoutSeconds` of each step that has one. @default one step, that of `Parameters.executionTimeout` */
  readonly stepTimeouts?: readonly number[] | undefined;
};

/** The options of `totalTimeoutSeconds()`. */
export const TOTAL_TIMEOUT_OPTIONS = {
  stepTimeouts: "a list",
} as const satisfies OptionTable<TotalTimeoutOptions>;

/**
 * The seconds after which the service gives a command up, `ExpiresAfter - RequestedDateTime`: the time for delivery
 * (`TimeoutSeconds`) *plus* the time for execution.
 *
 * - Execution counts `Parameters.executionTimeout`, and 3600 if it is left out; the document's own default is ignored
 *   [rec-2026-09-27-expiry]. The document is not looked up here.
 * - For a document with several steps their sum counts: give `stepTimeouts`. One that is not a usable number counts 3600.
 *
 * @param request - The request, or only these two members of it.
 * @param options - `stepTimeouts`: the `timeoutSeconds` of each step that has one, in seconds.
 *
 * @example
 * ```ts
 * totalTimeoutSeconds({ ...runShellScript("uptime", { executionTimeout: "60s" }), TimeoutSeconds: 30 }); //=> 90
 * ```
 */
export function totalTimeoutSeconds(
  request: Pick<SendCommandCommandInput, "TimeoutSeconds" | "Parameters">,
  options: TotalTimeoutOptions = {},
): number {
  checkOptions(options, TOTAL_TIMEOUT_OPTIONS, "totalTimeoutSeconds()");
  const { stepTimeouts = [] } = options;
  const delivery = request.TimeoutSeconds ?? TIMEOUT_SECONDS.byDefault;
  const steps =
    stepTimeouts.length > 0 ? stepTimeouts : [request.Parameters?.["executionTimeout"]?.[0]];
  return steps.reduce<number>((total, step) => total + countedExecutionSeconds(step), delivery);
}

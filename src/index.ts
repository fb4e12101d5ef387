// The client
export { RunCommandClient } from "./client/run-command-client.ts";
export type { RunCommandClientOptions } from "./client/run-command-client.ts";
export type { SentCommand } from "./client/sent-command.ts";
export type { SentFleet } from "./client/fleets/sent-fleet.ts";
export type { SendOptions } from "./client/once/send-options.ts";
export type { WaitOptions } from "./client/waiting/wait-options.ts";
export type { CommandProgress } from "./client/waiting/progress.ts";
export type { AbortOptions, CallOptions, RunCommandApi } from "./domain/run-command-api.ts";

// Requests
export { runPowerShellScript, runShellScript } from "./client/requests/scripts.ts";
export { callerPolicy } from "./client/requests/caller-policy.ts";
export { tagTargets } from "./client/requests/tag-targets.ts";
export { totalTimeoutSeconds } from "./client/requests/total-timeout.ts";
export type {
  CommandsRequest,
  InvocationsRequest,
  SendRequest,
} from "./client/requests/requests.ts";
export type {
  PowerShellScriptRequest,
  ScriptOptions,
  ShellScriptRequest,
} from "./client/requests/scripts.ts";

// Output in CloudWatch Logs
export { cloudWatchOutput, nodeLogsPolicy } from "./client/requests/cloudwatch-output.ts";
export type { IamPolicy } from "./domain/iam-policy.ts";
export { defaultLogGroupName, logStreamNames } from "./domain/output-names.ts";
export type { PluginRef } from "./domain/output-names.ts";

// Outcomes
export type { CommandLook } from "./client/outcomes/command-look.ts";
export { explain } from "./client/outcomes/explain.ts";
export { groupByOutput } from "./client/outcomes/group-by-output.ts";
export { orThrow } from "./client/outcomes/or-throw.ts";
export { retryRequest } from "./client/outcomes/retry-request.ts";
export { summarize } from "./client/outcomes/summarize.ts";
export type { Summary } from "./client/outcomes/summarize.ts";
export type {
  CommandOutcome,
  InvocationOutcome,
} from "./client/outcomes/outcome.ts";
export type { PluginOutcome } from "./client/outcomes/plugin-outcome.ts";

export type { Explanation } from "./domain/explanation/explain.ts";

// Events
export { parseStatusChange, parseStatusChanges } from "./client/events/parse-status-change.ts";
export type { StatusChange } from "./client/events/parse-status-change.ts";

// Statuses
export {
  COMMAND_STATUSES,
  INVOCATION_DETAILS,
  INVOCATION_STATUSES,
  isTerminalCommandStatus,
  isTerminalInvocationStatus,
  PLUGIN_STATUSES,
} from "./domain/status.ts";
export type { InvocationDetail } from "./domain/status.ts";

// Errors
export { CommandFailedError } from "./client/outcomes/command-failed-error.ts";
export { KeyTakenError, MaybeSentError } from "./client/errors/maybe-sent-error.ts";
export { PartlySentError } from "./client/errors/partly-sent-error.ts";
export { NodesUnavailableError } from "./client/errors/nodes-unavailable-error.ts";
export {
  CommandNotFoundError,
  RepeatedTokenError,
  RunCommandError,
  StillRunningError,
} from "./client/errors/errors.ts";

// Time
export { scaledClock, systemClock } from "./time/clock.ts";
export type { Clock, EpochMs } from "./time/clock.ts";
export type { Duration } from "./time/duration.ts";

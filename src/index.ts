// The client
export { RunCommandClient } from "./client/run-command-client.ts";
export type { RunCommandClientOptions } from "./client/run-command-client.ts";
export type { SentCommand } from "./client/sent-command.ts";
export type { WaitOptions } from "./client/wait-options.ts";
export type { CommandProgress } from "./client/progress.ts";
export type { CallOptions, RunCommandApi } from "./domain/run-command-api.ts";

// Requests
export { runShellScript } from "./client/run-shell-script.ts";
export { tagTargets } from "./client/tag-targets.ts";
export { totalTimeoutSeconds } from "./client/total-timeout.ts";
export type {
  CommandsFilter,
  CommandsRequest,
  InvocationsFilter,
  InvocationsRequest,
  SendRequest,
} from "./client/requests.ts";
export type { ScriptOptions, ShellScriptRequest } from "./client/run-shell-script.ts";

// Output in CloudWatch Logs
export { cloudWatchOutput, nodeLogsPolicy } from "./client/cloudwatch-output.ts";
export { defaultLogGroupName, logStreamNames } from "./domain/output-names.ts";
export type { NodeLogsOptions, NodeLogsPolicy } from "./client/cloudwatch-output.ts";
export type { LogStreamPlace } from "./domain/output-names.ts";

// Outcomes
export type {
  Closed,
  CommandOutcome,
  Ended,
  InvocationOutcome,
  PluginOutcome,
} from "./client/outcome.ts";

// Statuses
export {
  COMMAND_STATUSES,
  INVOCATION_DETAILS,
  INVOCATION_STATUSES,
  isTerminalCommandStatus,
  isTerminalInvocationStatus,
  PLUGIN_STATUSES,
} from "./domain/status.ts";
export type { Bucket, DetailTraits, InvocationDetail, StatusTraits } from "./domain/status.ts";

// Errors
export {
  CommandNotFoundError,
  RepeatedTokenError,
  RunCommandError,
  StillRunningError,
} from "./client/errors.ts";

// Time
export { scaledClock, systemClock } from "./time/clock.ts";
export type { Clock, EpochMs } from "./time/clock.ts";
export type { Duration } from "./time/duration.ts";

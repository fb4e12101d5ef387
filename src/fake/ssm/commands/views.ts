import type {
  CloudWatchOutputConfig,
  Command,
  CommandInvocation,
  CommandInvocationStatus,
  CommandPlugin,
  CommandPluginStatus,
  NotificationConfig,
} from "@aws-sdk/client-ssm";
import { RATE_DEFAULTS, TIMEOUT_SECONDS } from "../../../domain/limits.ts";
import { INVOCATION_DETAILS, type InvocationDetail } from "../../../domain/status.ts";
import type { Account } from "../../account/account.ts";
import { type CommandRecord, indexOfNode, isByTargets } from "../../account/command-record.ts";
import { s3PlaceOf } from "../../account/s3-places.ts";
import { mergedOutput } from "../../agents/output.ts";
import type { Invocation, PluginReply } from "../../engine/invocation.ts";
import { rollUpInvocations } from "../../engine/roll-up.ts";
import { completedCount } from "../../engine/rollout.ts";

type Shows = Pick<Account, "settings" | "region" | "nodes">;

/**
 * `Command`, as SendCommand and ListCommands show it. Members that a request left out are "" and not absent
 * [rec-2019-c7n-send] [rec-2026-09-27-managed-execution].
 */
export function toCommand(command: CommandRecord, { settings, region }: Shows): Command {
  const { request } = command;
  const { rollout } = command.state;
  const { status, details } = rollUpInvocations(rollout, settings);
  // The counters of an open command stay 0 ([rec-2026-10-01-alarms], one command; question 35 of docs/settings.md).
  const counts = command.state.closedAt !== undefined || settings.liveCounters;
  return {
    CommandId: command.commandId,
    DocumentName: request.DocumentName,
    DocumentVersion: request.DocumentVersion ?? "$DEFAULT",
    Comment: request.Comment ?? "",
    ExpiresAfter: new Date(command.expiresAt),
    Parameters: request.Parameters ?? {},
    InstanceIds: isByTargets(command) ? [] : [...command.instanceIds],
    Targets: request.Targets ?? [],
    RequestedDateTime: new Date(command.requestedAt),
    Status: status,
    StatusDetails: details,
    OutputS3Region: region,
    OutputS3BucketName: request.OutputS3BucketName ?? "",
    OutputS3KeyPrefix: request.OutputS3KeyPrefix ?? "",
    MaxConcurrency: request.MaxConcurrency ?? RATE_DEFAULTS.maxConcurrency,
    MaxErrors: request.MaxErrors ?? RATE_DEFAULTS.maxErrors,
    TargetCount: command.targetCount,
    CompletedCount: counts ? completedCount(rollout) : 0,
    ErrorCount: counts ? rollout.failed : 0,
    DeliveryTimedOutCount: counts ? rollout.deliveryTimedOut : 0,
    ServiceRole: request.ServiceRoleArn ?? "",
    NotificationConfig: toNotificationConfig(request.NotificationConfig),
    CloudWatchOutputConfig: toCloudWatchOutputConfig(command, settings),
    TimeoutSeconds: request.TimeoutSeconds ?? TIMEOUT_SECONDS.byDefault,
    AlarmConfiguration: {
      IgnorePollAlarmFailure: request.AlarmConfiguration?.IgnorePollAlarmFailure ?? false,
      Alarms: request.AlarmConfiguration?.Alarms ?? [],
    },
    TriggeredAlarms:
      command.state.triggeredAlarm === undefined ? [] : [command.state.triggeredAlarm],
  };
}

/** `CommandInvocation`, as ListCommandInvocations shows it; its plugins are listed only with `details`. */
export function toInvocation(
  command: CommandRecord,
  invocation: Invocation,
  { details, ...shows }: Shows & { readonly details: boolean },
): CommandInvocation {
  const { request } = command;
  return {
    CommandId: command.commandId,
    InstanceId: invocation.instanceId,
    InstanceName: shows.nodes.nameOf(invocation.instanceId),
    Comment: request.Comment ?? "",
    DocumentName: request.DocumentName,
    DocumentVersion: request.DocumentVersion ?? "$DEFAULT",
    RequestedDateTime: new Date(command.recorded?.at ?? command.requestedAt),
    ...shownStatus(invocation, shows.settings),
    ...(invocation.trace === undefined ? {} : { TraceOutput: invocation.trace }),
    ...urlsOf(command, invocation, shows.region),
    CommandPlugins:
      details && invocation.trace === undefined
        ? command.document.steps.map((step, index) =>
            toPlugin(step.name, { index, command, invocation, shows }),
          )
        : [],
    ServiceRole: request.ServiceRoleArn ?? "",
    NotificationConfig: toNotificationConfig(request.NotificationConfig),
    CloudWatchOutputConfig: toCloudWatchOutputConfig(command, shows.settings),
  };
}

/**
 * The URLs of an invocation: those of its plugin when it has only one, else empty (our decision). They are empty before the
 * agent has reported.
 */
function urlsOf(command: CommandRecord, { instanceId, plugins }: Invocation, region: string) {
  const isReadable = command.document.steps.length === 1 && plugins.length > 0;
  const place = isReadable ? s3PlaceOf(command, { instanceId, index: 0, region }) : undefined;
  return {
    StandardOutputUrl: place?.stdoutUrl ?? "",
    StandardErrorUrl: place?.stderrUrl ?? "",
  };
}

/** `Status` and `StatusDetails` of an invocation. */
export function shownStatus(
  { detail }: Invocation,
  settings: Account["settings"],
): { Status: CommandInvocationStatus; StatusDetails: string } {
  if (detail === "Delayed") return { Status: settings.delayedStatus, StatusDetails: "Delayed" };
  if (detail === "Cancelling" && !settings.showCancelling) {
    return { Status: "InProgress", StatusDetails: "InProgress" };
  }
  return { Status: INVOCATION_DETAILS[detail].status, StatusDetails: detail };
}

/**
 * `Status` and `StatusDetails` of a plugin that the agent has not reported: those of its invocation, but Pending for steps
 * of a running invocation whose turn has not come [rules-waiting-steps].
 */
export function unreportedStatus(
  command: CommandRecord,
  {
    invocation,
    index,
    settings,
  }: {
    readonly invocation: Invocation;
    readonly index: number;
    readonly settings: Account["settings"];
  },
): { readonly Status: CommandPluginStatus; readonly StatusDetails: string } {
  const { Status, StatusDetails } = shownStatus(invocation, settings);
  const run = command.runs[indexOfNode(command, invocation.instanceId)];
  if (Status === "InProgress" && index > (run?.stepIndex ?? 0)) {
    return { Status: "Pending", StatusDetails: "Pending" };
  }
  const isWaiting = Status === "Delayed" || Status === "Cancelling";
  return { Status: isWaiting ? "InProgress" : Status, StatusDetails };
}

/** The code of an invocation, or of a plugin, that the agent has not reported. */
export function unreportedCode(detail: InvocationDetail, settings: Account["settings"]): number {
  const isUnusable = detail === "InvalidPlatform" || detail === "AccessDenied";
  return isUnusable ? settings.unusableResponseCode : -1;
}

/** The `Status` that goes with the details that the agent reported of a plugin. */
export function reportedStatus(detail: PluginReply["detail"]): CommandPluginStatus {
  return detail === "ExecutionTimedOut" ? "TimedOut" : detail;
}

export function toCloudWatchOutputConfig(
  { request }: Pick<CommandRecord, "request">,
  settings: Account["settings"],
): CloudWatchOutputConfig {
  const config = request.CloudWatchOutputConfig;
  const isEnabled = config?.CloudWatchOutputEnabled ?? false;
  const omitted = isEnabled ? settings.omittedLogGroupEcho : "";
  return {
    CloudWatchLogGroupName: config?.CloudWatchLogGroupName ?? omitted,
    CloudWatchOutputEnabled: isEnabled,
  };
}

/**
 * Without an ARN the echo is empty; with one, a type and events that were left out have values
 * [rec-2026-10-01-notifications].
 */
function toNotificationConfig(config: NotificationConfig | undefined): NotificationConfig {
  if (!config?.NotificationArn) {
    // The service does not keep to its own enum here: the type is "" on the wire.
    const none = "" as NonNullable<NotificationConfig["NotificationType"]>;
    return { NotificationArn: "", NotificationEvents: [], NotificationType: none };
  }
  return {
    NotificationArn: config.NotificationArn,
    NotificationEvents: config.NotificationEvents ?? ["All"],
    NotificationType: config.NotificationType ?? "Command",
  };
}

function toPlugin(
  name: string,
  {
    index,
    command,
    invocation,
    shows,
  }: { index: number; command: CommandRecord; invocation: Invocation; shows: Shows },
): CommandPlugin {
  const { request } = command;
  const { instanceId } = invocation;
  const reply = invocation.plugins[index];
  const bucket = request.OutputS3BucketName ?? "";
  if (reply === undefined) {
    // Never reported: it repeats the words of its invocation, without dates and region [rec-2026-10-01-alarms].
    const { Status, StatusDetails } = unreportedStatus(command, { invocation, index, ...shows });
    return {
      Name: name,
      Status,
      StatusDetails,
      ResponseCode: unreportedCode(invocation.detail, shows.settings),
      Output: "",
      StandardOutputUrl: "",
      StandardErrorUrl: "",
      OutputS3Region: "",
      OutputS3BucketName: bucket,
      OutputS3KeyPrefix: request.OutputS3KeyPrefix ?? "",
    };
  }
  const place = s3PlaceOf(command, { instanceId, index, region: shows.region });
  return {
    Name: name,
    Status: reportedStatus(reply.detail),
    StatusDetails: reply.detail,
    ResponseCode: reply.exitCode,
    ResponseStartDateTime: new Date(reply.startedAt),
    ResponseFinishDateTime: new Date(reply.finishedAt),
    Output: mergedOutput(reply.merged ?? reply),
    StandardOutputUrl: place?.stdoutUrl ?? "",
    StandardErrorUrl: place?.stderrUrl ?? "",
    OutputS3Region: shows.region,
    OutputS3BucketName: bucket,
    OutputS3KeyPrefix: place?.prefix ?? "",
  };
}

import type { MemberKinds } from "./member-kinds.ts";

// The members in the examples of the AWS CLI reference, by their paths: [rec-2019-send-command], [rec-2020-list-commands],
// and the examples of the two other commands. Version 1 prints timestamps as numbers there; here they are as version 2
// prints them.

const NOTIFICATION = {
  "NotificationConfig.NotificationArn": "string",
  "NotificationConfig.NotificationEvents": "list",
  "NotificationConfig.NotificationType": "string",
} as const;
const CLOUD_WATCH = {
  "CloudWatchOutputConfig.CloudWatchLogGroupName": "string",
  "CloudWatchOutputConfig.CloudWatchOutputEnabled": "boolean",
} as const;
const COMMAND = {
  CommandId: "string",
  DocumentName: "string",
  DocumentVersion: "string",
  Comment: "string",
  ExpiresAfter: "timestamp",
  InstanceIds: "list",
  "InstanceIds[]": "string",
  Targets: "list",
  RequestedDateTime: "timestamp",
  Status: "string",
  StatusDetails: "string",
  OutputS3BucketName: "string",
  OutputS3KeyPrefix: "string",
  MaxConcurrency: "string",
  MaxErrors: "string",
  TargetCount: "number",
  CompletedCount: "number",
  ErrorCount: "number",
  DeliveryTimedOutCount: "number",
  ServiceRole: "string",
  ...NOTIFICATION,
  ...CLOUD_WATCH,
} as const;

/** What the examples show, by the command that they are of. */
export const REFERENCE_MEMBERS = {
  "send-command": {
    ...under("Command", COMMAND),
    "Command.Parameters.commands": "list",
    "Command.Parameters.commands[]": "string",
  },
  "list-commands": {
    Commands: "list",
    ...under("Commands[]", COMMAND),
    "Commands[].Targets[].Key": "string",
    "Commands[].Targets[].Values": "list",
    "Commands[].Targets[].Values[]": "string",
    "Commands[].NotificationConfig.NotificationEvents[]": "string",
    ...parameters("InstallOverrideList", "Operation", "RebootOption", "SnapshotId"),
  },
  "list-command-invocations": {
    CommandInvocations: "list",
    ...under("CommandInvocations[]", {
      CommandId: "string",
      InstanceId: "string",
      InstanceName: "string",
      Comment: "string",
      DocumentName: "string",
      DocumentVersion: "string",
      RequestedDateTime: "timestamp",
      Status: "string",
      StatusDetails: "string",
      StandardOutputUrl: "string",
      StandardErrorUrl: "string",
      CommandPlugins: "list",
      "CommandPlugins[].Name": "string",
      "CommandPlugins[].Status": "string",
      "CommandPlugins[].StatusDetails": "string",
      "CommandPlugins[].ResponseCode": "number",
      "CommandPlugins[].ResponseStartDateTime": "timestamp",
      "CommandPlugins[].ResponseFinishDateTime": "timestamp",
      "CommandPlugins[].Output": "string",
      "CommandPlugins[].StandardOutputUrl": "string",
      "CommandPlugins[].StandardErrorUrl": "string",
      "CommandPlugins[].OutputS3Region": "string",
      "CommandPlugins[].OutputS3BucketName": "string",
      "CommandPlugins[].OutputS3KeyPrefix": "string",
      ServiceRole: "string",
      ...NOTIFICATION,
      ...CLOUD_WATCH,
    }),
  },
  "get-command-invocation": {
    CommandId: "string",
    InstanceId: "string",
    Comment: "string",
    DocumentName: "string",
    DocumentVersion: "string",
    PluginName: "string",
    ResponseCode: "number",
    ExecutionStartDateTime: "instant",
    ExecutionElapsedTime: "duration",
    ExecutionEndDateTime: "instant",
    Status: "string",
    StatusDetails: "string",
    StandardOutputContent: "string",
    StandardOutputUrl: "string",
    StandardErrorContent: "string",
    StandardErrorUrl: "string",
    ...CLOUD_WATCH,
  },
} as const satisfies Record<string, MemberKinds>;

/** The members that Command has gained since [rec-2026-09-27-managed-execution]. */
export const LATER_MEMBERS_OF_COMMAND = {
  OutputS3Region: "string",
  TimeoutSeconds: "number",
  "AlarmConfiguration.IgnorePollAlarmFailure": "boolean",
  "AlarmConfiguration.Alarms": "list",
  TriggeredAlarms: "list",
} as const satisfies MemberKinds;

/** Parameters of the last command in the example of list-commands: each is a list of strings. */
function parameters(...names: readonly string[]): MemberKinds {
  return Object.assign(
    {},
    ...names.map((name) => ({
      [`Commands[].Parameters.${name}`]: "list",
      [`Commands[].Parameters.${name}[]`]: "string",
    })),
  );
}

/** The same members below a path. */
export function under(path: string, members: MemberKinds): MemberKinds {
  return Object.fromEntries(
    Object.entries(members).map(([name, kind]) => [`${path}.${name}`, kind]),
  );
}

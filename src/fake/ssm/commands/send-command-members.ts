import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import type { MembersOf } from "../../calls/constraint.ts";
import { documentNameOrArn, documentVersion, flag, instanceIds, text } from "../members.ts";

/** The members of a request of SendCommand. It stands apart, so that assertions know them without loading the service. */
export const SEND_COMMAND_MEMBERS = {
  InstanceIds: instanceIds,
  Targets: {
    type: "list",
    min: 0,
    max: 5,
    of: {
      type: "structure",
      name: "Target",
      members: {
        Key: {
          type: "string",
          min: 1,
          max: 163,
          pattern:
            "^[\\p{L}\\p{Z}\\p{N}_.:/=\\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name",
        },
        Values: { type: "list", min: 0, max: 50, of: text },
      },
    },
  },
  DocumentName: { ...documentNameOrArn, required: true },
  DocumentVersion: documentVersion,
  DocumentHash: { type: "string", max: 256 },
  DocumentHashType: { type: "string", oneOf: ["Sha256", "Sha1"] },
  TimeoutSeconds: { type: "integer", min: 30, max: 2_592_000 },
  // The pattern stands in the service's answers, not in its model [report-comment].
  Comment: { type: "string", max: 100, pattern: "^.{0,100}$" },
  Parameters: { type: "map", hidden: true, of: { type: "list", of: text } },
  OutputS3Region: { type: "string", min: 3, max: 20 },
  OutputS3BucketName: { type: "string", min: 3, max: 63 },
  OutputS3KeyPrefix: { type: "string", max: 500 },
  MaxConcurrency: {
    type: "string",
    min: 1,
    max: 7,
    pattern: "^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$",
  },
  MaxErrors: {
    type: "string",
    min: 1,
    max: 7,
    pattern: "^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$",
  },
  ServiceRoleArn: text,
  NotificationConfig: {
    type: "structure",
    members: {
      NotificationArn: text,
      NotificationEvents: {
        type: "list",
        of: {
          type: "string",
          // In the order in which the service lists them [report-enum-order].
          oneOf: ["All", "Success", "Cancelled", "InProgress", "TimedOut", "Failed"],
        },
      },
      NotificationType: { type: "string", oneOf: ["Command", "Invocation"] },
    },
  },
  CloudWatchOutputConfig: {
    type: "structure",
    members: {
      CloudWatchLogGroupName: { type: "string", min: 1, max: 512 },
      CloudWatchOutputEnabled: flag,
    },
  },
  AlarmConfiguration: {
    type: "structure",
    members: {
      IgnorePollAlarmFailure: flag,
      Alarms: {
        type: "list",
        min: 1,
        max: 1,
        required: true,
        of: {
          type: "structure",
          name: "Alarm",
          members: {
            Name: { type: "string", min: 1, max: 255, pattern: "^(?!\\s*$).+", required: true },
          },
        },
      },
    },
  },
} as const satisfies MembersOf<SendCommandRequest>;

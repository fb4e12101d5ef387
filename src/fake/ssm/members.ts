import type { Members } from "../calls/check-request.ts";
import { DOCUMENT_CONSTRAINTS } from "./document-constraints.ts";

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

const commandId = {
  type: "string",
  min: 36,
  max: 36,
  pattern: "^[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$",
} as const;

const instanceId = {
  type: "string",
  min: 10,
  max: 20,
  pattern: "(^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)",
} as const;

const instanceIds = { type: "list", min: 0, max: 50, of: instanceId } as const;

/** Keys and values of filters are looked at by the operations: a wrong key is InvalidFilterKey. */
const filters = {
  type: "list",
  min: 1,
  max: 5,
  of: {
    type: "structure",
    members: {
      key: { ...text, required: true },
      value: { type: "string", min: 1, max: 128, required: true },
    },
  },
} as const;

const listing = {
  CommandId: commandId,
  InstanceId: instanceId,
  MaxResults: { type: "integer", min: 1, max: 50 },
  NextToken: text,
  Filters: filters,
} as const;

/** Of DescribeInstanceInformation. */
const filterValues = { type: "list", min: 1, max: 100, of: { type: "string", min: 1 } } as const;

/**
 * The constraints of every operation, which the service looks at before anything else: rows from its model (2014-11-06), with
 * the few bounds that only its answers show (the length of ids, the form of a command's id; recorded 2026-09).
 */
export const REQUEST_CONSTRAINTS = {
  SendCommand: {
    InstanceIds: instanceIds,
    Targets: {
      type: "list",
      min: 0,
      max: 5,
      of: {
        type: "structure",
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
    DocumentName: { type: "string", pattern: "^[a-zA-Z0-9_\\-.:/]{3,128}$", required: true },
    DocumentVersion: { type: "string", pattern: "([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)" },
    DocumentHash: { type: "string", max: 256 },
    DocumentHashType: { type: "string", oneOf: ["Sha256", "Sha1"] },
    TimeoutSeconds: { type: "integer", min: 30, max: 2_592_000, shown: true },
    Comment: { type: "string", max: 100 },
    Parameters: { type: "map", of: { type: "list", of: text } },
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
            // In the order in which the service lists them.
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
            members: {
              Name: { type: "string", min: 1, max: 255, pattern: "^(?!\\s*$).+", required: true },
            },
          },
        },
      },
    },
  },
  CancelCommand: { CommandId: { ...commandId, required: true }, InstanceIds: instanceIds },
  GetCommandInvocation: {
    CommandId: { ...commandId, required: true },
    InstanceId: { ...instanceId, required: true },
    PluginName: { type: "string", min: 4 },
  },
  ListCommands: listing,
  ListCommandInvocations: { ...listing, Details: flag },
  DescribeInstanceInformation: {
    InstanceInformationFilterList: {
      type: "list",
      min: 0,
      of: {
        type: "structure",
        members: {
          key: {
            type: "string",
            oneOf: [
              "InstanceIds",
              "AgentVersion",
              "PingStatus",
              "PlatformTypes",
              "ActivationIds",
              "IamRole",
              "ResourceType",
              "AssociationStatus",
            ],
            required: true,
          },
          valueSet: { ...filterValues, required: true },
        },
      },
    },
    Filters: {
      type: "list",
      min: 0,
      of: {
        type: "structure",
        members: {
          Key: { type: "string", min: 1, required: true },
          Values: { ...filterValues, required: true },
        },
      },
    },
    MaxResults: { type: "integer", min: 5, max: 50 },
    NextToken: text,
  },
  ...DOCUMENT_CONSTRAINTS,
} as const satisfies Record<string, Members>;

/** An operation of the service that the fake answers. */
export type Operation = keyof typeof REQUEST_CONSTRAINTS;

/** The operations that the fake answers, in the order in which messages list them. */
export const OPERATIONS = Object.keys(REQUEST_CONSTRAINTS) as readonly Operation[]; // the keys of the table above

export function isOperation(name: string): name is Operation {
  return Object.hasOwn(REQUEST_CONSTRAINTS, name);
}

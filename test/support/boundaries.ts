import type { SsmOperation } from "../../src/fake/calls/operation-name.ts";
import {
  type Boundary,
  type Bounds,
  bound,
  each,
  form,
  largest,
  list,
  longest,
  NULL,
  shortest,
  smallest,
  words,
  x,
} from "./boundary.ts";
import { DOCUMENT_BOUNDARIES, LEAST_OF_DOCUMENTS } from "./document-boundaries.ts";
import { LEAST_OF_PARAMETERS, PARAMETER_BOUNDARIES } from "./parameter-boundaries.ts";
import type { MembersByPath } from "./sdk-members.ts";

/** The members that every request of an operation needs. */
export const LEAST: Readonly<Record<SsmOperation, object>> = {
  SendCommand: { DocumentName: "AWS-RunShellScript" },
  CancelCommand: { CommandId: "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11" },
  GetCommandInvocation: {
    CommandId: "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c11",
    InstanceId: "i-0123456789abcdef0",
  },
  ListCommands: {},
  ListCommandInvocations: {},
  DescribeInstanceInformation: {},
  GetConnectionStatus: { Target: "i-0123456789abcdef0" },
  ...LEAST_OF_DOCUMENTS,
  ...LEAST_OF_PARAMETERS,
};

const UUID = form("^[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$");
const ID = form("(^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)");
/** [rec-2026-09-27-empty-value] */
const FLEET_VALUE = each(longest(100_000), shortest(1), form("^.{1,100000}$"));
const EACH_ID = each(longest(20), shortest(10), ID);
const CONCURRENCY = form("^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$");
const ERRORS = form("^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$");
const TARGET_KEY = form(
  "^[\\p{L}\\p{Z}\\p{N}_.:/=\\-@]*$|resource-groups:ResourceTypeFilters|resource-groups:Name",
);
const NOT_BLANK = form("^(?!\\s*$).+");

const HEX_35 = "7c1f0b5e-8a3d-4a56-9a43-0d2f8f3f1c1";

const commandId = bound("commandId", (CommandId) => ({ CommandId }), {
  min: [`${HEX_35}1`, HEX_35, shortest(36), UUID],
  max: [`${HEX_35}F`, `${HEX_35}11`, longest(36), UUID],
  pattern: [`${HEX_35}a`, `${HEX_35}g`, UUID],
});
const neededCommandId = {
  ...commandId,
  limits: { ...commandId.limits, required: [`${HEX_35}1`, undefined, NULL] as const },
};
const instanceId = bound("instanceId", (InstanceId) => ({ InstanceId }), {
  min: [`i-${x(8)}`, `i-${x(7)}`, shortest(10), ID],
  max: [`mi-${x(17)}`, `mi-${x(18)}`, longest(20), ID],
  pattern: [`i-${x(17)}`, `i-${x(16)}`, ID],
});
const instanceIds: MembersByPath<Boundary> = {
  InstanceIds: bound("instanceIds", (InstanceIds) => ({ InstanceIds }), {
    max: [list(50, `i-${x(8)}`), list(51, `i-${x(8)}`), longest(50)],
  }),
  "InstanceIds[]": bound("instanceIds", (id) => ({ InstanceIds: [`i-${x(8)}`, id] }), {
    min: [`i-${x(8)}`, `i-${x(7)}`, EACH_ID],
    max: [`mi-${x(17)}`, `mi-${x(18)}`, EACH_ID],
    pattern: [`i-${x(17)}`, `i-${x(16)}`, EACH_ID],
  }),
};
const filter = { key: "Status", value: "Success" };
const OLD_FILTER = { key: "PingStatus", valueSet: ["Online"] };
const NEW_FILTER = { Key: "PingStatus", Values: ["Online"] };
const listing: MembersByPath<Boundary> = {
  CommandId: commandId,
  InstanceId: instanceId,
  MaxResults: bound("maxResults", (MaxResults) => ({ MaxResults }), {
    min: [1, 0, smallest(1)],
    max: [50, 51, largest(50)],
  }),
  Filters: bound("filters", (Filters) => ({ Filters }), {
    min: [[filter], [], shortest(1)],
    max: [list(5, filter), list(6, filter), longest(5)],
  }),
  "Filters[].key": bound(
    "filters.2.member.key",
    (key) => ({ Filters: [filter, { ...filter, key }] }),
    {
      required: ["Odd", undefined, NULL],
    },
  ),
  "Filters[].value": bound(
    "filters.1.member.value",
    (value) => ({ Filters: [{ ...filter, value }] }),
    {
      min: ["x", "", shortest(1)],
      max: [x(128), x(129), longest(128)],
      required: ["x", undefined, NULL],
    },
  ),
};

const aTarget = (member: object) => ({ Targets: [{}, member] });
const anAlarm = (member: object) => ({ AlarmConfiguration: { Alarms: [member] } });
const notified = (member: object) => ({ NotificationConfig: member });

const OLD_FILTER_KEYS = [
  "InstanceIds",
  "AgentVersion",
  "PingStatus",
  "PlatformTypes",
  "ActivationIds",
  "IamRole",
  "ResourceType",
  "AssociationStatus",
];
const VALUES: Bounds = {
  min: [["x"], [], shortest(1)],
  max: [list(100, "x"), list(101, "x"), longest(100)],
  required: [["x"], undefined, NULL],
};

/** The boundary of every limit of every member. A minimum of 0 elements has none, since no list is shorter. */
export const BOUNDARIES: Readonly<Record<SsmOperation, MembersByPath<Boundary>>> = {
  SendCommand: {
    ...instanceIds,
    Targets: bound("targets", (Targets) => ({ Targets }), {
      max: [list(5, {}), list(6, {}), longest(5)],
    }),
    "Targets[].Key": bound("targets.2.member.key", (Key) => aTarget({ Key }), {
      min: ["x", "", shortest(1)],
      max: [x(163), x(164), longest(163)],
      pattern: ["tag:Größe/\u2003=@", "tag:Name*", TARGET_KEY],
    }),
    "Targets[].Values": bound("targets.2.member.values", (Values) => aTarget({ Values }), {
      max: [list(50, ""), list(51, ""), longest(50)],
    }),
    DocumentName: bound("documentName", (DocumentName) => ({ DocumentName }), {
      pattern: ["a-Z", "ab", form("^[a-zA-Z0-9_\\-.:/]{3,128}$")],
      required: ["abc", undefined, NULL],
    }),
    DocumentVersion: bound("documentVersion", (DocumentVersion) => ({ DocumentVersion }), {
      pattern: ["10", "01", form("([$]LATEST|[$]DEFAULT|^[1-9][0-9]*$)")],
    }),
    DocumentHash: bound("documentHash", (DocumentHash) => ({ DocumentHash }), {
      max: [x(256), x(257), longest(256)],
    }),
    DocumentHashType: bound("documentHashType", (DocumentHashType) => ({ DocumentHashType }), {
      oneOf: ["Sha1", "SHA1", words("Sha256", "Sha1")],
    }),
    TimeoutSeconds: bound("timeoutSeconds", (TimeoutSeconds) => ({ TimeoutSeconds }), {
      min: [30, 29, smallest(30)],
      max: [2_592_000, 2_592_001, largest(2_592_000)],
    }),
    Comment: bound("comment", (Comment) => ({ Comment }), {
      max: [x(100), x(101), longest(100), form("^.{0,100}$")],
      pattern: ["deploy", "de\nploy", form("^.{0,100}$")],
    }),
    OutputS3Region: bound("outputS3Region", (OutputS3Region) => ({ OutputS3Region }), {
      min: [x(3), x(2), shortest(3)],
      max: [x(20), x(21), longest(20)],
    }),
    OutputS3BucketName: bound(
      "outputS3BucketName",
      (OutputS3BucketName) => ({ OutputS3BucketName }),
      {
        min: [x(3), x(2), shortest(3)],
        max: [x(63), x(64), longest(63)],
      },
    ),
    OutputS3KeyPrefix: bound("outputS3KeyPrefix", (OutputS3KeyPrefix) => ({ OutputS3KeyPrefix }), {
      max: [x(500), x(501), longest(500)],
    }),
    MaxConcurrency: bound("maxConcurrency", (MaxConcurrency) => ({ MaxConcurrency }), {
      min: ["1", "", shortest(1), CONCURRENCY],
      max: ["9999999", "10000000", longest(7)],
      pattern: ["100%", "101%", CONCURRENCY],
    }),
    MaxErrors: bound("maxErrors", (MaxErrors) => ({ MaxErrors }), {
      min: ["0", "", shortest(1), ERRORS],
      max: ["9999999", "10000000", longest(7)],
      pattern: ["0%", "00%", ERRORS],
    }),
    "NotificationConfig.NotificationEvents[]": bound(
      "notificationConfig.notificationEvents",
      (event) => notified({ NotificationEvents: ["Success", event] }),
      {
        oneOf: [
          "All",
          "all",
          each(words("All", "Success", "Cancelled", "InProgress", "TimedOut", "Failed")),
        ],
      },
    ),
    "NotificationConfig.NotificationType": bound(
      "notificationConfig.notificationType",
      (NotificationType) => notified({ NotificationType }),
      { oneOf: ["Command", "", words("Command", "Invocation")] },
    ),
    "CloudWatchOutputConfig.CloudWatchLogGroupName": bound(
      "cloudWatchOutputConfig.cloudWatchLogGroupName",
      (CloudWatchLogGroupName) => ({ CloudWatchOutputConfig: { CloudWatchLogGroupName } }),
      { min: ["x", "", shortest(1)], max: [x(512), x(513), longest(512)] },
    ),
    "AlarmConfiguration.Alarms": bound(
      "alarmConfiguration.alarms",
      (Alarms) => ({ AlarmConfiguration: { Alarms } }),
      {
        min: [[{ Name: "x" }], [], shortest(1)],
        max: [[{ Name: "x" }], list(2, { Name: "x" }), longest(1)],
        required: [[{ Name: "x" }], undefined, NULL],
      },
    ),
    "AlarmConfiguration.Alarms[].Name": bound(
      "alarmConfiguration.alarms.1.member.name",
      (Name) => anAlarm({ Name }),
      {
        min: ["x", "", shortest(1), NOT_BLANK],
        max: [x(255), x(256), longest(255)],
        pattern: [" x", "  ", NOT_BLANK],
        required: ["x", undefined, NULL],
      },
    ),
  },
  CancelCommand: { ...instanceIds, CommandId: neededCommandId },
  GetCommandInvocation: {
    CommandId: neededCommandId,
    InstanceId: {
      ...instanceId,
      limits: { ...instanceId.limits, required: [`i-${x(8)}`, undefined, NULL] },
    },
    PluginName: bound("pluginName", (PluginName) => ({ PluginName }), {
      min: ["four", "one", shortest(4)],
    }),
  },
  ListCommands: listing,
  ListCommandInvocations: listing,
  DescribeInstanceInformation: {
    "InstanceInformationFilterList[].key": bound(
      "instanceInformationFilterList.1.member.key",
      (key) => ({ InstanceInformationFilterList: [{ key, valueSet: ["x"] }] }),
      {
        oneOf: ["PingStatus", "pingStatus", words(...OLD_FILTER_KEYS)],
        required: ["PingStatus", undefined, NULL],
      },
    ),
    "InstanceInformationFilterList[].valueSet": bound(
      "instanceInformationFilterList.1.member.valueSet",
      (valueSet) => ({ InstanceInformationFilterList: [{ key: "PingStatus", valueSet }] }),
      VALUES,
    ),
    "InstanceInformationFilterList[].valueSet[]": bound(
      "instanceInformationFilterList.1.member.valueSet",
      (value) => ({ InstanceInformationFilterList: [{ key: "PingStatus", valueSet: [value] }] }),
      { min: ["x", "", each(shortest(1))] },
    ),
    InstanceInformationFilterList: bound(
      "instanceInformationFilterList",
      (InstanceInformationFilterList) => ({ InstanceInformationFilterList }),
      { max: [list(50, OLD_FILTER), list(51, OLD_FILTER), longest(50)] },
    ),
    Filters: bound("filters", (Filters) => ({ Filters }), {
      max: [list(50, NEW_FILTER), list(51, NEW_FILTER), longest(50)],
    }),
    "Filters[].Key": bound(
      "filters.1.member.key",
      (Key) => ({ Filters: [{ Key, Values: ["x"] }] }),
      { min: ["x", "", shortest(1)], required: ["x", undefined, NULL] },
    ),
    "Filters[].Values": bound(
      "filters.1.member.values",
      (Values) => ({ Filters: [{ Key: "x", Values }] }),
      VALUES,
    ),
    "Filters[].Values[]": bound(
      "filters.1.member.values",
      (value) => ({ Filters: [{ Key: "x", Values: [value] }] }),
      {
        min: ["x", "", FLEET_VALUE],
        max: [x(100_000), x(100_001), FLEET_VALUE],
        pattern: ["x", "a\nb", FLEET_VALUE],
      },
    ),
    MaxResults: bound("maxResults", (MaxResults) => ({ MaxResults }), {
      min: [5, 4, smallest(5)],
      max: [50, 51, largest(50)],
    }),
  },
  GetConnectionStatus: {
    Target: bound("target", (Target) => ({ Target }), {
      min: ["x", "", shortest(1)],
      max: [x(400), x(401), longest(400)],
      required: ["x", undefined, NULL],
    }),
  },
  ...DOCUMENT_BOUNDARIES,
  ...PARAMETER_BOUNDARIES,
};

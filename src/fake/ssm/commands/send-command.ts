import type { SendCommandRequest, SendCommandResult } from "@aws-sdk/client-ssm";
import { randomUuid } from "../../../time/random.ts";
import type { Account } from "../../account/account.ts";
import { newCommandRecord } from "../../account/command-record.ts";
import type { DocumentModel } from "../../documents/document-model.ts";
import { refusedParameters } from "../../documents/parameters.ts";
import { referencedSsm, type SsmLookup } from "../../documents/ssm-references.ts";
import { ok, type Refusal } from "../../result.ts";
import { documentNameOrArn, documentVersion, flag, instanceIds, text } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { refuseSize } from "./payload-size.ts";
import { refuseNodes } from "./refuse-nodes.ts";
import { refuseTargets } from "./refuse-targets.ts";
import { toCommand } from "./views.ts";

/**
 * SendCommand. It always returns Pending ([rules-instant-order]): its answer is fixed before anything of the command
 * happens.
 *
 * Order of the checks after those of the request's shape (our decision): access to the document, targets, document, its
 * version and hash, size, parameters, role and notification, alarm, access to nodes, nodes, platform. A refused
 * request leaves no trace.
 */
export const sendCommand = ssmOperation<SendCommandRequest, SendCommandResult>(
  {
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
  },
  (request, { account, runner }) => {
    const { DocumentName, DocumentVersion, DocumentHash } = request;
    // Sha1 is deprecated, and the fake has no hash of that kind to compare with.
    const hash = request.DocumentHashType === "Sha1" ? undefined : DocumentHash;
    const wrongTargets = refuseTargets(request);
    if (wrongTargets !== undefined) return { ok: false, refusal: wrongTargets };
    const resolved = account.documents.resolve(DocumentName, {
      ...(DocumentVersion === undefined ? {} : { version: DocumentVersion }),
      ...(hash === undefined ? {} : { hash }),
    });
    if (!resolved.ok) return resolved;
    const { document } = resolved.value;
    const lookup = (reference: string) => account.parameters.find(reference);
    const refusal =
      refuseSize(request, resolved.value) ??
      refuseParameters(request, { account, document, lookup }) ??
      refuseNotification(request) ??
      refuseAlarms(request, account) ??
      refuseNodes(request, { account, document });
    if (refusal !== undefined) return { ok: false, refusal };
    // The service does not look whether the bucket exists; here it does from now on.
    if (request.OutputS3BucketName) account.buckets.add(request.OutputS3BucketName);
    const command = runner.begin(
      newCommandRecord(request, {
        commandId: randomUuid(account.random.ids),
        document,
        account,
      }),
    );
    // This answer shows the ids as they were sent; the lists show them sorted [rec-2019-c7n-send] [rec-2024-stratus]
    // [rec-2026-10-01-alarms].
    const shown = toCommand(command, account);
    return ok({ Command: { ...shown, InstanceIds: [...(request.InstanceIds ?? [])] } });
  },
);

function refuseParameters(
  { Parameters = {} }: SendCommandRequest,
  {
    account,
    document,
    lookup,
  }: { readonly account: Account; readonly document: DocumentModel; readonly lookup: SsmLookup },
): Refusal | undefined {
  const compile = (pattern: string) => account.documents.compileForService(pattern);
  const why =
    refusedParameters(document, Parameters, compile) ??
    missingReference({ Parameters, document, lookup });
  if (why === undefined) return undefined;
  return {
    name: "InvalidParameters",
    message: "Parameters provided in document are invalid or not supported.",
    why,
  };
}

function missingReference({
  Parameters,
  document,
  lookup,
}: {
  readonly Parameters: Readonly<Record<string, readonly string[]>>;
  readonly document: DocumentModel;
  readonly lookup: SsmLookup;
}): string | undefined {
  const properties = document.steps.map((step) => step.properties);
  const missing = referencedSsm([Parameters, properties]).find(
    (name) => lookup(name) === undefined,
  );
  return missing === undefined
    ? undefined
    : `The Parameter Store of the fake has no parameter ${missing}. Set it: fake.parameters.set(…).`;
}

/**
 * A topic needs a role and a role needs a topic [rec-2026-10-01-notifications]. Either has to be an ARN of its kind
 * ([guide-sns-notifications]; what the service says to another: our decision). An empty string counts as left out (our
 * decision).
 */
function refuseNotification({
  ServiceRoleArn: role = "",
  NotificationConfig,
}: SendCommandRequest): Refusal | undefined {
  const { NotificationArn: topic = "" } = NotificationConfig ?? {};
  if (role === "" && topic !== "") {
    return {
      name: "InvalidRole",
      message: "ServiceRoleArn is a required parameter to enable notification.",
    };
  }
  if (topic === "" && role !== "") {
    return {
      name: "InvalidNotificationConfig",
      message: "NotificationArn is a required parameter to enable notification.",
    };
  }
  if (role !== "" && !/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(role)) {
    const why =
      "ServiceRoleArn is not the ARN of a role, such as arn:aws:iam::123456789012:role/NAME.";
    return { name: "InvalidRole", why };
  }
  if (topic !== "" && !/^arn:[\w-]+:sns:[\w-]+:\d{12}:.+$/.test(topic)) {
    const why =
      "NotificationArn is not the ARN of an SNS topic, such as arn:aws:sns:us-east-1:123456789012:NAME.";
    return { name: "InvalidNotificationConfig", why };
  }
  return undefined;
}

/**
 * An alarm that is in ALARM is refused, and one that does not exist, or cannot be read, unless the request says to ignore
 * that [rec-2026-10-01-alarm-requests].
 */
function refuseAlarms(
  { AlarmConfiguration }: SendCommandRequest,
  { alarms }: Account,
): Refusal | undefined {
  const { Alarms = [], IgnorePollAlarmFailure = false } = AlarmConfiguration ?? {};
  for (const { Name = "" } of Alarms) {
    const state = alarms.get(Name);
    if (state !== "ALARM" && (state !== "UNKNOWN" || IgnorePollAlarmFailure)) continue;
    const message = `The following Cloudwatch alarm(s) were not in a compliant state: ${Name} in state: ${state}`;
    const why = `The fake has no alarm of this name that is OK. Set one: fake.alarms.set(${JSON.stringify(Name)}, "OK").`;
    return { name: "ValidationException", message, ...(state === "UNKNOWN" ? { why } : {}) };
  }
  return undefined;
}

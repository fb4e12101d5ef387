import type { SendCommandRequest, SendCommandResult } from "@aws-sdk/client-ssm";
import { randomUuid } from "../../../time/random.ts";
import type { Account } from "../../account/account.ts";
import { newCommandRecord } from "../../account/command-record.ts";
import { nodeArn } from "../../account/node-kind.ts";
import type { DocumentModel } from "../../documents/document-model.ts";
import { acceptsParameters } from "../../documents/parameters.ts";
import { referencedSsm, type SsmLookup } from "../../documents/ssm-references.ts";
import { ok, type Refusal } from "../../result.ts";
import { documentNameOrArn, documentVersion, flag, instanceIds, text } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { refuseTargets } from "./refuse-targets.ts";
import { toCommand } from "./views.ts";

/** The most bytes of parameters and document together (the 97 KB of the message [rec-2026-09-27-admission]). */
const MOST_PARAMETER_BYTES = 97 * 1024;

/**
 * SendCommand. It always returns Pending ([rules-instant-order]); what the command causes happens before the next call is
 * answered.
 *
 * Order of the checks after those of the request's shape (our decision): targets, document, its version and hash,
 * parameters, their size, role and notification, alarm, nodes, platform. A refused request leaves no trace.
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
    const { document, size } = resolved.value;
    const lookup = (reference: string) => account.parameters.find(reference);
    const refusal =
      refuseParameters(request, { document, size, lookup }) ??
      refuseNotification(request) ??
      refuseAlarms(request, account) ??
      refuseNodes(request, { account, document });
    if (refusal !== undefined) return { ok: false, refusal };
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
    document,
    size,
    lookup,
  }: { readonly document: DocumentModel; readonly size: number; readonly lookup: SsmLookup },
): Refusal | undefined {
  const references = referencedSsm([
    Parameters,
    document.steps.map(({ properties }) => properties),
  ]);
  const isMissing = references.some((name) => lookup(name) === undefined);
  if (isMissing || !acceptsParameters(document, Parameters)) {
    return {
      name: "InvalidParameters",
      message: "Parameters provided in document are invalid or not supported.",
    };
  }
  const bytes = new TextEncoder().encode(JSON.stringify(Parameters)).byteLength;
  if (bytes + size > MOST_PARAMETER_BYTES) {
    return {
      name: "MaxDocumentSizeExceeded",
      message: "The total size of your parameter(s) and document exceeds the 97KB limit.",
    };
  }
  return undefined;
}

/**
 * Refuses a role or a topic that is not an ARN of its kind ([guide-sns-notifications]; what the service says with it: our
 * decision).
 */
function refuseNotification({
  ServiceRoleArn,
  NotificationConfig,
}: SendCommandRequest): Refusal | undefined {
  if (ServiceRoleArn && !/^arn:[\w-]+:iam::\d{12}:role\/.+$/.test(ServiceRoleArn)) {
    return { name: "InvalidRole" };
  }
  const topic = NotificationConfig?.NotificationArn;
  if (topic && !/^arn:[\w-]+:sns:[\w-]+:\d{12}:.+$/.test(topic)) {
    return { name: "InvalidNotificationConfig" };
  }
  return undefined;
}

/** An alarm that is in ALARM already is refused [rec-2026-10-01-alarm-requests]; the message is ours. */
function refuseAlarms(
  { AlarmConfiguration }: SendCommandRequest,
  { alarms }: Account,
): Refusal | undefined {
  const fired = AlarmConfiguration?.Alarms?.find(({ Name = "" }) => alarms.get(Name) === "ALARM");
  return fired === undefined
    ? undefined
    : { name: "ValidationException", message: `The alarm ${fired.Name} is in the ALARM state.` };
}

/**
 * Only nodes that are named by id can make a request fail. Nodes that targets choose are passed over or get an invocation
 * that fails ([rules-targets], [rules-delivery]).
 */
function refuseNodes(
  { InstanceIds = [] }: SendCommandRequest,
  { account, document }: { account: Account; document: DocumentModel },
): Refusal | undefined {
  const { nodes, accountId, settings } = account;
  if (new Set(InstanceIds).size < InstanceIds.length) return { name: "DuplicateInstanceId" };
  for (const id of InstanceIds) {
    if (nodes.get(id)?.access === "denied") {
      const caller = `arn:aws:iam::${accountId}:user/fake`;
      const resource = nodeArn(id, account);
      return {
        name: "AccessDeniedException",
        message: `User: ${caller} is not authorized to perform: ssm:SendCommand on resource: ${resource} because no identity-based policy allows the ssm:SendCommand action`,
      };
    }
  }
  const isUsable = (id: string) => {
    const node = nodes.get(id);
    return node !== undefined && (node.state === "running" || settings.stoppedNodes === "accepted");
  };
  if (!InstanceIds.every(isUsable)) {
    return { name: "InvalidInstanceId", message: "Instances not in a valid state for account" };
  }
  for (const id of InstanceIds) {
    const platform = nodes.get(id)?.platform;
    if (platform !== undefined && !document.platforms.includes(platform)) {
      return {
        name: "UnsupportedPlatformType",
        message: `Cannot perform operation for instance id ${id} of platform type ${platform}`,
      };
    }
  }
  return undefined;
}

import type { SendCommandRequest, SendCommandResult } from "@aws-sdk/client-ssm";
import { randomUuid } from "../../../time/random.ts";
import type { Account } from "../../account/account.ts";
import { newCommandRecord } from "../../account/command-record.ts";
import type { DocumentModel } from "../../documents/document-model.ts";
import { refusedParameters } from "../../documents/parameters.ts";
import { referencedSsm, type SsmLookup } from "../../documents/ssm-references.ts";
import { ok, type Refusal } from "../../result.ts";
import { ssmOperation } from "../ssm-operation.ts";
import { refuseSize } from "./payload-size.ts";
import { refuseNodes } from "./refuse-nodes.ts";
import { refuseTargets } from "./refuse-targets.ts";
import { SEND_COMMAND_MEMBERS } from "./send-command-members.ts";
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
  SEND_COMMAND_MEMBERS,
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

import type { SendCommandRequest, SendCommandResult } from "@aws-sdk/client-ssm";
import { type Answer, answered, type Refusal } from "../../../domain/refusal.ts";
import type { DocumentModel } from "../../documents/document-model.ts";
import { acceptsParameters } from "../../documents/parameters.ts";
import { WELL_KNOWN_DOCUMENTS } from "../../documents/well-known.ts";
import type { Account } from "../account.ts";
import { newCommandRecord } from "../command-record.ts";
import { randomUuid } from "../random.ts";
import { refuseTargets } from "../refuse-targets.ts";
import type { RunLoop } from "../run-loop.ts";
import { toCommand } from "../views.ts";

/** Parameters and document together, in bytes (recorded 2026-09: the 97 KB of the text). */
const MOST_PARAMETER_BYTES = 97 * 1024;

/**
 * SendCommand. Always answers Pending; what follows from it is due before the next call is answered.
 *
 * Order of the checks after those of the request's shape (inferred): targets, document, its version, parameters, their size, alarm, nodes,
 * platform. A refused request leaves no trace.
 */
export function sendCommand(
  request: SendCommandRequest,
  { account, loop }: { readonly account: Account; readonly loop: RunLoop },
): Answer<SendCommandResult> {
  const { DocumentName = "" } = request;
  const document = Object.hasOwn(WELL_KNOWN_DOCUMENTS, DocumentName)
    ? WELL_KNOWN_DOCUMENTS[DocumentName]
    : undefined;
  const refusal =
    refuseTargets(request) ??
    refuseDocument(request, document) ??
    refuseAlarms(request, account) ??
    refuseNodes(request, { account, document });
  if (refusal !== undefined || document === undefined) {
    return { ok: false, refusal: refusal ?? { name: "InvalidDocument" } };
  }
  const command = newCommandRecord(
    { ...request, DocumentName },
    {
      commandId: randomUuid(account.random.ids),
      ordinal: account.commands.sent.length,
      requestedAt: account.clock.now(),
      document,
      rules: account.rules,
    },
  );
  account.commands.add(command);
  loop.begin(command);
  // This answer shows the ids as they were sent; the lists show them sorted (recorded 2019, 2024, 2026-10).
  const shown = toCommand(command, account);
  return answered({ Command: { ...shown, InstanceIds: [...(request.InstanceIds ?? [])] } });
}

/** InvalidDocument and InvalidDocumentVersion carry no message (recorded 2026-09). */
function refuseDocument(
  { DocumentVersion = "$DEFAULT", Parameters = {} }: SendCommandRequest,
  document: DocumentModel | undefined,
): Refusal | undefined {
  if (document === undefined) return { name: "InvalidDocument" };
  if (!["$DEFAULT", "$LATEST", "1"].includes(DocumentVersion)) {
    return { name: "InvalidDocumentVersion" };
  }
  if (!acceptsParameters(document, Parameters)) {
    return {
      name: "InvalidParameters",
      message: "Parameters provided in document are invalid or not supported.",
    };
  }
  const size = new TextEncoder().encode(JSON.stringify(Parameters)).byteLength;
  if (size > MOST_PARAMETER_BYTES) {
    return {
      name: "MaxDocumentSizeExceeded",
      message: "The total size of your parameter(s) and document exceeds the 97KB limit.",
    };
  }
  return undefined;
}

/** An alarm that has fired already is refused (recorded 2026-10-01); the text is ours. */
function refuseAlarms(
  { AlarmConfiguration }: SendCommandRequest,
  { alarms }: Account,
): Refusal | undefined {
  const fired = AlarmConfiguration?.Alarms?.find(({ Name = "" }) => alarms.get(Name) === "ALARM");
  return fired === undefined
    ? undefined
    : { name: "ValidationException", message: `The alarm ${fired.Name} is in the ALARM state.` };
}

/** Only nodes that are named can make a request fail; targets leave out what they cannot use. */
function refuseNodes(
  { InstanceIds = [] }: SendCommandRequest,
  { account, document }: { account: Account; document: DocumentModel | undefined },
): Refusal | undefined {
  const { nodes, region, accountId, rules } = account;
  if (new Set(InstanceIds).size < InstanceIds.length) return { name: "DuplicateInstanceId" };
  for (const id of InstanceIds) {
    if (nodes.get(id)?.access === "denied") {
      const caller = `arn:aws:iam::${accountId}:user/fake`;
      const resource = `arn:aws:ec2:${region}:${accountId}:instance/${id}`;
      return {
        name: "AccessDeniedException",
        message: `User: ${caller} is not authorized to perform: ssm:SendCommand on resource: ${resource} because no identity-based policy allows the ssm:SendCommand action`,
      };
    }
  }
  const isUsable = (id: string) => {
    const node = nodes.get(id);
    return node !== undefined && (node.state === "running" || rules.stoppedNodes === "accepted");
  };
  if (!InstanceIds.every(isUsable)) {
    return { name: "InvalidInstanceId", message: "Instances not in a valid state for account" };
  }
  for (const id of InstanceIds) {
    const platform = nodes.get(id)?.platform;
    if (platform !== undefined && document?.platforms.includes(platform) === false) {
      return {
        name: "UnsupportedPlatformType",
        message: `Cannot perform operation for instance id ${id} of platform type ${platform}`,
      };
    }
  }
  return undefined;
}

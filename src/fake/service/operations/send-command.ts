import type { SendCommandRequest, SendCommandResult } from "@aws-sdk/client-ssm";
import { type Answer, answered, type Refusal } from "../../../domain/refusal.ts";
import type { DocumentModel } from "../../documents/document-model.ts";
import { acceptsParameters } from "../../documents/parameters.ts";
import { WELL_KNOWN_DOCUMENTS } from "../../documents/well-known.ts";
import type { Account } from "../account.ts";
import { newCommandRecord } from "../command-record.ts";
import { randomUuid } from "../random.ts";
import type { RunLoop } from "../run-loop.ts";
import { toCommand } from "../views.ts";

/**
 * SendCommand. Always answers Pending; what follows from it is due before the next call is answered.
 *
 * Order of the checks after those of the request's shape (inferred): targets, document, its version, parameters, nodes,
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

/** Neither and both: nobody has recorded what AWS says, so the texts are ours (open question 32). */
function refuseTargets({ InstanceIds, Targets }: SendCommandRequest): Refusal | undefined {
  const [ids, targets] = [InstanceIds ?? [], Targets ?? []];
  if (ids.length === 0 && targets.length === 0) {
    return {
      name: "ValidationException",
      message: "InstanceIds or Targets must be specified.",
    };
  }
  if (ids.length > 0 && targets.length > 0) {
    return {
      name: "ValidationException",
      message: "InstanceIds and Targets can't be specified together.",
    };
  }
  const keys = targets.map(({ Key }) => Key);
  if (new Set(keys).size < keys.length) {
    return {
      name: "ValidationException",
      message:
        "Duplicate keys are not supported for targets. Remove the duplicate key, and try again.",
    };
  }
  return undefined;
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
  return undefined;
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

import type { SendCommandResult } from "@aws-sdk/client-ssm";
import { parameterArn } from "../../domain/arns.ts";
import {
  type AccessCall,
  accessDenied,
  isDenied,
  resourceOf,
  WHY_DENIED,
} from "../account/access.ts";
import type { Account } from "../account/account.ts";
import { callOperation, type Operation } from "../calls/operation.ts";
import { SSM_OPERATIONS, type SsmOperation } from "../calls/operation-name.ts";
import type { Service } from "../calls/pipeline.ts";
import { type Refusal, refuse } from "../result.ts";
import type { AccountRuntime } from "../runtime/account-runtime.ts";
import { cancelCommand } from "./commands/cancel-command.ts";
import { getCommandInvocation } from "./commands/get-command-invocation.ts";
import { listCommandInvocations } from "./commands/list-command-invocations.ts";
import { listCommands } from "./commands/list-commands.ts";
import { sendCommand } from "./commands/send-command.ts";
import { createDocument } from "./documents/create-document.ts";
import { deleteDocument } from "./documents/delete-document.ts";
import { describeDocument } from "./documents/describe-document.ts";
import { describeDocumentPermission } from "./documents/describe-document-permission.ts";
import { getDocument } from "./documents/get-document.ts";
import { listDocumentVersions } from "./documents/list-document-versions.ts";
import { listDocuments } from "./documents/list-documents.ts";
import { modifyDocumentPermission } from "./documents/modify-document-permission.ts";
import { updateDocument } from "./documents/update-document.ts";
import { updateDocumentDefaultVersion } from "./documents/update-document-default-version.ts";
import { describeInstanceInformation } from "./nodes/describe-instance-information.ts";
import { getConnectionStatus } from "./nodes/get-connection-status.ts";
import { getParameter } from "./parameters/get-parameter.ts";
import { getParameters } from "./parameters/get-parameters.ts";
import { SSM_DIALECT, type SsmContext } from "./ssm-operation.ts";
import {
  addTagsToResource,
  listTagsForResource,
  removeTagsFromResource,
} from "./tags/resource-tags.ts";

/** The operations of Systems Manager that the fake answers. */
export const SSM_TABLE: Readonly<Record<SsmOperation, Operation<SsmContext>>> = {
  SendCommand: sendCommand,
  CancelCommand: cancelCommand,
  GetCommandInvocation: getCommandInvocation,
  ListCommands: listCommands,
  ListCommandInvocations: listCommandInvocations,
  DescribeInstanceInformation: describeInstanceInformation,
  GetConnectionStatus: getConnectionStatus,
  ListDocuments: listDocuments,
  DescribeDocument: describeDocument,
  GetDocument: getDocument,
  ListDocumentVersions: listDocumentVersions,
  CreateDocument: createDocument,
  UpdateDocument: updateDocument,
  UpdateDocumentDefaultVersion: updateDocumentDefaultVersion,
  DeleteDocument: deleteDocument,
  DescribeDocumentPermission: describeDocumentPermission,
  ModifyDocumentPermission: modifyDocumentPermission,
  AddTagsToResource: addTagsToResource,
  RemoveTagsFromResource: removeTagsFromResource,
  ListTagsForResource: listTagsForResource,
  GetParameter: getParameter,
  GetParameters: getParameters,
};

/**
 * Systems Manager over an account. Before a call is answered, everything that is due by then happens, and behaviors that
 * have not returned yet are awaited while time stands still.
 */
export function ssmService(runtime: AccountRuntime): Service {
  const { account, runner } = runtime;
  return {
    name: "ssm",
    region: account.region,
    call: async (operation, input) => {
      await runtime.settle();
      const name = SSM_OPERATIONS.find((each) => each === operation);
      // AWS knows most of what the fake lacks, so that no message of AWS's fits.
      if (name === undefined) {
        return refuse(
          "UnknownOperationException",
          `FakeSsm does not answer ${operation.slice(0, 100)}. It answers ${SSM_OPERATIONS.join(", ")}.`,
        );
      }
      const given = callOperation(SSM_TABLE[name], {
        input,
        context: { account, runner },
        dialect: SSM_DIALECT,
        authorize: (request) => refuseDenied({ operation, request }, account),
      });
      return "ok" in given ? given : runtime.holdUntil(given);
    },
    answerLeaves: (operation, answer) => {
      const sent = operation === "SendCommand" ? commandIn(answer) : undefined;
      const command = sent === undefined ? undefined : account.commands.get(sent);
      if (command !== undefined) runner.answered(command);
    },
    denial: (operation, input) => {
      const resource =
        askedParameter(operation, input, account) ??
        resourceOf(subjectOf(operation, input), account);
      return accessDenied(account, { action: `ssm:${operation}`, resource });
    },
    openCommand: (named) => account.commands.openId(named),
  };
}

/** Asks the fake's `access` about a call. About the nodes of SendCommand it is asked one by one, when they are known. */
function refuseDenied(
  { operation, request }: { readonly operation: string; readonly request: object },
  account: Account,
): Refusal | undefined {
  if (account.access === "allowed") return undefined;
  const subject = subjectOf(operation, request);
  const { node, document } = subject;
  const tagged =
    node === undefined
      ? document === undefined
        ? undefined
        : account.documents.get(document)
      : account.nodes.get(node);
  const call = { operation, ...subject, ...(tagged === undefined ? {} : { tags: tagged.tags }) };
  if (!isDenied(account.access, call)) return undefined;
  return accessDenied(account, {
    action: `ssm:${operation}`,
    resource: askedParameter(operation, request, account) ?? resourceOf(subject, account),
    why: WHY_DENIED,
  });
}

/** The node or the document that a call is about; of SendCommand, which has both, the document. */
function subjectOf(operation: string, input: unknown): Omit<AccessCall, "operation"> {
  const text = (member: string) => textIn(input, member);
  const node =
    text("InstanceId") ?? (operation === "GetConnectionStatus" ? text("Target") : undefined);
  if (node !== undefined) return { node };
  const document =
    text("DocumentName") ?? (operation.includes("Document") ? text("Name") : undefined);
  return document === undefined ? {} : { document };
}

/** The ARN of the parameter that GetParameter or GetParameters asks for, the first of several. */
function askedParameter(operation: string, input: unknown, account: Account): string | undefined {
  if (!operation.startsWith("GetParameter")) return undefined;
  const name = textIn(input, "Name") ?? textIn(input, "Names");
  return name?.startsWith("arn:") ? name : parameterArn(name ?? "", account);
}

/** The id of the command in an answer to SendCommand. */
function commandIn(answer: unknown): string | undefined {
  // The operation has made it.
  return (answer as SendCommandResult).Command?.CommandId;
}

/** Text in the input of a call, which may not have been checked: a member, or the first item of one that is a list. */
function textIn(input: unknown, member: string): string | undefined {
  const isObject = typeof input === "object" && input !== null;
  const held: unknown = isObject ? Reflect.get(input, member) : undefined;
  const text: unknown = Array.isArray(held) ? held[0] : held;
  return typeof text === "string" ? text.slice(0, 2_048) : undefined;
}

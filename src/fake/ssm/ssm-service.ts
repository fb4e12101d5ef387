import { callOperation, type Operation } from "../calls/operation.ts";
import { SSM_OPERATIONS, type SsmOperation } from "../calls/operation-name.ts";
import type { Service } from "../calls/pipeline.ts";
import { refuse } from "../result.ts";
import type { AccountRuntime } from "../runtime/account-runtime.ts";
import { cancelCommand } from "./commands/cancel-command.ts";
import { getCommandInvocation } from "./commands/get-command-invocation.ts";
import { listCommandInvocations } from "./commands/list-command-invocations.ts";
import { listCommands } from "./commands/list-commands.ts";
import { sendCommand } from "./commands/send-command.ts";
import { createDocument } from "./documents/create-document.ts";
import { deleteDocument } from "./documents/delete-document.ts";
import { describeDocument } from "./documents/describe-document.ts";
import { getDocument } from "./documents/get-document.ts";
import { listDocuments } from "./documents/list-documents.ts";
import { updateDocument } from "./documents/update-document.ts";
import { updateDocumentDefaultVersion } from "./documents/update-document-default-version.ts";
import { describeInstanceInformation } from "./nodes/describe-instance-information.ts";
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
  ListDocuments: listDocuments,
  DescribeDocument: describeDocument,
  GetDocument: getDocument,
  CreateDocument: createDocument,
  UpdateDocument: updateDocument,
  UpdateDocumentDefaultVersion: updateDocumentDefaultVersion,
  DeleteDocument: deleteDocument,
  AddTagsToResource: addTagsToResource,
  RemoveTagsFromResource: removeTagsFromResource,
  ListTagsForResource: listTagsForResource,
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
      if (name === undefined) {
        return refuse(
          "UnknownOperationException",
          `FakeSsm does not answer ${operation}. It answers ${SSM_OPERATIONS.join(", ")}.`,
        );
      }
      const context = { account, runner };
      const given = callOperation(SSM_TABLE[name], { input, context, dialect: SSM_DIALECT });
      return "ok" in given ? given : runtime.holdUntil(given);
    },
    isOpen: (commandId) => {
      const command = account.commands.get(commandId);
      return command !== undefined && command.state.closedAt === undefined;
    },
  };
}

import type { CancelCommandRequest, CancelCommandResult } from "@aws-sdk/client-ssm";
import { indexOfNode } from "../../account/command-record.ts";
import { ok, refuse } from "../../result.ts";
import { commandId, instanceIds } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";

/**
 * CancelCommand. Returns `{}` at once [rec-2026-09-27-managed-execution]. Invocations that have ended stay as they are, and
 * so does a command that is over (our decision; [rules-cancel]).
 */
export const cancelCommand = ssmOperation<CancelCommandRequest, CancelCommandResult>(
  { CommandId: { ...commandId, required: true }, InstanceIds: instanceIds },
  ({ CommandId, InstanceIds = [] }, { account, runner }) => {
    const command = account.commands.get(CommandId);
    if (command === undefined) {
      return refuse("InvalidCommandId", `Command id ${CommandId} does not exist.`);
    }
    if (new Set(InstanceIds).size < InstanceIds.length) return refuse("DuplicateInstanceId");
    if (InstanceIds.some((id) => indexOfNode(command, id) < 0)) return refuse("InvalidInstanceId");
    runner.cancel(command, InstanceIds.length === 0 ? undefined : InstanceIds);
    return ok({});
  },
);

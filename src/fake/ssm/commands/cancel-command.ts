import type { CancelCommandRequest, CancelCommandResult } from "@aws-sdk/client-ssm";
import { indexOfNode } from "../../account/command-record.ts";
import { ok, refuse } from "../../result.ts";
import { commandId, instanceIds } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";

/**
 * CancelCommand. Returns `{}` without waiting for the end [rec-2026-09-27-managed-execution]. Invocations that have ended
 * stay as they are, and
 * so does a command that is over (our decision; [rules-cancel]).
 */
export const cancelCommand = ssmOperation<CancelCommandRequest, CancelCommandResult>(
  { CommandId: { ...commandId, required: true }, InstanceIds: instanceIds },
  ({ CommandId, InstanceIds = [] }, { account, runner }) => {
    const command = account.commands.get(CommandId);
    if (command === undefined) {
      return refuse("InvalidCommandId", `Command id ${CommandId} does not exist.`);
    }
    const twice = InstanceIds.find((id, index) => InstanceIds.indexOf(id) !== index);
    if (twice !== undefined) {
      return refuse("DuplicateInstanceId", undefined, `InstanceIds has ${twice} twice.`);
    }
    const other = InstanceIds.find((id) => indexOfNode(command, id) < 0);
    if (other !== undefined) {
      return refuse("InvalidInstanceId", undefined, `The command was not sent to ${other}.`);
    }
    runner.cancel(command, InstanceIds.length === 0 ? undefined : InstanceIds);
    return ok({});
  },
);

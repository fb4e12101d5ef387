import type { CancelCommandRequest, CancelCommandResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { indexOfNode } from "../../account/command-record.ts";
import { type Answer, answered, refused } from "../../result.ts";
import type { RunLoop } from "../../runtime/command-runner.ts";

/**
 * CancelCommand. Answers `{}` at once (recorded 2026-09); invocations that have ended are left alone, and so is a command
 * that has (inferred).
 */
export function cancelCommand(
  { CommandId = "", InstanceIds = [] }: CancelCommandRequest,
  { account, loop }: { readonly account: Account; readonly loop: RunLoop },
): Answer<CancelCommandResult> {
  const command = account.commands.get(CommandId);
  if (command === undefined) {
    return refused("InvalidCommandId", `Command id ${CommandId} does not exist.`);
  }
  if (new Set(InstanceIds).size < InstanceIds.length) return refused("DuplicateInstanceId");
  if (InstanceIds.some((id) => indexOfNode(command, id) < 0)) return refused("InvalidInstanceId");
  const now = account.clock.now();
  loop.cancel(command, now, InstanceIds.length === 0 ? undefined : InstanceIds);
  return answered({});
}

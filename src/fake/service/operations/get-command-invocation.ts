import type { GetCommandInvocationRequest, GetCommandInvocationResult } from "@aws-sdk/client-ssm";
import { type Answer, answered, refused } from "../../../domain/refusal.ts";
import { shownStream } from "../../agents/output.ts";
import type { Invocation, PluginReply } from "../../engine/invocation.ts";
import type { Account } from "../account.ts";
import { indexOfNode } from "../command-record.ts";
import { reportedStatus, shownStatus, toCloudWatchOutputConfig, unreportedCode } from "../views.ts";

/** Characters of standard output that this operation shows. */
const STDOUT_LIMIT = 24_000;

/**
 * GetCommandInvocation: one plugin of one invocation. Until its record exists the invocation does not (recorded 2026-09:
 * some 100 ms after the send). Nothing of a plugin shows before its invocation has ended.
 */
export function getCommandInvocation(
  { CommandId = "", InstanceId = "", PluginName }: GetCommandInvocationRequest,
  { account }: { readonly account: Account },
): Answer<GetCommandInvocationResult> {
  const command = account.commands.get(CommandId);
  const invocation = command?.invocations[indexOfNode(command, InstanceId)];
  if (command === undefined || invocation === undefined) {
    return refused(
      "InvocationDoesNotExist",
      `Invocation not found for ${CommandId}, ${InstanceId}`,
    );
  }
  const index =
    PluginName === undefined ? 0 : command.steps.findIndex(({ name }) => name === PluginName);
  const step = command.steps[index];
  if (step === undefined) {
    return refused(
      "InvalidPluginName",
      `Plugin ${PluginName} not found for invocation with command id ${CommandId} and instance id ${InstanceId}`,
    );
  }
  const { request } = command;
  return answered({
    CommandId,
    InstanceId,
    Comment: request.Comment ?? "",
    DocumentName: request.DocumentName,
    DocumentVersion: request.DocumentVersion ?? "$DEFAULT",
    PluginName: step.name,
    ...report(invocation, { index, rules: account.rules }),
    StandardOutputUrl: "",
    StandardErrorUrl: "",
    CloudWatchOutputConfig: toCloudWatchOutputConfig(command, account.rules),
  });
}

/**
 * `ExecutionElapsedTime`: an ISO duration as Java prints it, zero units and trailing zeros dropped. Recorded: `PT1.755S`,
 * `PT0.026S`, `PT2.44S`, `PT1H0.271S`.
 */
export function formatExecutionElapsed(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor(ms / 60_000) % 60;
  const seconds = (ms % 60_000) / 1_000;
  const parts = [hours > 0 ? `${hours}H` : "", minutes > 0 ? `${minutes}M` : ""].join("");
  return seconds > 0 || parts === "" ? `PT${parts}${seconds}S` : `PT${parts}`;
}

function report(
  invocation: Invocation,
  { index, rules }: { readonly index: number; readonly rules: Account["rules"] },
): GetCommandInvocationResult {
  const reply = invocation.plugins[index];
  if (reply === undefined) {
    return {
      ResponseCode: unreportedCode(invocation.detail, rules),
      ...(rules.unstartedTimes === "empty"
        ? { ExecutionStartDateTime: "", ExecutionElapsedTime: "" }
        : {}),
      ExecutionEndDateTime: "",
      ...shownStatus(invocation, rules),
      StandardOutputContent: "",
      StandardErrorContent: "",
    };
  }
  return {
    ResponseCode: reply.exitCode,
    ...times(reply),
    Status: reportedStatus(reply.detail),
    StatusDetails: reply.detail,
    StandardOutputContent: shownStream(reply.stdout, STDOUT_LIMIT),
    StandardErrorContent: shownStream(reply.stderr, rules.stderrLimit),
  };
}

/** The end is the start plus whole seconds: its milliseconds are those of the start (recorded 2019, 2023, 2024, 2026). */
function times({ startedAt, finishedAt }: PluginReply) {
  const elapsed = finishedAt - startedAt;
  return {
    ExecutionStartDateTime: new Date(startedAt).toISOString(),
    ExecutionElapsedTime: formatExecutionElapsed(elapsed),
    ExecutionEndDateTime: new Date(startedAt + Math.floor(elapsed / 1_000) * 1_000).toISOString(),
  };
}

import type { GetCommandInvocationRequest, GetCommandInvocationResult } from "@aws-sdk/client-ssm";
import type { Account } from "../../account/account.ts";
import { type CommandRecord, indexOfNode, isByTargets } from "../../account/command-record.ts";
import { s3PlaceOf } from "../../account/s3-places.ts";
import { STREAM_LIMIT, shownStream } from "../../agents/output.ts";
import type { Invocation, PluginReply } from "../../engine/invocation.ts";
import { ok, refuse } from "../../result.ts";
import { commandId, instanceId } from "../members.ts";
import { ssmOperation } from "../ssm-operation.ts";
import {
  reportedStatus,
  shownStatus,
  toCloudWatchOutputConfig,
  unreportedCode,
  unreportedStatus,
} from "./views.ts";

/**
 * GetCommandInvocation: one plugin of one invocation. Until its record exists, the invocation does not (until 70 ms
 * after a send by ids, and 200 ms after one by tags [rec-2026-09-27-managed-execution]). Nothing of a plugin shows before
 * its invocation has ended
 * [rec-2026-09-27-timeouts].
 */
export const getCommandInvocation = ssmOperation<
  GetCommandInvocationRequest,
  GetCommandInvocationResult
>(
  {
    CommandId: { ...commandId, required: true },
    InstanceId: { ...instanceId, required: true },
    PluginName: { type: "string", min: 4 },
  },
  ({ CommandId, InstanceId, PluginName }, { account }) => {
    const command = account.commands.get(CommandId);
    const invocation = command?.invocations[indexOfNode(command, InstanceId)];
    if (command === undefined || invocation === undefined) {
      return refuse(
        "InvocationDoesNotExist",
        `Invocation not found for ${CommandId}, ${InstanceId}`,
        whyMissing(command, InstanceId),
      );
    }
    const isSummary =
      PluginName === undefined &&
      command.document.steps.length > 1 &&
      account.settings.multiPluginRead === "summary";
    const index = indexOfPlugin(command, PluginName);
    const step = command.document.steps[index];
    if (step === undefined && !isSummary) {
      return refuse(
        "InvalidPluginName",
        `Plugin ${PluginName ?? ""} not found for invocation with command id ${CommandId} and instance id ${InstanceId}`,
        `The document has the plugins ${command.document.steps.map(({ name }) => name).join(", ")}.`,
      );
    }
    const { request } = command;
    return ok({
      CommandId,
      InstanceId,
      Comment: request.Comment ?? "",
      DocumentName: request.DocumentName,
      DocumentVersion: request.DocumentVersion ?? "$DEFAULT",
      PluginName: step?.name ?? "",
      ...(isSummary
        ? summary(invocation, account.settings)
        : report(invocation, { index, account, command })),
      CloudWatchOutputConfig: toCloudWatchOutputConfig(command, account.settings),
    });
  },
);

const ASK_AGAIN = 'ask again, as on AWS, or make a fake that is not late, `latency: "instant"`.';

function whyMissing(command: CommandRecord | undefined, instanceId: string): string {
  if (command === undefined) return "The fake has no command with this id.";
  if (command.recorded !== undefined || indexOfNode(command, instanceId) < 0) {
    return command.recorded === undefined && isByTargets(command)
      ? `The targets of the command have not been expanded yet (latency.${command.context.hasTargetsOfIds ? "idExpansionDelay" : "targetExpansionDelay"}): ${ASK_AGAIN}`
      : `The command was not sent to ${instanceId}.`;
  }
  return `The record of the invocation has not been made yet (latency.visibilityDelay): ${ASK_AGAIN}`;
}

/** The index of the plugin that is meant: the named one, or the only one; -1 when there is none. */
function indexOfPlugin({ document: { steps } }: CommandRecord, name: string | undefined): number {
  if (name !== undefined) return steps.findIndex((step) => step.name === name);
  return steps.length === 1 ? 0 : -1;
}

/**
 * `ExecutionElapsedTime`: an ISO duration as Java prints it, without zero units and trailing zeros: `PT1.755S`
 * [rec-2019-c7n-invocation], `PT0.026S`, `PT2.44S` [rec-2026-09-27-managed-execution], `PT1H0.271S` [fidelity-cases].
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
  { index, account, command }: { index: number; account: Account; command: CommandRecord },
): GetCommandInvocationResult {
  const { settings, region } = account;
  const reply = invocation.plugins[index];
  if (reply === undefined) {
    return {
      ResponseCode: unreportedCode(invocation.detail, settings),
      ...noTimes(settings),
      ...(command.document.steps.length === 1
        ? shownStatus(invocation, settings)
        : unreportedStatus(command, { invocation, index, settings })),
      ...NO_OUTPUT,
    };
  }
  const { instanceId } = invocation;
  const place = s3PlaceOf(command, { instanceId, index, region });
  return {
    ResponseCode: reply.exitCode,
    ...times(reply),
    Status: reportedStatus(reply.detail),
    StatusDetails: reply.detail,
    StandardOutputContent: shownStream(reply.stdout, STREAM_LIMIT),
    StandardOutputUrl: place?.stdoutUrl ?? "",
    StandardErrorContent: shownStream(reply.stderr, settings.stderrLimit),
    StandardErrorUrl: place?.stderrUrl ?? "",
  };
}

/** Of several plugins when none is named: how the invocation stands, without output (question 20 of docs/settings.md). */
function summary(
  invocation: Invocation,
  settings: Account["settings"],
): GetCommandInvocationResult {
  const { plugins, detail } = invocation;
  const firstFailing = plugins.find(({ exitCode }) => exitCode !== 0);
  return {
    ResponseCode:
      plugins.length === 0 ? unreportedCode(detail, settings) : (firstFailing?.exitCode ?? 0),
    ...noTimes(settings),
    ...shownStatus(invocation, settings),
    ...NO_OUTPUT,
  };
}

const NO_OUTPUT = {
  StandardOutputContent: "",
  StandardOutputUrl: "",
  StandardErrorContent: "",
  StandardErrorUrl: "",
} as const;

/** Before a plugin has reported, its end is ""; its start and elapsed time are absent [rec-2026-09-27-timeouts]. */
function noTimes({ unstartedTimes }: Account["settings"]) {
  const started = { ExecutionStartDateTime: "", ExecutionElapsedTime: "" };
  return { ...(unstartedTimes === "empty" ? started : {}), ExecutionEndDateTime: "" };
}

/**
 * The end is the start plus whole seconds: its milliseconds are those of the start [rec-2019-c7n-invocation]
 * [rec-2026-09-27-managed-execution] [fidelity-cases].
 */
function times({ startedAt, finishedAt }: PluginReply) {
  const elapsed = finishedAt - startedAt;
  return {
    ExecutionStartDateTime: new Date(startedAt).toISOString(),
    ExecutionElapsedTime: formatExecutionElapsed(elapsed),
    ExecutionEndDateTime: new Date(startedAt + Math.floor(elapsed / 1_000) * 1_000).toISOString(),
  };
}

import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import { defaultLogGroupName, logStreamNames } from "../../domain/output-names.ts";
import type { EpochMs } from "../../time/clock.ts";
import type { Account } from "../account/account.ts";
import type { CommandRecord, UploadedLengths } from "../account/command-record.ts";
import type { ManagedNode } from "../account/node.ts";
import { s3PlaceOf } from "../account/s3-places.ts";
import type { AgentRunEffect } from "../agents/agent-run-state.ts";
import { onClockOf } from "../agents/node-clock.ts";
import type { Settings } from "../engine/settings.ts";
import { toLogMessages } from "../logs/log-events.ts";
import { StoredObject } from "../s3/bucket-store.ts";

interface Upload {
  readonly index: number;
  readonly upload: Extract<AgentRunEffect, { readonly type: "upload" }>;
}

/**
 * Uploads to CloudWatch Logs what the streams have beyond the last upload, only whole lines until the streams are complete.
 * Nothing that goes wrong there changes the command: a group that is missing and may not be made switches the upload off
 * [agent-logs-publisher].
 */
export function uploadLogs(
  { commandId, request, document, runContext, instanceIds, uploads }: CommandRecord,
  { logs, settings }: Account,
  { index, upload, at, node }: Upload & { readonly at: EpochMs; readonly node: ManagedNode },
): void {
  const instanceId = instanceIds[index] ?? "";
  const { stepIndex, streams, isComplete } = upload;
  const pluginName = document.steps[stepIndex]?.name;
  if (!runContext.isLogged || pluginName === undefined) return;
  const group = logGroupOf(request, settings);
  const may = node.logs;
  // Without a policy the agent can neither make the group nor see that it exists [agent-logs-publisher].
  if (may === "noPolicy" || (may === "denied" && logs.group(group) === undefined)) return;
  const names = logStreamNames({ commandId, instanceId, pluginName });
  for (const stream of ["stdout", "stderr"] as const) {
    const before = uploadedOf(uploads.get(index), upload);
    const text = streams[stream];
    const end = isComplete ? text.length : text.lastIndexOf("\n") + 1;
    const fresh = text.slice(before[stream], end);
    if (fresh === "") continue;
    uploads.set(index, { ...before, stepIndex, [stream]: end });
    const messages = toLogMessages(fresh, { isComplete });
    logs.write({
      ...{ group, stream: names[stream], messages, at },
      timestamp: onClockOf(node, at),
    });
  }
}

/** How far the streams of this step were uploaded. Another step begins at 0; a rerun after a reboot goes on. */
function uploadedOf(uploaded: UploadedLengths | undefined, { stepIndex }: Upload["upload"]) {
  return uploaded?.stepIndex === stepIndex ? uploaded : { stdout: 0, stderr: 0 };
}

/**
 * Uploads the streams that are not empty to the bucket, whole [agent-s3-upload]. Nothing that goes wrong there changes the
 * command.
 *
 * @returns Why nothing was uploaded, as a sentence, if something should have been.
 */
export function uploadObjects(
  command: CommandRecord,
  { buckets, nodes, region }: Account,
  { index, upload, at }: Upload & { readonly at: EpochMs },
): string | undefined {
  const { stepIndex, streams } = upload;
  const instanceId = command.instanceIds[index] ?? "";
  const place = s3PlaceOf(command, { instanceId, index: stepIndex, region });
  const name = command.request.OutputS3BucketName;
  if (place === undefined || name === undefined || isEmpty(streams)) return undefined;
  const access = buckets.accessTo(name);
  if (access === "missing") return `The bucket ${name} does not exist: nothing was uploaded.`;
  if (access === "denied")
    return `Nodes may not write to the bucket ${name}: nothing was uploaded.`;
  if (nodes.get(instanceId)?.objects === "denied") {
    return "The node may not write to S3: nothing was uploaded.";
  }
  const bucket = buckets.add(name);
  const put = (key: string, text: string) => bucket.put(new StoredObject(key, { text, at }));
  if (streams.stdout !== "") put(place.stdoutKey, streams.stdout);
  if (streams.stderr !== "") put(place.stderrKey, streams.stderr);
  return undefined;
}

function isEmpty({ stdout, stderr }: Upload["upload"]["streams"]): boolean {
  return stdout === "" && stderr === "";
}

function logGroupOf(
  { CloudWatchOutputConfig, DocumentName = "" }: SendCommandRequest,
  { leadingSlash }: Pick<Settings, "leadingSlash">,
): string {
  return (
    CloudWatchOutputConfig?.CloudWatchLogGroupName ||
    defaultLogGroupName(DocumentName).slice(leadingSlash ? 0 : 1)
  );
}

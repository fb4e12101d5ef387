import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import { defaultLogGroupName, logStreamNames } from "../../domain/output-names.ts";
import type { EpochMs } from "../../time/clock.ts";
import { toMs } from "../../time/duration.ts";
import type { Account } from "../account/account.ts";
import type { CommandRecord } from "../account/command-record.ts";
import { s3PlaceOf } from "../account/s3-places.ts";
import type { AgentRun } from "../agents/agent-run.ts";
import { type RunningProcess, writtenUntil } from "../agents/process.ts";
import { joinedStreams } from "../documents/step-flow.ts";
import type { OpenQuestions } from "../engine/settings.ts";
import { toLogMessages } from "../logs/log-events.ts";

/** The agent looks for new output every so often (agent's source: 1 s now, 3 and 30 s in old versions). */
const LOG_POLL_MS = 1_000;

/** Both streams of a step, as far as they are written. */
export interface Streams {
  readonly stdout: string;
  readonly stderr: string;
}

/** Whether the agent uploads output before it replies (recorded 2026-09: the reply came seconds after the end). */
export function uploadsOutput(request: SendCommandRequest): boolean {
  return isLogged(request) || (request.OutputS3BucketName ?? "") !== "";
}

/** Whether output goes to CloudWatch Logs. A group's name alone asks for nothing. */
export function isLogged({ CloudWatchOutputConfig }: SendCommandRequest): boolean {
  return CloudWatchOutputConfig?.CloudWatchOutputEnabled === true;
}

/** When the agent looks at what a process has written: after its first round, and after whatever is written by then. */
export function logPolls({ startedAt, endsAt = Infinity, result }: RunningProcess): EpochMs[] {
  if (result.type === "neverReplies") return [];
  const rounds = (result.writes ?? []).map(({ at }) => Math.ceil(toMs(at, "at") / LOG_POLL_MS));
  return [...new Set([1, ...rounds])]
    .map((round) => startedAt + round * LOG_POLL_MS)
    .filter((at) => at < endsAt);
}

/** What a step that still runs has written by an instant; undefined when none runs. */
export function writtenSoFar({ process, reports }: AgentRun, at: EpochMs): Streams | undefined {
  if (process === undefined) return undefined;
  const now = writtenUntil(at - process.startedAt, process.result);
  const all = (name: keyof Streams) =>
    joinedStreams([...reports.map((report) => report[name]), now[name]]);
  return { stdout: all("stdout"), stderr: all("stderr") };
}

interface Upload {
  readonly run: AgentRun;
  readonly streams: Streams;
  readonly at: EpochMs;
  /** The step has ended: what is left of a line goes too. */
  readonly isComplete: boolean;
}

/**
 * What the streams have beyond what was uploaded goes to CloudWatch Logs, in whole lines until they are complete. Nothing
 * that goes wrong there changes the command: a group that is missing and may not be made switches it off (agent's source).
 */
export function uploadLogs(
  { commandId, request, steps }: CommandRecord,
  { logs, rules }: Account,
  { run, streams, at, isComplete }: Upload,
): void {
  const pluginName = steps[run.stepIndex]?.name;
  if (!isLogged(request) || pluginName === undefined) return;
  const group = logGroupOf(request, rules);
  const { logs: may } = run.node;
  // Without a policy the agent can neither make the group nor see that it is there.
  if (may === "noPolicy" || (may === "denied" && logs.group(group) === undefined)) return;
  const names = logStreamNames({ commandId, instanceId: run.node.instanceId, pluginName });
  for (const stream of ["stdout", "stderr"] as const) {
    const text = streams[stream];
    const end = isComplete ? text.length : text.lastIndexOf("\n") + 1;
    const fresh = text.slice(run.uploaded[stream], end);
    if (fresh === "") continue;
    run.uploaded = { ...run.uploaded, [stream]: end };
    const messages = toLogMessages(fresh, { isComplete });
    logs.write({ group, stream: names[stream], messages, at });
  }
}

/** Streams that hold anything go to the bucket, whole (agent's source). */
export function uploadObjects(
  command: CommandRecord,
  { objects, region }: Account,
  { run, streams }: Pick<Upload, "run" | "streams">,
): void {
  const place = s3PlaceOf(command, {
    instanceId: run.node.instanceId,
    index: run.stepIndex,
    region,
  });
  const bucket = command.request.OutputS3BucketName;
  if (place === undefined || bucket === undefined) return;
  if (streams.stdout !== "") objects.put(bucket, { key: place.stdoutKey, text: streams.stdout });
  if (streams.stderr !== "") objects.put(bucket, { key: place.stderrKey, text: streams.stderr });
}

function logGroupOf(
  { CloudWatchOutputConfig, DocumentName = "" }: SendCommandRequest,
  { leadingSlash }: Pick<OpenQuestions, "leadingSlash">,
): string {
  return (
    CloudWatchOutputConfig?.CloudWatchLogGroupName ||
    defaultLogGroupName(DocumentName).slice(leadingSlash ? 0 : 1)
  );
}

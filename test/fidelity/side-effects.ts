import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  paginateDescribeLogStreams,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import type { FakeSsm } from "ssm-run-command/fake";
import type { ReadStep } from "./case-format.ts";
import { readRollout } from "./rollout-read.ts";

/** The side effects of the service at the place that a step names. */
export async function readSideEffects(fake: FakeSsm, step: ReadStep): Promise<object> {
  switch (step.read) {
    case "logs":
      return readLogs(fake, step.group);
    case "objects":
      return { objects: readObjects(fake, step.bucket) };
    case "notifications":
      return { messages: readMessages(fake, step.topic) };
    case "rollout":
      return readRollout(fake.timeline({ commandId: step.command }));
  }
}

/** What {@link readSideEffects} has to find for a step to hold, as a pattern. Lists come in any order. */
export function expectedSideEffects(step: ReadStep): object {
  switch (step.read) {
    case "logs":
      return step.streams === undefined
        ? { exists: step.exists }
        : { exists: true, streams: { $unordered: step.streams } };
    case "objects":
      return { objects: { $unordered: step.objects } };
    case "notifications":
      return { messages: { $unordered: step.messages } };
    case "rollout": {
      const { at, read, command, ...expected } = step;
      return expected;
    }
  }
}

/** Creates a log group that exists before the first step. */
export async function makeLogGroup(fake: FakeSsm, logGroupName: string): Promise<void> {
  const client = new CloudWatchLogsClient(fake.logs.clientConfig());
  try {
    await client.send(new CreateLogGroupCommand({ logGroupName }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "UnknownOperationException") throw error;
    throw new Error("Not simulated yet: log groups that exist before a command writes to them.");
  }
}

async function readLogs(fake: FakeSsm, group: string) {
  const client = new CloudWatchLogsClient(fake.logs.clientConfig());
  const streams: { readonly name: string; readonly text: string | undefined }[] = [];
  try {
    for await (const page of paginateDescribeLogStreams({ client }, { logGroupName: group })) {
      for (const { logStreamName: name = "" } of page.logStreams ?? []) {
        streams.push({ name, text: fake.logs.text(group, name) });
      }
    }
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return { exists: false };
    throw error;
  }
  return { exists: true, streams };
}

function readObjects(fake: FakeSsm, bucket: string) {
  return fake.objects.list(bucket).map((key) => ({
    key,
    size: new TextEncoder().encode(fake.objects.get(bucket, key)).length,
  }));
}

function readMessages(fake: FakeSsm, topic: string) {
  return fake.notifications
    .list()
    .flatMap((each) =>
      each.kind === "sns" && each.topic === topic
        ? [{ subject: each.subject, body: JSON.parse(each.message) as unknown }]
        : [],
    );
}

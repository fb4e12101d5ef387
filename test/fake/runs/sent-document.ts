import type { CommandInvocation } from "@aws-sdk/client-ssm";
import { FakeSsm, type NodeOptions, type Settings } from "ssm-run-command/fake";

interface Sending {
  /** The contents of documents by name; the first is sent. */
  readonly documents: Readonly<Record<string, object>>;
  readonly node?: NodeOptions;
  /** Values of Parameter Store. */
  readonly stored?: Readonly<Record<string, string | readonly string[]>>;
  readonly settings?: Partial<Settings>;
  /** A bucket for the output. */
  readonly bucket?: string;
  /** Happens after the send. */
  readonly then?: (fake: FakeSsm, commandId: string) => Promise<unknown>;
}

/** What a test reads of a step. */
export interface RanStep {
  readonly name: string | undefined;
  readonly detail: string | undefined;
  readonly exitCode: number | undefined;
  readonly output: string | undefined;
}

/** A document that was sent to one node. */
export interface SentDocument {
  readonly fake: FakeSsm;
  readonly commandId: string;
  readonly instanceId: string;
}

/** Sends the first of some documents to one node. */
export async function sendDocument(sending: Sending): Promise<SentDocument> {
  const { documents, node = {}, stored = {}, settings = {}, bucket, then } = sending;
  const fake = new FakeSsm({ latency: "instant", settings });
  const { instanceId } = fake.nodes.add(node);
  for (const [name, value] of Object.entries(stored)) fake.parameters.set(name, value);
  for (const [name, given] of Object.entries(documents)) await fake.documents.add(name, given);
  const { Command } = await fake.sendCommand({
    DocumentName: Object.keys(documents)[0]!,
    InstanceIds: [instanceId],
    ...(bucket === undefined ? {} : { OutputS3BucketName: bucket }),
  });
  const commandId = Command!.CommandId!;
  await then?.(fake, commandId);
  return { fake, commandId, instanceId };
}

/** How a document that was sent ended, an hour later. */
export async function ended({ fake, commandId }: SentDocument): Promise<CommandInvocation> {
  await fake.clock.advance("1h");
  const listed = await fake.listCommandInvocations({ CommandId: commandId, Details: true });
  return listed.CommandInvocations![0]!;
}

/** The steps of a document that is sent, once it has ended. */
export async function ranSteps(sending: Sending): Promise<readonly RanStep[]> {
  const { CommandPlugins } = await ended(await sendDocument(sending));
  return CommandPlugins!.map(({ Name, StatusDetails, ResponseCode, Output }) => ({
    ...{ name: Name, detail: StatusDetails, exitCode: ResponseCode, output: Output },
  }));
}

import { expect } from "vitest";
import type { CaseName } from "./protocol-cases-ids.ts";

/** A request as it goes over the wire. */
export interface WireCall {
  /** The value of `X-Amz-Target`. */
  readonly target: string;
  /** @default "application/x-amz-json-1.1" */
  readonly contentType?: string;
  /** @default "{}" */
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** What can be seen of an answer; a row names the part that its case is about. */
export interface WireSeen {
  readonly status: number;
  readonly contentType: string | null;
  readonly requestId: string | null;
  readonly errorType: string | null;
  /** The body as it came. */
  readonly text: string;
  /** The body as JSON; undefined when there is none. */
  readonly body: unknown;
}

/** What a row states: in words, as a call, and as the answer. */
export interface ProtocolFact {
  readonly states: string;
  readonly call: WireCall;
  readonly seen: Partial<WireSeen>;
}

/** One of AWS's cases, applied to an operation that the fake has. */
export interface ProtocolCase extends ProtocolFact {
  readonly name: CaseName;
}

/** What the rows of the tables ask about: a node that has run one command, with its output and a document. */
export const ASKED_OF = {
  instanceId: "i-00000000000000001",
  start: "2026-09-27T10:00:00.478Z",
  stdout: "hello",
  logGroup: "/deploy",
  documentName: "Own-Document",
  document:
    '{"schemaVersion":"2.2","mainSteps":[{"action":"aws:runShellScript","name":"one","inputs":{"runCommand":["uptime"]}}]}',
  notified: {
    NotificationArn: "arn:aws:sns:us-east-1:123456789012:done",
    NotificationEvents: ["Success", "Failed"],
    NotificationType: "Invocation",
  },
} as const;

/** A valid SendCommand, with what a row adds to it. */
export function sending(more: Readonly<Record<string, unknown>>): WireCall {
  const { instanceId } = ASKED_OF;
  const least = {
    DocumentName: "AWS-RunShellScript",
    InstanceIds: [instanceId],
    Parameters: { commands: ["uptime"] },
  };
  return { target: "AmazonSSM.SendCommand", body: JSON.stringify({ ...least, ...more }) };
}

/** A command in an answer, with these members among others. */
export function aCommand(members: object): Partial<WireSeen> {
  return {
    status: 200,
    body: expect.objectContaining({ Command: expect.objectContaining(members) }),
  };
}

import { FakeSsm } from "ssm-run-command/fake";
import { describe, expect, it } from "vitest";
import { nodeId, UNKNOWN_COMMAND_ID } from "../../contract/contract-account.ts";
import { callRaw } from "../../support/wire-call.ts";

/** One check of an operation, and a request that breaks it. */
interface Check {
  readonly name: string;
  /** Members that break it. */
  readonly members: Readonly<Record<string, unknown>>;
  /** The refusal's name, and as much of its message as tells one check from another. */
  readonly refusal: readonly [name: string, text?: string];
}

/** Node 1 can be used, 2 is denied, 3 is stopped, 4 runs Windows. */
const FLEET = {
  nodes: [
    {},
    { access: "denied" as const },
    { state: "stopped" as const },
    { platform: "Windows" as const },
  ],
};

const OF_SEND: readonly Check[] = [
  { name: "type", members: { Comment: 7 }, refusal: ["SerializationException"] },
  {
    name: "constraints",
    members: { MaxConcurrency: "0" },
    refusal: ["ValidationException", "at 'maxConcurrency'"],
  },
  {
    name: "targets",
    members: { Targets: [{ Key: "tag:Role", Values: ["web"] }] },
    refusal: ["ValidationException", "InstanceIds and Targets"],
  },
  { name: "document", members: { DocumentName: "Deploy" }, refusal: ["InvalidDocument"] },
  { name: "version", members: { DocumentVersion: "7" }, refusal: ["InvalidDocumentVersion"] },
  { name: "hash", members: { DocumentHash: "0" }, refusal: ["InvalidDocument"] },
  {
    name: "size",
    members: { OutputS3KeyPrefix: "p".repeat(500), Parameters: { commands: ["x".repeat(98_500)] } },
    refusal: ["MaxDocumentSizeExceeded"],
  },
  {
    name: "parameters",
    members: { Parameters: { user: ["x".repeat(98_500)] } },
    refusal: ["InvalidParameters"],
  },
  { name: "topic", members: { ServiceRoleArn: "admin" }, refusal: ["InvalidNotificationConfig"] },
  {
    name: "alarm",
    members: { AlarmConfiguration: { Alarms: [{ Name: "fired" }] } },
    refusal: ["ValidationException", "ALARM"],
  },
  {
    name: "duplicate",
    members: { InstanceIds: [nodeId(1), nodeId(1)] },
    refusal: ["DuplicateInstanceId"],
  },
  { name: "access", members: { InstanceIds: [nodeId(2)] }, refusal: ["AccessDeniedException"] },
  { name: "state", members: { InstanceIds: [nodeId(3)] }, refusal: ["InvalidInstanceId"] },
  { name: "platform", members: { InstanceIds: [nodeId(4)] }, refusal: ["UnsupportedPlatformType"] },
];

const OF_CANCEL: readonly Check[] = [
  { name: "type", members: { CommandId: 7 }, refusal: ["SerializationException"] },
  { name: "constraints", members: { InstanceIds: ["x"] }, refusal: ["ValidationException"] },
  { name: "command", members: { CommandId: UNKNOWN_COMMAND_ID }, refusal: ["InvalidCommandId"] },
  {
    name: "duplicate",
    members: { InstanceIds: [nodeId(1), nodeId(1)] },
    refusal: ["DuplicateInstanceId"],
  },
  { name: "nodes", members: { InstanceIds: [nodeId(9)] }, refusal: ["InvalidInstanceId"] },
];

const OF_GET: readonly Check[] = [
  { name: "type", members: { PluginName: 7 }, refusal: ["SerializationException"] },
  { name: "constraints", members: { CommandId: "x" }, refusal: ["ValidationException"] },
  {
    name: "invocation",
    members: { InstanceId: nodeId(9) },
    refusal: ["InvocationDoesNotExist"],
  },
  { name: "plugin", members: { PluginName: "notAPlugin" }, refusal: ["InvalidPluginName"] },
];

const OF_LISTS: readonly Check[] = [
  { name: "type", members: { NextToken: 7 }, refusal: ["SerializationException"] },
  { name: "constraints", members: { MaxResults: 0 }, refusal: ["ValidationException"] },
  {
    name: "filters",
    members: { Filters: [{ key: "Odd", value: "x" }] },
    refusal: ["InvalidFilterKey"],
  },
  { name: "token", members: { NextToken: "odd" }, refusal: ["InvalidNextToken"] },
];

type Operation =
  | "SendCommand"
  | "CancelCommand"
  | "GetCommandInvocation"
  | "ListCommands"
  | "ListCommandInvocations";

/** The checks of every operation, in their order, which is our decision. */
const CHECKS: Readonly<Record<Operation, readonly Check[]>> = {
  SendCommand: OF_SEND,
  CancelCommand: OF_CANCEL,
  GetCommandInvocation: OF_GET,
  ListCommands: OF_LISTS,
  ListCommandInvocations: OF_LISTS,
};

/** How a fake with one command refuses a request that breaks these checks and no others. */
async function refusalOf(operation: Operation, broken: readonly Check[]): Promise<unknown> {
  const fake = new FakeSsm(FLEET);
  fake.alarms.set("fired", "ALARM");
  const sound = {
    DocumentName: "AWS-RunShellScript",
    Parameters: { commands: ["uptime"] },
    InstanceIds: [nodeId(1)],
  };
  const { Command } = await fake.sendCommand(sound);
  const { CommandId } = Command!;
  const base = {
    SendCommand: sound,
    CancelCommand: { CommandId },
    GetCommandInvocation: { CommandId, InstanceId: nodeId(1) },
    ListCommands: {},
    ListCommandInvocations: {},
  }[operation];
  const input = broken.reduceRight(merge, base);
  const { text } = await callRaw(fake, operation, JSON.stringify(input));
  return JSON.parse(text);
}

/** Joins lists and maps, so that what breaks one check does not mend another; else the earlier check's value counts. */
function merge(input: Readonly<Record<string, unknown>>, { members }: Check) {
  const merged = { ...input };
  for (const [name, value] of Object.entries(members)) {
    const before = merged[name];
    if (Array.isArray(before) && Array.isArray(value)) merged[name] = [...before, ...value];
    else if (name === "Parameters") merged[name] = { ...Object(before), ...Object(value) };
    else merged[name] = value;
  }
  return merged;
}

const answerOf = ({ refusal: [name, text] }: Check) =>
  text === undefined ? { __type: name } : { __type: name, message: expect.stringContaining(text) };

const singles = Object.entries(CHECKS).flatMap(
  ([operation, checks]) => checks.map((check) => ({ operation: operation as Operation, check })), // a key of the table
);
const pairs = Object.entries(CHECKS).flatMap(([operation, checks]) =>
  checks.slice(1).map((second, index) => {
    const first = checks[index]!;
    return { operation: operation as Operation, first, second }; // a key of the table
  }),
);

describe("a request that breaks one check", () => {
  it.each(singles)("of $operation, $check.name, gets its refusal", async ({ operation, check }) => {
    expect(await refusalOf(operation, [check])).toMatchObject(answerOf(check));
  });
});

describe("a request that breaks two checks", () => {
  it.each(pairs)(
    "of $operation, $first.name and $second.name, gets the refusal of $first.name",
    async ({ operation, first, second }) => {
      expect(await refusalOf(operation, [first, second])).toMatchObject(answerOf(first));
    },
  );
});

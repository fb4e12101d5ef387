import { nodeId, UNKNOWN_COMMAND_ID } from "../contract/contract-account.ts";

/** A call that the service refused, with its answer to the letter. */
export interface RecordedRefusal {
  /** What was wrong. */
  readonly about: string;
  /** The method of boto3. */
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Error.Code and Error.Message of boto3: an empty message did not come. */
  readonly code: string;
  readonly message: string;
}

const UPTIME = { commands: ["uptime"] } as const;
const CONCURRENCY = "^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$";
const ERRORS = "^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$";
const COMMAND_ID = "^[A-Fa-f0-9]{8}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{4}-[A-Fa-f0-9]{12}$";
const INSTANCE_ID = "(^i-(\\w{8}|\\w{17})$)|(^mi-\\w{17}$)";

/**
 * Refusals of the service [rec-2026-09-27-managed-execution] [rec-2026-09-27-control-edges] [rec-2026-09-27-admission],
 * where no other source stands; node, command and document are ours.
 */
export const RECORDED_REFUSALS: readonly RecordedRefusal[] = [
  invalid("TimeoutSeconds below 30", {
    args: sending({ TimeoutSeconds: 1 }),
    found: "Value '1' at 'timeoutSeconds'",
    constraint: "Member must have value greater than or equal to 30",
  }),
  invalid("MaxConcurrency 0", {
    args: sending({ MaxConcurrency: "0" }),
    found: "Value '0' at 'maxConcurrency'",
    constraint: pattern(CONCURRENCY),
  }),
  invalid("MaxConcurrency above 100%", {
    args: sending({ MaxConcurrency: "101%" }),
    found: "Value '101%' at 'maxConcurrency'",
    constraint: pattern(CONCURRENCY),
  }),
  invalid("MaxErrors below 0", {
    args: sending({ MaxErrors: "-1" }),
    found: "Value '-1' at 'maxErrors'",
    constraint: pattern(ERRORS),
  }),
  invalid("MaxErrors above 100%", {
    args: sending({ MaxErrors: "101%" }),
    found: "Value '101%' at 'maxErrors'",
    constraint: pattern(ERRORS),
  }),
  {
    about: "a parameter that the document does not have",
    method: "send_command",
    args: sending({ Parameters: { ...UPTIME, unknown: ["x"] } }),
    code: "InvalidParameters",
    message: "Parameters provided in document are invalid or not supported.",
  },
  {
    about: "a document that is not there",
    method: "send_command",
    args: sending({ DocumentName: "document-missing" }),
    code: "InvalidDocument",
    message: "",
  },
  {
    about: "a version that is not there",
    method: "send_command",
    args: sending({ DocumentVersion: "999999" }),
    code: "InvalidDocumentVersion",
    message: "",
  },
  {
    about: "a node that is not there",
    method: "send_command",
    args: sending({ InstanceIds: [nodeId(0)] }),
    code: "InvalidInstanceId",
    message: "Instances not in a valid state for account",
  },
  {
    about: "a command that is not there",
    method: "get_command_invocation",
    args: { CommandId: UNKNOWN_COMMAND_ID, InstanceId: nodeId(1) },
    code: "InvocationDoesNotExist",
    message: `Invocation not found for ${UNKNOWN_COMMAND_ID}, ${nodeId(1)}`,
  },
  {
    about: "a cancel of a command that is not there",
    method: "cancel_command",
    args: { CommandId: UNKNOWN_COMMAND_ID },
    code: "InvalidCommandId",
    message: `Command id ${UNKNOWN_COMMAND_ID} does not exist.`,
  },
  {
    about: "an id of a command that is none, which breaks two rules",
    method: "cancel_command",
    args: { CommandId: "invalid" },
    code: "ValidationException",
    message: `2 validation errors detected: ${failed("Value 'invalid' at 'commandId'", "Member must have length greater than or equal to 36")}; ${failed("Value 'invalid' at 'commandId'", pattern(COMMAND_ID))}`,
  },
  {
    about: "a token that is none",
    method: "list_commands",
    args: { NextToken: "invalid" },
    code: "InvalidNextToken",
    message: "",
  },
  {
    about: "a token that is none",
    method: "list_command_invocations",
    args: { NextToken: "invalid" },
    code: "InvalidNextToken",
    message: "",
  },
  {
    // [rec-2026-09-27-documents]
    about: "a document that is not there",
    method: "describe_document",
    args: { Name: "document-missing" },
    code: "InvalidDocument",
    message: "Document with name document-missing does not exist.",
  },
  {
    // [report-instance-filter]; the next one [report-instance-filter-value].
    about: "a filter by two types of resource",
    method: "describe_instance_information",
    args: { Filters: [{ Key: "ResourceType", Values: ["EC2Instance", "ManagedInstance"] }] },
    code: "InvalidInstanceInformationFilterValue",
    message: "ResourceType filter may contain only one value.",
  },
  {
    about: "a filter by a type of resource that is none",
    method: "describe_instance_information",
    args: { Filters: [{ Key: "ResourceType", Values: ["Node"] }] },
    code: "InvalidInstanceInformationFilterValue",
    message: "ResourceType filter is invalid, valid values are EC2Instance, ManagedInstance",
  },
  {
    // [report-malformed-id]
    about: "an id of a node that lacks a letter",
    method: "get_command_invocation",
    args: { CommandId: UNKNOWN_COMMAND_ID, InstanceId: "i-083e1601960282cd" },
    code: "ValidationException",
    message: `1 validation error detected: ${failed("Value 'i-083e1601960282cd' at 'instanceId'", pattern(INSTANCE_ID))}`,
  },
];

function sending(member: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    DocumentName: "AWS-RunShellScript",
    InstanceIds: [nodeId(1)],
    Parameters: UPTIME,
    ...member,
  };
}

function invalid(
  about: string,
  {
    args,
    found,
    constraint,
  }: {
    readonly args: Readonly<Record<string, unknown>>;
    readonly found: string;
    readonly constraint: string;
  },
): RecordedRefusal {
  return {
    about,
    method: "send_command",
    args,
    code: "ValidationException",
    message: `1 validation error detected: ${failed(found, constraint)}`,
  };
}

function failed(found: string, constraint: string): string {
  return `${found} failed to satisfy constraint: ${constraint}`;
}

function pattern(expression: string): string {
  return `Member must satisfy regular expression pattern: ${expression}`;
}

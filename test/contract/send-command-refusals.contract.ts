import type { SendCommandCommandInput } from "@aws-sdk/client-ssm";
import { tagTargets } from "ssm-run-command";
import { FakeSsm } from "ssm-run-command/fake";
import { expect } from "vitest";
import { refusalOf } from "../support/rejection.ts";
import type { AddCase } from "./contract.ts";
import { nodeId, SCRIPT } from "./contract-account.ts";

type Refusal = readonly [
  what: string,
  request: Partial<SendCommandCommandInput>,
  name: string,
  message: string,
];

const ONE_ERROR = "1 validation error detected:";
/** What an SDK says when the service sends no message. */
const NO_TEXT = "UnknownError";
const PARAMETERS_TEXT = "Parameters provided in document are invalid or not supported.";
const CONCURRENCY_PATTERN = "^([1-9][0-9]*|[1-9][0-9]%|[1-9]%|100%)$";

/** Node 1 can be used, 2 is stopped, 3 runs Windows, 4 is denied. */
const FLEET = {
  nodes: [
    {},
    { state: "stopped" as const },
    { platform: "Windows" as const },
    { access: "denied" as const },
  ],
};

/**
 * [rec-2026-09-27-admission] [rec-2026-09-27-control-edges] [rec-2026-10-01-resource-groups] [report-platform-type]; those
 * marked ours have no recorded message.
 */
const REFUSALS: readonly Refusal[] = [
  [
    "MaxConcurrency 0",
    { MaxConcurrency: "0" },
    "ValidationException",
    `${ONE_ERROR} Value '0' at 'maxConcurrency' failed to satisfy constraint: Member must satisfy regular expression pattern: ${CONCURRENCY_PATTERN}`,
  ],
  [
    "MaxErrors -1",
    { MaxErrors: "-1" },
    "ValidationException",
    `${ONE_ERROR} Value '-1' at 'maxErrors' failed to satisfy constraint: Member must satisfy regular expression pattern: ^([1-9][0-9]*|[0]|[1-9][0-9]%|[0-9]%|100%)$`,
  ],
  [
    "TimeoutSeconds 1",
    { TimeoutSeconds: 1 },
    "ValidationException",
    `${ONE_ERROR} Value '1' at 'timeoutSeconds' failed to satisfy constraint: Member must have value greater than or equal to 30`,
  ],
  [
    "more than 50 ids",
    { InstanceIds: Array.from({ length: 51 }, (_, index) => nodeId(index + 1)) },
    "ValidationException",
    `${ONE_ERROR} Value '[${Array.from({ length: 51 }, (_, index) => nodeId(index + 1)).join(", ")}]' at 'instanceIds' failed to satisfy constraint: Member must have length less than or equal to 50`,
  ],
  [
    "a request with two violations, counted",
    { MaxConcurrency: "0", TimeoutSeconds: 1 },
    "ValidationException",
    `2 validation errors detected: Value '1' at 'timeoutSeconds' failed to satisfy constraint: Member must have value greater than or equal to 30; Value '0' at 'maxConcurrency' failed to satisfy constraint: Member must satisfy regular expression pattern: ${CONCURRENCY_PATTERN}`,
  ],
  ["a number that is a text", { TimeoutSeconds: "60" as never }, "SerializationException", NO_TEXT],
  ["a document that nobody has", { DocumentName: "Deploy" }, "InvalidDocument", NO_TEXT],
  [
    "a version that the document does not have",
    { DocumentVersion: "7" },
    "InvalidDocumentVersion",
    NO_TEXT,
  ],
  [
    "a parameter that the document does not declare",
    { Parameters: { ...SCRIPT.Parameters, user: ["root"] } },
    "InvalidParameters",
    PARAMETERS_TEXT,
  ],
  ["a parameter that is missing", { Parameters: {} }, "InvalidParameters", PARAMETERS_TEXT],
  [
    "a parameter that is out of bounds",
    { Parameters: { ...SCRIPT.Parameters, executionTimeout: ["172801"] } },
    "InvalidParameters",
    PARAMETERS_TEXT,
  ],
  [
    "an id that nobody has",
    { InstanceIds: [nodeId(1), nodeId(9)] },
    "InvalidInstanceId",
    "Instances not in a valid state for account",
  ],
  [
    "a node that is stopped",
    { InstanceIds: [nodeId(2)] },
    "InvalidInstanceId",
    "Instances not in a valid state for account",
  ],
  [
    "a node of another platform",
    { InstanceIds: [nodeId(3)] },
    "UnsupportedPlatformType",
    `Cannot perform operation for instance id ${nodeId(3)} of platform type Windows`,
  ],
  [
    "a node without permission",
    { InstanceIds: [nodeId(4)] },
    "AccessDeniedException",
    `User: arn:aws:iam::123456789012:user/fake is not authorized to perform: ssm:SendCommand on resource: arn:aws:ec2:us-east-1:123456789012:instance/${nodeId(4)} because no identity-based policy allows the ssm:SendCommand action`,
  ],
  ["the same id twice", { InstanceIds: [nodeId(1), nodeId(1)] }, "DuplicateInstanceId", NO_TEXT],
  [
    "the same target key twice",
    { Targets: [...tagTargets({ Role: "web" }), ...tagTargets({ Role: "db" })] },
    "ValidationException",
    "Duplicate keys are not supported for targets. Remove the duplicate key, and try again.",
  ],
  [
    "neither ids nor targets (our text)",
    { InstanceIds: [] },
    "ValidationException",
    "InstanceIds or Targets must be specified.",
  ],
  [
    "ids and targets at once (our text)",
    { InstanceIds: [nodeId(1)], Targets: tagTargets({ Role: "web" }) },
    "ValidationException",
    "InstanceIds and Targets can't be specified together.",
  ],
];

/** What SendCommand refuses, in AWS's words. */
export function sendCommandRefusalsContract(addCase: AddCase): void {
  for (const [what, request, name, message] of REFUSALS) {
    addCase(`refuses ${what}`, async (open) => {
      const { api } = open(FLEET);
      const input = { ...SCRIPT, InstanceIds: [nodeId(1)], ...request };
      if (request.Targets !== undefined && request.InstanceIds === undefined) {
        input.InstanceIds = [];
      }
      expect(await refusalOf(api.sendCommand(input))).toEqual({ name, message });
    });
  }

  addCase("refuses a request without a document", async (open) => {
    const { api } = open(FLEET);
    const input = { InstanceIds: [nodeId(1)] } as SendCommandCommandInput;
    expect(await refusalOf(api.sendCommand(input))).toEqual({
      name: "ValidationException",
      message: `${ONE_ERROR} Value null at 'documentName' failed to satisfy constraint: Member must not be null`,
    });
  });

  addCase("a refused request leaves no command behind", async (open) => {
    const { api } = open(FLEET);
    for (const [, request] of REFUSALS) await refusalOf(api.sendCommand({ ...SCRIPT, ...request }));
    expect((await api.listCommands({})).Commands).toEqual([]);
  });

  addCase("a refused request takes no id away", async (open) => {
    const account = open(FLEET);
    for (const [, request] of REFUSALS) {
      await refusalOf(account.api.sendCommand({ ...SCRIPT, ...request }));
    }
    const { Command } = await new FakeSsm(FLEET).sendCommand({
      ...SCRIPT,
      InstanceIds: [nodeId(1)],
    });
    const command = await account.send({ InstanceIds: [nodeId(1)] });
    expect(command.CommandId).toBe(Command?.CommandId);
  });
}

import {
  DuplicateInstanceId,
  InvalidCommandId,
  InvalidDocument,
  InvalidDocumentVersion,
  InvalidFilterKey,
  InvalidInstanceId,
  InvalidNextToken,
  InvalidParameters,
  InvalidPluginName,
  InvocationDoesNotExist,
  type SendCommandCommandInput,
  SSMServiceException,
  UnsupportedPlatformType,
} from "@aws-sdk/client-ssm";
import { expect } from "vitest";
import { refusalOf, rejectionOf } from "../support/rejection.ts";
import type { AddCase } from "./contract.ts";
import { type ContractAccount, nodeId, SCRIPT, UNKNOWN_COMMAND_ID } from "./contract-account.ts";

type Provoke = (account: ContractAccount) => Promise<unknown>;

const sending =
  (request: Partial<SendCommandCommandInput>): Provoke =>
  ({ api }) =>
    api.sendCommand({ ...SCRIPT, InstanceIds: [nodeId(1)], ...request });

const naming =
  (PluginName: string): Provoke =>
  async (account) => {
    const { CommandId } = await account.send({ InstanceIds: [nodeId(1)] });
    return account.api.getCommandInvocation({ CommandId, InstanceId: nodeId(1), PluginName });
  };

/** Every modelled error that the service can return, and a call that provokes it. */
const MODELLED = [
  [DuplicateInstanceId, sending({ InstanceIds: [nodeId(1), nodeId(1)] })],
  [InvalidCommandId, ({ api }) => api.cancelCommand({ CommandId: UNKNOWN_COMMAND_ID })],
  [InvalidDocument, sending({ DocumentName: "Deploy" })],
  [InvalidDocumentVersion, sending({ DocumentVersion: "7" })],
  [InvalidFilterKey, ({ api }) => api.listCommands({ Filters: [{ key: "Status", value: "Odd" }] })],
  [InvalidInstanceId, sending({ InstanceIds: [nodeId(9)] })],
  [InvalidNextToken, ({ api }) => api.listCommands({ NextToken: "AAMAAQ" })],
  [InvalidParameters, sending({ Parameters: {} })],
  [InvalidPluginName, naming("aws:runDocker")],
  [
    InvocationDoesNotExist,
    ({ api }) => api.getCommandInvocation({ CommandId: UNKNOWN_COMMAND_ID, InstanceId: nodeId(1) }),
  ],
  [UnsupportedPlatformType, sending({ InstanceIds: [nodeId(2)] })],
] as const satisfies readonly (readonly [abstract new (...args: never) => Error, Provoke])[];

/** Errors of the framework, which an older SDK has no class for: told apart by name. */
const BY_NAME: readonly (readonly [name: string, Provoke])[] = [
  ["ValidationException", sending({ TimeoutSeconds: 1 })],
  ["AccessDeniedException", sending({ InstanceIds: [nodeId(3)] })],
  ["SerializationException", sending({ TimeoutSeconds: "60" as never })],
];

/** What is thrown. Source: [api-ssm-model]. */
export function exceptionsContract(addCase: AddCase): void {
  const fleet = {
    nodes: [{}, { platform: "Windows" as const }, { access: "denied" as const }],
  };

  for (const [Class, provoke] of MODELLED) {
    addCase(`${Class.name} is the SDK's own class`, async (open) => {
      expect(await rejectionOf(provoke(open(fleet)))).toBeInstanceOf(Class);
    });
  }

  for (const [name, provoke] of BY_NAME) {
    addCase(`${name} is known by its name`, async (open) => {
      expect((await refusalOf(provoke(open(fleet)))).name).toBe(name);
    });

    addCase(`${name} is an SSMServiceException`, async (open) => {
      expect(await rejectionOf(provoke(open(fleet)))).toBeInstanceOf(SSMServiceException);
    });
  }

  addCase("a refusal is the client's fault, a 400 after one attempt", async (open) => {
    const error = await rejectionOf(sending({ DocumentName: "Deploy" })(open(fleet)));
    expect(error).toMatchObject({
      $fault: "client",
      $metadata: {
        httpStatusCode: 400,
        attempts: 1,
        requestId: expect.stringMatching(/^[\w-]{36}$/),
      },
    });
  });

  addCase("a refusal without a text says UnknownError", async (open) => {
    const { message } = await refusalOf(sending({ DocumentName: "Deploy" })(open(fleet)));
    expect(message).toBe("UnknownError");
  });

  addCase("an error is not an instance of another error's class", async (open) => {
    const error = await rejectionOf(sending({ DocumentName: "Deploy" })(open(fleet)));
    expect(error).not.toBeInstanceOf(InvalidInstanceId);
  });
}

import * as ssm from "@aws-sdk/client-ssm";
import type { FakeSsm } from "ssm-run-command/fake";
import { clientOverHttp } from "../support/over-http.ts";
import type { Operation } from "./case-format.ts";
import type { JsonObject } from "./json.ts";

/** What comes back from a call. The message is missing where the service sends none. */
export type CallResult =
  | { readonly answer: JsonObject }
  | { readonly refused: { readonly name: string; readonly message: string | undefined } };

/** A way to the fake. */
export type Road = (typeof ROADS)[number];

/** All of them: the fake's own methods, a real client, and a real client over HTTP. */
export const ROADS = ["object", "client", "http"] as const;

/** A way of calling the fake's operations, until it is closed. An error that is not a refusal is thrown. */
export interface OpenRoad {
  readonly call: (operation: Operation, input: object) => Promise<CallResult>;
  readonly close: () => Promise<void>;
}

export function openRoad(fake: FakeSsm, road: Road): OpenRoad {
  if (road === "object") return { call: callOf(ownMethods(fake)), close: async () => {} };
  if (road === "client") {
    return { call: callOf(operationsOf(fake.client())), close: async () => {} };
  }
  const { ssm: client, close } = clientOverHttp(fake);
  return { call: callOf(operationsOf(client)), close };
}

function callOf(operations: Operations): OpenRoad["call"] {
  return async (operation, input) => {
    try {
      return { answer: { ...(await operations[operation](input)) } };
    } catch (error) {
      if (!(error instanceof ssm.SSMServiceException)) throw error;
      // The SDK's message for an error that came without one.
      const message = error.message === "UnknownError" ? undefined : error.message;
      return { refused: { name: error.name, message } };
    }
  };
}

type Operations = Readonly<Record<Operation, (input: object) => Promise<object>>>;

// A case may send what the types forbid, to state how it is refused. So every input is asserted to have the right type.

function ownMethods(fake: FakeSsm): Operations {
  return {
    SendCommand: (input) => fake.sendCommand(input as ssm.SendCommandCommandInput),
    CancelCommand: (input) => fake.cancelCommand(input as ssm.CancelCommandCommandInput),
    GetCommandInvocation: (input) =>
      fake.getCommandInvocation(input as ssm.GetCommandInvocationCommandInput),
    ListCommands: (input) => fake.listCommands(input),
    ListCommandInvocations: (input) => fake.listCommandInvocations(input),
  };
}

function operationsOf(client: ssm.SSMClient): Operations {
  return {
    SendCommand: (input) =>
      client.send(new ssm.SendCommandCommand(input as ssm.SendCommandCommandInput)),
    CancelCommand: (input) =>
      client.send(new ssm.CancelCommandCommand(input as ssm.CancelCommandCommandInput)),
    GetCommandInvocation: (input) =>
      client.send(
        new ssm.GetCommandInvocationCommand(input as ssm.GetCommandInvocationCommandInput),
      ),
    ListCommands: (input) => client.send(new ssm.ListCommandsCommand(input)),
    ListCommandInvocations: (input) => client.send(new ssm.ListCommandInvocationsCommand(input)),
  };
}

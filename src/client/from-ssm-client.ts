import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import { notTaken } from "../domain/in-message.ts";
import type {
  CallOptions,
  RunCommandApi,
  RunCommandMethod,
  RunCommandMethods,
} from "../domain/run-command-api.ts";
import { hasMethod } from "./member.ts";

/** The SDK's command class for each method. */
const COMMANDS: {
  readonly [Method in RunCommandMethod]: new (
    input: Parameters<RunCommandMethods[Method]>[0],
  ) => object;
} = {
  sendCommand: SendCommandCommand,
  cancelCommand: CancelCommandCommand,
  getCommandInvocation: GetCommandInvocationCommand,
  listCommands: ListCommandsCommand,
  listCommandInvocations: ListCommandInvocationsCommand,
  describeInstanceInformation: DescribeInstanceInformationCommand,
};

/**
 * The operations of a client as functions that need no `this`; one that it lacks is left out. The two kinds are told apart
 * by shape, since `instanceof` is false between two copies of the SDK: with a `sendCommand` it is a {@link RunCommandApi},
 * with a `send` an `SSMClient`. Methods are looked up at the time of the call, so that one that was replaced meanwhile,
 * perhaps by a spy, is called as replaced.
 *
 * @throws TypeError when it has neither.
 */
export function fromSsmClient(ssm: SSMClient | RunCommandApi): RunCommandApi {
  const isApi = hasMethod(ssm, "sendCommand");
  if (!isApi && !hasMethod(ssm, "send")) {
    throw notTaken(ssm, "new RunCommandClient()", "an SSMClient, an SSM or another RunCommandApi");
  }
  // One of the two kinds; the type of the table says that these are all methods.
  const called = ssm as unknown as Sender & Record<string, Method>;
  const methods = Object.entries(COMMANDS).flatMap(([name, Command]) => {
    const method: Method = (input, options) =>
      isApi ? called[name]?.(input, options) : called.send(new Command(input), options);
    return isApi && !hasMethod(ssm, name) ? [] : [[name, method]];
  });
  return Object.fromEntries(methods);
}

type Method = (input: never, options?: CallOptions) => unknown;

/** The part of an SSMClient that is needed here. Its own `send` is generic in pairs of input and output. */
export interface Sender {
  send(command: object, options?: CallOptions): Promise<unknown>;
}

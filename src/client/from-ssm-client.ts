import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SSMClient,
} from "@aws-sdk/client-ssm";
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

/** An object with a function for each method of these names. */
function methodsOf(
  call: (method: RunCommandMethod, input: never, options?: CallOptions) => Promise<unknown>,
  isThere: (method: RunCommandMethod) => boolean = () => true,
): Partial<RunCommandMethods> {
  // The type of the table says that it has these keys, and it has no others.
  const names = (Object.keys(COMMANDS) as RunCommandMethod[]).filter(isThere);
  const methods = names.map((method) => [
    method,
    (input: never, options?: CallOptions) => call(method, input, options),
  ]);
  // The output of each command is that of its method.
  return Object.fromEntries(methods);
}

/**
 * The operations of a client as methods. The two kinds are told apart by shape, since `instanceof` is false between two
 * copies of the SDK: with a `sendCommand` it is a {@link RunCommandApi}, with a `send` an `SSMClient`.
 *
 * @throws TypeError when it has neither.
 */
export function fromSsmClient(ssm: SSMClient | RunCommandApi): RunCommandApi {
  if (isRunCommandApi(ssm)) return ssm;
  if (hasMethod(ssm, "send")) return overSend(ssm);
  throw new TypeError(
    "RunCommandClient was given something that has neither `sendCommand` nor `send`. Give it an SSMClient, an SSM, or anything else that implements RunCommandApi.",
  );
}

/**
 * The methods of an api as functions that need no `this`; a method that it lacks is left out. Each is looked up at the time
 * of the call, so a method that was replaced meanwhile, perhaps by a spy, is called as replaced.
 */
export function unbound(api: RunCommandApi): Partial<RunCommandMethods> {
  return methodsOf(
    // Only of methods that the api has.
    (method, input, options) => (api as RunCommandMethods)[method](input, options),
    (method) => hasMethod(api, method),
  );
}

/** The part of an SSMClient that is needed here. Its own `send` is generic in pairs of input and output. */
export interface Sender {
  send(command: object, options?: CallOptions): Promise<unknown>;
}

function overSend(client: Sender): RunCommandApi {
  // All methods are here.
  return methodsOf((method, input, options) =>
    client.send(new COMMANDS[method](input), options),
  ) as RunCommandMethods;
}

function isRunCommandApi(ssm: SSMClient | RunCommandApi): ssm is RunCommandApi {
  return hasMethod(ssm, "sendCommand");
}

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

/** The SDK's command of each method. */
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

// The type of the table says that it has these keys, and it has no others.
const methodNames = () => Object.keys(COMMANDS) as RunCommandMethod[];

/**
 * The operations as methods, of whatever speaks them. Told apart by shape and not by `instanceof`, which is false
 * between two copies of the SDK: a `sendCommand` makes it a {@link RunCommandApi}, a `send` an `SSMClient`.
 *
 * @throws TypeError when it is neither.
 */
export function fromSsmClient(ssm: SSMClient | RunCommandApi): RunCommandApi {
  if (isRunCommandApi(ssm)) return ssm;
  if (hasMethod(ssm, "send")) return overSend(ssm);
  throw new TypeError(
    "RunCommandClient was given something that has neither `sendCommand` nor `send`. Give it an SSMClient, an SSM, or anything else that implements RunCommandApi.",
  );
}

/**
 * The methods of an api as functions that need no `this`; one that it lacks is left out. Each is looked up when it is
 * called, so that what replaced a method meanwhile, a spy perhaps, is what is called.
 */
export function unbound(api: RunCommandApi): Partial<RunCommandMethods> {
  const methods = methodNames()
    .filter((method) => hasMethod(api, method))
    .map((method) => [
      method,
      // It had this method a line above.
      (input: never, options?: CallOptions) => (api as RunCommandMethods)[method](input, options),
    ]);
  return Object.fromEntries(methods);
}

/** An SSMClient, as far as it is needed here: its own `send` is generic in pairs of input and output. */
interface Sender {
  send(command: object, options?: CallOptions): Promise<unknown>;
}

function overSend(client: Sender): RunCommandApi {
  const methods = methodNames().map((method) => [
    method,
    (input: never, options?: CallOptions) => client.send(new COMMANDS[method](input), options),
  ]);
  // These are all, and the service answers each command with its own output.
  return Object.fromEntries(methods) as RunCommandMethods;
}

function isRunCommandApi(ssm: SSMClient | RunCommandApi): ssm is RunCommandApi {
  return hasMethod(ssm, "sendCommand");
}

import {
  CancelCommandCommand,
  DescribeInstanceInformationCommand,
  GetCommandInvocationCommand,
  ListCommandInvocationsCommand,
  ListCommandsCommand,
  SendCommandCommand,
  type SSMClient,
} from "@aws-sdk/client-ssm";
import type { RunCommandApi } from "../domain/run-command-api.ts";
import { hasMethod } from "./member.ts";

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

function overSend(client: SSMClient): RunCommandApi {
  return {
    sendCommand: (input, options) => client.send(new SendCommandCommand(input), options),
    cancelCommand: (input, options) => client.send(new CancelCommandCommand(input), options),
    getCommandInvocation: (input, options) =>
      client.send(new GetCommandInvocationCommand(input), options),
    listCommands: (input, options) => client.send(new ListCommandsCommand(input), options),
    listCommandInvocations: (input, options) =>
      client.send(new ListCommandInvocationsCommand(input), options),
    describeInstanceInformation: (input, options) =>
      client.send(new DescribeInstanceInformationCommand(input), options),
  };
}

function isRunCommandApi(ssm: SSMClient | RunCommandApi): ssm is RunCommandApi {
  return hasMethod(ssm, "sendCommand");
}

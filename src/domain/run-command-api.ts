import type {
  CancelCommandCommandInput,
  CancelCommandCommandOutput,
  DescribeInstanceInformationCommandInput,
  DescribeInstanceInformationCommandOutput,
  GetCommandInvocationCommandInput,
  GetCommandInvocationCommandOutput,
  ListCommandInvocationsCommandInput,
  ListCommandInvocationsCommandOutput,
  ListCommandsCommandInput,
  ListCommandsCommandOutput,
  SendCommandCommandInput,
  SendCommandCommandOutput,
} from "@aws-sdk/client-ssm";
import type { Clock } from "../time/clock.ts";
import { checkOptions, type OptionTable } from "./options.ts";

/**
 * What every call takes beside its input, as the methods of the SDK do.
 *
 * @example
 * ```ts
 * const options: CallOptions = { abortSignal: AbortSignal.abort() };
 * await runCommand.listCommands({}, options).catch((error: Error) => error.name); //=> "AbortError"
 * ```
 */
export interface CallOptions {
  /** Ends the call early: it rejects, and what the service has done by then stays done. */
  abortSignal?: AbortSignal;
}

/**
 * The same for the helpers of this package: a signal that is undefined counts as left out, whatever the caller's compiler
 * makes of that.
 *
 * @example
 * ```ts
 * const deploying = (options?: AbortOptions) => runCommand.send(request, options);
 * (await deploying({ abortSignal: undefined })).command.Status; //=> "Pending"
 * ```
 */
export interface AbortOptions {
  /** Ends the call early: it rejects, and what the service has done by then stays done. */
  readonly abortSignal?: AbortSignal | undefined;
}

/** The options of a call. */
export const CALL_OPTIONS = {
  abortSignal: "an AbortSignal",
} as const satisfies OptionTable<AbortOptions>;

/**
 * The options of a call as APIs take them.
 *
 * @throws TypeError for an option that does not exist.
 */
export function callOptions(
  given: AbortOptions | undefined,
  place: string,
): CallOptions | undefined {
  checkOptions(given, CALL_OPTIONS, place);
  const { abortSignal } = given ?? {};
  return abortSignal === undefined ? undefined : { abortSignal };
}

/**
 * The five operations of Run Command as methods, with the SDK's own inputs and outputs, and one that looks up nodes.
 *
 * The SDK's aggregated `SSM` implements it as it stands, and so do `FakeSsm` and `RunCommandClient`. Code that takes this
 * interface runs on any of them.
 *
 * @example
 * ```ts
 * const Targets = tagTargets({ Role: "web" });
 * const update = (ssm: RunCommandApi) => ssm.sendCommand({ DocumentName: "AWS-UpdateSSMAgent", Targets });
 * await update(new SSM({})); // production
 * await update(new FakeSsm()); // test
 * ```
 */
export interface RunCommandApi {
  /** The clock of this service. Code that waits for the service waits on it; if there is none, on the wall clock. */
  readonly clock?: Clock;
  /** Starts a command on nodes, given by id or by target. The returned command is always `Pending`. */
  sendCommand(
    input: SendCommandCommandInput,
    options?: CallOptions,
  ): Promise<SendCommandCommandOutput>;
  /** Asks the service to stop a command, or to stop it on some nodes. Returns without waiting for its end. */
  cancelCommand(
    input: CancelCommandCommandInput,
    options?: CallOptions,
  ): Promise<CancelCommandCommandOutput>;
  /** Gets one plugin of one invocation, with its two output streams separately. */
  getCommandInvocation(
    input: GetCommandInvocationCommandInput,
    options?: CallOptions,
  ): Promise<GetCommandInvocationCommandOutput>;
  /** Lists commands, newest first. */
  listCommands(
    input: ListCommandsCommandInput,
    options?: CallOptions,
  ): Promise<ListCommandsCommandOutput>;
  /** Lists invocations, newest first, with their plugins if `Details` is true. */
  listCommandInvocations(
    input: ListCommandInvocationsCommandInput,
    options?: CallOptions,
  ): Promise<ListCommandInvocationsCommandOutput>;
  /** Lists the nodes that Systems Manager knows. Only `diagnoseNodes` and `waitUntilManaged` need it. */
  describeInstanceInformation?(
    input: DescribeInstanceInformationCommandInput,
    options?: CallOptions,
  ): Promise<DescribeInstanceInformationCommandOutput>;
}

/** The name of a method of {@link RunCommandApi}, the optional one included. */
export type RunCommandMethod = Exclude<keyof RunCommandApi, "clock">;

/** All methods of {@link RunCommandApi}, none of them optional, and nothing else. */
export type RunCommandMethods = Required<Pick<RunCommandApi, RunCommandMethod>>;

/** The operation of every method. If a method is missing here, this does not compile. */
export const RUN_COMMAND_OPERATIONS = {
  sendCommand: "SendCommand",
  cancelCommand: "CancelCommand",
  getCommandInvocation: "GetCommandInvocation",
  listCommands: "ListCommands",
  listCommandInvocations: "ListCommandInvocations",
  describeInstanceInformation: "DescribeInstanceInformation",
} as const satisfies { readonly [Method in RunCommandMethod]: Capitalize<Method> };

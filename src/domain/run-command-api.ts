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

/**
 * What any call takes beside its input, as the methods of the SDK do.
 *
 * @example
 * ```ts
 * const options: CallOptions = { abortSignal: AbortSignal.abort() };
 * await runCommand.listCommands({}, options).catch((error: Error) => error.name); //=> "AbortError"
 * ```
 */
export interface CallOptions {
  /** Ends the call early: it rejects, and what the service has already done stays done. */
  abortSignal?: AbortSignal;
}

/**
 * The five operations of Run Command as methods, with the SDK's own inputs and outputs, and one that looks at nodes.
 *
 * The SDK's aggregated `SSM` is one as it stands, and so are `FakeSsm` and `RunCommandClient`. Code that asks for this
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
  /** The clock that this service lives on. Whoever waits for it waits there; without one, on the wall clock. */
  readonly clock?: Clock;
  /** Starts a command on nodes, named or by target. Always answers `Pending`. */
  sendCommand(
    input: SendCommandCommandInput,
    options?: CallOptions,
  ): Promise<SendCommandCommandOutput>;
  /** Asks for a command, or some nodes of it, to be stopped. Answers at once; the end comes later. */
  cancelCommand(
    input: CancelCommandCommandInput,
    options?: CallOptions,
  ): Promise<CancelCommandCommandOutput>;
  /** One plugin of one invocation, with its two output streams apart. */
  getCommandInvocation(
    input: GetCommandInvocationCommandInput,
    options?: CallOptions,
  ): Promise<GetCommandInvocationCommandOutput>;
  /** Commands, newest first. */
  listCommands(
    input: ListCommandsCommandInput,
    options?: CallOptions,
  ): Promise<ListCommandsCommandOutput>;
  /** Invocations, newest first, with their plugins when `Details` is true. */
  listCommandInvocations(
    input: ListCommandInvocationsCommandInput,
    options?: CallOptions,
  ): Promise<ListCommandInvocationsCommandOutput>;
  /** The nodes that Systems Manager knows. Without it no node is diagnosed or waited for; Run Command itself needs it not. */
  describeInstanceInformation?(
    input: DescribeInstanceInformationCommandInput,
    options?: CallOptions,
  ): Promise<DescribeInstanceInformationCommandOutput>;
}

/** The name of a method of {@link RunCommandApi}, whether every api has it or not. */
export type RunCommandMethod = Exclude<keyof RunCommandApi, "clock">;

/** The methods of {@link RunCommandApi}, all of them, and nothing else. */
export type RunCommandMethods = Required<Pick<RunCommandApi, RunCommandMethod>>;

/** Every method with the operation that it calls. A method that is missing here does not compile. */
export const RUN_COMMAND_OPERATIONS = {
  sendCommand: "SendCommand",
  cancelCommand: "CancelCommand",
  getCommandInvocation: "GetCommandInvocation",
  listCommands: "ListCommands",
  listCommandInvocations: "ListCommandInvocations",
  describeInstanceInformation: "DescribeInstanceInformation",
} as const satisfies { readonly [Method in RunCommandMethod]: Capitalize<Method> };

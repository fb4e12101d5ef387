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
import type { CallOptions, RunCommandApi } from "../../../domain/run-command-api.ts";
import type { Clock } from "../../../time/clock.ts";
import { BROKEN_BODY, type CallAnswer } from "../../calls/pipeline.ts";
import { unlessAborted } from "../aborted.ts";
import { toException } from "./exceptions.ts";

/** What stands behind the object API. */
export interface ObjectService<C extends Clock> {
  readonly clock: C;
  readonly call: (operation: string, input: unknown) => Promise<CallAnswer>;
  readonly requestId: () => string;
}

/**
 * The operations as plain methods: what the SDK would send is copied in as JSON, what it would hand out is copied out with
 * real dates, refusals are thrown as the SDK's own exceptions. Nothing is shared with the caller.
 */
export class ObjectApi<C extends Clock> implements RunCommandApi {
  /** The clock of the fake. */
  readonly clock: C;
  readonly #service: ObjectService<C>;

  constructor(service: ObjectService<C>) {
    this.clock = service.clock;
    this.#service = service;
  }

  sendCommand(
    input: SendCommandCommandInput,
    options?: CallOptions,
  ): Promise<SendCommandCommandOutput> {
    return this.#call("SendCommand", input, options);
  }

  cancelCommand(
    input: CancelCommandCommandInput,
    options?: CallOptions,
  ): Promise<CancelCommandCommandOutput> {
    return this.#call("CancelCommand", input, options);
  }

  getCommandInvocation(
    input: GetCommandInvocationCommandInput,
    options?: CallOptions,
  ): Promise<GetCommandInvocationCommandOutput> {
    return this.#call("GetCommandInvocation", input, options);
  }

  listCommands(
    input: ListCommandsCommandInput,
    options?: CallOptions,
  ): Promise<ListCommandsCommandOutput> {
    return this.#call("ListCommands", input, options);
  }

  listCommandInvocations(
    input: ListCommandInvocationsCommandInput,
    options?: CallOptions,
  ): Promise<ListCommandInvocationsCommandOutput> {
    return this.#call("ListCommandInvocations", input, options);
  }

  describeInstanceInformation(
    input: DescribeInstanceInformationCommandInput,
    options?: CallOptions,
  ): Promise<DescribeInstanceInformationCommandOutput> {
    return this.#call("DescribeInstanceInformation", input, options);
  }

  async #call<Output>(operation: string, input: object, options?: CallOptions): Promise<Output> {
    const { call, requestId } = this.#service;
    // Members that are null are left out, as the SDK leaves them out.
    const json = JSON.stringify(input ?? {}, (_, value) => value ?? undefined);
    const sent: unknown = JSON.parse(json);
    const answer = await unlessAborted(options?.abortSignal, () => call(operation, sent));
    // What reading a body that was cut comes to.
    if (answer === BROKEN_BODY) throw new SyntaxError("Unexpected end of JSON input");
    if (!answer.ok) throw toException(answer.refusal, requestId());
    const $metadata = {
      httpStatusCode: 200,
      requestId: requestId(),
      attempts: 1,
      totalRetryDelay: 0,
    };
    // Each operation of the service answers with its own output.
    return { ...structuredClone(answer.answer as object), $metadata } as Output;
  }
}

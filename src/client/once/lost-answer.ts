import {
  type Command,
  SendCommandCommand,
  type SendCommandCommandInput,
  type SendCommandCommandOutput,
} from "@aws-sdk/client-ssm";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import type { Sender } from "../from-ssm-client.ts";
import { member } from "../member.ts";
import {
  errorAndCauses,
  isThrottling,
  isTransientError,
  statusOf,
} from "../waiting/transient-error.ts";

/** What became of a SendCommand: the command that was returned, or the failure after which it may stand all the same. */
export type Attempt =
  | { readonly command: Command | undefined; readonly lost?: undefined }
  | { readonly lost: { readonly cause: unknown } };

/** One call of SendCommand. */
export interface SendCall {
  /** What the user wrapped. */
  readonly wrapped: object;
  /** SendCommand of what was wrapped. */
  readonly sendCommand: RunCommandApi["sendCommand"];
  readonly input: SendCommandCommandInput;
  readonly options: CallOptions | undefined;
}

/**
 * Sends a command, and never again by itself after a failure that leaves open whether it stands: an SDK client is told so for
 * this call alone. Throws every other error.
 */
export async function attemptSend(call: SendCall): Promise<Attempt> {
  const { wrapped, sendCommand, input, options } = call;
  if (isSdkClient(wrapped)) return sendThrough(wrapped, call);
  try {
    return { command: (await sendCommand(input, options)).Command };
  } catch (error) {
    if (leavesOpen(error)) return { lost: { cause: error } };
    throw error;
  }
}

/** An SDK client whose SendCommand is its own: a method that a test has put into its place is called as it is. */
function isSdkClient(wrapped: object): wrapped is Sender {
  return "middlewareStack" in wrapped && !Object.hasOwn(wrapped, "sendCommand");
}

async function sendThrough(client: Sender, { input, options }: SendCall): Promise<Attempt> {
  const command = new SendCommandCommand(input);
  let lost: { readonly cause: unknown } | undefined;
  // Inside of the SDK's retries, and around what reads the answer.
  command.middlewareStack.add(
    (next) => async (args) => {
      try {
        // A strategy that tries everything again gets nothing sent.
        if (lost === undefined) return await next(args);
      } catch (cause) {
        if (!leavesOpen(cause)) throw cause;
        lost = { cause };
      }
      // Without a `cause`, in which the SDK would find that it may try again.
      throw new Error("The answer was lost.");
    },
    { step: "finalizeRequest" },
  );
  try {
    // The output of a SendCommandCommand.
    return { command: ((await client.send(command, options)) as SendCommandCommandOutput).Command };
  } catch (error) {
    if (lost !== undefined && !options?.abortSignal?.aborted) return { lost };
    // Where the middleware did not run, nothing was sent, even if it looks so: credentials have their own network. A `send`
    // that a test has put into its place does not run it at all.
    if (Object.hasOwn(client, "send") && leavesOpen(error)) return { lost: { cause: error } };
    throw error;
  }
}

/**
 * What Node, undici, Bun and SDKs say of a connection that could not be made, or that credentials could not be fetched: by
 * system call, by code (unless something was read or written), in words, by name.
 */
const NOT_CONNECTED =
  /^(connect|getaddr)|^(?!read|write)\w* E(HOST|NET)UN| (ECONNREF|ENOTF|EAI_|EADDR|UND_ERR_CONN|ConnectionRef|FailedToO)|establish|secure TLS| connect |Connect T|REFUSED_ST|Provider/;

/**
 * Whether a failure leaves open whether the service has carried the call out: a connection that was lost after it stood, an
 * answer that took too long or was cut, any 5xx. After throttling and refusals it has not, nor before there was a connection.
 * An abort is the caller's own, and is thrown as it is.
 */
export function leavesOpen(error: unknown): boolean {
  const status = statusOf(error);
  if (isThrottling(error) || (status >= 300 && status < 500)) return false;
  if (status >= 200) return true;
  const members = ["syscall", "code", "message", "name"];
  return (
    isTransientError(error) &&
    !errorAndCauses(error).some((each) =>
      NOT_CONNECTED.test(members.map((name) => member(each, name) ?? "").join(" ")),
    )
  );
}

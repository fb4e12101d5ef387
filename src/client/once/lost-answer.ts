import {
  type Command,
  SendCommandCommand,
  type SendCommandCommandInput,
} from "@aws-sdk/client-ssm";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import type { Sender } from "../from-ssm-client.ts";
import { hasMethod, member } from "../member.ts";
import {
  errorAndCauses,
  isNetworkError,
  isThrottling,
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
  if (isSender(wrapped)) return sendThrough(wrapped, call);
  try {
    return { command: (await sendCommand(input, options)).Command };
  } catch (error) {
    if (leavesOpen(error)) return { lost: { cause: error } };
    throw error;
  }
}

/** An SDK client whose SendCommand is its own: a method that a test has put into its place is called as it is. */
function isSender(wrapped: object): wrapped is Sender {
  const isClient = hasMethod(wrapped, "send") && !Object.hasOwn(wrapped, "sendCommand");
  return isClient && (!hasMethod(wrapped, "sendCommand") || "middlewareStack" in wrapped);
}

async function sendThrough(client: Sender, { input, options }: SendCall): Promise<Attempt> {
  const command = new SendCommandCommand(input);
  let lost: { readonly cause: unknown } | undefined;
  let wasSeen = false;
  // Inside of the SDK's retries, and around what reads the answer.
  command.middlewareStack.add(
    (next) => async (args) => {
      wasSeen = true;
      try {
        // A strategy that tries everything again gets nothing sent.
        if (lost === undefined) return await next(args);
      } catch (cause) {
        if (!leavesOpen(cause)) throw cause;
        lost = { cause };
      }
      // Without a `cause`, in which the SDK would find that it may try again.
      throw new Error("The answer to SendCommand was lost.");
    },
    { step: "finalizeRequest", priority: "low", name: "noResend" },
  );
  try {
    // The output of a SendCommandCommand.
    const { Command } = (await client.send(command, options)) as { readonly Command?: Command };
    return { command: Command };
  } catch (error) {
    if (lost !== undefined && !options?.abortSignal?.aborted) return { lost };
    // Before the middleware ran, nothing was sent, even if it looks so: credentials have their own network. A `send` that a
    // test has put into its place does not run it at all.
    if (wasSeen || !Object.hasOwn(client, "send") || !leavesOpen(error)) throw error;
    return { lost: { cause: error } };
  }
}

/** Codes of Node, undici and Bun for a connection that could not be made. */
const NOT_MADE =
  /^(ECONNREF|ENOTFOUND|EAI_|E(HOST|NET)UNREACH|EADDRNOT|UND_ERR_CONN|ConnectionRef|FailedToOpen)/;
/** What SDKs and Node say of it where the code is missing, or that of other trouble, too. */
const NOT_MADE_WORDS = /establish|secure TLS|^connect |^Connect T|REFUSED_STREAM/;

/**
 * Whether a failure leaves open whether the service has carried the call out: a connection that was lost after it stood, an
 * answer that took too long or was cut, any 5xx. After throttling and refusals it has not, nor before there was a connection.
 * An abort is the caller's own, and is thrown as it is.
 */
export function leavesOpen(error: unknown): boolean {
  const name = String(member(error, "name"));
  const status = statusOf(error);
  if (name === "AbortError" || name.includes("Provider") || isThrottling(error)) return false;
  if (status >= 500 || member(error, "$fault") === "server") return true;
  if (status >= 300 || member(error, "$fault") === "client") return false;
  const all = errorAndCauses(error);
  if (all.some(wasNotConnected)) return false;
  return status >= 200 || /^(TimeoutError|SyntaxError)$/.test(name) || all.some(isNetworkError);
}

function wasNotConnected(error: unknown): boolean {
  const [syscall, code, message] = ["syscall", "code", "message"].map((name) =>
    String(member(error, name)),
  );
  return (
    /^(connect|getaddr)/.test(syscall ?? "") ||
    // Read and write need a connection, whatever the code.
    (NOT_MADE.test(code ?? "") && !/^(read|write)/.test(syscall ?? "")) ||
    NOT_MADE_WORDS.test(message ?? "")
  );
}

import {
  type Command,
  SendCommandCommand,
  type SendCommandCommandInput,
  type SendCommandCommandOutput,
} from "@aws-sdk/client-ssm";
import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import type { Sender } from "../from-ssm-client.ts";
import { hasMethod, member } from "../member.ts";
import {
  errorAndCauses,
  isThrottling,
  isTransientError,
  statusOf,
} from "../waiting/transient-error.ts";

/** What became of a SendCommand: what was returned, or the failure after which the command may stand all the same. */
export interface Attempt {
  readonly command?: Command | undefined;
  readonly cause?: unknown;
}

/** One call of SendCommand. */
export interface SendCall {
  /** What the user wrapped. */
  readonly wrapped: object;
  /** SendCommand of the client. */
  readonly sendCommand: RunCommandApi["sendCommand"];
  /** Whether a test has put a method of its own into the place of that. */
  readonly isReplaced: () => boolean;
  readonly input: SendCommandCommandInput;
  readonly options: CallOptions | undefined;
}

/**
 * Sends a command, and never again by itself after a failure that leaves open whether it stands: an SDK client is told so for
 * this call alone. Throws every other error.
 */
export async function attemptSend(call: SendCall): Promise<Attempt> {
  const { wrapped, sendCommand, isReplaced, input, options } = call;
  let lost: Attempt | undefined;
  let ran = false;
  const send = (command: SendCommandCommand, more?: CallOptions) => {
    const { middlewareStack } = command;
    middlewareStack.add((next) => (args) => {
      ran = true;
      return next(args);
    });
    // Inside of the SDK's retries, and around what reads the answer.
    middlewareStack.add(
      (next) => async (args) => {
        try {
          // A strategy that tries everything again gets nothing sent.
          if (lost === undefined) return await next(args);
        } catch (cause) {
          if (!leavesOpen(cause, true)) throw cause;
          lost = { cause };
        }
        // Without a `cause`, in which the SDK would find that it may try again.
        throw new Error(String(lost.cause));
      },
      { step: "finalizeRequest" },
    );
    // Without options, a client may keep how it handles commands of this class: with what was added for this one.
    return (wrapped as Sender).send(command, more ?? {});
  };
  try {
    const isApi = hasMethod(wrapped, "sendCommand");
    const isSdk = !isReplaced() && (!isApi || "middlewareStack" in wrapped);
    if (!isSdk) return { command: (await sendCommand(input, options)).Command };
    // The method of the aggregated client makes a command and sends it.
    const answer = isApi
      ? await (Object.create(wrapped, { send: { value: send } }) as RunCommandApi).sendCommand(
          input,
          options,
        )
      : await send(new SendCommandCommand(input), options);
    return { command: (answer as SendCommandCommandOutput).Command };
  } catch (error) {
    if (lost !== undefined) return lost;
    // What an SDK client throws around that, it throws before it sends: credentials have trouble of their own.
    if (ran || !leavesOpen(error)) throw error;
    return { cause: error };
  }
}

/**
 * What Node, undici, Bun and SDKs say of a connection that could not be made or was not trusted, or that credentials could
 * not be fetched: by system call, by code (unless something was read or written), in words, by name.
 */
const NOT_CONNECTED =
  /^(connect|getaddr)|^(?!read|write)\w* E(HOST|NET)UN| (ECONNREF|ENOTF|EAI_|UND_ERR_CONN|ConnectionRef|FailedToO|ERR_INV)|establish|TLS|SSL|CERT| connect |Connect T|REFUSED_ST|Provider/;

/**
 * Whether a failure leaves open whether the service has carried the call out: a connection that was lost after it stood, an
 * answer that took too long or was cut, any 5xx. After throttling and refusals it has not, nor before there was a connection.
 * An abort is the caller's own, and is thrown as it is.
 *
 * @param isInside - Whether it was thrown after the request was made, below the retries of an SDK client: then whatever is not
 *   known to be harmless leaves it open.
 */
export function leavesOpen(error: unknown, isInside = false): boolean {
  const status = statusOf(error);
  if (isThrottling(error) || (status >= 300 && status < 500)) return false;
  if (status >= 200) return true;
  const words = errorAndCauses(error).map((each) =>
    ["syscall", "code", "message", "name"].map((name) => member(each, name) ?? "").join(" "),
  );
  return (
    (isInside ? member(error, "name") !== "AbortError" : isTransientError(error)) &&
    !words.some((each) => NOT_CONNECTED.test(each))
  );
}

import { MaybeSentError } from "../errors/maybe-sent-error.ts";
import { PartlySentError } from "../errors/partly-sent-error.ts";
import { type Sending, sendOnce } from "../once/send-once.ts";
import type { SendOptions } from "../once/send-options.ts";
import type { SendRequest } from "../requests/requests.ts";
import type { SentCommand } from "../sent-command.ts";
import { partsOf } from "./parts.ts";
import { type SentFleet, sentFleet } from "./sent-fleet.ts";

/** Sends a command to any number of nodes. The rules are those of `RunCommandClient.sendAll`. */
export async function sendAll(
  sending: Sending,
  request: SendRequest,
  given: SendOptions,
): Promise<SentFleet> {
  const requests = partsOf(request, given.once !== undefined);
  const parts: SentCommand[] = [];
  try {
    for await (const part of sendOnce(sending, { requests, given, ofParts: true })) {
      parts.push(part);
    }
  } catch (cause) {
    const mayBeSent = cause instanceof MaybeSentError;
    const left = requests.slice(parts.length + Number(mayBeSent));
    // Nothing was sent, or it is not known of all that there is.
    if (!parts[0] && !(mayBeSent && left[0])) throw cause;
    const notSent = left.flatMap(({ InstanceIds = [] }) => InstanceIds);
    throw new PartlySentError({
      sent: parts[0] && sentFleet(sending, parts, request),
      notSent,
      cause,
    });
  }
  return sentFleet(sending, parts, request);
}

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
    const idsOf = (some: readonly SendRequest[]) =>
      some.flatMap(({ InstanceIds = [] }) => InstanceIds);
    const known = parts.length + Number(cause instanceof MaybeSentError);
    // Nothing was sent, or it is not known of all that there is.
    if (!parts[0] && (known === 0 || !requests[1])) throw cause;
    throw new PartlySentError({
      sent: parts[0] && sentFleet(sending, parts, request),
      inDoubt: idsOf(requests.slice(parts.length, known)),
      notSent: idsOf(requests.slice(known)),
      cause,
    });
  }
  return sentFleet(sending, parts, request);
}

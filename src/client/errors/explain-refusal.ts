import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import { member } from "../member.ts";
import type { SendRequest } from "../requests/requests.ts";
import { nodeStanding } from "../waiting/node-standing.ts";
import { NodesUnavailableError } from "./nodes-unavailable-error.ts";

/** What an error of SendCommand is explained with. */
export interface Refused {
  readonly api: RunCommandApi;
  /** What the user wrapped, where the region is looked for. */
  readonly client: object;
  readonly request: SendRequest;
  readonly options: CallOptions | undefined;
  readonly diagnoseNodes: boolean;
}

/**
 * The error to throw for one of SendCommand's that does not say why: nodes are looked up if that is wanted, and an
 * InvalidDocument, whose message is empty on the wire (recorded 2026-09), gets one. Any other comes back as it is.
 */
export async function explainRefusal(error: unknown, refused: Refused): Promise<unknown> {
  if (!(error instanceof Error)) return error;
  if (/^InvalidDocument(Version)?$/.test(error.name)) return nameDocument(error, refused);
  const { api, request, options, diagnoseNodes } = refused;
  const instanceIds = request.InstanceIds;
  if (error.name !== "InvalidInstanceId" || !diagnoseNodes || instanceIds === undefined) {
    return error;
  }
  try {
    const standing = await nodeStanding(api, { instanceIds, options });
    return new NodesUnavailableError("SendCommand refused the nodes.", { standing, cause: error });
  } catch {
    // Whoever may send need not be able, or allowed, to look.
    return error;
  }
}

/** It stays the same object, so its class and its metadata stay, too. */
async function nameDocument(error: Error, { client, request }: Refused): Promise<Error> {
  const { DocumentName, DocumentVersion = "$DEFAULT" } = request;
  // Where the wire has no message, the SDK's versions print one of these.
  const said = error.message.replace(/^Unknown(Error)?$/, "");
  error.message =
    `Document ${DocumentName} (version ${DocumentVersion}) is not in ${await regionOf(client)}, or not shared with this account. ${said}`.trim();
  // The stack repeats the message.
  Error.captureStackTrace?.(error);
  return error;
}

/** The SDK keeps the region as a function that promises it. */
async function regionOf(client: object): Promise<unknown> {
  const region = member(member(client, "config"), "region") ?? member(client, "region");
  return (typeof region === "function" ? await region() : region) ?? "this region";
}

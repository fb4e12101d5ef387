import type { CallOptions, RunCommandApi } from "../../domain/run-command-api.ts";
import { member } from "../member.ts";
import type { SendRequest } from "../requests/requests.ts";
import { nodeStanding } from "../waiting/node-standing.ts";
import { NodesUnavailableError } from "./nodes-unavailable-error.ts";

/** The call of SendCommand that was refused. */
export interface Refused {
  readonly api: RunCommandApi;
  /** What the user wrapped; the region is looked up there. */
  readonly wrapped: object;
  readonly request: SendRequest;
  readonly options: CallOptions | undefined;
  readonly diagnoseNodes: boolean;
}

/**
 * The error to throw for an error of SendCommand. After an InvalidInstanceId the nodes are looked up, if that is wanted. An
 * InvalidDocument, whose message is empty on the wire [rec-2026-09-27-admission], gets one. Any other comes back as it is.
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
    // Code that may send commands need not be able, or allowed, to look up nodes.
    return error;
  }
}

/** Gives an error a message that names the document. It stays the same object, so it keeps its class and metadata. */
async function nameDocument(error: Error, { wrapped, request }: Refused): Promise<Error> {
  const { DocumentName, DocumentVersion = "$DEFAULT" } = request;
  // Without a message on the wire, versions of the SDK say "Unknown" or "UnknownError".
  const said = error.message.replace(/^Unknown(Error)?$/, "");
  error.message =
    `Document ${DocumentName} (version ${DocumentVersion}) is not in ${await regionOf(wrapped)}, or not shared with this account. ${said}`.trim();
  // The stack repeats the message.
  Error.captureStackTrace?.(error);
  return error;
}

/** The region of a client. The SDK keeps it as a function that returns a promise. */
async function regionOf(client: object): Promise<unknown> {
  const region = member(client, "config", "region") ?? member(client, "region");
  return (typeof region === "function" ? await region() : region) ?? "this region";
}

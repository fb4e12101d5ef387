import type { SendCommandRequest } from "@aws-sdk/client-ssm";
import { asciiBytes } from "../../account/documents/document-content.ts";
import type { Refusal } from "../../result.ts";

/**
 * The most bytes of each of the two things that are measured: what the agent is sent, and the parameters alone
 * [rec-2026-09-27-admission]. The service's message calls it 97 KB.
 */
const MOST_BYTES = 100_000;

/** What the size of a request depends on beside the request itself. */
export interface SentDocument {
  /** The bytes of the document in what the agent is sent. */
  readonly payloadBytes: number;
}

/**
 * Refuses a request that is too large. The sizes that were recorded are met to the byte by one reading: the agent is sent
 * JSON in ASCII with the parameters, the document, the id of the command, the name of the document, the log group, whether
 * it is written to, and bucket and prefix if they are given; the comment is not sent. The parameters alone are measured as
 * JSON that is safe in HTML, where `<`, `>` and `&` take six bytes (that these three are meant: our decision, only `<` was
 * recorded).
 */
export function refuseSize(
  request: SendCommandRequest & { readonly DocumentName: string },
  document: SentDocument,
): Refusal | undefined {
  const { Parameters = {} } = request;
  const payload = asciiBytes(payloadWithoutDocument(request)) - 1 + document.payloadBytes;
  const parameters = htmlBytes(JSON.stringify(Parameters));
  if (payload <= MOST_BYTES && parameters <= MOST_BYTES) return undefined;
  return {
    name: "MaxDocumentSizeExceeded",
    message: "The total size of your parameter(s) and document exceeds the 97KB limit.",
    why: `What the agent would be sent has ${payload} bytes, the parameters as JSON that is safe in HTML have ${parameters}; each may have ${MOST_BYTES}.`,
  };
}

/** What the agent is sent, with a character where the document stands. */
function payloadWithoutDocument(
  request: SendCommandRequest & { readonly DocumentName: string },
): string {
  const { Parameters = {}, DocumentName } = request;
  const { OutputS3BucketName: bucket = "", OutputS3KeyPrefix: prefix = "" } = request;
  const { CloudWatchLogGroupName = "", CloudWatchOutputEnabled = false } =
    request.CloudWatchOutputConfig ?? {};
  return JSON.stringify({
    Parameters,
    DocumentContent: 0,
    CommandId: "00000000-0000-0000-0000-000000000000",
    DocumentName,
    CloudWatchLogGroupName,
    CloudWatchOutputEnabled: String(CloudWatchOutputEnabled),
    ...(bucket === "" ? {} : { OutputS3BucketName: bucket }),
    ...(prefix === "" ? {} : { OutputS3KeyPrefix: prefix }),
  });
}

const ESCAPED_IN_HTML = /[<>&\u2028\u2029]/g;

/** The bytes of JSON in UTF-8 in which the characters that mean something in HTML are escaped. */
function htmlBytes(json: string): number {
  return new TextEncoder().encode(json.replace(ESCAPED_IN_HTML, "\\u0000")).byteLength;
}

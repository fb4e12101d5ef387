import { xmlDocument } from "../s3/xml.ts";
import type { WireResponse } from "../wire.ts";

/** An answer over HTTP, with what the log says about it beside the status. */
export interface HttpResponse {
  readonly response: WireResponse;
  /** What was called, where the request has no name for it. */
  readonly operation?: string;
  /** The name of the error, where it cannot be read from the body. */
  readonly error?: string;
  /** A sentence for those who read the log. */
  readonly hint?: string;
  /** What follows the body, piece by piece: other requests get their turn before each. */
  readonly pieces?: Iterable<string | Uint8Array>;
}

/** An error in the form that every AWS client reads, made by the server itself and not by the service. */
export function errorResponse(
  statusCode: number,
  { name, message }: { readonly name: string; readonly message?: string },
): HttpResponse {
  const response = respond(statusCode, {
    type: "application/x-amz-json-1.1",
    text: JSON.stringify({ __type: name, message }),
  });
  return message === undefined ? { response } : { response, hint: message };
}

/** An error in the form that every client of S3 reads. */
export function s3Error(
  statusCode: number,
  { name, message }: { readonly name: string; readonly message: string },
): HttpResponse {
  const text = xmlDocument("Error", { elements: { Code: name, Message: message } });
  const response = respond(statusCode, { type: "application/xml", text });
  return { response, error: name, hint: message };
}

export function jsonResponse(value: unknown): HttpResponse {
  return { response: respond(200, { type: "application/json", text: JSON.stringify(value) }) };
}

/** Text or JSON that is long: it is made while it is sent. */
export function longResponse(
  type: "text/plain; charset=utf-8" | "application/json",
  pieces: Iterable<string>,
): HttpResponse {
  return { response: respond(200, { type, text: "" }), pieces };
}

/**
 * A response that breaks off in its body. It goes on saying how long it was to be: only then clients of S3 see that
 * something is missing, and the AWS CLI tries again.
 */
export function cutResponse(response: WireResponse): HttpResponse {
  return { response: { ...response, body: new Uint8Array() }, pieces: cut(response.body) };
}

function* cut(body: Uint8Array): Generator<Uint8Array, void> {
  yield body;
  throw new Error("The answer was to break off here.");
}

/** The name of the error in a response, or undefined if the response is no error or cannot be read. */
export function errorNameOf(response: WireResponse): string | undefined {
  const name = errorIn(response)?.["__type"];
  return name === undefined ? undefined : String(name);
}

/** The message of the error in a response, or undefined if there is none. */
export function messageOf(response: WireResponse): string | undefined {
  const error = errorIn(response);
  const message = error?.["message"] ?? error?.["Message"];
  return typeof message === "string" ? message : undefined;
}

function errorIn({ statusCode, body }: WireResponse): Record<string, unknown> | undefined {
  if (statusCode < 400) return undefined;
  try {
    const error: unknown = JSON.parse(new TextDecoder().decode(body));
    return typeof error === "object" && error !== null ? { ...error } : undefined;
  } catch {
    return undefined;
  }
}

function respond(
  statusCode: number,
  { type, text }: { readonly type: string; readonly text: string },
): WireResponse {
  return {
    statusCode,
    headers: { "content-type": type },
    body: new TextEncoder().encode(text),
  };
}

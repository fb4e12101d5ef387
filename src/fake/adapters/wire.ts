/**
 * A request in the form that an adapter of your own hands to `fake.answer`.
 *
 * @example
 * ```ts
 * const request: WireRequest = { method: "POST", headers: { "X-Amz-Target": "AmazonSSM.ListCommands" }, body: "{}" };
 * (await fake.answer(request)).statusCode; //=> 200
 * ```
 */
export interface WireRequest {
  /** The HTTP method, such as `"POST"`. */
  readonly method: string;
  /** The path with the query, which only S3 looks at. @default "/" */
  readonly path?: string;
  /** Its headers. Names may have any case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body: JSON as a string or as UTF-8 bytes. */
  readonly body: string | Uint8Array | undefined;
}

/**
 * The answer to a {@link WireRequest}, with header names in lower case.
 *
 * @example
 * ```ts
 * const headers = { "X-Amz-Target": "AmazonSSM.ListCommands" };
 * const { body }: WireResponse = await fake.answer({ method: "POST", headers, body: "{}" });
 * new TextDecoder().decode(body); //=> '{"Commands":[]}'
 * ```
 */
export interface WireResponse {
  /** 200; 400 for a mistake of the client; 500 for one of the service; S3 has others, too. */
  readonly statusCode: number;
  /** Content type, length and request id; never `date`, which would be wrong on a virtual clock. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as UTF-8 bytes; of S3, XML or an object. */
  readonly body: Uint8Array;
}

/** A response, and what the author of the test can do about it if it is a refusal; that never goes over the wire. */
export interface AnsweredRequest {
  readonly response: WireResponse;
  readonly why?: string;
  /** What was called, where the request itself has no name for it. */
  readonly operation?: string;
  /** The name of the error, where the body is not JSON. */
  readonly error?: string;
  /** Whether the connection breaks off in the middle of the body. */
  readonly breaksOff?: true;
}

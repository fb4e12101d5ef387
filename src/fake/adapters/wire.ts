/**
 * A request as it comes over any wire: what an adapter of your own has to make of it.
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
  /** Its headers. Names may have any case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body: JSON as text or as UTF-8 bytes. */
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
  /** 200, 400 for what the client did wrong, 500 for what the service did. */
  readonly statusCode: number;
  /** Content type, length and request id; never a date, which a virtual clock would falsify. */
  readonly headers: Readonly<Record<string, string>>;
  /** JSON as UTF-8 bytes. */
  readonly body: Uint8Array;
}

/**
 * A request turned down, as a value. Only an adapter makes an exception or a response of it.
 *
 * `message` is missing where the service sends none; an SDK then prints `UnknownError`.
 */
export interface Refusal {
  /** The error's name on the wire, such as `InvalidInstanceId`. */
  readonly name: string;
  /** AWS's text, to the letter where it is known. */
  readonly message?: string;
}

/** What a service says to a call: an answer, or why there is none. */
export type Answer<T> =
  | { readonly ok: true; readonly answer: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function answered<T>(answer: T): Answer<T> {
  return { ok: true, answer };
}

export function refused(name: string, message?: string): Answer<never> {
  return { ok: false, refusal: message === undefined ? { name } : { name, message } };
}

/**
 * A request turned down, as a value. Only an adapter turns it into an exception or a response.
 *
 * `message` is missing where the service sends none; an SDK then prints `UnknownError`.
 */
export interface Refusal {
  /** The error's name on the wire, such as `InvalidInstanceId`. */
  readonly name: string;
  /** AWS's message, to the letter where it is known. */
  readonly message?: string;
  /** What the author of the test can do about it; it never goes over the wire. */
  readonly why?: string;
  /** What the error says beside its message, by the names on the wire, such as the `Key` of a NoSuchKey. */
  readonly details?: Readonly<Record<string, string>>;
}

/** The result of a call: a value, or the refusal. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** A refusal without a message, or with one that does not tell, says why. */
export function refuse(
  name: string,
  message: string,
  why?: string,
  details?: Refusal["details"],
): Result<never>;
export function refuse(name: string, message: string | undefined, why: string): Result<never>;
export function refuse(
  name: string,
  message?: string,
  why?: string,
  details?: Refusal["details"],
): Result<never> {
  const refusal = {
    name,
    ...(message === undefined ? {} : { message }),
    ...(why === undefined ? {} : { why }),
    ...(details === undefined ? {} : { details }),
  };
  return { ok: false, refusal };
}

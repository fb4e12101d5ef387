import { member } from "../member.ts";

// The beginnings of names are as long as they must be: all of this is in the bundle of every user.

/** Names of errors that the SDK treats as throttling. Status 429 means the same. */
const THROTTLING =
  /Throttl|^(TooManyR|RequestLimit|Bandwidth|LimitExceededE|PriorR|Provisioned|SlowD|TransactionI)/;

/** Names of other errors that pass. */
const PASSING = /^(Request)?Timeout/;

/**
 * Codes of Node, undici and Bun for a connection that broke or could not be made: all of the system's, but for those of files
 * and permissions.
 */
const NETWORK =
  /^(E(?!NOENT|ACC|PERM|RR)[A-Z_]+$|UND_ERR_(?!INV)|ERR_(HTTP2|STREAM_P)|Connection|FailedToO)|_TIMEOUT$/;

/** What `fetch` says in browsers and in React Native, which have no codes. */
const FETCH_FAILED = /^(Failed to f|Load f|Network|The (Int|net)|terminated)/i;

/**
 * An error, and what it was made of, as far as ten levels: `fetch` puts Node's error into `cause`, Node those of all addresses
 * into `errors`, of which the first tells.
 */
export function errorAndCauses(error: unknown): readonly unknown[] {
  const all: unknown[] = [];
  for (let each = error; each !== undefined && all.length < 10; ) {
    all.push(each);
    each = member(each, "cause") ?? member(each, "errors", "0");
  }
  return all;
}

/** The status of the answer that an error was made of, or NaN. */
export function statusOf(error: unknown): number {
  return Number(member(error, "$metadata", "httpStatusCode"));
}

/** Whether the service refused a call because there were too many. */
export function isThrottling(error: unknown): boolean {
  return THROTTLING.test(String(member(error, "name"))) || statusOf(error) === 429;
}

/** Whether a connection could not be made, or broke. */
export function isNetworkError(error: unknown): boolean {
  return (
    NETWORK.test(String(member(error, "code"))) ||
    (error instanceof TypeError && FETCH_FAILED.test(error.message))
  );
}

/**
 * Whether another try may help: after throttling, an error on the service's side (5xx), a network error, or a body that was
 * cut. It holds for all that the SDK itself tries again. Checked by shape, so that it also works between two copies of the
 * SDK.
 */
export function isTransientError(error: unknown): boolean {
  const name = member(error, "name");
  return (
    name !== "AbortError" &&
    (isThrottling(error) ||
      PASSING.test(String(name)) ||
      // A body that was cut is no JSON. A refusal that is none is the page of a proxy.
      (name === "SyntaxError" && !(statusOf(error) >= 300)) ||
      errorAndCauses(error).some(isNetworkError) ||
      member(error, "$fault") === "server" ||
      Boolean(member(error, "$retryable")) ||
      Boolean(member(error, "$metadata", "clockSkewCorrected")) ||
      /Signature expired/.test(String(member(error, "message"))) ||
      statusOf(error) >= 500)
  );
}

import { member } from "../member.ts";

/** Names of errors that the SDK treats as throttling. Status 429 means the same. */
const THROTTLING = /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled)/;

/** Node's codes for a connection that broke or could not be made. */
const NETWORK =
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_SOCKET)|_TIMEOUT$/;

/**
 * Whether another try may help: after throttling, an error on the service's side (5xx) or a network error. Checked by
 * shape, so that it also works between two copies of the SDK.
 */
export function isTransientError(error: unknown): boolean {
  const name = member(error, "name");
  const status = Number(member(member(error, "$metadata"), "httpStatusCode"));
  return (
    THROTTLING.test(String(name)) ||
    // `fetch` puts Node's error into `cause`.
    NETWORK.test(String(member(error, "code") ?? member(member(error, "cause"), "code"))) ||
    name === "TimeoutError" ||
    member(error, "$fault") === "server" ||
    Boolean(member(error, "$retryable")) ||
    status === 429 ||
    status >= 500
  );
}

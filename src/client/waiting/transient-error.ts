import { member } from "../member.ts";

/** As the SDK sorts them: what says "slow down". Status 429 says the same. */
const THROTTLING = /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled)/;

/** What Node calls a connection that broke, or could not be made. */
const NETWORK =
  /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|UND_ERR_SOCKET)|_TIMEOUT$/;

/**
 * Whether asking again may help: throttling, trouble on the service's side (5xx), trouble of the network. Looked at by
 * shape, so that it holds across copies of the SDK.
 */
export function isTransientError(error: unknown): boolean {
  const name = member(error, "name");
  const status = Number(member(member(error, "$metadata"), "httpStatusCode"));
  return (
    THROTTLING.test(String(name)) ||
    // Fetch wraps what Node says.
    NETWORK.test(String(member(error, "code") ?? member(member(error, "cause"), "code"))) ||
    name === "TimeoutError" ||
    member(error, "$fault") === "server" ||
    Boolean(member(error, "$retryable")) ||
    status === 429 ||
    status >= 500
  );
}

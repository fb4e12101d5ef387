/** As the SDK sorts them: what says "slow down". Status 429 says the same. */
const THROTTLING = /^(Throttl|TooManyRequests|RequestLimitExceeded|RequestThrottled)/;

/** What Node calls a connection that broke, or could not be made. */
const NETWORK = /^(ECONN|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/;

/**
 * Whether asking again may help: throttling, trouble on the service's side (5xx), trouble of the network. Looked at by
 * shape, so that it holds across copies of the SDK.
 */
export function isTransientError(error: unknown): boolean {
  if (typeof error !== "object" || error === null) return false;
  // Nothing is promised about what was thrown: every member is unknown until it was looked at.
  const { name, code, $fault, $metadata, $retryable } = error as {
    readonly [member: string]: unknown;
  };
  const status = statusOf($metadata);
  return (
    THROTTLING.test(String(name)) ||
    NETWORK.test(String(code)) ||
    name === "TimeoutError" ||
    $fault === "server" ||
    ($retryable !== undefined && $retryable !== null && $retryable !== false) ||
    status === 429 ||
    status >= 500
  );
}

function statusOf(metadata: unknown): number {
  if (typeof metadata !== "object" || metadata === null) return 0;
  return "httpStatusCode" in metadata ? Number(metadata.httpStatusCode) : 0;
}

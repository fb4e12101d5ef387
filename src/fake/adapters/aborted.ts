/** The SDK has two kinds of abort signals; this is what they share. */
export interface AbortLike {
  readonly aborted: boolean;
}

/**
 * Returns the result of `work`, or rejects with an AbortError as soon as the signal is aborted, as the SDK's own handlers
 * do. What the service has begun by then goes on.
 */
export async function unlessAborted<T>(
  signal: AbortLike | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (signal === undefined) return work();
  if (signal.aborted) throw abortError();
  const stopListening = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    // The SDK's old kind of signal has no listeners; it is checked when the work is over.
    if (!(signal instanceof AbortSignal)) return;
    signal.addEventListener("abort", () => reject(abortError()), { signal: stopListening.signal });
  });
  try {
    const result = await Promise.race([work(), aborted]);
    if (signal.aborted) throw abortError();
    return result;
  } finally {
    stopListening.abort();
  }
}

function abortError(): Error {
  return Object.assign(new Error("Request aborted"), { name: "AbortError" });
}

/** Ends with what `work` comes to, or as soon as the signal is aborted with an AbortError, as the SDK's own handlers do. */
export async function unlessAborted<T>(
  signal: AbortLike | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (signal?.aborted) throw abortError();
  const result = await work();
  if (signal?.aborted) throw abortError();
  return result;
}

/** The SDK knows two kinds of signals; this is what they share. */
export interface AbortLike {
  readonly aborted: boolean;
}

function abortError(): Error {
  return Object.assign(new Error("Request aborted"), { name: "AbortError" });
}

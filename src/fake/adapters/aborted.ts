import { frozenInBubble } from "../../time/clock.ts";

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
  // Code that was left behind gets no answer, not that either.
  if (signal.aborted) await frozenInBubble();
  if (signal.aborted) throw abortError();
  const stopListening = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    // The SDK's old kind of signal has no listeners; it is checked when the work is over.
    if (!(signal instanceof AbortSignal)) return;
    const abort = () => {
      if (frozenInBubble() === undefined) reject(abortError());
    };
    signal.addEventListener("abort", abort, { signal: stopListening.signal });
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

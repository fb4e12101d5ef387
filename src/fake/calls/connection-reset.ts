/** The error of a connection that breaks off, as handlers of the SDK and Node's streams reject with it. */
export function connectionReset(message: "socket hang up" | "aborted"): Error {
  return Object.assign(new Error(message), { code: "ECONNRESET" });
}

/** Whether an error says that a connection breaks off. */
export function isConnectionReset(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

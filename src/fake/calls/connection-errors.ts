/** The error of a connection that breaks off, as handlers of the SDK and Node's streams reject with it. */
export function connectionReset(message: "socket hang up" | "aborted"): Error {
  return Object.assign(new Error(message), { code: "ECONNRESET" });
}

/** Whether an error says that a connection breaks off. */
export function isConnectionReset(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ECONNRESET";
}

/**
 * The member by which an answer that a fault has lost is told from the time-outs of a test's own code. The symbol is registered
 * by name, so it is the same in every copy of this package.
 */
const IS_LOST: unique symbol = Symbol.for("lost-answer-of-fake-ssm");

/** The error of a call whose answer does not come in time, as the SDK's handler for Node rejects with it. */
export function noAnswer(operation: string): Error {
  const message = `No answer to ${operation} came in time. The service may have carried it out all the same.`;
  const error = Object.assign(new Error(message), { name: "TimeoutError", code: "ETIMEDOUT" });
  return Object.defineProperty(error, IS_LOST, { value: true });
}

/** Whether an error says that a fault has lost an answer, and that none will come. */
export function isNoAnswer(error: unknown): boolean {
  return error instanceof Error && IS_LOST in error;
}

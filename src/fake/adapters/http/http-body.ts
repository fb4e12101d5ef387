import type { IncomingMessage } from "node:http";

/** The most bytes that a request may have (our decision; the largest that Run Command takes is far below). */
export const MOST_BODY_BYTES = 1024 * 1024;

/** How much of a body that is too large is still read and dropped, so that its sender gets to read the answer. */
const MOST_DROPPED_BYTES = 16 * MOST_BODY_BYTES;

/** A body, or why it is missing: it is too large, or the connection was cut. */
export type ReadBody = Uint8Array | "too large" | "cut";

/** Reads the body of a request. It never rejects, and never holds more than {@link MOST_BODY_BYTES}. */
export function readBody(request: IncomingMessage): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = Number(request.headers["content-length"] ?? 0) > MOST_DROPPED_BYTES ? Infinity : 0;
    if (size === Infinity) return resolve("too large");
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size <= MOST_BODY_BYTES) chunks.push(chunk);
      else chunks.length = 0;
      if (size > MOST_DROPPED_BYTES) {
        request.pause();
        resolve("too large");
      }
    });
    request.on("end", () => resolve(size > MOST_BODY_BYTES ? "too large" : Buffer.concat(chunks)));
    // An error is always followed by `close`. A `close` after `end` has no effect, since the promise is settled then.
    request.on("error", () => {});
    request.on("close", () => resolve("cut"));
  });
}

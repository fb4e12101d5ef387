import type { Readable } from "node:stream";
import { utf8Reader } from "../agents/utf8.ts";

/** A stream of a process as far as it was read. */
export interface KeptOutput {
  /** What is kept of it so far, but for a character that may go on. */
  readonly text: string;
  /** What is kept of it when nothing more comes. */
  finish(): string;
}

/**
 * Reads a stream to its end, whatever a process writes, and keeps its beginning as text. What is read is not kept as bytes
 * as well, so memory is bounded by `mostKept`.
 *
 * @param onRead - Called after each piece that was kept.
 * @param onDropped - Called once, when there is more than is kept.
 */
export function keepOutput(
  stream: Readable,
  {
    mostKept,
    onRead,
    onDropped,
  }: {
    readonly mostKept: number;
    readonly onRead: () => void;
    readonly onDropped: () => void;
  },
): KeptOutput {
  const reader = utf8Reader();
  let text = "";
  let left = mostKept;
  let isDropping = false;
  stream.on("data", (bytes: Buffer) => {
    if (isDropping) return;
    const kept = bytes.subarray(0, left);
    left -= kept.length;
    text += reader.read(kept);
    onRead();
    if (kept.length === bytes.length) return;
    isDropping = true;
    onDropped();
  });
  // A stream that cannot be read any more has ended.
  stream.on("error", () => {});
  return {
    get text() {
      return text;
    },
    finish() {
      text += reader.end();
      return text;
    },
  };
}
